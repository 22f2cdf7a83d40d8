"""Documents that came by the exchange: how senders are answered, what recalls do to the book."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from people import document, filed, task
from tracking_office import HEALTH, HOME, Office, due

from pipeline.exchange.opening import open_package
from pipeline.exchange.package import Organ, Status, StatusCode
from pipeline.exchange.writing import Incomplete
from pipeline.limits import Limits
from service.exchange.answering import NotExchanged
from service.exchange.asked import Asked
from service.review.changes import Change, Kind
from service.tracking.life import Given, Life

OFFICE = Organ("000.00.01.H32", "Văn phòng UBND tỉnh")
TASKS = (
    task("a", "Rà soát trạm y tế", HEALTH, deadline=due("2026-03-31")),
    task("b", "Báo cáo biên chế", HOME, deadline=due("2026-03-31")),
)


def envelope(purpose: str = "new", **rest: Any) -> dict[str, Any]:
    return {
        "sender": "Văn phòng Chính phủ",
        "organ": "000.00.00.G22",
        "document_id": "000.00.00.G22,2026/03/02,12/CT-UBND",
        "purpose": purpose,
        "reason": "",
        "concerns": [],
        "due_on": "2026-03-04",
    } | rest


def read(office: Office, **exchange: Any) -> int:
    return filed(office.store, document("12", *TASKS) | {"exchange": envelope(**exchange)})


def file(office: Office, made: int, *names: str) -> None:
    with office.store.begin() as work:
        if names:
            changes = [Change(made, name, 1, {"status": "approved"}) for name in names]
            work.desk.apply(office.monitor, Kind.ACCEPT, changes)
        else:
            work.course.confirm(office.monitor, made)
        work.course.file(office.monitor, made)


def answer(office: Office, made: int, asked: Asked = Asked.CURRENT, organ: Organ = OFFICE) -> Status:
    with office.store.reading() as work:
        found = open_package(work.answering.answer(made, asked, organ).content, Limits())
    assert isinstance(found, Status)
    return found


def test_an_answer_follows_the_book(office: Office):
    made = read(office)
    assert answer(office, made).code is StatusCode.ARRIVED
    file(office, made, "a", "b")
    assert answer(office, made).code is StatusCode.RECEIVED
    office.act(office.health, office.duty("tram y te"), "acknowledge")
    office.act(office.health, office.duty("tram y te"), "report", Given(note="đang làm", percent=20))
    assert answer(office, made).code is StatusCode.IN_PROGRESS
    for words, unit in (("tram y te", office.health), ("bien che", office.home)):
        office.act(unit, office.duty(words), "submit", Given(note="xong", done_on=office.today))
        office.act(office.monitor, office.duty(words), "confirm")
    assert answer(office, made).code is StatusCode.DONE


def test_what_was_cancelled_does_not_keep_a_document_open(office: Office):
    made = read(office)
    file(office, made, "a", "b")
    office.act(office.monitor, office.duty("bien che"), "cancel", Given(note="không còn cần"))
    office.act(office.health, office.duty("tram y te"), "submit", Given(note="xong", done_on=office.today))
    assert answer(office, made).code is StatusCode.IN_PROGRESS
    office.act(office.monitor, office.duty("tram y te"), "confirm")
    assert answer(office, made).code is StatusCode.DONE


def test_an_answer_names_the_document_as_its_sender_does(office: Office):
    found = answer(office, read(office), Asked.REFUSED)
    assert (found.code, found.sender) == (StatusCode.REFUSED, OFFICE)
    assert found.answered.document_id == "000.00.00.G22,2026/03/02,12/CT-UBND"
    assert (found.answered.organ, found.answered.code) == ("000.00.00.G22", "12/CT-UBND")
    assert found.at == dt.datetime(2026, 3, 5, 10, tzinfo=dt.timezone(dt.timedelta(hours=7)))


def test_every_status_can_be_asked_for(office: Office):
    made = read(office)
    codes = {answer(office, made, asked).code for asked in Asked if asked is not Asked.CURRENT}
    assert codes == set(StatusCode)


def test_what_came_otherwise_has_no_sender_to_answer(office: Office):
    made = filed(office.store, document("12", *TASKS))
    with pytest.raises(NotExchanged):
        answer(office, made)
    with pytest.raises(Incomplete):
        answer(office, read_again(office), organ=Organ("", "Văn phòng"))


def read_again(office: Office) -> int:
    return filed(office.store, document("13", *TASKS) | {"exchange": envelope()})


def proposed(office: Office) -> list[tuple[str, str]]:
    with office.store.reading() as work:
        return [(one.duty.text, one.proposal.action) for one in work.relations.waiting(office.monitor)]


@pytest.mark.parametrize(
    ("purpose", "action"), [("recall", "cancel"), ("update", "adjust"), ("replace", "cancel")]
)
def test_a_recall_proposes_and_changes_nothing_by_itself(office: Office, purpose: str, action: str):
    office.file(*TASKS)
    concerns = [{"number": "12/CT-UBND", "issued_on": "2026-03-02"}]
    record = document("30") | {"exchange": envelope(purpose, concerns=concerns, reason="Gửi nhầm")}
    made = filed(office.store, record)
    assert proposed(office) == []
    file(office, made)
    assert proposed(office) == [("Rà soát trạm y tế", action), ("Báo cáo biên chế", action)]
    assert {office.duty(words).life for words in ("tram y te", "bien che")} == {Life.NOT_STARTED}


def test_a_recall_under_the_number_that_it_recalls_reaches_the_first_one(office: Office):
    first = office.file(*TASKS)
    concerns = [{"number": "12/CT-UBND", "issued_on": "2026-03-02"}]
    record = document("x", number="12/CT-UBND") | {"exchange": envelope("recall", concerns=concerns)}
    file(office, filed(office.store, record))
    with office.store.begin() as work:
        (one, _) = work.relations.waiting(office.monitor)
        assert one.duty.document_id == first
        work.relations.accept(office.monitor, one.proposal.id)
    assert office.duty("tram y te").life == Life.CANCELLED


def test_what_pages_and_envelope_say_alike_is_proposed_once(office: Office):
    office.file(task("a", "Rà soát trạm y tế", HEALTH))
    concerns = [{"number": "12/CT-UBND", "issued_on": "2026-03-02"}]
    said = concerns[0] | {
        "kind": "revokes",
        "item": None,
        "deadline": None,
        "text": "Thu hồi",
        "evidence": [],
    }
    record = document("30") | {"exchange": envelope("recall", concerns=concerns), "relations": [said]}
    file(office, filed(office.store, record))
    assert proposed(office) == [("Rà soát trạm y tế", "cancel")]


def test_a_recall_of_another_day_s_document_proposes_nothing(office: Office):
    office.file(*TASKS)
    concerns = [{"number": "12/CT-UBND", "issued_on": "2025-03-02"}]
    record = document("30") | {"exchange": envelope("recall", concerns=concerns)}
    file(office, filed(office.store, record))
    assert proposed(office) == []


def test_the_sender_s_due_date_is_shown_and_is_no_deadline(office: Office):
    from service.report.cards import fields_of

    made = filed(office.store, document("12", task("a", "Rà soát", HEALTH)) | {"exchange": envelope()})
    file(office, made, "a")
    assert office.duty("ra soat").due_on is None
    with office.store.reading() as work:
        record = work.shelf.record(office.monitor, made)
    assert record is not None
    rows = {row.name: row.value for row in fields_of(record, "")}
    assert rows["Hạn nơi gửi ghi"] == "04/03/2026 · không phải thời hạn của nhiệm vụ"
    assert rows["Đến qua trục từ"] == "Văn phòng Chính phủ"
