"""Ruled tables in, `Grid`s out: joined over page breaks, cells' lines grouped to paragraphs."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from pipeline.structure.columns import Sheet
from pipeline.structure.markers import find_marker
from pipeline.structure.rows import Row, row_of
from pipeline.structure.writer import Writer
from pipeline.types import Cell, Grid, GridCell, Span

_ENDS = re.compile(r"""[.:;!?]["”’)\]]*$""")


@dataclass(frozen=True, slots=True)
class _Cell:
    """A cell on its way: its rows; `home` names the first place of a merged area."""

    rows: tuple[Row, ...]
    home: tuple[int, int]

    @property
    def text(self) -> str:
        return " ".join(row.text for row in self.rows)


# words and marks that something must follow
_JOINS = re.compile(
    r"(?:[,–-]|\b(?:và|của|với|các|những|về|cho|theo|tại|trong|số|hoặc|để|từ|đến|trên))$", re.IGNORECASE
)
_Body = list[list[_Cell]]
_RawRow = list[
    tuple[tuple[Row, ...], bool]
]  # a row as read: the lines of each cell, and whether it is merged


def grid_of(sheets: Sequence[Sheet], writer: Writer) -> Grid | None:
    """Writes the tables as one grid; None where no cell holds a word."""
    body: _Body = []
    for sheet in sheets:
        _add(body, [_row_of_cells(row, sheet) for row in sheet.table.rows])
    start = writer.end
    rows = _write(body, writer)
    end = writer.end - 1
    if end <= start:
        return None
    return Grid(Span(start, end), sheets[0].page, rows)


def joins(first: Sheet, second: Sheet) -> bool:
    """Whether `second` goes on with the table `first` of the page before."""
    if second.page - first.page > 1 or not first.table.rows or not second.table.rows:
        return False
    if len(first.table.rows[0]) != len(second.table.rows[0]):
        return False
    if first.page == second.page:
        return False
    a, b = first.table.box, second.table.box
    if a is None or b is None:
        return True
    return abs((a.x1 - a.x0) - (b.x1 - b.x0)) < 0.12 * (a.x1 - a.x0)


def _row_of_cells(row: Sequence[Cell], sheet: Sheet) -> _RawRow:
    return [
        (
            tuple(r for line in cell.lines if (r := row_of(line, sheet.page, sheet.origin)) is not None),
            cell.merged,
        )
        for cell in row
    ]


def _add(body: _Body, rows: list[_RawRow]) -> None:
    """Puts a page's rows below those before: without a repeated head, a cut row mended."""
    rows = _below_heads(rows, body)
    if body and rows and _continues(rows[0], body[-1]):
        _mend(body, rows[0])
        rows = rows[1:]
    elif body and rows:
        rows = _carried(rows, body)
    for cells in rows:
        body.append(_placed(cells, body))


def _mend(body: _Body, rest: _RawRow) -> None:
    """Puts the end of a cut row behind its beginning, in every row that a merged cell of it covers."""
    for column, (rows, _) in enumerate(rest):
        cut = body[-1][column]
        whole = replace(cut, rows=cut.rows + rows)
        for cells in body:
            cells[:] = [whole if cell.home == cut.home else cell for cell in cells]


def _carried(rows: list[_RawRow], body: _Body) -> list[_RawRow]:
    """The rows of a page with the merged cells that go on over the page's end: there such a cell is blank
    in several rows, below one that covers several rows on the page before."""
    rows = [list(cells) for cells in rows]
    for column in range(1, min(len(rows[0]), len(body[-1]))):
        cell = body[-1][column]
        if rows[0][column][0] or cell.home[0] == len(body) - 1 or cell.home[1] != column:
            continue
        blank = 1
        while blank < len(rows) and not rows[blank][column][0] and rows[blank][column][1]:
            blank += 1
        for cells in rows[:blank]:
            if any(words for words, _ in cells):
                cells[column] = (cell.rows, True)
    return rows


def _below_heads(rows: list[_RawRow], body: _Body) -> list[_RawRow]:
    """The rows of a page below the head that it repeats; a repeated head row may hold the end of a cut row
    that no line parts from it."""
    for index, (cells, head) in enumerate(zip(rows, body, strict=False)):
        left = [_without(words, cell.text) for (words, _), cell in zip(cells, head, strict=False)]
        below = [
            (words, merged) for words, (_, merged) in zip(left, cells, strict=False) if words is not None
        ]
        if len(below) < len(cells) or len(cells) != len(head) or not any(cell.rows for cell in head):
            return rows[index:]
        if any(words for words, _ in below):
            return [below, *rows[index + 1 :]]
    return rows[len(body) :]


def _without(rows: tuple[Row, ...], head: str) -> tuple[Row, ...] | None:
    """The rows below those that say `head`; None when they do not begin with it."""
    for count in range(len(rows) + 1):
        if " ".join(row.text for row in rows[:count]).casefold() == head.casefold():
            return rows[count:]
    return None


def _placed(cells: _RawRow, body: _Body) -> list[_Cell]:
    """Cells with the home of each merged one: the same words to the left or above."""
    at = len(body)
    placed: list[_Cell] = []
    for column, (rows, merged) in enumerate(cells):
        home = (at, column)
        if merged:
            text = " ".join(row.text for row in rows)
            near = placed[column - 1 : column] + (body[-1][column : column + 1] if body else [])
            found = next((cell for cell in near if not text or cell.text == text), None)
            if found is not None:
                placed.append(found)
                continue
        placed.append(_Cell(rows, home))
    return placed


def _continues(cells: _RawRow, above: list[_Cell]) -> bool:
    """A row cut by the page's end: its first cell is empty and its words go on with those above, as small
    letters or a joining word show; a lone cell that is no heading goes on where the one above has no end."""
    if not cells or cells[0][0] or len(cells) != len(above) or any(merged and rows for rows, merged in cells):
        return False
    filled = [(cell.text, rows[0].text) for cell, (rows, _) in zip(above, cells, strict=True) if rows]
    if not filled or any(not before or _titles(after) for before, after in filled):
        return False
    if any(after[:1].islower() or _JOINS.search(before) for before, after in filled):
        return True
    return len(filled) == 1 and not _ENDS.search(filled[0][0])


def _titles(words: str) -> bool:
    """Whether a cell opens a section: numbered, or in capitals."""
    marker = find_marker(words)
    return (words.isupper() and len(words) > 6) or (
        marker is not None and marker.name not in ("dash", "plus", "bullet")
    )


def _write(body: _Body, writer: Writer) -> tuple[tuple[GridCell, ...], ...]:
    written: dict[tuple[int, int], GridCell] = {}
    rows: list[tuple[GridCell, ...]] = []
    for at, cells in enumerate(body):
        row: list[GridCell] = []
        for column, cell in enumerate(cells):
            if cell.home not in written:
                paragraphs = [p for group in _paragraphs(cell.rows) if (p := writer.paragraph(group))]
                written[cell.home] = GridCell(tuple(paragraphs))
            merged = cell.home != (at, column)
            row.append(replace(written[cell.home], merged=merged))
        rows.append(tuple(row))
    return tuple(rows)


def _paragraphs(rows: Sequence[Row]) -> list[list[Row]]:
    groups: list[list[Row]] = []
    for row in rows:
        if groups and not _opens(row, groups[-1][-1]):
            groups[-1].append(row)
        else:
            groups.append([row])
    return groups


def _opens(row: Row, previous: Row) -> bool:
    if row.opens is not None:
        return row.opens
    if find_marker(row.text) is not None:
        return True
    return bool(_ENDS.search(previous.text)) and row.text[:1].isupper() and previous.page == row.page
