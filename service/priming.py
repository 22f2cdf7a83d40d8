"""Files in, their conversions ready in this process: for the formats that a program must convert first.

LibreOffice takes seconds to start and a tenth of a second a file, so a child is given the next files
of that kind together before it reads them one by one.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path

from pipeline.limits import Limits
from service.reader import Part

TOGETHER = 16  # documents that are converted in one go
_CONVERTED = {".doc", ".rtf"}
_LARGEST = 16 * 2**20  # bytes of a file that is held in memory before its turn


def converted(paths: Iterable[Path]) -> bool:
    """Whether a file is of a kind that must be converted to be read."""
    return any(path.suffix.lower() in _CONVERTED for path in paths)


def small(paths: Iterable[Path]) -> bool:
    """Whether the files may be read before their turn; raises OSError."""
    return sum(path.stat().st_size for path in paths) <= _LARGEST


def prime(parts: Sequence[Part], limits: Limits) -> None:
    """Converts what must be converted in one go; trouble with a file is told when it is read."""
    from pipeline.read import doc, open_source, sniff
    from pipeline.read.ole import is_locked_word

    sources = [open_source(part.name, part.content) for part in parts]
    old = [source for source in sources if source.media_type in (sniff.DOC, sniff.RTF)]
    doc.convert_many(
        [one for one in old if one.media_type != sniff.DOC or not is_locked_word(one.content)],
        limits.convert_seconds,
    )
