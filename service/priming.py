"""Files in, their conversions ready in this process: for the formats that a program must convert first.

LibreOffice takes seconds to start and a tenth of a second a file, so a child is given the next files
of that kind together before it reads them one by one.
"""

from __future__ import annotations

from collections.abc import Sequence

from pipeline.limits import Limits
from service.reader import Part


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
