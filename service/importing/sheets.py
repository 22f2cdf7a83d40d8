"""A workbook's bytes in, its visible sheets as rows of texts out; merged cells say the same throughout.

Runs in the reading child (service/bootstrap.py `book_reader`); what comes out holds no row marked secret.
"""

from __future__ import annotations

import io
import warnings
from typing import Any

from pipeline.errors import Reason, Unreadable
from pipeline.limits import Limits
from pipeline.read.archive import Archive
from pipeline.read.xlsx import shown
from service.importing.phrases import phrases, plain

COLUMNS = 60
"""Columns of a sheet that are looked at."""
_MERGES = 20_000
_LONGEST = 4000  # characters of a cell


def sheets_of(content: bytes, limits: Limits, most_rows: int) -> list[dict[str, Any]]:
    """The sheets: `name`, `rows` (texts), `ends` (a row → the last row that a cell of it reaches by merging),
    `secret` (rows left out, marked secret), all counted from 0. Raises `Unreadable`."""
    archive = Archive(content, limits)
    archive.verify()
    import openpyxl

    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            book = openpyxl.load_workbook(io.BytesIO(content), data_only=True)
            visible = [one for one in book.worksheets if one.sheet_state == "visible"]
            found = [_sheet(one, most_rows) for one in visible]
    except Unreadable:
        raise
    except Exception as error:  # openpyxl raises whatever a damaged part happens to cause
        raise Unreadable(Reason.DAMAGED, "tệp .xlsx hỏng (damaged workbook)") from error
    return [one for one in found if one["rows"]]


def _sheet(sheet: Any, most_rows: int) -> dict[str, Any]:
    rows: list[list[str]] = []
    filled = 0
    for row in sheet.iter_rows(max_col=min(COLUMNS, sheet.max_column)):
        rows.append([shown(cell)[:_LONGEST] for cell in row])
        filled += any(rows[-1])
        if filled > most_rows or len(rows) > 4 * most_rows:
            message = f"trang “{sheet.title}” dài hơn {most_rows} dòng (too many rows)"
            raise Unreadable(Reason.TOO_LARGE, message)
    while rows and not any(rows[-1]):
        rows.pop()
    ends = _merged(sheet, rows)
    secret = [number for number, row in enumerate(rows) if _is_secret(row)]
    for number in secret:
        rows[number] = []
    return {"name": sheet.title, "rows": rows, "ends": ends, "secret": secret}


def _merged(sheet: Any, rows: list[list[str]]) -> dict[str, int]:
    """Fills merged areas with what their first cell says."""
    ends: dict[str, int] = {}
    for area in list(sheet.merged_cells.ranges)[:_MERGES]:
        top, left = area.min_row - 1, area.min_col - 1
        if top >= len(rows) or left >= len(rows[top]):
            continue
        bottom = min(area.max_row, len(rows)) - 1
        for row in rows[top : bottom + 1]:
            for column in range(left, min(area.max_col, len(row))):
                row[column] = rows[top][left]
        ends[str(top)] = max(bottom, ends.get(str(top), top))
    return ends


def _is_secret(row: list[str]) -> bool:
    return any(plain(text) in phrases().words["secret"] for text in row if text and len(text) < 12)
