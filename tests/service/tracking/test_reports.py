"""Reports of any day equal a plain recount of the events, row by row."""

from __future__ import annotations

import dataclasses
import datetime as dt
from collections import defaultdict
from dataclasses import replace
from typing import Any

import pytest
from people import task
from sqlalchemy import select
from sqlalchemy.orm import Session
from tracking_months import BEGIN, DAYS, lived
from tracking_office import HEALTH, HOME, Office, due

from service.tables import Duty, DutyEvent, Measure
from service.tracking.entering import NewDuty
from service.tracking.groups import BEHIND, Figures, banded
from service.tracking.life import Given, Lead
from service.tracking.reports import Asked, By
from service.tracking.timing import day_of


def recounted(office: Office, on: dt.date, asked: Asked) -> dict[str, dict[str, int]]:
    """The same figures from the event log alone."""
    found: dict[str, dict[str, int]] = defaultdict(lambda: defaultdict(int))
    with Session(office.store.engine) as session:
        for duty in session.scalars(select(Duty)):
            now: dict[str, Any] = {"life": None, "due_on": None, "done_on": None, "lead": "", "told": None}
            for event in session.scalars(
                select(DutyEvent).where(DutyEvent.duty_id == duty.id).order_by(DutyEvent.id)
            ):
                if day_of(event.at) > on:
                    break
                now["life"] = event.after
                now |= {name: new for name, (_, new) in event.changes.items() if name in now}
                if event.action in ("acknowledge", "report", "difficulty", "submit"):
                    now["told"] = day_of(event.at)
            group = grouped(now, on, asked)
            if group is None:
                continue
            key = {By.UNIT: now["lead"], By.FIELD: duty.field, By.ALL: ""}[asked.by]
            found[key][group] += 1
            is_open = group in ("in_time", "overdue", "no_deadline_open")
            if is_open and now["told"] and (on - now["told"]).days < asked.fresh:
                found[key]["updated"] += 1
    return {key: dict(cells) for key, cells in found.items()}


def grouped(now: dict[str, Any], on: dt.date, asked: Asked) -> str | None:
    life, due_on, done_on = now["life"], now["due_on"], now["done_on"]
    if life in (None, "cancelled"):
        return None
    if life == "suspended":
        return "paused"
    if life == "done":
        if done_on < asked.begin.isoformat():
            return None
        if due_on is None:
            return "no_deadline_done"
        return "late" if done_on > due_on else "on_time"
    if due_on is None:
        return "no_deadline_open"
    reached = done_on if life == "awaiting" else on.isoformat()
    return "overdue" if reached > due_on else "in_time"


@pytest.mark.parametrize("seed", [1, 2])
def test_every_day_of_two_months_equals_a_plain_recount(office: Office, seed: int):
    lived(office, seed)
    with office.store.reading() as work:
        for day in range(0, DAYS + 30, 7):
            on = BEGIN + dt.timedelta(days=day)
            for by in (By.ALL, By.UNIT, By.FIELD):
                asked = Asked(begin=BEGIN.replace(day=20), end=on, on=on, by=by)
                report = work.reports.report(office.monitor, asked)
                shown = {
                    (line.name if by is By.UNIT else line.key): {
                        name: value for name in Figures.__slots__ if (value := getattr(line.figures, name))
                    }
                    for line in report.lines
                }
                assert shown == recounted(office, on, asked), (on, by)


def test_a_number_of_last_year_is_another_document(office: Office):
    office.file(task("a", "Rà soát trạm y tế", HEALTH), number="12")
    with office.store.begin() as work:
        work.book.enter(
            office.actor,
            NewDuty("Báo cáo", Lead("Sở Y tế"), dt.date(2025, 3, 2), document_number="12/CT-UBND"),
        )
        work.book.enter(office.actor, NewDuty("Ghi miệng", Lead("Sở Y tế"), dt.date(2026, 3, 1)))
    asked = Asked(dt.date(2025, 1, 1), office.today, office.today, By.DOCUMENT)
    with office.store.reading() as work:
        lines = work.reports.report(office.monitor, asked).lines
        (only,) = work.reports.behind(office.monitor, replace(asked, only="12/CT-UBND|2025-03-02"))
    assert [(line.name, line.figures.total) for line in lines] == [
        ("", 1),
        ("12/CT-UBND ngày 02/03/2025", 1),
        ("12/CT-UBND ngày 02/03/2026", 1),
    ]
    assert only.text == "Báo cáo"


def remeasured(office: Office, on: dt.date, asked: Asked) -> dict[str, dict[str, int]]:
    """Measures by unit and kind, counted one by one."""
    found: dict[str, dict[str, int]] = defaultdict(lambda: defaultdict(int))
    with Session(office.store.engine) as session:
        for one in session.scalars(select(Measure)):
            is_there = day_of(one.noted_at) <= on
            is_gone = one.withdrawn_at is not None and day_of(one.withdrawn_at) <= on
            if is_there and not is_gone and asked.begin <= one.taken_on <= asked.end:
                found[one.unit_name][one.kind] += 1
    return {name: dict(kinds) for name, kinds in found.items()}


def test_measures_of_every_day_equal_a_plain_recount(office: Office):
    lived(office, 2)
    with office.store.reading() as work:
        for day in range(0, DAYS + 30, 7):
            on = BEGIN + dt.timedelta(days=day)
            asked = Asked(begin=BEGIN.replace(day=20), end=on, on=on)
            shown = work.reports.measured(office.monitor, asked)
            counted = {one.name: dict(one.counts) for one in shown}
            assert counted == remeasured(office, on, asked), on
            mine = work.reports.measured(office.health, asked)
            assert {one.name: dict(one.counts) for one in mine} == {
                name: kinds for name, kinds in counted.items() if name == "Sở Y tế"
            }
    assert counted
    assert [one.total for one in shown] == sorted((one.total for one in shown), reverse=True)


def test_a_number_opens_the_duties_behind_it(office: Office):
    lived(office, 3)
    on = BEGIN + dt.timedelta(days=DAYS)
    asked = Asked(begin=BEGIN, end=on, on=on)
    with office.store.reading() as work:
        report = work.reports.report(office.monitor, asked)
        late = work.reports.behind(office.monitor, asked, "overdue", most=None)
        listed = work.reports.longest_overdue(office.monitor, asked)
    assert len(late) == report.total.overdue == len(listed) > 0
    assert [one.days for one in listed] == sorted((one.days for one in listed), reverse=True)


def test_every_number_is_as_many_as_the_duties_behind_it(office: Office):
    lived(office, 4)
    on = BEGIN + dt.timedelta(days=DAYS - 20)
    with office.store.reading() as work:
        for by in By:
            asked = Asked(begin=BEGIN, end=on, on=on, by=by)
            for line in work.reports.report(office.monitor, asked).lines:
                row = dataclasses.replace(asked, only=line.key)
                for group in BEHIND:
                    found = work.reports.behind(office.monitor, row, group, most=None)
                    assert len(found) == getattr(line.figures, group), (by, line.key, group)


def test_a_unit_is_not_shown_the_words_of_a_duty_that_has_left_it(office: Office):
    office.file(task("a", "Rà soát trạm y tế", HEALTH))
    office.today += dt.timedelta(days=5)
    office.act(office.monitor, 1, "transfer", Given(lead=Lead("Sở Nội vụ", HOME["unit_id"]), note="x"))
    then = office.today - dt.timedelta(days=2)
    asked = Asked(begin=dt.date(2026, 1, 1), end=office.today, on=then)
    with office.store.reading() as work:
        assert work.reports.report(office.health, asked).total.total == 1
        (one,) = work.reports.behind(office.health, asked)
        assert (one.text, one.seen) == ("", False)
        (one,) = work.reports.behind(office.monitor, asked)
        assert (one.text, one.seen) == ("Rà soát trạm y tế", True)


def test_a_unit_counts_what_it_leads(office: Office):
    office.file(
        task("a", "Rà soát trạm y tế", HEALTH, cooperators=[HOME], deadline=due("2026-03-31")),
        task("b", "Báo cáo biên chế", HOME),
    )
    asked = Asked(begin=dt.date(2026, 1, 1), end=office.today, on=office.today)
    with office.store.reading() as work:
        assert [line.name for line in work.reports.report(office.health, asked).lines] == ["Sở Y tế"]
        assert len(work.reports.report(office.leader, asked).lines) == 2


def test_rates_and_ranks_inside_bands():
    big, good, bad = Figures(on_time=300, overdue=100), Figures(on_time=9, overdue=1), Figures(overdue=10)
    assert (good.completion_rate, good.on_time_rate, Figures().completion_rate) == (0.9, 0.9, None)
    assert banded({"a": bad, "b": good, "c": big}, [300, 50]) == [["c"], [], ["b", "a"]]
