"""Task records in, an open file filled row by row out; how many there were.

What a writer needs meanwhile lies beside the file: nothing goes to where the system's temporary files are.
"""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import IO, Any

from service.listing import COLUMNS, WIDTHS, cleaned, harmless, row
from service.mapping import Record

Writer = Callable[[Iterable[Record], IO[bytes], Path], int]
"""Takes the rows, the file, and a path at which it may write meanwhile, which its caller cleans up."""


def to_csv(tasks: Iterable[Record], out: IO[bytes], _scratch: Path) -> int:
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


def to_jsonl(tasks: Iterable[Record], out: IO[bytes], _scratch: Path) -> int:
    """One JSON object a line, in the record's form (docs/record.md) with the document's header."""
    count = 0
    for task in tasks:
        out.write(json.dumps(task, ensure_ascii=False, default=str).encode() + b"\n")
        count += 1
    return count


def to_xlsx(tasks: Iterable[Record], out: IO[bytes], scratch: Path) -> int:
    """A workbook that is written as it comes; texts are stored as texts, dates as dates."""
    from openpyxl import Workbook
    from openpyxl.styles import Font
    from openpyxl.utils import get_column_letter

    book = Workbook(write_only=True)
    sheet = book.create_sheet("Nhiệm vụ")
    for column, width in enumerate(WIDTHS, start=1):
        sheet.column_dimensions[get_column_letter(column)].width = width
    sheet.freeze_panes = "A2"
    _write_to(scratch, sheet)
    head = [_cell(sheet, title) for title in COLUMNS]
    for cell in head:
        cell.font = Font(bold=True)
    sheet.append(head)
    count = 0
    try:
        for task in tasks:
            sheet.append([_cell(sheet, value) for value in row(task)])
            count += 1
    except BaseException:
        sheet.close()  # an open one complains when it is forgotten
        raise
    book.save(out)
    return count


def _write_to(scratch: Path, sheet: Any) -> None:
    """Lets the rows be written there: else openpyxl does so in /tmp, and leaves them when it is stopped."""
    from openpyxl.worksheet._writer import WorksheetWriter

    class Writer(WorksheetWriter):
        def cleanup(self) -> None:
            """Removes nothing: whoever named the file does."""

    sheet._writer = Writer(sheet, str(scratch))
    sheet._writer.write_top()


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
