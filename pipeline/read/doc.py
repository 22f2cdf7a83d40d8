"""Old Word files (.doc, and .rtf, which has the same life) in, .docx bytes out, by LibreOffice without a
screen.

Starting it takes most of the time, so whoever has many files primes them with `convert_many`; a later
`convert` finds the result by sha256. Results stay in this process's memory.
"""

from __future__ import annotations

import contextlib
import os
import shutil
import signal
import subprocess
import tempfile
from collections import OrderedDict
from collections.abc import Sequence
from pathlib import Path

from pipeline.errors import Reason, Unreadable
from pipeline.types import SourceDocument

_KEPT = 128  # results remembered in this process
_KEPT_BYTES = 128 * 2**20
_EACH = 2.0  # seconds a further file adds to a batch's time limit
_remembered: OrderedDict[str, bytes | Unreadable] = OrderedDict()
_SUFFIX = {"application/rtf": ".rtf"}
# No macros, no updating of links, nothing fetched: what a document from outside may do here.
_SETTINGS = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry">
<item oor:path="/org.openoffice.Office.Common/Security/Scripting">
<prop oor:name="DisableMacrosExecution" oor:op="fuse"><value>true</value></prop>
<prop oor:name="BlockUntrustedRefererLinks" oor:op="fuse"><value>true</value></prop></item>
<item oor:path="/org.openoffice.Office.Writer/Content/Update">
<prop oor:name="Link" oor:op="fuse"><value>0</value></prop></item>
</oor:items>
"""


def convert(source: SourceDocument, seconds: float) -> bytes:
    """The .docx of one file; Unreadable (MISSING_PROGRAM, TIMEOUT, DAMAGED) where there is none."""
    found = convert_many([source], seconds)[source.sha256]
    if isinstance(found, Unreadable):
        raise found
    return found


def convert_many(sources: Sequence[SourceDocument], seconds: float = 120.0) -> dict[str, bytes | Unreadable]:
    """Results by sha256, all from one call of LibreOffice, `seconds` being what one file may take.

    A file that spoils the batch loses only itself: what did not come out is tried again alone.
    """
    unique = {source.sha256: source for source in sources}
    got = {sha256: found for sha256 in unique if (found := _remembered.get(sha256)) is not None}
    todo = [source for sha256, source in unique.items() if sha256 not in got]
    fresh = _office(todo, seconds) if todo else {}
    for source in todo:
        alone = _office([source], seconds) if source.sha256 not in fresh and len(todo) > 1 else fresh
        got[source.sha256] = alone.get(source.sha256) or Unreadable(
            Reason.DAMAGED, "tệp Word hỏng, LibreOffice không mở được (damaged Word file)"
        )
        _remember(source.sha256, got[source.sha256])
    return got


def _remember(sha256: str, result: bytes | Unreadable) -> None:
    if isinstance(result, Unreadable) and result.reason is Reason.MISSING_PROGRAM:
        return  # it may be installed the next time
    _remembered[sha256] = result
    sizes = [len(kept) if isinstance(kept, bytes) else 0 for kept in _remembered.values()]
    while len(_remembered) > _KEPT or (len(_remembered) > 1 and sum(sizes) > _KEPT_BYTES):
        sizes = sizes[1:]
        _remembered.popitem(last=False)


def _office(sources: list[SourceDocument], seconds: float) -> dict[str, bytes | Unreadable]:
    program = shutil.which("soffice") or shutil.which("libreoffice")
    if program is None:
        missing = Unreadable(
            Reason.MISSING_PROGRAM,
            "cần LibreOffice để đọc .doc: apt install libreoffice-writer-nogui (LibreOffice is missing)",
        )
        return {source.sha256: missing for source in sources}
    with tempfile.TemporaryDirectory(prefix="dondoc-") as folder:  # one's own profile: runs don't collide
        place = Path(folder)
        late = _run(_command(program, place, sources), seconds + _EACH * (len(sources) - 1))
        got: dict[str, bytes | Unreadable] = {
            path.stem: path.read_bytes() for path in (place / "out").glob("*.docx") if path.stat().st_size
        }
    if late and len(sources) == 1:
        got[sources[0].sha256] = Unreadable(
            Reason.TIMEOUT, "LibreOffice quá thời gian cho phép (conversion timed out)"
        )
    return got


def _command(program: str, place: Path, sources: list[SourceDocument]) -> list[str]:
    """Lays the files and the settings out in `place` and gives the command that converts them."""
    (place / "in").mkdir()
    (place / "profile" / "user").mkdir(parents=True)
    (place / "profile" / "user" / "registrymodifications.xcu").write_text(_SETTINGS, encoding="utf-8")
    paths = []
    for source in sources:
        paths.append(place / "in" / (source.sha256 + _SUFFIX.get(source.media_type, ".doc")))
        paths[-1].write_bytes(source.content)
    options = ("--headless", "--norestore", "--nolockcheck", "--convert-to", "docx", "--outdir")
    profile = f"-env:UserInstallation={(place / 'profile').as_uri()}"
    return [program, profile, *options, str(place / "out"), *map(str, paths)]


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
