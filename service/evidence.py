"""Spans of a document's text in, the rectangles on its pages out: one a line, sorted as read."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from pipeline.types import Box, Layout, Place, Span

_GAP = 4.0  # times the line's height; words further apart stand in different columns


@dataclass(slots=True)
class _Line:
    """Words met so far on one line."""

    page: int
    box: Box
    start: int
    end: int

    def takes(self, place: Place) -> bool:
        """Whether a word goes on the same line: same page, same height, not far to the right."""
        box, own = place.box, self.box
        height = min(own.y1 - own.y0, box.y1 - box.y0)
        shared = min(own.y1, box.y1) - max(own.y0, box.y0)
        level = shared >= 0.5 * height
        return place.page == self.page and level and -height <= box.x0 - own.x1 <= _GAP * max(height, 1.0)

    def add(self, place: Place) -> None:
        self.box = self.box.union(place.box)
        self.end = place.span.end


class Proof:
    """Finds where ranges of a layout's text stand on its pages."""

    def __init__(self, layout: Layout) -> None:
        self._places = layout.places
        self._starts = [place.span.start for place in layout.places]
        self._known: dict[Span, list[_Line]] = {}

    def of(self, spans: Iterable[Span]) -> list[dict[str, Any]]:
        """`{"page", "box", "start", "end"}` a line: the box in points from the page's top left."""
        return [
            {"page": line.page, "box": _rounded(line.box), "start": line.start, "end": line.end}
            for span in spans
            for line in self._seen(span)
        ]

    def _seen(self, span: Span) -> list[_Line]:
        if span not in self._known:  # a clause is its own evidence, and that of tasks
            self._known[span] = list(self._lines(span))
        return self._known[span]

    def _lines(self, span: Span) -> Iterator[_Line]:
        line: _Line | None = None
        for place in self._within(span):
            if line is not None and line.takes(place):
                line.add(place)
                continue
            if line is not None:
                yield line
            line = _Line(place.page, place.box, place.span.start, place.span.end)
        if line is not None:
            yield line

    def _within(self, span: Span) -> Iterator[Place]:
        """The places that a span touches, cut to it: a word that it holds in part counts in part."""
        if not span:
            return
        first = max(0, bisect_right(self._starts, span.start) - 1)
        touched = self._places[first : bisect_left(self._starts, span.end)]
        for at, place in enumerate(touched, 1):
            if 1 < at < len(touched):
                yield place
            elif place.span.overlaps(span):
                yield _cut(place, span)


def _cut(place: Place, span: Span) -> Place:
    if span.covers(place.span):
        return place
    start, end = max(place.span.start, span.start), min(place.span.end, span.end)
    width = (place.box.x1 - place.box.x0) / max(1, len(place.span))
    left = place.box.x0 + (start - place.span.start) * width
    box = Box(left, place.box.y0, left + (end - start) * width, place.box.y1)
    return Place(Span(start, end), place.page, box)


def _rounded(box: Box) -> list[float]:
    return [round(edge, 2) for edge in (box.x0, box.y0, box.x1, box.y1)]
