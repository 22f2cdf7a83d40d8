"""An inspection in, the notice that states its conclusion (thông báo kết luận kiểm tra) out: a DOCX in the
form of Nghị định 30/2020/NĐ-CP, appendix I, to be edited, signed and numbered by people."""

from __future__ import annotations

import datetime as dt
import io
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from service.checking.findings import Looked
from service.checking.measures import Taken
from service.checking.vocabulary import CONTENTS, MEASURES, RESULTS, RIGHTLY
from service.reporting.letter import Office
from service.reporting.typesetting import MIDDLE, line, paper, paragraph, side_by_side, table
from service.tables import Duty, Inspection
from service.tracking.words import BUCKETS, LIVES

_GROUNDS = {"plan": "Thực hiện Kế hoạch", "order": "Thực hiện chỉ đạo tại Văn bản", "signs": "Căn cứ Văn bản"}
_HEAD = ("STT", "Nhiệm vụ", "Đơn vị chủ trì", "Tình trạng khi kiểm tra", "Kết quả")
_WIDTHS = (1.3, 5.4, 2.6, 2.9, 3.8)
_FOLLOW_UPS = ("STT", "Nhiệm vụ", "Đơn vị chủ trì", "Thời hạn")
_FOLLOW_UP_WIDTHS = (1.3, 8.6, 3.6, 2.5)
_SIGNED = 4  # empty lines for seal and signature


@dataclass(frozen=True, slots=True)
class Concluded:
    """All that the notice tells: the inspection with its units, findings, what follows, measures."""

    inspection: Inspection
    units: Sequence[str]
    findings: Sequence[Looked]
    follow_ups: Sequence[Duty] = ()
    taken: Sequence[Taken] = ()


def to_docx(told: Concluded, office: Office, today: dt.date) -> bytes:
    """The notice; duties that need clearance are left out, since it goes to all that were inspected."""
    row = told.inspection
    document = paper(upright=True)
    _head(document, row, office, today)
    paragraph(document, "THÔNG BÁO", bold=True, align=MIDDLE, size=14, before=14)
    paragraph(document, _about(row.title), bold=True, align=MIDDLE, size=14)
    paragraph(document, "―――――――", align=MIDDLE, size=8, after=10)
    paragraph(document, _introduction(told, office), indent=True)
    _found(document, [one for one in told.findings if not one.duty.clearance])
    _conclusion(document, row)
    _after(document, told)
    asked = f"{office.name} thông báo để các đơn vị được kiểm tra biết, thực hiện./."
    paragraph(document, asked, indent=True, before=6)
    _foot(document, told.units, office)
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def _head(document: Any, row: Inspection, office: Office, today: dt.date) -> None:
    left, right = side_by_side(document, (6.4, 9.6))
    line(left, office.parent.upper(), align=MIDDLE, size=12)
    line(left, office.name.upper(), bold=True, align=MIDDLE, size=12)
    line(left, "―――――――", align=MIDDLE, size=8)
    number = row.concluded_number or f"       /TB-{office.notation}"
    line(left, f"Số: {number}", align=MIDDLE)
    line(right, "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", bold=True, align=MIDDLE, size=12)
    line(right, "Độc lập - Tự do - Hạnh phúc", bold=True, align=MIDDLE)
    line(right, "――――――――――――――", align=MIDDLE, size=8)
    on = row.concluded_on
    day = f"{on:%d} tháng {on:%m} năm {on.year}" if on and on.month < 3 else ""
    day = day or (f"{on:%d} tháng {on.month} năm {on.year}" if on else f"    tháng     năm {today.year}")
    line(right, f"{office.place}, ngày {day}", italic=True, align=MIDDLE)


def _about(title: str) -> str:
    """What the notice is about, whether or not the title says that it is an inspection."""
    says_so = title.lower().startswith("kiểm tra")
    return f"Kết luận {title[:1].lower()}{title[1:]}" if says_so else f"Kết luận kiểm tra: {title}"


def _introduction(told: Concluded, office: Office) -> str:
    row = told.inspection
    ground = row.ground.rstrip(".")
    if row.ground_number and row.ground_on:
        cited = f"{_GROUNDS[row.kind]} số {row.ground_number} ngày {row.ground_on:%d/%m/%Y}"
        ground = f"{cited} ({ground})" if ground else cited
    elif ground:
        ground = f"Căn cứ {ground[:1].lower()}{ground[1:]}"
    days = f"ngày {row.begins_on:%d/%m/%Y}"
    if row.ends_on != row.begins_on:
        days = f"từ ngày {row.begins_on:%d/%m/%Y} đến ngày {row.ends_on:%d/%m/%Y}"
    period = ""
    if row.period_begin and row.period_end:
        period = f", thời kỳ từ ngày {row.period_begin:%d/%m/%Y} đến ngày {row.period_end:%d/%m/%Y}"
    contents = "; ".join(CONTENTS[key].lower() for key in row.contents)
    return (
        f"{ground}, {days}, {office.name} đã kiểm tra việc thực hiện nhiệm vụ được giao đối với "
        f"{', '.join(told.units)}{period}. Nội dung kiểm tra: {contents}. "
        f"{office.name} thông báo kết luận như sau:"
    )


def _found(document: Any, findings: Sequence[Looked]) -> None:
    paragraph(document, "I. KẾT QUẢ KIỂM TRA", bold=True, indent=True, joined=True)
    counts = [
        f"{name} {number}"
        for key, name in RESULTS.items()
        if (number := sum(one.finding.result == key for one in findings))
    ]
    said = f" ({', '.join(counts)})" if counts else ""
    paragraph(document, f"Số nhiệm vụ được kiểm tra: {len(findings)}{said}.", indent=True)
    rows = [_row(number, one) for number, one in enumerate(findings, start=1)]
    if rows:
        table(document, [_HEAD], rows, _WIDTHS, middle=(0,))


def _row(number: int, looked: Looked) -> list[str]:
    finding, duty = looked.finding, looked.duty
    stood = finding.snapshot
    text = stood.get("text") or duty.text
    from_document = f" ({duty.document_number})" if duty.document_number else ""
    state = f"{LIVES[stood['life']]}, {BUCKETS[stood['bucket']]}" if stood else ""
    words = [finding.found[key] for key in CONTENTS if finding.found.get(key)]
    if finding.note:
        words.append(finding.note)
    result = RESULTS.get(finding.result, "").capitalize()
    told = f"{result}: {'; '.join(words)}" if words and finding.result != RIGHTLY else result
    return [str(number), f"{text}{from_document}", finding.lead_name or duty.lead_name, state, told]


def _conclusion(document: Any, row: Inspection) -> None:
    paragraph(document, "II. KẾT LUẬN", bold=True, indent=True, before=8, joined=True)
    parts = (
        ("Tính chất", row.nature),
        ("Mức độ", row.degree),
        ("Nguyên nhân", row.cause),
        ("Trách nhiệm", row.responsibility),
    )
    for number, (name, words) in enumerate(parts, start=1):
        first, *others = words.splitlines() or ["……………………………"]
        paragraph(document, f"{number}. {name}: {first}", indent=True)
        for other in others:
            paragraph(document, other, indent=True)


def _after(document: Any, told: Concluded) -> None:
    duties = [one for one in told.follow_ups if not one.clearance]
    taken = [one for one in told.taken if not one.duty.clearance and one.measure.withdrawn_at is None]
    if not duties and not taken:
        return
    paragraph(document, "III. YÊU CẦU THỰC HIỆN", bold=True, indent=True, before=8, joined=True)
    for one in taken:
        what = f"{MEASURES[one.measure.kind].capitalize()} {one.measure.unit_name}: {one.measure.note}"
        paragraph(document, f"- {what}.".replace("..", "."), indent=True)
    if duties:
        paragraph(document, "Các nhiệm vụ phải thực hiện sau kiểm tra:", indent=True, joined=True)
        rows = [
            [str(number), one.text, one.lead_name, f"{one.due_on:%d/%m/%Y}" if one.due_on else ""]
            for number, one in enumerate(duties, start=1)
        ]
        table(document, [_FOLLOW_UPS], rows, _FOLLOW_UP_WIDTHS, middle=(0, 3))


def _foot(document: Any, units: Sequence[str], office: Office) -> None:
    left, right = side_by_side(document, (8.2, 7.8), together=True)
    line(left, "Nơi nhận:", bold=True, italic=True, size=12)
    for one in units:
        line(left, f"- {one};", size=11)
    line(left, "- Lưu: VT.", size=11)
    line(right, office.position.upper(), bold=True, align=MIDDLE)
    for _ in range(_SIGNED):
        line(right, "", align=MIDDLE)
