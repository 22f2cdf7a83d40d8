"""A workbook (.xlsx) in, blocks out: each visible sheet a table, its title rows above it as paragraphs."""

from __future__ import annotations

import datetime as dt
import io
import re
import warnings
from collections.abc import Iterator, Sequence
from typing import Any

from pipeline.errors import Reason, Unreadable
from pipeline.limits import Limits
from pipeline.read.archive import Archive
from pipeline.read.flow import Align, Block, Break, Flow, FlowTable, Stretch, flow_of, pieces_of
from pipeline.read.grids import MOST_COLUMNS, Spanned, bounded, grid_of
from pipeline.text import nfc

_MOST_ROWS = 20_000
_MOST_BLANK = 200  # empty rows in a row that end a sheet
_MERGED = re.compile(rb'<(?:\w+:)?mergeCell [^>]*ref="([A-Z]{1,3})(\d{1,7}):([A-Z]{1,3})(\d{1,7})"')
_Merges = dict[tuple[int, int], tuple[int, int]]  # a merged area's first cell → its columns and rows


def blocks_of(content: bytes, limits: Limits) -> list[Block]:
    """The sheets' blocks; Unreadable where the file is no sound .xlsx."""
    archive = Archive(content, limits)
    archive.verify()
    import openpyxl

    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            book = openpyxl.load_workbook(io.BytesIO(content), read_only=True, data_only=True)
            sheets = [_sheet(sheet, archive) for sheet in book.worksheets if sheet.sheet_state == "visible"]
    except Unreadable:
        raise
    except Exception as error:  # openpyxl raises whatever a damaged part happens to cause
        raise Unreadable(Reason.DAMAGED, "tệp .xlsx hỏng (damaged workbook)") from error
    blocks: list[Block] = []
    for sheet in filter(None, sheets):
        blocks += [Break(), *sheet] if blocks else sheet
    return blocks


def _sheet(sheet: Any, archive: Archive) -> list[Block]:
    if not hasattr(sheet, "iter_rows"):  # a sheet that holds only a chart
        return []
    sheet.reset_dimensions()
    rows = [[shown(cell) for cell in row] for row in _rows(sheet)]
    while rows and not any(rows[-1]):
        rows.pop()
    merges = _merges(archive, sheet)
    begin = _first_table_row(rows, merges)
    titles = [_title(text) for row in rows[:begin] for text in row if text]
    width = _used(rows[begin:])
    bounded(len(rows) * width)
    covered = _covered(merges, len(rows))
    grid = grid_of(
        [
            [
                Spanned(
                    _flows(row[column]) if column < len(row) else (), *merges.get((index, column), (1, 1))
                )
                for column in range(width)
                if (index, column) not in covered
            ]
            for index, row in enumerate(rows)
            if index >= begin
        ]
    )
    if not rows[begin:]:
        return titles
    return [*titles, FlowTable(tuple(row[:width] for row in grid), _widths(rows[begin:], width))]


def _rows(sheet: Any) -> Iterator[Sequence[Any]]:
    blank = 0
    for count, row in enumerate(sheet.iter_rows(max_col=MOST_COLUMNS)):
        blank = 0 if any(cell.value is not None for cell in row) else blank + 1
        if count >= _MOST_ROWS or blank > _MOST_BLANK:
            return
        yield row


def shown(cell: Any) -> str:
    """A cell's value about as the sheet shows it."""
    value = cell.value
    if value is None:
        return ""
    if isinstance(value, dt.datetime):
        day = f"{value:%d/%m/%Y}"
        return day if value.time() == dt.time() else f"{value:%H:%M} {day}"
    if isinstance(value, dt.date):
        return f"{value:%d/%m/%Y}"
    if isinstance(value, bool):
        return "x" if value else ""
    if isinstance(value, float):
        if "%" in str(cell.number_format):
            return f"{value * 100:.10g}%".replace(".", ",")
        return f"{value:.12g}".replace(".", ",")
    return nfc(str(value)).replace("_x000D_", "").strip()


def _merges(archive: Archive, sheet: Any) -> _Merges:
    """The sheet's merged areas, counted from 0; openpyxl leaves them out when it reads in a stream."""
    path = str(getattr(sheet, "_worksheet_path", "")).lstrip("/")
    if path not in archive:
        return {}
    found: _Merges = {}
    for match in _MERGED.finditer(archive.read(path)):
        left, right = _column(match.group(1)), _column(match.group(3))
        top, bottom = int(match.group(2)) - 1, int(match.group(4)) - 1
        found[top, left] = (right - left + 1, bottom - top + 1)
    return found


def _column(letters: bytes) -> int:
    column = 0
    for letter in letters:
        column = column * 26 + letter - 64
    return column - 1


def _covered(merges: _Merges, height: int) -> set[tuple[int, int]]:
    """Cells within a merged area that are not its first."""
    return {
        (row, column)
        for (top, left), (columns, rows) in merges.items()
        for row in range(top, min(top + rows, height))
        for column in range(left, min(left + columns, MOST_COLUMNS))
        if (row, column) != (top, left)
    }


def _flows(text: str) -> tuple[Flow, ...]:
    """A cell's lines, each a paragraph."""
    lines = (pieces_of(line.strip(), None) for line in text.splitlines())
    return tuple(flow_of(line) for line in lines if line)


def _title(text: str) -> Block:
    stretches = tuple(Stretch(pieces_of(line.strip(), None)) for line in text.splitlines() if line.strip())
    return Flow(stretches, Align.CENTRE)


def _first_table_row(rows: Sequence[Sequence[str]], merges: _Merges) -> int:
    """The first row that has cells side by side: title rows have one, a two-column head two."""
    for index, row in enumerate(rows):
        filled = sum(bool(text) for text in row)
        if filled >= 3 or (filled == 2 and index not in {top for top, _ in merges}):
            return index
    return 0


def _used(rows: Sequence[Sequence[str]]) -> int:
    """Columns up to the last that holds anything."""
    return max((index + 1 for row in rows for index, text in enumerate(row) if text), default=1)


def _widths(rows: Sequence[Sequence[str]], width: int) -> tuple[float, ...]:
    lengths = [max((len(row[at]) for row in rows if at < len(row)), default=1) for at in range(width)]
    return tuple(min(max(length, 6), 120) ** 0.7 for length in lengths)
