"""Old Word files (.doc, and .rtf, which has the same life) in, .docx bytes out, by LibreOffice without a
screen.

Starting it takes most of the time, so whoever has many files primes them with `convert_many`; a later
`convert` finds the result by sha256. Results stay in this process's memory.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Sequence

from pipeline.errors import Reason, Unreadable
from pipeline.read import libreoffice
from pipeline.remembered import forgotten_too
from pipeline.types import SourceDocument

_KEPT = 128  # results remembered in this process
_KEPT_BYTES = 128 * 2**20
_EACH = 2.0  # seconds a further file adds to a batch's time limit
_remembered: OrderedDict[str, bytes | Unreadable] = OrderedDict()
forgotten_too(_remembered.clear)
_NO_OFFICE = "cần LibreOffice để đọc .doc: apt install libreoffice-writer-nogui (LibreOffice is missing)"
_SUFFIX = {"application/rtf": ".rtf"}


def missing() -> str:
    """What is to be installed before this machine can read old Word files, "" where nothing is."""
    return "" if libreoffice.installed() else _NO_OFFICE


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
        remember(source.sha256, got[source.sha256])
    return got


def remember(sha256: str, result: bytes | Unreadable) -> None:
    """Keeps what came out of a file for its later `convert`."""
    if isinstance(result, Unreadable) and result.reason is Reason.MISSING_PROGRAM:
        return  # it may be installed the next time
    _remembered[sha256] = result
    sizes = [len(kept) if isinstance(kept, bytes) else 0 for kept in _remembered.values()]
    while len(_remembered) > _KEPT or (len(_remembered) > 1 and sum(sizes) > _KEPT_BYTES):
        sizes = sizes[1:]
        _remembered.popitem(last=False)


def _office(sources: list[SourceDocument], seconds: float) -> dict[str, bytes | Unreadable]:
    files = {source.sha256 + _SUFFIX.get(source.media_type, ".doc"): source.content for source in sources}
    done = libreoffice.converted(files, "docx", seconds + _EACH * (len(sources) - 1))
    if done is None:  # final: left out, an annex would never be read, nor a mark of secrecy in it
        return {one.sha256: Unreadable(Reason.MISSING_PROGRAM, _NO_OFFICE, final=True) for one in sources}
    got: dict[str, bytes | Unreadable] = dict(done.files)
    if done.late and len(sources) == 1:
        got[sources[0].sha256] = Unreadable(
            Reason.TIMEOUT, "LibreOffice quá thời gian cho phép (conversion timed out)"
        )
    return got
