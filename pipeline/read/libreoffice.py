"""Files in, the same in another format out, by LibreOffice without a screen: with a profile of its own, no
macros, nothing updated or fetched, killed whole at its time limit."""

from __future__ import annotations

import contextlib
import os
import shutil
import signal
import subprocess
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

# What a document from outside may do here.
_SETTINGS = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry">
<item oor:path="/org.openoffice.Office.Common/Security/Scripting">
<prop oor:name="DisableMacrosExecution" oor:op="fuse"><value>true</value></prop>
<prop oor:name="BlockUntrustedRefererLinks" oor:op="fuse"><value>true</value></prop></item>
<item oor:path="/org.openoffice.Office.Writer/Content/Update">
<prop oor:name="Link" oor:op="fuse"><value>0</value></prop></item>
</oor:items>
"""


@dataclass(frozen=True, slots=True)
class Converted:
    """What came out, by its name without the suffix; `late` where the time was over first."""

    files: dict[str, bytes]
    late: bool


def installed() -> str | None:
    """Where it is on this machine."""
    return shutil.which("soffice") or shutil.which("libreoffice")


def converted(files: Mapping[str, bytes], target: str, seconds: float) -> Converted | None:
    """Files by name → files of the format `target` ("docx", "pdf"), all in one call; None where LibreOffice
    is not installed."""
    program = installed()
    if program is None:
        return None
    with tempfile.TemporaryDirectory(prefix="dondoc-") as folder:  # one's own profile: runs don't collide
        place = Path(folder)
        late = _run(_command(program, place, files, target), seconds)
        found = (place / "out").glob(f"*.{target}")
        return Converted({path.stem: path.read_bytes() for path in found if path.stat().st_size}, late)


def _command(program: str, place: Path, files: Mapping[str, bytes], target: str) -> list[str]:
    """Lays the files and the settings out in `place` and gives the command that converts them."""
    (place / "in").mkdir()
    (place / "profile" / "user").mkdir(parents=True)
    (place / "profile" / "user" / "registrymodifications.xcu").write_text(_SETTINGS, encoding="utf-8")
    for name, content in files.items():
        (place / "in" / name).write_bytes(content)
    options = ("--headless", "--norestore", "--nolockcheck", "--convert-to", target, "--outdir")
    profile = f"-env:UserInstallation={(place / 'profile').as_uri()}"
    paths = (str(place / "in" / name) for name in files)
    return [program, profile, *options, str(place / "out"), *paths]


def _run(command: list[str], seconds: float) -> bool:
    """Runs `command` in a process group of its own, killed whole at the limit; True where it was."""
    with subprocess.Popen(  # noqa: S603 - the program is LibreOffice, the arguments are our own paths
        command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True
    ) as process:
        try:
            process.wait(seconds)
            return False
        except subprocess.TimeoutExpired:
            return True
        finally:
            with contextlib.suppress(ProcessLookupError, PermissionError):
                os.killpg(process.pid, signal.SIGKILL)
