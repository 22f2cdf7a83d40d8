from __future__ import annotations

import datetime as dt

import pytest

from service.tracking.periods import Period, WrongPeriod, checked, named, span

DAY = dt.date(2026, 11, 29)


@pytest.mark.parametrize(
    ("period", "begin", "end", "name"),
    [
        (Period.WEEK, "2026-11-23", "2026-11-29", "tuần từ ngày 23/11/2026 đến ngày 29/11/2026"),
        (Period.MONTH, "2026-11-01", "2026-11-30", "tháng 11 năm 2026"),
        (Period.QUARTER, "2026-10-01", "2026-12-31", "quý IV năm 2026"),
        (Period.HALF, "2026-07-01", "2026-12-31", "6 tháng cuối năm 2026"),
        (Period.YEAR, "2026-01-01", "2026-12-31", "năm 2026"),
        (Period.DAYS, "2026-01-01", "2026-11-29", "từ ngày 01/01/2026 đến ngày 29/11/2026"),
    ],
)
def test_a_period_holds_its_day(period: Period, begin: str, end: str, name: str):
    first, last = span(period, DAY)
    assert (first.isoformat(), last.isoformat(), named(period, first, last)) == (begin, end, name)


def test_own_days_are_taken_and_others_left():
    begin, end = dt.date(2026, 3, 1), dt.date(2026, 3, 31)
    assert checked(Period.DAYS, None, begin, end, DAY) == (begin, end, DAY)
    assert checked(Period.MONTH, end, None, begin, DAY) == (begin, end, end)


@pytest.mark.parametrize(
    ("on", "begin", "end", "why"),
    [
        ("2026-11-30", None, None, "future"),
        ("1999-01-01", None, None, "years"),
        (None, "2026-05-01", "2026-04-30", "order"),
        (None, "9999-12-31", None, "years"),
    ],
)
def test_days_of_which_no_report_can_be_made(on: str | None, begin: str | None, end: str | None, why: str):
    days = (dt.date.fromisoformat(one) if one else None for one in (on, begin, end))
    with pytest.raises(WrongPeriod, match=why):
        checked(Period.DAYS, *days, DAY)
