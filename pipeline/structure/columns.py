"""A page's items in, the same in the order in which they are meant to be read: columns one after another.

Only the head and the foot of an act have columns (Nghị định 30/2020/NĐ-CP, boxes 1-4 and 7-9b); a band of
rows is read by columns when it holds one of their phrases, everything else from top to bottom.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from pipeline.structure.framing import Mark, begins_motto, is_position, mark_of
from pipeline.structure.rows import Row, row_of
from pipeline.text import fold
from pipeline.types import Cell, Line, Origin, Page, Table

_WIDE = 0.62  # of the text's width: a line of the body, not of a column
_HEAD_LINES = 15
_FRAMING = {Mark.MOTTO, Mark.NUMBER, Mark.PLACE_DATE, Mark.RECIPIENTS, Mark.AUTHORITY}
_ENDS_HEAD = {Mark.TYPE, Mark.ADDRESSEES, Mark.ANNEX}


@dataclass(frozen=True, slots=True)
class Sheet:
    """A ruled table on its page."""

    table: Table
    page: int
    origin: Origin


def in_reading_order(page: Page, items: Sequence[Line | Table]) -> list[Row | Sheet]:
    """The page's rows and ruled tables; rows of head and foot columns come `framed`."""
    ordered: list[Row | Sheet] = []
    run: list[Row] = []
    for item in items:
        if isinstance(item, Table):
            ordered += _by_columns(run)
            run = []
            ordered += _opened(item, page)
        else:
            rows = (row_of(line, page.number, page.origin) for line in _cut(item))
            for row in rows:
                if row is not None and _says(row):
                    in_head = page.number == 1 and 0 < len(run) < _HEAD_LINES
                    run.append(replace(row, opens=True) if in_head and _parts(row, run[-1]) else row)
    ordered += _by_columns(run)
    return ordered


def _opened(table: Table, page: Page) -> list[Row | Sheet]:
    """A table as a sheet, or, where it only lays text out, as rows."""
    if _is_frame(table):
        return list(_columns_of(table, page))
    width = len(table.rows[0]) if table.rows else 0
    if table.ruled or (width > 2 and len(table.rows) > 1):
        return [Sheet(table, page.number, page.origin)]
    cells = (cell for row in table.rows for cell in row if not cell.merged)
    return [row for cell in cells for row in _cell_rows(cell, page, framed=False)]


def _is_frame(table: Table) -> bool:
    """Whether a table holds the act's head or foot."""
    if len(table.rows) > 12 or (table.rows and len(table.rows[0]) > 5):
        return False
    lines = [line for row in table.rows for cell in row if not cell.merged for line in cell.lines]
    marks = [mark_of(line.text) for line in lines if line.words]
    if any(mark in (Mark.MOTTO, Mark.RECIPIENTS) for mark in marks):
        return True
    return not table.ruled and any(mark in _FRAMING for mark in marks)


def _columns_of(table: Table, page: Page) -> Iterator[Row]:
    """A layout table's columns, one after another; a cell over the whole width parts what is above and
    below it."""
    for _, group in itertools.groupby(table.rows, key=lambda row: all(cell.merged for cell in row[1:])):
        rows = list(group)
        for column in range(max(map(len, rows))):
            for row in rows:
                if column < len(row) and not row[column].merged:
                    yield from _cell_rows(row[column], page, framed=True)


def _cell_rows(cell: Cell, page: Page, *, framed: bool) -> Iterator[Row]:
    before: Row | None = None
    for line in cell.lines:
        row = row_of(line, page.number, page.origin, framed=framed)
        if row is None:
            continue
        parted = before is None or (framed and _parts(row, before))
        yield replace(row, opens=True) if parted and not row.opens else row
        before = row


def _parts(row: Row, before: Row) -> bool:
    """Whether a line of the head begins a new box although its format goes on (a forced line break)."""
    if row.opens is not False or not row.text[:1].isupper():
        return False
    mark, above = mark_of(row.text), mark_of(before.text)
    if mark is Mark.PLACE_DATE:
        return above in (Mark.MOTTO, Mark.NUMBER, Mark.RULE)
    if fold(row.text).startswith("viet nam"):
        return False  # the second line of an authority's name in acts of 1945 to 1976
    return mark in (Mark.MOTTO, Mark.NUMBER, Mark.TYPE, Mark.SUBJECT) or above in (Mark.MOTTO, Mark.TYPE)


def _cut(line: Line) -> list[Line]:
    """A line of two columns set as one (tabs or many blanks between them), cut at the gap."""
    words = line.words
    if len(words) < 4 or len(words) > 30:
        return [line]
    at = next((i for i in range(1, len(words) - 3) if begins_motto(words[i : i + 4])), 0)
    if at:
        return [replace(line, words=words[:at]), replace(line, words=words[at:])]
    gap, at = max((b.box.x0 - a.box.x1, i + 1) for i, (a, b) in enumerate(itertools.pairwise(words)))
    if gap < 2 * max(words[0].size, 6.0):
        return [line]
    left, right = replace(line, words=words[:at]), replace(line, words=words[at:])
    if mark_of(right.text) in _FRAMING or mark_of(left.text) in (Mark.RECIPIENTS, Mark.NUMBER):
        return [left, replace(right, opens=None if line.opens is None else True)]
    return [line]


def _by_columns(rows: list[Row]) -> list[Row]:
    """Rows from top to bottom, bands of head and foot by columns."""
    levels = _levels(rows)
    if all(len(level) == 1 for level in levels) and (not rows or rows[0].origin is Origin.FLOW):
        return rows
    left = min(row.box.x0 for row in rows)
    width = max(max(row.box.x1 for row in rows) - left, 1.0)
    ordered: list[Row] = []
    at = 0
    while at < len(levels):
        end = _band_end(levels, at, width)
        if end > at:
            ordered += _read_band(levels[at:end])
            at = end
        else:
            ordered += _made_one(levels[at])
            at += 1
    return ordered


def _says(row: Row) -> bool:
    """Whether a row holds a letter or digit; on a scan anything else is a speck."""
    return row.origin is not Origin.OCR or any(char.isalnum() for char in row.text)


def _made_one(level: list[Row]) -> list[Row]:
    """Rows of one printed line, cut at a wide gap, made one again; a title or a stamp's remains beside
    it stay apart."""
    if len(level) == 1 or any(mark_of(row.text) is Mark.TYPE or _is_spoilt(row) for row in level):
        return level
    line = replace(level[0].line, words=tuple(word for row in level for word in row.line.words))
    return [replace(level[0], line=line, box=line.box, text=line.text)]


def _is_spoilt(row: Row) -> bool:
    sure = [word.confidence for word in row.line.words if word.confidence is not None]
    return bool(sure) and sum(sure) < 0.6 * len(sure)


def _levels(rows: Sequence[Row]) -> list[list[Row]]:
    """Rows that stand side by side, together, from left to right."""
    levels: list[list[Row]] = []
    for row in rows:
        if levels and _beside(levels[-1], row):
            levels[-1].append(row)
        else:
            levels.append([row])
    return [sorted(level, key=lambda row: row.box.x0) for level in levels]


def _beside(level: list[Row], row: Row) -> bool:
    last = level[-1]
    shared = min(last.box.y1, row.box.y1) - max(last.box.y0, row.box.y0)
    if shared < 0.5 * min(last.box.y1 - last.box.y0, row.box.y1 - row.box.y0):
        return False
    return all(other.box.x1 <= row.box.x0 + 2 or row.box.x1 <= other.box.x0 + 2 for other in level)


def _band_end(levels: Sequence[Sequence[Row]], start: int, width: float) -> int:
    """The level after the band of columns that begins at `start`; `start` itself where none does."""
    marks = {mark_of(row.text) for row in levels[start]}
    offices = sum(is_position(row.text) for row in levels[start])
    foot = bool(marks & {Mark.RECIPIENTS, Mark.AUTHORITY, Mark.LISTED}) or offices > 1
    if not foot and (len(levels[start]) < 2 or not _frames(levels[start : start + 4])):
        return start
    for at in range(start, len(levels)):
        level = levels[at]
        found = {mark_of(row.text) for row in level}
        wide = any(_is_wide(row, width) for row in level)
        if wide or (at > start and found & (_ENDS_HEAD if not foot else {Mark.ANNEX})):
            return at
    return len(levels)


def _is_wide(row: Row, width: float) -> bool:
    """Whether a row is a line of the body; the national motto alone may be as wide."""
    return row.box.x1 - row.box.x0 > _WIDE * width and mark_of(row.text) is not Mark.MOTTO


def _frames(levels: Sequence[Sequence[Row]]) -> bool:
    return any(mark_of(row.text) in _FRAMING for level in levels for row in level)


def _read_band(levels: Sequence[Sequence[Row]]) -> list[Row]:
    rows = [replace(row, framed=True) for level in levels for row in level]
    gutter = _gutter(levels)
    if gutter is None:
        return rows
    return sorted(rows, key=lambda row: (row.box.x0 + row.box.x1) / 2 > gutter)


def _gutter(levels: Sequence[Sequence[Row]]) -> float | None:
    """Where most gaps between rows side by side agree; None where nothing stands side by side."""
    gaps = [(a.box.x1, b.box.x0) for level in levels for a, b in itertools.pairwise(level)]
    if not gaps:
        return None
    middles = [(low + high) / 2 for low, high in gaps]
    return max(middles, key=lambda x: sum(low <= x <= high for low, high in gaps))
