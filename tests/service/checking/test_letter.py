"""The notice of a conclusion says what was found and concluded, and nothing that others may not know."""

from __future__ import annotations

import datetime as dt
import io

import docx
from checking_office import CONCLUSION, SO_NOI_VU, Checked
from people import user

from service.access.roles import Role
from service.access.viewer import Viewer
from service.checking.findings import Found
from service.checking.letter import Concluded, to_docx
from service.checking.measures import NewMeasure
from service.reporting.letter import Office
from service.tracking.entering import NewDuty

ISSUER = Office("UBND tỉnh An Hòa", "Văn phòng", "An Hòa", "VP", "Chánh Văn phòng", ())


def notice(office: Checked, inspection: int, viewer: Viewer | None = None) -> tuple[str, list[list[str]]]:
    """Its words, and the cells of its first table with borders."""
    who = viewer or office.monitor
    with office.store.reading() as work:
        desk = work.checking
        row = desk.inspections.one(who, inspection)
        units = [one.name for one in desk.inspections.units([inspection])[inspection]]
        found = desk.findings.of(who, inspection)
        after = desk.following.of(who, inspection), desk.measures.of_inspection(who, inspection)
        made = docx.Document(io.BytesIO(to_docx(Concluded(row, units, found, *after), ISSUER, office.today)))
    cells = [cell.text for table in made.tables for cell in table._cells]
    rows = [[cell.text for cell in one.cells] for one in made.tables[1].rows]
    return "\n".join([*(one.text for one in made.paragraphs), *cells]), rows


def test_the_notice_states_what_the_decision_asks_for(office: Checked):
    made = office.concluded()
    new = NewDuty("Khắc phục chế độ báo cáo", SO_NOI_VU, office.today, due_on=dt.date(2026, 4, 15))
    office.follow_up(made, new, office.staff)
    office.take(office.staff, NewMeasure("criticism", "báo cáo chậm 12 ngày"), made)
    said, rows = notice(office, made)
    for words in (
        "THÔNG BÁO",
        "Thực hiện Kế hoạch số 15/KH-UBND ngày 12/01/2026",
        "Số: 21/TB-VP",
        "ngày 12 tháng 3 năm 2026",
        "Số nhiệm vụ được kiểm tra: 2 (làm đúng 1, làm chưa đúng 1).",
        "Kết luận kiểm tra việc thực hiện nhiệm vụ quý I",
        f"1. Tính chất: {CONCLUSION.nature}",
        f"4. Trách nhiệm: {CONCLUSION.responsibility}",
        "- Phê bình Sở Nội vụ: báo cáo chậm 12 ngày.",
        "Khắc phục chế độ báo cáo",
        "- Sở Y tế;",
    ):
        assert words in said
    by_unit = {row[2]: row[4] for row in rows[1:]}
    assert by_unit["Sở Y tế"] == "Làm đúng"
    assert by_unit["Sở Nội vụ"] == "Làm chưa đúng: Báo cáo chậm 12 ngày; Cần làm lại"


def test_a_draft_leaves_open_what_people_fill_in(office: Checked):
    made = office.plan()
    office.step(made, "start")
    with office.store.begin() as work:
        work.checking.findings.add(office.monitor, made, [office.clinics])
    said, _ = notice(office, made)
    assert "/TB-VP" in said
    assert "21/TB-VP" not in said
    assert "1. Tính chất: …" in said


def test_what_needs_clearance_is_left_out(office: Checked):
    cleared = user(office.store, "theodoimat", Role.MONITOR, clearance=1)
    with office.store.begin() as work:
        work.stubs.add("7/MẬT", dt.date(2026, 3, 1), SO_NOI_VU, None, level="mat")
    made = office.plan()
    with office.store.begin() as work:
        work.checking.findings.add(cleared, made, [office.clinics, 3])
    office.step(made, "start")
    office.record(made, 3, Found("not_done"), by=cleared)
    said, rows = notice(office, made, cleared)
    assert "7/MẬT" not in said
    assert len(rows) == 2
