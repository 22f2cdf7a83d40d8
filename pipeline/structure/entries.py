"""The items of a layout as the finders of head and foot see them: with their text and mark."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass

from pipeline.structure.framing import Mark, mark_of
from pipeline.types import Grid, Grounded, Layout, Paragraph, Place, Span

_SHORT = 160  # characters: no line of head or foot that is known by its mark is longer


@dataclass(frozen=True, slots=True)
class Entry:
    """An item of the layout; tables have no text. `sure` is the mean OCR confidence of a short entry."""

    item: Paragraph | Grid
    text: str
    mark: Mark
    sure: float = 1.0

    @property
    def grid(self) -> bool:
        """Whether the item is a table."""
        return isinstance(self.item, Grid)

    @property
    def centred(self) -> bool:
        """Whether the item is a centred paragraph."""
        return isinstance(self.item, Paragraph) and self.item.centred

    @property
    def span(self) -> Span:
        """The item's range in the layout's text."""
        return self.item.span

    @property
    def page(self) -> int:
        """The page on which the item begins."""
        return self.item.page


def entries_of(layout: Layout) -> list[Entry]:
    """Every item of the layout, in order."""
    entries = []
    for item in layout.items:
        text = "" if isinstance(item, Grid) else layout.text[item.span.start : item.span.end]
        sure = _sure(places_in(layout, item.span)) if 0 < len(text) < _SHORT else 1.0
        entries.append(Entry(item, text, mark_of(text) if text else Mark.NONE, sure))
    return entries


def _sure(places: Sequence[Place]) -> float:
    known = [place.confidence for place in places if place.confidence is not None]
    return sum(known) / len(known) if known else 1.0


def joined(entries: Sequence[Entry]) -> Grounded | None:
    """The entries' texts as one value; None for none."""
    if not entries:
        return None
    return Grounded(" ".join(e.text for e in entries), Span(entries[0].span.start, entries[-1].span.end))


def part_of(entry: Entry, start: int, end: int) -> Grounded:
    """A piece of an entry's text, by offsets into it."""
    at = entry.span.start
    return Grounded(entry.text[start:end], Span(at + start, at + end))


def places_in(layout: Layout, span: Span) -> Sequence[Place]:
    """The places of the words within a range."""
    first = bisect_left(layout.places, span.start, key=lambda place: place.span.start)
    last = bisect_left(layout.places, span.end, key=lambda place: place.span.start)
    return layout.places[first:last]
