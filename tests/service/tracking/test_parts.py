"""A group's duty divided, a central one handed down, a recurring one period by period."""

from __future__ import annotations

import datetime as dt
import threading

import pytest
from people import task, unit
from tracking_office import HEALTH, Office, due

from service.tables import Duty
from service.tracking.entering import Origin
from service.tracking.finder import DutiesWanted
from service.tracking.life import Given, Lead, Life, NotAllowed
from service.tracking.parts import Part, rolled
from service.tracking.recurring import periods

HEALTH_LEAD, HOME_LEAD = Lead("Sở Y tế", "so-y-te:hung-yen"), Lead("Sở Nội vụ", "so-noi-vu:hung-yen")
GROUP = unit("Các sở, ban, ngành")


def divided(office: Office) -> list[Duty]:
    office.file(task("a", "Rà soát thủ tục hành chính", GROUP, deadline=due("2026-03-31")))
    whole = office.duty("thu tuc")
    with office.store.begin() as work:
        held = work.book.held(whole.id)
        assert held is not None
        work.parts.divide(
            office.actor, held, [Part(HEALTH_LEAD), Part(HOME_LEAD, due_on=dt.date(2026, 3, 20))]
        )
    with office.store.reading() as work:
        return work.duties.find(office.monitor, DutiesWanted(parent=whole.id))


def step(office: Office, duty: Duty, *steps: tuple[str, Given]) -> None:
    for action, given in steps:
        office.act(office.monitor, duty, action, given)


DONE = (("submit", Given(note="xong")), ("confirm", Given()))


def test_parts_stand_for_the_whole_in_the_lists(office: Office):
    parts = divided(office)
    assert {(one.lead_name, one.due_on) for one in parts} == {
        ("Sở Y tế", dt.date(2026, 3, 31)),
        ("Sở Nội vụ", dt.date(2026, 3, 20)),
    }
    with office.store.reading() as work:
        listed = work.duties.find(office.monitor, DutiesWanted())
        assert {one.id for one in listed} == {one.id for one in parts}
        assert [one.id for one in work.duties.find(office.health, DutiesWanted())] == [
            one.id for one in parts if one.lead_name == "Sở Y tế"
        ]


def test_the_whole_follows_its_parts(office: Office):
    first, second = divided(office)
    assert first.parent_id is not None

    def whole() -> Duty:
        with office.store.reading() as work:
            return work.book.duty(office.monitor, first.parent_id or 0)

    step(office, first, ("acknowledge", Given()))
    assert whole().life == Life.IN_PROGRESS
    step(office, first, *DONE)
    assert (whole().life, whole().percent) == (Life.IN_PROGRESS, 50)
    office.today = dt.date(2026, 3, 9)
    step(office, second, *DONE)
    assert (whole().life, whole().done_on) == (Life.AWAITING, dt.date(2026, 3, 9))
    step(office, second, ("reopen", Given(note="chưa đạt")))
    assert whole().life == Life.IN_PROGRESS


def test_a_part_is_not_due_after_the_whole_and_not_given_twice(office: Office):
    office.file(task("a", "Rà soát thủ tục hành chính", GROUP, deadline=due("2026-03-31")))
    whole = office.duty("thu tuc")
    for parts, why in (
        ([Part(HEALTH_LEAD, due_on=dt.date(2026, 4, 1))], "late"),
        ([Part(HEALTH_LEAD), Part(HEALTH_LEAD)], "twice"),
    ):
        with pytest.raises(NotAllowed) as caught, office.store.begin() as work:
            held = work.book.held(whole.id)
            assert held is not None
            work.parts.divide(office.actor, held, parts)
        assert caught.value.why == why


def test_what_people_decided_about_the_whole_stays():
    assert rolled(Life.SUSPENDED, [Life.DONE]) is Life.SUSPENDED
    assert rolled(Life.IN_PROGRESS, [Life.CANCELLED]) is Life.IN_PROGRESS


MONTHLY = {
    "text": "trước ngày 25 hằng tháng",
    "kind": "recurring",
    "rrule": "FREQ=MONTHLY;BYMONTHDAY=25",
    "rule": "",
    "evidence": [],
}


def monthly(office: Office, rule: str = MONTHLY["rrule"]) -> Duty:
    deadline = MONTHLY | {"rrule": rule}
    office.file(task("a", "Báo cáo tình hình dịch bệnh", HEALTH, deadline=deadline))
    return office.duty("dich benh")


def test_each_period_is_a_duty_of_its_own(office: Office):
    series = monthly(office)
    office.today = dt.date(2026, 5, 3)
    with office.store.begin() as work:
        assert work.recurring.series() == [series.id]
        made = work.recurring.enter_due(series.id)
        assert work.recurring.enter_due(series.id) == []
    with office.store.reading() as work:
        listed = work.duties.find(office.monitor, DutiesWanted())
    assert [(one.id, one.due_on, one.origin) for one in listed] == [
        (made[0], dt.date(2026, 3, 25), Origin.OCCURRENCE),
        (made[1], dt.date(2026, 4, 25), Origin.OCCURRENCE),
        (made[2], dt.date(2026, 5, 25), Origin.OCCURRENCE),
    ]
    office.act(office.health, made[0], "submit", Given(note="báo cáo tháng 3"))
    with office.store.reading() as work:
        assert work.book.duty(office.monitor, made[1]).life == Life.NOT_STARTED


def test_two_workers_enter_a_period_once(office: Office):
    series = monthly(office)
    office.today = dt.date(2026, 5, 3)

    def work_on() -> None:
        with office.store.begin() as work:
            work.recurring.enter_due(series.id)

    threads = [threading.Thread(target=work_on) for _ in range(4)]
    for one in threads:
        one.start()
    for one in threads:
        one.join()
    with office.store.reading() as work:
        assert work.duties.count(office.monitor, DutiesWanted(parent=series.id)) == 3


def test_a_daily_duty_goes_on_after_years():
    days = list(periods("FREQ=DAILY", dt.date(2020, 1, 1), dt.date(2026, 1, 1)))
    assert len(days) == 2193
    assert days[-1] == dt.date(2026, 1, 1)


def test_a_series_left_alone_for_years_is_entered_round_by_round(office: Office):
    series = monthly(office, "FREQ=DAILY")
    office.today = dt.date(2028, 3, 1)
    with office.store.begin() as work:
        made = [len(work.recurring.enter_due(series.id)) for _ in range(3)]
    assert made == [400, 331, 0]


def test_hours_are_no_periods():
    assert list(periods("freq=SECONDLY", dt.date(2020, 1, 1), dt.date(2026, 1, 1))) == []


def test_a_rule_that_cannot_be_read_gives_no_period():
    assert list(periods("FREQ=SOMETIMES", dt.date(2026, 1, 1), dt.date(2026, 5, 1))) == []
    assert list(
        periods("FREQ=YEARLY;BYMONTH=12;BYMONTHDAY=10", dt.date(2026, 1, 1), dt.date(2026, 5, 1))
    ) == [dt.date(2026, 12, 10)]
