"""Hand-built readings: lines with places on pages, or the lines of a text."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import pytest

from pipeline.types import Box, Cell, Line, Origin, Page, Reading, SourceDocument, Table, Word

WIDTH = 5.5  # points a character
SOURCE = SourceDocument("x", "0" * 64, "text/plain", b"x")

Placed = tuple[float, float, str]  # left edge, top, words
Readings = Callable[..., Reading]


def line_at(x: float, y: float, text: str, sure: float | None = None, opens: bool | None = None) -> Line:
    """A line of words 12 points high that begins at (x, y)."""
    words = []
    for word in text.split():
        words.append(Word(word, Box(x, y, x + WIDTH * len(word), y + 12), 13.0, confidence=sure))
        x += WIDTH * (len(word) + 1)
    return Line(tuple(words), opens)


def cell(text: str, x: float = 100, y: float = 100, *, merged: bool = False) -> Cell:
    """A cell with one line for each line of `text`."""
    lines = [line_at(x, y + 14 * n, part) for n, part in enumerate(text.split("\n")) if part]
    return Cell(tuple(lines), None, merged)


def table(*rows: Sequence[str], ruled: bool = True, y: float = 100) -> Table:
    """A table 400 points wide; "^text" is the repetition of a merged cell."""
    cells = tuple(
        tuple(
            cell(text.removeprefix("^"), 100 + 80 * column, y + 30 * at, merged=text.startswith("^"))
            for column, text in enumerate(row)
        )
        for at, row in enumerate(rows)
    )
    return Table(cells, Box(90, y, 490, y + 30 * len(rows)), ruled)


def page(
    number: int, *items: Placed | Table, origin: Origin = Origin.TEXT, sure: float | None = None
) -> Page:
    """An A4 page with lines at their places and tables, in the order given."""
    made = [item if isinstance(item, Table) else line_at(*item, sure) for item in items]
    return Page(number, 595, 842, origin, tuple(made))


@pytest.fixture
def printed() -> Readings:
    """Pages with ink and nothing else: what a PDF or a scan gives."""

    def build(*pages: Page, **more: object) -> Reading:
        return Reading(SOURCE, pages, **more)  # type: ignore[arg-type]

    return build


@pytest.fixture
def flowing() -> Readings:
    """One page of paragraphs, as a text file gives them."""

    def build(text: str, **more: object) -> Reading:
        lines = [part for part in text.strip().split("\n") if part.strip()]
        items = tuple(line_at(85, 60 + 16 * n, part, None, True) for n, part in enumerate(lines))
        return Reading(SOURCE, (Page(1, 595, 842, Origin.FLOW, items),), **more)  # type: ignore[arg-type]

    return build


@pytest.fixture
def make_page() -> Callable[..., Page]:
    return page


@pytest.fixture
def make_table() -> Callable[..., Table]:
    return table
