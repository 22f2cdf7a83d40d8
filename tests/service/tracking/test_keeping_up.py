"""The book catches up by itself: what was filed before it was there, periods that have begun."""

from __future__ import annotations

import datetime as dt

from people import document, filed, task
from sqlalchemy import update
from sqlalchemy.orm import Session
from tracking_office import HEALTH, Office

from service.tables import Document, Task
from service.tracking.finder import DutiesWanted
from service.tracking.keeping_up import KeepingUp

MONTHLY = {"text": "hằng tháng", "kind": "recurring", "rrule": "FREQ=MONTHLY;BYMONTHDAY=25", "rule": ""}


def filed_before(office: Office, *tasks: dict[str, object]) -> None:
    number = filed(office.store, document("9", *tasks))
    with Session(office.store.engine) as session, session.begin():
        session.execute(update(Document).where(Document.id == number).values(review="filed"))
        session.execute(update(Task).where(Task.document_id == number).values(status="approved"))


def test_documents_filed_before_there_was_a_book_are_entered_once(office: Office):
    filed_before(office, task("a", "Rà soát trạm y tế", HEALTH), task("b", "Báo cáo kết quả", HEALTH))
    keeping = KeepingUp(office.store)
    assert keeping.turn()
    assert not KeepingUp(office.store).turn()
    with office.store.reading() as work:
        assert len(work.duties.find(office.monitor, DutiesWanted())) == 2


def test_periods_begin_as_days_go_by(office: Office):
    office.file(task("a", "Báo cáo dịch bệnh", HEALTH, deadline=MONTHLY | {"evidence": []}))
    counts = []
    for month in (3, 4, 6):
        office.today = dt.date(2026, month, 28)
        KeepingUp(office.store).turn()
        with office.store.reading() as work:
            counts.append(len(work.duties.find(office.monitor, DutiesWanted())))
    assert counts == [2, 3, 5]


def test_a_document_that_cannot_be_entered_holds_up_no_other(office: Office, monkeypatch):
    filed_before(office, task("a", "Rà soát trạm y tế", HEALTH))
    keeping = KeepingUp(office.store)
    monkeypatch.setattr("service.tracking.filing.Filing.file", lambda *_: 1 / 0)
    assert keeping.turn()
    assert not keeping.turn()
