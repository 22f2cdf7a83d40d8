"""A document filed, reopened, changed and filed again: the book follows, and loses nothing."""

from __future__ import annotations

import datetime as dt

from people import task
from tracking_office import HEALTH, HOME, Office, due

from service.review.changes import Change, Kind
from service.tables import Duty
from service.tracking.finder import DutiesWanted
from service.tracking.life import Approval, Given, Life

TASK = task("a", "Rà soát các trạm y tế", HEALTH, deadline=due("2026-03-31"))
OTHER = task("b", "Báo cáo biên chế năm 2026", HOME)


def changed(office: Office, document: int, name: str, **values: object) -> None:
    """The document is reopened, a task of it changed, and filed again."""
    with office.store.begin() as work:
        work.course.reopen(office.monitor, document)
    with office.store.begin() as work:
        version = work.desk.versions(office.monitor, document, name)[-1].number
        work.desk.apply(office.monitor, Kind.EDIT, [Change(document, name, version, values)])
        work.course.file(office.monitor, document)


def every(office: Office) -> list[Duty]:
    with office.store.reading() as work:
        return work.duties.find(office.monitor, DutiesWanted(wholes=True))


def test_only_accepted_tasks_are_entered(office: Office):
    from people import document, filed

    made = filed(office.store, document("12", TASK, OTHER))
    with office.store.begin() as work:
        work.desk.apply(office.monitor, Kind.ACCEPT, [Change(made, "a", 1, {"status": "approved"})])
        work.desk.apply(
            office.monitor, Kind.REJECT, [Change(made, "b", 1, {"status": "rejected", "reason": "report"})]
        )
        work.course.file(office.monitor, made)
    with office.store.reading() as work:
        found = work.duties.find(office.monitor, DutiesWanted())
    assert [one.task_id for one in found] == ["a"]


def test_filing_twice_enters_once(office: Office):
    document = office.file(TASK, OTHER)
    with office.store.begin() as work:
        work.course.reopen(office.monitor, document)
        work.course.file(office.monitor, document)
        assert len(work.duties.find(office.monitor, DutiesWanted())) == 2


def test_a_corrected_deadline_and_unit_reach_the_duty(office: Office):
    document = office.file(TASK)
    changed(office, document, "a", deadline=due("2026-04-10"), leads=[HOME])
    duty = office.duty("tram y te")
    assert (duty.due_on, duty.lead_name) == (dt.date(2026, 4, 10), "Sở Nội vụ")


def test_an_extension_is_not_undone_by_filing_the_document_again(office: Office):
    document = office.file(TASK)
    duty = office.duty("tram y te")
    letter = Approval("412/UBND-TH", dt.date(2026, 3, 18))
    office.act(office.monitor, duty, "adjust", Given(note="mưa", due=dt.date(2026, 5, 1), approval=letter))
    changed(office, document, "a", output="báo cáo")
    after = office.duty("tram y te")
    assert (after.due_on, after.output) == (dt.date(2026, 5, 1), "báo cáo")


def test_a_deadline_misread_as_coming_back_is_one_duty_again(office: Office):
    monthly = {"text": "ngày 25 hằng tháng", "kind": "recurring", "rrule": "FREQ=MONTHLY;BYMONTHDAY=25"}
    document = office.file(task("a", "Rà soát các trạm y tế", HEALTH, deadline=monthly | {"evidence": []}))
    (series,) = (one for one in every(office) if one.recurs)
    with office.store.begin() as work:
        first = work.recurring.enter_due(series.id)[0]
    changed(office, document, "a", deadline=due("2026-03-25"))
    found = {one.id: (one.life, one.counted, one.due_on) for one in every(office)}
    assert found[series.id] == (Life.NOT_STARTED, True, dt.date(2026, 3, 25))
    assert found[first][0] == Life.CANCELLED


def test_a_task_that_is_withdrawn_is_cancelled_and_taken_up_again(office: Office):
    document = office.file(TASK)
    office.act(office.health, office.duty("tram y te"), "report", Given(note="đã làm 10 trạm"))
    changed(office, document, "a", status="rejected", reason="report")
    assert office.duty("tram y te").life == Life.CANCELLED
    changed(office, document, "a", status="approved", reason=None)
    duty = office.duty("tram y te")
    assert duty.life == Life.IN_PROGRESS
    with office.store.reading() as work:
        notes = [event.note for event, _ in work.book.events(office.monitor, duty.id)]
    assert "đã làm 10 trạm" in notes
