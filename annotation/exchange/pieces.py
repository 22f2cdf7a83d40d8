"""A text and the borders of what is marked in it in, tokens that no border cuts out."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from itertools import pairwise

from annotation.exchange.regions import Region
from pipeline.types import Span

_PIECE = re.compile(r"\w+|[^\w\s]|\s+")


def pieces(text: str, regions: Iterable[Region]) -> Iterator[Span]:
    """Words, marks and runs of blanks, in order and without gaps, cut where a region begins or ends."""
    borders = {border for region in regions for span in region.spans for border in (span.start, span.end)}
    for found in _PIECE.finditer(text):
        inner = (border for border in borders if found.start() < border < found.end())
        for start, end in pairwise(sorted((found.start(), *inner, found.end()))):
            yield Span(start, end)
