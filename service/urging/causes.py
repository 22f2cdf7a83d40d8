"""A duty's days, the office's calendar and a day in, why its unit is to be reminded out. Pure.

Only the nearest cause counts: after a week without anybody looking, a unit is reminded once, not seven times.
A cause is known by the day that gives it, whatever day it is told on, so that a change of the calendar tells
nothing twice.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from enum import StrEnum

from pipeline.deadlines.calendar import add_months
from service.tracking.calendar import Calendar
from service.tracking.timing import ZONE


class Kind(StrEnum):
    """Why a unit is reminded."""

    BEFORE = "before"  # its deadline
    OVERDUE = "overdue"
    UNDATED = "undated"  # no deadline, and nothing told for long


@dataclass(frozen=True, slots=True)
class Rules:
    """When units are reminded (settings): so many days before a deadline; when it has passed, and again after
    so many days; of what has no deadline after so many months; within the office's hours."""

    before: tuple[int, ...] = (7, 3, 1)
    again: int = 7
    undated_months: int = 3
    opens: dt.time = dt.time(7, 30)
    closes: dt.time = dt.time(17, 0)


@dataclass(frozen=True, slots=True)
class Days:
    """The days of a duty that matter: its deadline, when it was given, entered, and last told of."""

    due_on: dt.date | None
    assigned_on: dt.date
    entered_on: dt.date
    told_on: dt.date | None = None


@dataclass(frozen=True, slots=True)
class Cause:
    """Why, and the day that gives the cause."""

    kind: Kind
    on: dt.date


def cause(days: Days, today: dt.date, rules: Rules, calendar: Calendar) -> Cause | None:
    """The nearest cause that has come by `today`; None where there is none.

    One before a deadline comes on the last working day up to its own, since nobody is reminded on a day off.
    """
    if days.due_on is None:
        return _undated(days, today, rules)
    if today > days.due_on:
        late = (today - days.due_on).days - 1
        return Cause(Kind.OVERDUE, today - dt.timedelta(days=late % rules.again))
    for ahead in sorted(rules.before):
        on = days.due_on - dt.timedelta(days=ahead)
        if on > days.entered_on and calendar.working_by(on) <= today:
            return Cause(Kind.BEFORE, on)
    return None


def is_quiet(moment: float, rules: Rules, calendar: Calendar) -> bool:
    """Whether nobody is reminded at a moment (seconds since 1970): days off, outside the office's hours."""
    here = dt.datetime.fromtimestamp(moment, ZONE)
    return not (calendar.is_working(here.date()) and rules.opens <= here.time() < rules.closes)


def _undated(days: Days, today: dt.date, rules: Rules) -> Cause | None:
    since = max(days.assigned_on, days.told_on or days.assigned_on)
    months = (today.year - since.year) * 12 + today.month - since.month
    times = months // rules.undated_months
    if times and add_months(since, times * rules.undated_months) > today:
        times -= 1
    return Cause(Kind.UNDATED, add_months(since, times * rules.undated_months)) if times > 0 else None
