"""Why a unit is reminded on a day: the nearest cause alone, never on a day off, never twice."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from service.tracking.calendar import Calendar
from service.tracking.timing import start_of
from service.urging.causes import Cause, Days, Kind, Rules, cause, is_quiet

PLAIN, RULES = Calendar(), Rules()
GIVEN = dt.date(2026, 3, 2)


def on(month: int, day: int) -> dt.date:
    return dt.date(2026, month, day)


def asked(today: dt.date, due_on: dt.date | None = None, **more: dt.date) -> Cause | None:
    return cause(Days(due_on, GIVEN, more.pop("entered_on", GIVEN), **more), today, RULES, PLAIN)


@pytest.mark.parametrize(
    ("today", "expected"),
    [
        (on(3, 23), None),  # eight days before Tuesday 31 March
        (on(3, 24), Cause(Kind.BEFORE, on(3, 24))),
        (on(3, 26), Cause(Kind.BEFORE, on(3, 24))),
        (on(3, 27), Cause(Kind.BEFORE, on(3, 28))),  # three days before is a Saturday: told on Friday
        (on(3, 30), Cause(Kind.BEFORE, on(3, 30))),
        (on(3, 31), Cause(Kind.BEFORE, on(3, 30))),
        (on(4, 1), Cause(Kind.OVERDUE, on(4, 1))),
        (on(4, 7), Cause(Kind.OVERDUE, on(4, 1))),
        (on(4, 8), Cause(Kind.OVERDUE, on(4, 8))),
        (on(4, 23), Cause(Kind.OVERDUE, on(4, 22))),
    ],
)
def test_before_and_after_a_deadline(today: dt.date, expected: Cause | None):
    assert asked(today, on(3, 31)) == expected


def test_what_was_due_for_telling_before_it_was_entered_is_left_out():
    assert asked(on(3, 29), on(3, 31), entered_on=on(3, 28)) is None
    assert asked(on(3, 30), on(3, 31), entered_on=on(3, 28)) == Cause(Kind.BEFORE, on(3, 30))
    assert asked(on(6, 2), on(3, 31), entered_on=on(6, 1)) is not None  # overdue is overdue


@pytest.mark.parametrize(
    ("today", "told_on", "expected"),
    [
        (on(6, 1), None, None),
        (on(6, 2), None, Cause(Kind.UNDATED, on(6, 2))),
        (on(9, 1), None, Cause(Kind.UNDATED, on(6, 2))),
        (on(9, 2), None, Cause(Kind.UNDATED, on(9, 2))),
        (on(6, 20), on(5, 15), None),  # its unit told of it since
        (on(8, 20), on(5, 15), Cause(Kind.UNDATED, on(8, 15))),
    ],
)
def test_without_a_deadline_after_three_months(
    today: dt.date, told_on: dt.date | None, expected: Cause | None
):
    assert cause(Days(None, GIVEN, GIVEN, told_on), today, RULES, PLAIN) == expected


NUMBERS = st.integers(0, 120)
OWN = st.dictionaries(NUMBERS, st.booleans(), max_size=12)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.none() | st.integers(1, 90), OWN)
def test_causes_follow_one_another_and_each_comes_once(due_in: int | None, own: dict[int, bool]):
    """So that who looks on some days alone is told of fewer, never of more or of older ones."""
    calendar = Calendar({GIVEN + dt.timedelta(days=day): working for day, working in own.items()})
    due_on = GIVEN + dt.timedelta(days=due_in) if due_in else None
    every_day = [GIVEN + dt.timedelta(days=day) for day in range(121)]
    told = [
        (day, why)
        for day in every_day
        if calendar.is_working(day)
        and (why := cause(Days(due_on, GIVEN, GIVEN), day, RULES, calendar)) is not None
    ]
    order = [(why.kind is not Kind.BEFORE, why.on) for _, why in told]
    assert order == sorted(order)
    assert all(why.on <= day for day, why in told if why.kind is not Kind.BEFORE)
    assert len({why for _, why in told if why.kind is Kind.BEFORE}) <= len(RULES.before)


@pytest.mark.parametrize(
    ("hours", "day", "quiet"),
    [
        (10, on(3, 5), False),
        (7.25, on(3, 5), True),
        (17, on(3, 5), True),
        (10, on(3, 7), True),
        (10, on(2, 17), True),
    ],
)
def test_days_off_and_the_evening_are_quiet(hours: float, day: dt.date, quiet: bool):
    assert is_quiet(start_of(day) + hours * 3600, RULES, PLAIN) is quiet
