"""Old Word files (.doc) in, .docx bytes out, by LibreOffice without a screen."""

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

_KEPT = 256  # conversions remembered in this process
_done: OrderedDict[str, bytes | Unreadable] = OrderedDict()


def convert(source: SourceDocument, seconds: float) -> bytes:
    """The .docx of one .doc, from memory where `convert_many` has had it; Unreadable where it fails."""
    found = _done.get(source.sha256)
    if found is None:
        found = convert_many([source], seconds)[source.sha256]
    if isinstance(found, Unreadable):
        raise found
    return found


def convert_many(sources: Sequence[SourceDocument], seconds: float = 120.0) -> dict[str, bytes | Unreadable]:
    """Converts all in one call of LibreOffice (its start dominates) and remembers the results by sha256.

    A file that spoils the batch loses only itself: what did not come out is tried again alone.
    """
    todo = {source.sha256: source for source in sources if source.sha256 not in _done}
    got = _office(list(todo.values()), seconds) if todo else {}
    for sha256, source in todo.items():
        if sha256 not in got:
            retry = _office([source], seconds) if len(todo) > 1 else {}
            got[sha256] = retry.get(sha256) or Unreadable(
                Reason.DAMAGED, "LibreOffice không chuyển được tệp .doc (not converted)"
            )
        _remember(sha256, got[sha256])
    return {source.sha256: _done[source.sha256] for source in sources}


def _remember(sha256: str, result: bytes | Unreadable) -> None:
    _done[sha256] = result
    while len(_done) > _KEPT:
        _done.popitem(last=False)


def _office(sources: list[SourceDocument], seconds: float) -> dict[str, bytes | Unreadable]:
    program = shutil.which("soffice") or shutil.which("libreoffice")
    if program is None:
        missing = Unreadable(
            Reason.MISSING_PROGRAM,
            "cần LibreOffice để đọc .doc: apt install libreoffice-writer-nogui (LibreOffice is missing)",
        )
        return {source.sha256: missing for source in sources}
    with tempfile.TemporaryDirectory(prefix="dondoc-") as folder:
        place = Path(folder)
        (place / "in").mkdir()
        for source in sources:
            (place / "in" / f"{source.sha256}.doc").write_bytes(source.content)
        command = [
            program,
            f"-env:UserInstallation=file://{place}/profile",
            *("--headless", "--norestore", "--nolockcheck", "--convert-to", "docx", "--outdir"),
            str(place / "out"),
            *(str(path) for path in sorted((place / "in").iterdir())),
        ]
        late = _run(command, seconds)
        got: dict[str, bytes | Unreadable] = {
            path.stem: path.read_bytes() for path in (place / "out").glob("*.docx") if path.stat().st_size
        }
        if late and len(sources) == 1:
            got[sources[0].sha256] = Unreadable(
                Reason.TIMEOUT, "LibreOffice quá thời gian cho phép (conversion timed out)"
            )
        return got


def _run(command: list[str], seconds: float) -> bool:
    """Runs in a process group of its own, killed whole at the limit; True where it was."""
    with subprocess.Popen(  # noqa: S603 - the program is LibreOffice, the arguments are our own paths
        command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True
    ) as process:
        try:
            process.wait(seconds)
        except subprocess.TimeoutExpired:
            with contextlib.suppress(ProcessLookupError):
                os.killpg(process.pid, signal.SIGKILL)
            return True
    return False
