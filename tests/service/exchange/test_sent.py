"""Letters that went out by the exchange: what their receivers answer shows at the duties that they urge."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Any

import pytest
from people import task
from tracking_office import HEALTH, HOME, Office, due

from pipeline.exchange.package import VIET_NAM, Answered, DocumentId, Organ, Status, StatusCode
from pipeline.exchange.writing import write_status
from service.batch import Batch
from service.bootstrap import READER
from service.settings import Settings
from service.tracking.life import Lead
from service.walk import walk

RECEIVER = Organ("000.00.02.H32", "Sở Y tế")
LETTER = DocumentId("000.00.01.H32", dt.date(2026, 3, 4), "412/VP-TH")
AT = dt.datetime(2026, 3, 5, 8, 30, tzinfo=VIET_NAM)


@pytest.fixture
def sent(office: Office) -> Office:
    """A letter has gone to one of two units."""
    office.file(
        task("a", "Rà soát trạm y tế", HEALTH, deadline=due("2026-03-01")),
        task("b", "Báo cáo biên chế", HOME, deadline=due("2026-03-01")),
    )
    with office.store.begin() as work:
        unit = Lead("Sở Y tế", "so-y-te:hung-yen")
        work.sent.note(office.monitor, LETTER, RECEIVER.id, unit, [office.duty("tram y te")])
    return office


def status(code: StatusCode = StatusCode.RECEIVED, sender: Organ = RECEIVER, **answered: Any) -> Status:
    named = {"organ": LETTER.organ, "code": LETTER.code, "issued_on": LETTER.issued_on}
    named |= {"document_id": str(LETTER)} | answered
    return Status(code, Answered(**named), sender, AT, "Đã vào sổ văn thư")


def hear(office: Office, told: Status) -> bool:
    with office.store.begin() as work:
        return work.sent.hear(told)


def course(office: Office, words: str) -> list[str]:
    with office.store.reading() as work:
        events = work.book.events(office.monitor, office.duty(words).id)
    return [event.note for event, *_ in events if event.action == "letter_answered"]


def test_an_answer_stands_in_the_course_of_each_duty_of_the_letter(sent: Office):
    assert hear(sent, status())
    said = "Sở Y tế: đã tiếp nhận (công văn 412/VP-TH). Đã vào sổ văn thư"
    assert course(sent, "tram y te") == [said]
    assert course(sent, "bien che") == []
    assert sent.duty("tram y te").life == "not_started"


def test_the_same_answer_is_noted_once_and_a_further_one_too(sent: Office):
    for code in (StatusCode.RECEIVED, StatusCode.RECEIVED, StatusCode.IN_PROGRESS):
        assert hear(sent, status(code))
    assert [one.partition(" (")[0] for one in course(sent, "tram y te")] == [
        "Sở Y tế: đã tiếp nhận",
        "Sở Y tế: đang xử lý",
    ]


def test_the_letter_is_known_by_its_parts_where_the_answer_has_no_id(sent: Office):
    assert hear(sent, status(document_id=""))
    assert hear(sent, status(document_id="000.00.01.H32, 2026-03-04 ,412/VP-TH"))


@pytest.mark.parametrize(
    "told",
    [
        status(document_id="000.00.01.H32,2026/03/04,413/VP-TH"),
        status(document_id="000.00.01.H32,2025/03/04,412/VP-TH"),
        status(document_id="", issued_on=None),
        status(sender=Organ("000.00.09.H32", "Ai đó")),
        status(sender=Organ("", "Sở Y tế")),
    ],
)
def test_what_no_letter_was_sent_for_or_another_one_says_is_not_heard(sent: Office, told: Status):
    assert not hear(sent, told)
    assert course(sent, "tram y te") == []


def test_answers_come_in_as_files_do(sent: Office, tmp_path: Path):
    folder = tmp_path / "den"
    folder.mkdir()
    good = write_status(status())
    (folder / "a.edxml").write_bytes(good)
    (folder / "b.edxml").write_bytes(
        write_status(status(code=StatusCode.DONE, document_id="x,2026/03/04,9/A"))
    )
    bomb = b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "b">]>' + good.partition(b"?>")[2]
    (folder / "c.edxml").write_bytes(bomb)
    found: dict[str, str] = {}
    batch = Batch(Settings(data_dir=tmp_path / "data", workers=1), sent.store, READER)
    batch.run(walk([folder]), lambda one: found.update({one.path.name: str(one.result)}))
    assert found == {"a.edxml": "status_noted", "b.edxml": "failed(unsupported)", "c.edxml": "failed(bomb)"}
    batch.run(walk([folder]), lambda one: found.update({one.path.name: str(one.result)}))
    assert found["a.edxml"] == "status_noted"
    assert len(course(sent, "tram y te")) == 1
