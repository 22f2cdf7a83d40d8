"""A report in, a DOCX out, in the form of Nghị định 30/2020/NĐ-CP, appendix I, on A4 across, since its tables
are wide (the decree allows that)."""

from __future__ import annotations

import io
from dataclasses import dataclass
from typing import Any

from service.checking.vocabulary import MEASURES
from service.reporting.sheet import COUNTS, RATES, Sheet, percent
from service.reporting.typesetting import (
    MIDDLE,
    RIGHT,
    framed,
    line,
    paper,
    paragraph,
    side_by_side,
    table,
)
from service.reporting.words import REPORTS_BY
from service.tracking.groups import Figures
from service.tracking.measured import Measured
from service.tracking.periods import named
from service.tracking.reports import Behind
from service.tracking.reports import Line as Row

_MOST_ROWS = 400  # a letter of more is no letter; the workbook holds all
_SIGNED = 4  # empty lines for seal and signature
_TOP = (
    ("STT", 2, 1),
    ("", 2, 1),
    ("Tổng số", 2, 1),
    ("Có thời hạn", 1, 4),
    ("Không có thời hạn", 1, 2),
    ("Tạm dừng", 2, 1),
    ("Tỷ lệ (%)", 1, 3),
)
_UNDER = (
    "Xong đúng hạn",
    "Xong quá hạn",
    "Đang làm, trong hạn",
    "Đang làm, quá hạn",
    "Xong",
    "Đang làm",
    "Hoàn thành",
    "Đúng hạn",
    "Cập nhật",
)
_WIDTHS = (1.3, 6.2, 1.5, 1.7, 1.7, 2.0, 2.0, 1.4, 1.5, 1.5, 1.7, 1.6, 1.6)
_OVERDUE = ("STT", "Nhiệm vụ", "Đơn vị chủ trì", "Văn bản giao", "Thời hạn", "Số ngày quá hạn")
_OVERDUE_WIDTHS = (1.3, 10.9, 5.2, 3.6, 2.6, 2.1)

_MEASURES = ("STT", "Đơn vị", *(name.capitalize() for name in MEASURES.values()), "Cộng")
_MEASURES_WIDTHS = (1.3, 9.4, 3.0, 3.0, 3.0, 3.0, 3.0)


@dataclass(frozen=True, slots=True)
class Office:
    """Who reports: the body above and the office itself, as they stand at the head; where; the notation of
    its reports; who signs; who gets it."""

    parent: str
    name: str
    place: str
    notation: str
    position: str
    recipients: tuple[str, ...]


def to_docx(sheet: Sheet, office: Office) -> bytes:
    """The letter; its number, day of signing and signer are for people to fill in."""
    document = paper()
    _head(document, sheet, office)
    _title(document, sheet)
    paragraph(document, _summary(sheet), indent=True)
    _figures(document, sheet)
    if sheet.overdue:
        paragraph(document, "Các nhiệm vụ quá hạn lâu nhất:", indent=True, before=8, joined=True)
        rows = [_overdue(number, one) for number, one in enumerate(sheet.overdue, start=1)]
        table(document, [_OVERDUE], rows, _OVERDUE_WIDTHS, right=(5,), middle=(0, 3, 4))
    if sheet.measures:
        told = "Biện pháp đã áp dụng trong kỳ đối với đơn vị chưa thực hiện, thực hiện chưa đúng:"
        paragraph(document, told, indent=True, before=8, joined=True)
        rows = [_measured(number, one) for number, one in enumerate(sheet.measures, start=1)]
        table(document, [_MEASURES], rows, _MEASURES_WIDTHS, right=range(2, len(_MEASURES)), middle=(0,))
    paragraph(document, f"Trên đây là báo cáo của {office.name}./.", indent=True, before=8)
    _foot(document, office)
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def _head(document: Any, sheet: Sheet, office: Office) -> None:
    left, right = side_by_side(document, (10.5, 15.2))
    line(left, office.parent.upper(), align=MIDDLE)
    line(left, office.name.upper(), bold=True, align=MIDDLE)
    line(left, "―――――――", align=MIDDLE, size=8)
    line(left, f"Số:       /{office.notation}", align=MIDDLE)
    line(right, "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", bold=True, align=MIDDLE)
    line(right, "Độc lập - Tự do - Hạnh phúc", bold=True, align=MIDDLE, size=14)
    line(right, "――――――――――――――", align=MIDDLE, size=8)
    line(right, f"{office.place}, ngày     tháng     năm {sheet.asked.on.year}", italic=True, align=MIDDLE)


def _title(document: Any, sheet: Sheet) -> None:
    asked = sheet.asked
    paragraph(document, "BÁO CÁO", bold=True, align=MIDDLE, size=14, before=10)
    about = f"Tình hình thực hiện nhiệm vụ được giao {named(sheet.period, asked.begin, asked.end)}"
    paragraph(document, about, bold=True, align=MIDDLE, size=14)
    paragraph(document, f"(Số liệu đến hết ngày {asked.on:%d/%m/%Y})", italic=True, align=MIDDLE, after=8)


def _summary(sheet: Sheet) -> str:
    one = sheet.total
    return (
        f"Tổng số nhiệm vụ theo dõi trong kỳ: {one.total}. Đã hoàn thành {one.done} nhiệm vụ (đúng hạn "
        f"{one.on_time}, quá hạn {one.late}, không có thời hạn {one.no_deadline_done}); đang thực hiện "
        f"{one.open} nhiệm vụ (trong hạn {one.in_time}, quá hạn {one.overdue}, không có thời hạn "
        f"{one.no_deadline_open}); tạm dừng {one.paused}. Tỷ lệ hoàn thành {percent(one.completion_rate)}, "
        f"tỷ lệ đúng hạn {percent(one.on_time_rate)}, tỷ lệ cập nhật {percent(one.update_rate)}. Số liệu chi "
        f"tiết theo {REPORTS_BY[sheet.asked.by.value].lower()} như sau:"
    )


def _figures(document: Any, sheet: Sheet) -> None:
    shown = sheet.lines[:_MOST_ROWS]
    rows = [_row(str(number), one) for number, one in enumerate(shown, start=1)]
    rows.append(_row("", Row("", "Cộng", sheet.total)))
    named_by = REPORTS_BY[sheet.asked.by.value]
    head = [(words or named_by, down, across) for words, down, across in _TOP]
    framed(document, head, _UNDER, rows, _WIDTHS)
    if left := len(sheet.lines) - len(shown):
        told = f"(Còn {left} dòng không in ở đây, đã tính vào dòng cộng.)"
        paragraph(document, told, italic=True)


def _row(number: str, one: Row) -> list[str]:
    figures: Figures = one.figures
    counts = [str(getattr(figures, name)) for name in COUNTS]
    rates = [percent(getattr(figures, name)).removesuffix(" %") for name in RATES]
    return [number, one.name, *counts, *rates]


def _overdue(number: int, one: Behind) -> list[str]:
    due = f"{one.due_on:%d/%m/%Y}" if one.due_on else ""
    return [
        str(number),
        one.text or "(không lưu nội dung)",
        one.lead,
        one.document_number,
        due,
        str(one.days),
    ]


def _measured(number: int, one: Measured) -> list[str]:
    return [str(number), one.name, *(str(one.counts.get(key, 0)) for key in MEASURES), str(one.total)]


def _foot(document: Any, office: Office) -> None:
    left, right = side_by_side(document, (12.7, 13.0), together=True)
    line(left, "Nơi nhận:", bold=True, italic=True, size=12)
    for place, one in enumerate(office.recipients, start=1):
        line(left, f"- {one}{'.' if place == len(office.recipients) else ';'}", size=11)
    line(right, office.position.upper(), bold=True, align=MIDDLE)
    for _ in range(_SIGNED):
        line(right, "", align=RIGHT)
