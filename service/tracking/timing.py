"""A duty's dates and a day in, where it stands in time out. Never stored: the same duty reads otherwise
tomorrow, and as of any day in the past."""

from __future__ import annotations

import datetime as dt
from enum import StrEnum
from zoneinfo import ZoneInfo

from service.tracking.life import Life

ZONE = ZoneInfo("Asia/Ho_Chi_Minh")


class Bucket(StrEnum):
    """Where a duty stands in time."""

    IN_TIME = "in_time"
    DUE_SOON = "due_soon"
    OVERDUE = "overdue"
    NO_DEADLINE = "no_deadline"
    ON_TIME = "on_time"  # done
    LATE = "late"  # done
    DONE_NO_DEADLINE = "done_no_deadline"
    PAUSED = "paused"
    GONE = "gone"  # cancelled or replaced


def bucket(life: Life, due_on: dt.date | None, done_on: dt.date | None, on: dt.date, soon: int) -> Bucket:
    """Where a duty stands on a day; `soon` is how many days before its deadline it counts as due soon.

    What waits for confirmation is in time or not by the day on which its unit says it was done.
    """
    if life is Life.CANCELLED:
        return Bucket.GONE
    if life is Life.SUSPENDED:
        return Bucket.PAUSED
    if life is Life.DONE:
        if due_on is None:
            return Bucket.DONE_NO_DEADLINE
        return Bucket.LATE if done_on and done_on > due_on else Bucket.ON_TIME
    if due_on is None:
        return Bucket.NO_DEADLINE
    reached = done_on if life is Life.AWAITING and done_on else on
    if reached > due_on:
        return Bucket.OVERDUE
    is_near = (due_on - reached).days <= soon and life is not Life.AWAITING
    return Bucket.DUE_SOON if is_near else Bucket.IN_TIME


def day_of(moment: float) -> dt.date:
    """The day in Viet Nam of a moment in seconds since 1970."""
    return dt.datetime.fromtimestamp(moment, ZONE).date()


def end_of(day: dt.date) -> float:
    """The moment at which a day in Viet Nam is over."""
    return dt.datetime.combine(day + dt.timedelta(days=1), dt.time(), ZONE).timestamp()


def start_of(day: dt.date) -> float:
    """The moment at which a day in Viet Nam begins."""
    return dt.datetime.combine(day, dt.time(), ZONE).timestamp()
