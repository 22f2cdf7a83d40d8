"""A period's kind and a day in, the days from which and to which it lasts out: those of the calendar."""

from __future__ import annotations

import datetime as dt
from enum import StrEnum

_MONTHS = {"month": 1, "quarter": 3, "half": 6, "year": 12}
_ROMAN = ("I", "II", "III", "IV")
_YEARS = range(2000, 2100)


class Period(StrEnum):
    """What a report is of."""

    WEEK = "week"
    MONTH = "month"
    QUARTER = "quarter"
    HALF = "half"
    YEAR = "year"
    DAYS = "days"  # from one day to another, as they are asked for


class WrongPeriod(ValueError):  # noqa: N818 - says what is wrong
    """No report can be made of these days; the message is a key of the wording."""


def span(period: Period, on: dt.date) -> tuple[dt.date, dt.date]:
    """The first and the last day of the period that holds the day; a week begins on Monday. Of own days: the
    year so far."""
    if period is Period.WEEK:
        first = on - dt.timedelta(days=on.weekday())
        return first, first + dt.timedelta(days=6)
    if period is Period.DAYS:
        return on.replace(month=1, day=1), on
    months = _MONTHS[period.value]
    begins = (on.month - 1) // months * months + 1
    first = on.replace(month=begins, day=1)
    after = first.replace(year=on.year + (begins + months > 12), month=(begins + months - 1) % 12 + 1)
    return first, after - dt.timedelta(days=1)


def checked(
    period: Period, on: dt.date | None, begin: dt.date | None, end: dt.date | None, today: dt.date
) -> tuple[dt.date, dt.date, dt.date]:
    """Begin, end and the day as of which is counted, with what was left out filled in; `begin` and `end`
    count for own days alone. Raises `WrongPeriod`: "future", "years", "order"."""
    on = on or today
    for one in (on, begin, end):
        if one and one.year not in _YEARS:
            raise WrongPeriod("years")
    if on > today:
        raise WrongPeriod("future")
    first, last = span(period, on)
    if period is Period.DAYS:
        first, last = begin or first, end or last
    if first > last:
        raise WrongPeriod("order")
    return first, last, on


def named(period: Period, begin: dt.date, end: dt.date) -> str:
    """A period's name as letters write it: "quý IV năm 2026"."""
    if period is Period.MONTH:
        return f"tháng {begin.month} năm {begin.year}"
    if period is Period.QUARTER:
        return f"quý {_ROMAN[(begin.month - 1) // 3]} năm {begin.year}"
    if period is Period.HALF:
        return f"6 tháng {'đầu' if begin.month == 1 else 'cuối'} năm {begin.year}"
    if period is Period.YEAR:
        return f"năm {begin.year}"
    days = f"từ ngày {begin:%d/%m/%Y} đến ngày {end:%d/%m/%Y}"
    return f"tuần {days}" if period is Period.WEEK else days
