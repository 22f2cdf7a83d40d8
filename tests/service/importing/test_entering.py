"""A former book is understood row by row, entered once, and its duties stand as it says."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest
from former_book import HEADINGS, ROWS, workbook
from people import user

from pipeline.errors import Unreadable
from pipeline.limits import Limits
from pipeline.units.register.register import builtin
from service.access.roles import Role
from service.importing.reading import Preview, preview
from service.importing.rows import Setting
from service.importing.sheets import sheets_of
from service.store import Store
from service.tracking.finder import DutiesWanted
from service.tracking.keeping import Actor
from service.tracking.timing import start_of

TODAY = dt.date(2026, 3, 5)
SETTING = Setting(builtin(), "UBND tỉnh Hưng Yên", TODAY)
SECRET = "Kiểm kê kho Hải Đăng"


@pytest.fixture
def office(store: Store) -> Store:
    return Store(store.engine, clock=lambda _: start_of(TODAY) + 10 * 3600)


def looked(content: bytes, store: Store | None = None, **more: object) -> Preview:
    known: dict[str, int] = {}
    if store:
        with store.reading() as work:
            known = work.former.known()
    return preview(content, sheets_of(content, Limits(), 100), SETTING, known, **more)  # type: ignore[arg-type]


def entered(store: Store, found: Preview) -> list[int]:
    with store.begin() as work:
        return work.former.enter(Actor("theodoi"), found.new)


def test_every_row_is_understood_or_told_with_its_number_and_cause():
    found = looked(workbook())
    assert [one.number for one in found.new] == [6, 7, 9]
    causes = {one.number: one.cause.key for one in found.unread if one.cause}
    assert causes == {8: "not_a_deadline", 10: "secret", 11: "no_lead"}
    first, second, third = found.new
    assert first.duty and second.duty and third.duty
    assert first.duty.lead.id == "so-y-te:hung-yen"
    assert [one.id for one in first.duty.cooperators] == ["so-noi-vu:hung-yen", "so-tai-chinh:hung-yen"]
    assert (first.duty.document_number, first.duty.document_on) == ("15/CT-UBND", dt.date(2026, 1, 12))
    assert (first.life.value, first.done_on) == ("done", dt.date(2026, 2, 18))
    assert (second.duty.due_on, second.life.value) == (dt.date(2026, 6, 30), "in_progress")
    assert first.duty.issuer == "UBND tỉnh"
    assert [one.key for one in third.told] == ["unknown_unit"]


def test_of_a_row_marked_secret_no_word_comes_out_of_the_reading():
    assert SECRET not in str(sheets_of(workbook(), Limits(), 100))


def test_duties_stand_as_the_book_said_by_recorded_events(office: Store):
    monitor = user(office, "theodoi", Role.MONITOR)
    entered(office, looked(workbook()))
    with office.reading() as work:
        (row,) = work.duties.find(monitor, DutiesWanted(words="trạm y tế"))
        told = [(event.action, event.after) for event, _ in work.book.events(monitor, row.id)]
    assert (row.origin, row.life, row.done_on) == ("imported", "done", dt.date(2026, 2, 18))
    assert told == [("enter", "not_started"), ("submit", "awaiting"), ("confirm", "done")]


def test_a_second_import_finds_what_is_there(office: Store):
    assert len(entered(office, looked(workbook()))) == 3
    again = looked(workbook(), office)
    assert (len(again.new), again.there) == (0, 3)
    changed = [list(row) for row in ROWS]
    changed[3][7] = "Đã hoàn thành"  # what became of it is no other task
    changed.insert(3, ["1a", "Việc thêm sau", "15/CT-UBND", "12/01/2026", "Sở Y tế", None, None, None, None])
    more = looked(workbook(changed), office)
    assert [one.duty.text for one in more.new if one.duty] == ["Việc thêm sau"]
    assert len(entered(office, replace(more, known={}))) == 1  # whatever the preview knew


def test_periods_of_what_comes_back_begin_with_the_import(office: Store):
    row = [
        "1",
        "Báo cáo tình hình dịch bệnh",
        "15/CT",
        "12/01/2025",
        "Sở Y tế",
        None,
        "trước ngày 25 hằng tháng",
    ]
    entered(office, looked(workbook([row], merged=())))
    with office.begin() as work:
        (series,) = work.recurring.series()
        assert len(work.recurring.enter_due(series)) == 1


def test_a_row_that_comes_twice_is_entered_once():
    rows = [ROWS[2], ROWS[2]]
    found = looked(workbook(rows, merged=()))
    assert len(found.new) == 1
    assert found.unread[0].cause and found.unread[0].cause.key == "twice"


def test_columns_that_are_not_found_are_asked_for_and_can_be_named():
    headings = [["TT", "Nội dung nhiệm vụ", "Ai làm", "Thời hạn"]]
    rows = [[1, "Rà soát", "Sở Y tế", "15/3/2026"]]
    content = workbook(rows, headings, merged=())
    found = looked(content)
    assert (found.missing, found.rows) == (["lead"], ())
    named = looked(content, sheet=found.sheet, columns={"text": 1, "lead": 2, "due": 3})
    assert [one.duty.lead.name for one in named.new if one.duty] == ["Sở Y tế"]


def test_a_book_is_bounded():
    with pytest.raises(Unreadable, match="too many rows"):
        sheets_of(workbook(), Limits(), 5)
    with pytest.raises(Unreadable):
        sheets_of(workbook(), replace(Limits(), max_unpacked_bytes=1000), 100)


def test_headings_are_those_of_the_book():
    found = looked(workbook())
    assert found.columns["number"] == 2
    assert found.headings[2].endswith(str(HEADINGS[1][2]))
