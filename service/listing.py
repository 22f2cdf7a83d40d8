"""Task records in, a table for people out: rows in one fixed order of columns, as CSV or XLSX bytes."""

from __future__ import annotations

import csv
import datetime as dt
import io
import re
from collections.abc import Iterable, Sequence
from typing import Any

from service.mapping import Record
from service.wording import (
    ASSIGNERS,
    FIELDS,
    NATURES,
    PRODUCTS,
    TASK_SOURCES,
    TIMINGS,
    URGENCIES,
    words,
)

COLUMNS = (
    "Số, ký hiệu",
    "Ngày ban hành",
    "Cơ quan ban hành",
    "Vị trí",
    "Nhiệm vụ",
    "Chủ trì",
    "Phối hợp",
    "Thời hạn",
    "Lặp lại (RRULE)",
    "Thời hạn (nguyên văn)",
    "Loại thời hạn",
    "Sản phẩm",
    "Sản phẩm (nguyên văn)",
    "Tính chất",
    "Lĩnh vực",
    "Nguồn giao",
    "Cấp giao",
    "Độ khẩn",
    "Độ tin cậy",
    "Trạng thái",
    "Tệp",
)
WIDTHS = (16, 14, 28, 18, 70, 28, 28, 14, 20, 24, 16, 20, 28, 18, 24, 20, 22, 11, 11, 12, 28)
_FORMULA = ("=", "+", "-", "@", "\t", "\r")
_ILLEGAL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f]")

Value = str | float | dt.date | None


def row(task: Record) -> tuple[Value, ...]:
    """A task's values in the order of `COLUMNS`; dates as dates."""
    document, deadline = task["document"], task["deadline"] or {}
    return (
        document["number"],
        _date(document["issued_on"]),
        document["issuer"],
        task["path"],
        task["text"],
        _names(task["leads"]),
        _names(task["cooperators"]),
        _date(deadline.get("date")),
        deadline.get("rrule"),
        deadline.get("text"),
        words(TIMINGS, task.get("timing")),
        words(PRODUCTS, task.get("product")),
        task["output"],
        words(NATURES, task["nature"]),
        words(FIELDS, task["field"]),
        words(TASK_SOURCES, task.get("source")),
        words(ASSIGNERS, task.get("assigner")),
        words(URGENCIES, task.get("urgency")),
        task["confidence"],
        task["status"],
        document["name"],
    )


def stub_as_task(stub: Record) -> Record:
    """A hand-typed record in a task's form: there is no text, since none is kept."""
    deadline = stub["deadline"]
    return {
        "text": "(văn bản không lưu nội dung)",
        "path": "",
        "leads": [{"text": stub["unit"], "name": stub["unit"], "unit_id": None, "inherited": False}],
        "cooperators": [],
        "deadline": {"text": None, "kind": "date", "date": deadline.isoformat()} if deadline else None,
        "output": None,
        "nature": None,
        "field": None,
        "confidence": None,
        "evidence": [],
        "status": "stub",
        "document": {
            "number": stub["number"],
            "issued_on": stub["issued_on"].isoformat(),
            "issuer": None,
            "type": None,
            "sha256": None,
            "name": None,
        },
    }


def to_csv(tasks: Iterable[Record]) -> bytes:
    """UTF-8 with the mark by which Excel knows it; no cell can be taken for a formula."""
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(COLUMNS)
    for task in tasks:
        writer.writerow([harmless(value) for value in row(task)])
    return out.getvalue().encode("utf-8-sig")


def to_xlsx(tasks: Iterable[Record]) -> bytes:
    """A workbook with a header that stays and filters; texts are stored as texts, dates as dates."""
    from openpyxl import Workbook
    from openpyxl.styles import Alignment, Font
    from openpyxl.utils import get_column_letter

    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = "Nhiệm vụ"
    sheet.append(COLUMNS)
    for cell in sheet[1]:
        cell.font = Font(bold=True)
    for number, task in enumerate(tasks, start=2):
        _write(sheet, number, row(task), Alignment(vertical="top", wrap_text=True))
    for column, width in enumerate(WIDTHS, start=1):
        sheet.column_dimensions[get_column_letter(column)].width = width
    sheet.freeze_panes = "A2"
    sheet.auto_filter.ref = sheet.dimensions
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _write(sheet: Any, number: int, values: Sequence[Value], alignment: Any) -> None:
    for column, value in enumerate(values, start=1):
        cell = sheet.cell(number, column, cleaned(value))
        cell.alignment = alignment
        if isinstance(value, str):
            cell.data_type = "s"  # else a text that begins with "=" would become a formula
        elif isinstance(value, dt.date):
            cell.number_format = "DD/MM/YYYY"


def cleaned(value: Value) -> Value:
    """Without what a workbook cannot hold."""
    return _ILLEGAL.sub("", value) if isinstance(value, str) else value


def harmless(value: Value) -> Value:
    """A value that no program of tables takes for a formula."""
    if isinstance(value, str) and value.startswith(_FORMULA):
        return f"'{value}"
    return value.isoformat() if isinstance(value, dt.date) else value


def _names(units: Iterable[Record]) -> str:
    return "; ".join(unit["name"] for unit in units)


def _date(value: str | None) -> dt.date | None:
    return dt.date.fromisoformat(value) if value else None
