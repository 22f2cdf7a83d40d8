"""The first page says what the report of today and the duties themselves say."""

from __future__ import annotations

import datetime as dt
from collections import Counter

import pytest
from people import task
from sqlalchemy import select
from sqlalchemy.orm import Session
from tracking_months import BEGIN, DAYS, UNITS, lived
from tracking_office import HEALTH, HOME, Office, due

from service.tables import Duty, DutyMonth, DutyStanding
from service.tracking.buckets import bucket_of, conditions_of
from service.tracking.life import Given
from service.tracking.months import recount
from service.tracking.parts import Part
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


@pytest.mark.parametrize("seed", [9, 10])
def test_the_sums_by_month_are_those_of_a_recount_whatever_happens(office: Office, seed: int):
    lived(office, seed)
    purged = office.file(
        task("a", "Rà soát trạm y tế", HEALTH, deadline=due("2026-03-31")), task("b", "Báo cáo", HOME)
    )
    office.act(office.health, office.duty("ra soat tram"), "submit", Given(note="xong"))
    office.act(office.monitor, office.duty("ra soat tram"), "confirm")
    with office.store.begin() as work:
        whole = work.book.held(office.duty("bao cao").id)
        assert whole is not None
        work.parts.divide(office.actor, whole, [Part(UNITS[0]), Part(UNITS[1])])
    assert sums(office) == recounted(office)
    with office.store.begin() as work:
        assert work.shredder.shred(purged)
    assert sums(office) == recounted(office)


def test_the_conditions_of_the_buckets_are_the_buckets(office: Office):
    lived(office, 11)
    on = office.today
    conditions = conditions_of(DutyStanding, on, 9)
    held = set()
    with Session(office.store.engine) as session:
        for name, condition in conditions.items():
            so = select(DutyStanding.id).where(condition).order_by(DutyStanding.id)
            by_name = bucket_of(DutyStanding, on, 9) == name.value
            other = select(DutyStanding.id).where(by_name).order_by(DutyStanding.id)
            found = session.scalars(so).all()
            assert found == session.scalars(other).all(), name
            held |= {name} if found else set()
    assert len(held) > 5


def sums(office: Office) -> dict[tuple[object, ...], int]:
    with Session(office.store.engine) as session:
        rows = session.execute(select(*DutyMonth.__table__.columns)).all()
    return {tuple(row[:4]): row[4] for row in rows if row[4]}


def recounted(office: Office) -> dict[tuple[object, ...], int]:
    with office.store.engine.connect() as connection:
        recount(connection)
        found = connection.execute(select(*DutyMonth.__table__.columns)).all()
        connection.rollback()
    return {tuple(row[:4]): row[4] for row in found}
