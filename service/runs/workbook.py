"""A run's sheet in, an XLSX workbook out, written as it comes. Texts are stored as texts, so that no path
begins a formula."""

from __future__ import annotations

from collections.abc import Sequence
from typing import IO, Any

from service.listing import cleaned
from service.runs.kinds import TITLES
from service.runs.sheet import Sheet, called, outcome, stands, why
from service.runs.words import COUNTED, REASONS, duration
from service.worksheet import new_page

_FILES = ("STT", "Tệp", "Kết quả", "Lý do", "Từ trước", "Loại", "Trang", "Giây", "Byte", "SHA-256")
_WIDTHS = (8, 80, 22, 50, 10, 18, 8, 10, 14, 68)
_ROWS = 1_000_000  # of one page of a workbook; the format ends at 1,048,576


def to_xlsx(sheet: Sheet, out: IO[bytes]) -> None:
    """Writes the workbook."""
    from openpyxl import Workbook

    book = Workbook(write_only=True)
    _summary(book, sheet)
    page = None
    for number, one in enumerate(sheet.files):
        if page is None or number % _ROWS == 0:
            page = sheet_page(book, f"Tệp {number // _ROWS + 1}" if number else "Tệp", _FILES, _WIDTHS)
        kind = TITLES.get(one.kind, one.kind)
        earlier = "có" if one.earlier else ""
        measured = (one.pages, round(one.seconds, 3), one.bytes, one.sha256)
        page.append(cells(page, (number + 1, called(one), outcome(one), why(one), earlier, kind, *measured)))
    book.save(out)


def _summary(book: Any, sheet: Sheet) -> None:
    head = ("Kết quả", "Lý do", "Số tệp", "trong đó từ trước", "Trang", "Byte", "Giây đọc")
    page = sheet_page(book, "Tổng hợp", head, (30, 40, 12, 18, 12, 18, 14), _above(sheet))
    for one in sheet.counts:
        reason = REASONS.get(one.reason, one.reason)
        sums = (one.files, one.earlier, one.pages, one.bytes, round(one.seconds, 1))
        page.append(cells(page, (outcome(one), reason, *sums)))
    total = [sum(getattr(one, name) for one in sheet.counts) for name in ("files", "earlier", "pages")]
    total += [sheet.bytes, round(sum(one.seconds for one in sheet.counts), 1)]
    page.append(cells(page, ("Cộng", "", *total), bold=True))


def _above(sheet: Sheet) -> list[str]:
    run = sheet.run
    told = f"Lượt đọc số {run.id}: {stands(run)}; {run.done} trên {run.plan.files} tệp"
    places = "; ".join(run.plan.roots) or "từng tệp"
    above = [f"{told}; {duration(run.seconds)}; bản {run.plan.version}", places]
    return [*above, COUNTED] if run.counted else above


def sheet_page(
    book: Any, title: str, head: Sequence[str], widths: Sequence[int], above: Sequence[str] = ()
) -> Any:
    """A new page with its head, and lines above it."""
    page = new_page(book, title, widths, f"A{2 + len(above)}")
    for line in above:
        page.append(cells(page, (line,)))
    page.append(cells(page, head, bold=True))
    return page


def cells(page: Any, row: Sequence[str | float], *, bold: bool = False) -> list[Any]:
    """A row's cells."""
    return [_cell(page, value, bold) for value in row]


def _cell(page: Any, value: str | float, bold: bool) -> Any:
    """Only what would else be a formula or an error becomes a cell of its own: those take most time."""
    from openpyxl.cell import WriteOnlyCell
    from openpyxl.styles import Font

    shown: Any = cleaned(value)
    text = isinstance(value, str)
    if not bold and not (text and shown.startswith(("=", "#"))):
        return shown
    cell = WriteOnlyCell(page, shown)
    if bold:
        cell.font = Font(bold=True)
    if text:
        cell.data_type = "s"
    return cell
