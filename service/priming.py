"""Files in, what a program makes of them out: for the formats that must be converted to be read.

LibreOffice takes seconds to start and a tenth of a second a file, so a child is given the next files of that
kind together. What comes out goes along with each file to whichever child reads it.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from hashlib import sha256
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


def prime(parts: Sequence[Part], limits: Limits) -> list[bytes | None]:
    """For each file what it was converted to, all in one go, or None; trouble is told when it is read."""
    from pipeline.read import doc, open_source, sniff
    from pipeline.read.ole import is_locked_word

    sources = [open_source(part.name, part.content) for part in parts]
    old = [source for source in sources if source.media_type in (sniff.DOC, sniff.RTF)]
    made = doc.convert_many(
        [one for one in old if one.media_type != sniff.DOC or not is_locked_word(one.content)],
        limits.convert_seconds,
    )
    found = [made.get(source.sha256) for source in sources]
    return [one if isinstance(one, bytes) else None for one in found]


def remember(parts: Sequence[Part]) -> None:
    """Spares the reading of these files what was converted before."""
    from pipeline.read import doc

    for part in parts:
        if part.converted is not None:
            doc.remember(sha256(part.content).hexdigest(), part.converted)
