"""Days of the Gregorian calendar: month ends, sums, working days Monday to Friday.

In and out: `datetime.date`. The holidays of an office are the tracking store's business; a phrase
is read by Monday–Friday alone, so that the same words give the same day everywhere.
"""

from __future__ import annotations

import datetime as dt

FIRST_YEAR, LAST_YEAR = 1900, 2100


def month_end(year: int, month: int) -> dt.date:
    """Last day of a month."""
    following = dt.date(year + month // 12, month % 12 + 1, 1)
    return following - dt.timedelta(days=1)


def day_of(year: int, month: int, day: int) -> dt.date | None:
    """The day, or None where the calendar has none (30/2, month 13, year out of range)."""
    if not FIRST_YEAR <= year <= LAST_YEAR:
        return None
    try:
        return dt.date(year, month, day)
    except ValueError:
        return None


def add_months(start: dt.date, months: int) -> dt.date:
    """The same day `months` later, the month's last day where it has no such day."""
    year, month = divmod(start.year * 12 + start.month - 1 + months, 12)
    return dt.date(year, month + 1, min(start.day, month_end(year, month + 1).day))


def add_working_days(start: dt.date, days: int) -> dt.date:
    """The `days`-th day from Monday to Friday after `start`."""
    weeks, left = divmod(days, 5)
    if start.weekday() > 4:
        start -= dt.timedelta(days=start.weekday() - 4)
    end = start + dt.timedelta(weeks=weeks)
    for _ in range(left):
        end += dt.timedelta(days=3 if end.weekday() == 4 else 1)
    return end


def vietnamese(day: dt.date) -> str:
    """dd/mm/yyyy."""
    return f"{day:%d/%m/%Y}"
