"""A table's grid and columns in, its rows out: their cells by meaning, their level by their numbers."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from itertools import zip_longest

from pipeline.assignments.cells import words_of
from pipeline.assignments.columns import Columns
from pipeline.assignments.table_lexicon import table_pattern
from pipeline.structure.markers import find_marker
from pipeline.text import match_key
from pipeline.types import Grid, GridCell, Paragraph, Span

_NUMBER = re.compile(r"[\[(]?(?P<label>\d{1,3}(?:\.\d{1,3})*|[IVXLC]+|[A-HKĐ]|[a-hđk])[\])./:]*$")
_DEEPER = ("upper", "roman", "arabic", "decimal2", "decimal3", "decimal4", "lower")


@dataclass(frozen=True, slots=True)
class Row:
    """A row's cells by what their column holds; None where the table lacks the column, or where the cell
    is only the repetition of one to its left. `level` counts from 0, None for rows without a number;
    `parent` when the next row stands deeper, `child_led` when that has a lead cell of its own."""

    work: tuple[Paragraph, ...]
    lead: GridCell | None
    cooperator: GridCell | None
    time: GridCell | None
    output: GridCell | None
    cells: tuple[GridCell, ...]
    number: str
    position: int
    level: int | None = None
    parent: bool = False
    child_led: bool = False


def read_rows(grid: Grid, columns: Columns, text: str) -> tuple[Row, ...]:
    """The rows below the head."""
    rows = [
        _row(cells, columns, text, position)
        for position, cells in enumerate(grid.rows[columns.first :], start=1)
    ]
    levels = _levels([row.number for row in rows])
    found = []
    for row, level, child, below in zip_longest(rows, levels, rows[1:], levels[1:]):
        parent = below is not None and level is not None and below > level
        led = child is not None and child.lead is not None and bool(child.lead.paragraphs)
        found.append(replace(row, level=level, parent=parent, child_led=parent and led))
    return tuple(found)


def _row(cells: tuple[GridCell, ...], columns: Columns, text: str, position: int) -> Row:
    seen: list[tuple[Paragraph, ...]] = []

    def cell(*names: str) -> GridCell | None:
        name = next((name for name in names if name in columns.index), None)
        if name is None:
            return None
        found = cells[columns.index[name]]
        if found.paragraphs in seen or table_pattern("blank").match(match_key(words_of(found, text))):
            return GridCell((), found.merged)
        seen.append(found.paragraphs)
        return found

    work = cell("work") or GridCell(())
    number = words_of(cells[columns.index["number"]], text) if "number" in columns.index else ""
    paragraphs = work.paragraphs
    if not number and paragraphs:
        number, paragraphs = _own_number(paragraphs, text)
    return Row(
        work=paragraphs,
        lead=cell("lead", "both"),
        cooperator=cell("cooperator"),
        time=cell("time"),
        output=cell("output"),
        cells=cells,
        number=number.strip(" .)(:"),
        position=position,
    )


def _own_number(paragraphs: tuple[Paragraph, ...], text: str) -> tuple[str, tuple[Paragraph, ...]]:
    """The number that stands in the work cell itself ("1. Lập danh sách …"), and the words behind it."""
    first = paragraphs[0]
    words = text[first.span.start : first.span.end]
    marker = find_marker(words)
    if marker is None or marker.end >= len(words) or not _NUMBER.match(marker.label.rstrip(" .):/")):
        return "", paragraphs
    rest = replace(first, span=Span(first.span.start + marker.end, first.span.end))
    return marker.label, (rest, *paragraphs[1:])


def _levels(numbers: list[str]) -> list[int | None]:
    """How deep each number stands: a kind of number that is open already closes all below it."""
    open_kinds: list[str] = []
    levels: list[int | None] = []
    for number in numbers:
        kind = _kind(number, open_kinds)
        if kind is None:
            levels.append(None)
            continue
        if kind in open_kinds:
            del open_kinds[open_kinds.index(kind) + 1 :]
        else:
            open_kinds = [k for k in open_kinds if not _is_deeper(k, kind)]
            open_kinds.append(kind)
        levels.append(open_kinds.index(kind))
    return levels


def _is_deeper(one: str, other: str) -> bool:
    """Whether `one` never stands above `other`; Roman numbers and capital letters nest either way."""
    return _DEEPER.index(one) > max(_DEEPER.index(other), 1)


def _kind(number: str, open_kinds: list[str]) -> str | None:
    match = _NUMBER.match(number)
    if match is None:
        return None
    label = match["label"]
    if label[0].isdigit():
        parts = label.count(".") + 1
        return "arabic" if parts == 1 else f"decimal{min(parts, 4)}"
    if label.islower():
        return "lower"
    if label in ("C", "D", "L") or label[0] not in "IVXLC":
        return "upper"
    return "roman"
