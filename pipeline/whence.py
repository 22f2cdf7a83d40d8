"""Where a value stands: a document's layout and clauses in, for any range the place that a clerk would name.

Made once a document, so that long tables cost no more than their cells.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

from pipeline.text import match_key
from pipeline.types import Clause, Directive, Grid, GridCell, Span

T = TypeVar("T")
_HEAD_WORDS = 8  # of a column's head
_NAMED = ("điều", "phần", "chương", "mục", "khoản", "điểm", "gạch", "dấu", "phụ lục", "biểu")


@dataclass(frozen=True, slots=True)
class Stand:
    """A place: `kind` is "own", "column" (`head` above it), "addressees", "lead_in" (of the clause `span`
    at `path`) or "elsewhere"."""

    kind: str
    head: str = ""
    path: str = ""
    span: Span | None = None


class Whence:
    """Tells where ranges of one document's text stand."""

    def __init__(self, directive: Directive, clauses: Sequence[Clause]) -> None:
        text = directive.layout.text
        self._addressees = [one.span for one in directive.header.addressees if one.span]
        grids = (item for item in directive.layout.items if isinstance(item, Grid))
        self._cells = _Index((span, head) for grid in grids for span, head in _cells(grid, text))
        self._clauses = _Index((clause.span, clause) for clause in clauses)

    def of(self, span: Span, own: Iterable[Span]) -> Stand:
        """Where `span` stands, as seen from a task with these ranges of its own."""
        if any(one.covers(span) for one in own):
            return Stand("own")
        head = self._cells.at(span)
        if head is not None:
            return Stand("column", head=head)
        if any(one.covers(span) for one in self._addressees):
            return Stand("addressees")
        clause = self._clauses.at(span)
        if clause is not None:
            return Stand("lead_in", path=named(clause.path), span=clause.span)
        return Stand("elsewhere")


class _Index(Generic[T]):
    """Ranges that do not overlap, each with what it holds."""

    def __init__(self, found: Iterable[tuple[Span, T]]) -> None:
        self._entries = sorted(found, key=lambda one: one[0].start)
        self._starts = [span.start for span, _ in self._entries]

    def at(self, span: Span) -> T | None:
        """What the range holds in which `span` begins."""
        before = bisect_right(self._starts, span.start) - 1
        if before < 0:
            return None
        there, held = self._entries[before]
        return held if there.start <= span.start < there.end else None


def _cells(grid: Grid, text: str) -> Iterator[tuple[Span, str]]:
    """Each paragraph of a grid with the words above its column."""
    heads = [_words(cell, text) for cell in grid.rows[0]] if grid.rows else []
    for row in grid.rows:
        for cell, head in zip(row, heads, strict=True):
            if not cell.merged:
                yield from ((paragraph.span, head) for paragraph in cell.paragraphs)


def _words(cell: GridCell, text: str) -> str:
    said = " ".join(text[one.span.start : one.span.end] for one in cell.paragraphs).split()
    return " ".join(said[:_HEAD_WORDS])


def named(path: str) -> str:
    """A path as a clerk would cite it: "mục 2 › a"; what names its own level stays ("Điều 2 › khoản 1")."""
    if not path:
        return "đoạn văn phía trên"
    return path if match_key(path).startswith(_NAMED) else f"mục {path}"
