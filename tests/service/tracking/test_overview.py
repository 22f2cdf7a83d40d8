"""The first page says what the report of today and the duties themselves say."""

from __future__ import annotations

import datetime as dt
from collections import Counter

from people import task
from sqlalchemy import select
from sqlalchemy.orm import Session
from tracking_months import BEGIN, DAYS, lived
from tracking_office import HEALTH, Office, due

from service.tables import Duty
from service.tracking.life import Given
from service.tracking.reports import Asked
from service.tracking.timing import Bucket


def test_it_counts_as_the_report_of_the_day(office: Office):
    lived(office, 7)
    asked = Asked(begin=BEGIN, end=office.today, on=office.today)
    with office.store.reading() as work:
        seen = work.looking.overview(office.monitor, office.today, 3)
        report = work.reports.report(office.monitor, asked)
        late = {line.key: line.figures.overdue for line in report.lines if line.figures.overdue}
        assert {key: count for key, _, count in seen.late_units} == late
        assert seen.buckets.get(Bucket.OVERDUE, 0) == report.total.overdue > 0
        in_time = seen.buckets.get(Bucket.IN_TIME, 0) + seen.buckets.get(Bucket.DUE_SOON, 0)
        assert in_time == report.total.in_time
        assert seen.buckets.get(Bucket.NO_DEADLINE, 0) == report.total.no_deadline_open
        assert seen.buckets.get(Bucket.PAUSED, 0) == report.total.paused
        assert len(work.looking.due_soon(office.monitor, office.today, 90, 99)) <= in_time


def test_the_months_are_those_of_the_duties(office: Office):
    lived(office, 8)
    expected: Counter[tuple[int, str]] = Counter()
    with Session(office.store.engine) as session:
        for duty in session.scalars(select(Duty)):
            if duty.life != "cancelled":
                expected[duty.assigned_on.month, "given"] += 1
            if duty.life == "done":
                assert duty.done_on
                late = "late" if duty.due_on and duty.done_on > duty.due_on else "on_time"
                expected[duty.done_on.month, late if duty.due_on else "no_deadline_done"] += 1
    with office.store.reading() as work:
        months = work.looking.overview(office.monitor, office.today, 3).months
    names = ("given", "on_time", "late", "no_deadline_done")
    found = {(one.number, name): getattr(one, name) for one in months for name in names}
    assert {key: count for key, count in found.items() if count} == dict(expected)
    assert [one.number for one in months] == list(range(1, (BEGIN + dt.timedelta(days=DAYS)).month + 1))


def test_each_is_told_what_waits_for_him(office: Office):
    office.file(task("a", "Rà soát trạm y tế", HEALTH, deadline=due("2026-03-31")))
    office.act(office.health, 1, "ask_adjustment", Given(note="mưa", due=dt.date(2026, 4, 30)))

    def waiting() -> tuple[list[int], list[int]]:
        with office.store.reading() as work:
            both = (office.monitor, office.leader)
            for one in both:
                shown = work.looking.waiting(one)
                assert work.looking.overview(one, office.today, 3).waiting == len(shown)
            return tuple([duty.id for duty in work.looking.waiting(one)] for one in both)

    assert waiting() == ([1], [])
    office.act(office.monitor, 1, "pass_on", Given(note="đề nghị đồng ý"))
    assert waiting() == ([1], [1])


def test_what_is_due_soon_comes_by_its_day(office: Office):
    days = ("2026-03-07", "2026-03-06", "2026-03-20", "2026-03-01")
    office.file(*(task(f"t{n}", f"Việc {n}", HEALTH, deadline=due(day)) for n, day in enumerate(days)))
    with office.store.reading() as work:
        assert [one.text for one in work.looking.due_soon(office.monitor, office.today, 3)] == [
            "Việc 1",
            "Việc 0",
        ]
