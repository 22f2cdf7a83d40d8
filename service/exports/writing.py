"""Task records in, an open file filled row by row out; how many there were."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable, Iterable
from typing import IO, Any

from service.listing import COLUMNS, WIDTHS, cleaned, harmless, row
from service.mapping import Record

Writer = Callable[[Iterable[Record], IO[bytes]], int]


def to_csv(tasks: Iterable[Record], out: IO[bytes]) -> int:
    """UTF-8 with the mark by which Excel knows it; no cell can be taken for a formula."""
    text = io.TextIOWrapper(out, encoding="utf-8-sig", newline="", write_through=True)
    writer = csv.writer(text)
    writer.writerow(COLUMNS)
    count = 0
    for task in tasks:
        writer.writerow([harmless(value) for value in row(task)])
        count += 1
    text.flush()
    text.detach()
    return count


def to_jsonl(tasks: Iterable[Record], out: IO[bytes]) -> int:
    """One JSON object a line, in the record's form (docs/record.md) with the document's header."""
    count = 0
    for task in tasks:
        out.write(json.dumps(task, ensure_ascii=False, default=str).encode() + b"\n")
        count += 1
    return count


def to_xlsx(tasks: Iterable[Record], out: IO[bytes]) -> int:
    """A workbook that is written as it comes; texts are stored as texts, dates as dates."""
    from openpyxl import Workbook
    from openpyxl.styles import Font
    from openpyxl.utils import get_column_letter

    book = Workbook(write_only=True)
    sheet = book.create_sheet("Nhiệm vụ")
    for column, width in enumerate(WIDTHS, start=1):
        sheet.column_dimensions[get_column_letter(column)].width = width
    sheet.freeze_panes = "A2"
    head = [_cell(sheet, title) for title in COLUMNS]
    for cell in head:
        cell.font = Font(bold=True)
    sheet.append(head)
    count = 0
    for task in tasks:
        sheet.append([_cell(sheet, value) for value in row(task)])
        count += 1
    book.save(out)
    return count


def _cell(sheet: Any, value: Any) -> Any:
    from openpyxl.cell import WriteOnlyCell

    shown: Any = cleaned(value)
    cell = WriteOnlyCell(sheet, shown)
    if isinstance(value, str):
        cell.data_type = "s"  # else a text that begins with "=" would become a formula
    elif hasattr(value, "isoformat"):
        cell.number_format = "DD/MM/YYYY"
    return cell


WRITERS: dict[str, Writer] = {"csv": to_csv, "xlsx": to_xlsx, "jsonl": to_jsonl}
