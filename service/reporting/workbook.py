"""A report in, an XLSX workbook out, written as it comes: the figures, the longest overdue, measures taken,
the duties behind the sum. Texts are stored as texts, so that no cell begins a formula."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from typing import IO, Any

from service.checking.vocabulary import MEASURES
from service.listing import cleaned
from service.reporting.sheet import COLUMNS, RATES, Sheet, values
from service.reporting.words import REPORT_COLUMNS, REPORTS_BY
from service.tracking.periods import named
from service.tracking.reports import Behind, Line
from service.tracking.words import BUCKETS, LIVES
from service.worksheet import new_page

OVERDUE_HEAD = ("STT", "Nhiệm vụ", "Chủ trì", "Văn bản giao", "Thời hạn", "Số ngày quá hạn")
DUTIES_HEAD = (
    "STT",
    "Nhiệm vụ",
    "Chủ trì",
    "Văn bản giao",
    "Thời hạn",
    "Hoàn thành",
    "Trạng thái",
    "Kết quả",
)
MEASURES_HEAD = ("STT", "Đơn vị", *(name.capitalize() for name in MEASURES.values()), "Cộng")
_WIDTHS = {"Báo cáo": (6, 48, *([13] * len(COLUMNS))), "Quá hạn": (6, 70, 30, 20, 13, 13)}
_WIDTHS["Biện pháp"] = (6, 48, *([18] * (len(MEASURES) + 1)))
_WIDTHS["Nhiệm vụ"] = (6, 70, 30, 20, 13, 13, 22, 26)


def to_xlsx(sheet: Sheet, duties: Iterable[Behind], out: IO[bytes]) -> None:
    """Writes the workbook; `duties` stream through."""
    from openpyxl import Workbook

    book = Workbook(write_only=True)
    _figures(book, sheet)
    page = _page(book, "Quá hạn", OVERDUE_HEAD)
    for number, one in enumerate(sheet.overdue, start=1):
        page.append(_cells(page, (*_told(number, one), one.days)))
    page = _page(book, "Biện pháp", MEASURES_HEAD)
    for number, unit in enumerate(sheet.measures, start=1):
        page.append(
            _cells(page, (number, unit.name, *(unit.counts.get(key, 0) for key in MEASURES), unit.total))
        )
    page = _page(book, "Nhiệm vụ", DUTIES_HEAD)
    for number, one in enumerate(duties, start=1):
        stood = (one.done_on, LIVES[one.life.value], BUCKETS[one.bucket.value])
        page.append(_cells(page, (*_told(number, one), *stood)))
    book.save(out)


def _told(number: int, one: Behind) -> tuple[int, str, str, str, dt.date | None]:
    return number, one.text, one.lead, one.document_number, one.due_on


def _figures(book: Any, sheet: Sheet) -> None:
    asked = sheet.asked
    head = ("STT", REPORTS_BY[asked.by.value], *(REPORT_COLUMNS[name] for name in COLUMNS))
    told = f"Kỳ: {named(sheet.period, asked.begin, asked.end)}; số liệu đến hết ngày {asked.on:%d/%m/%Y}"
    page = _page(book, "Báo cáo", head, (told,))
    total = Line("", "Cộng", sheet.total)
    for number, line in enumerate(sheet.lines, start=1):
        page.append(_row(page, number, line))
    page.append(_row(page, None, total, bold=True))


def _row(page: Any, number: int | None, line: Line, *, bold: bool = False) -> list[Any]:
    cells = _cells(page, (number, line.name, *values(line.figures)), bold=bold)
    for cell in cells[-len(RATES) :]:
        cell.number_format = "0.0%"
    return cells


def _page(book: Any, title: str, head: Sequence[str], above: Sequence[str] = ()) -> Any:
    page = new_page(book, title, _WIDTHS[title], f"C{2 + len(above)}")
    for line in above:
        page.append(_cells(page, (line,)))
    page.append(_cells(page, head, bold=True))
    return page


def _cells(page: Any, row: Sequence[str | float | dt.date | None], *, bold: bool = False) -> list[Any]:
    from openpyxl.cell import WriteOnlyCell
    from openpyxl.styles import Alignment, Font

    font, wrapped = Font(bold=bold), Alignment(vertical="top", wrap_text=len(row) > 1)
    cells = []
    for value in row:
        shown: Any = cleaned(value)
        cell = WriteOnlyCell(page, shown)
        cell.font, cell.alignment = font, wrapped
        if isinstance(value, str):
            cell.data_type = "s"  # else a text that begins with "=" would become a formula
        elif isinstance(value, dt.date):
            cell.number_format = "DD/MM/YYYY"
        cells.append(cell)
    return cells
