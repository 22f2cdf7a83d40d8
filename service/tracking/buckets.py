"""Where duties stand in time, said in SQL: the same as service/tracking/timing.py, for lists and reports."""

from __future__ import annotations

import datetime as dt

from sqlalchemy import ColumnElement, and_, case, literal

from service.tables import Duty, DutyStanding
from service.tracking.life import Life
from service.tracking.timing import Bucket


def bucket_of(rows: type[Duty | DutyStanding], on: dt.date, soon: int) -> ColumnElement[str]:
    """The bucket of each row on a day, as a column."""
    is_waiting = and_(rows.life == Life.AWAITING.value, rows.done_on.is_not(None))
    reached = case((is_waiting, rows.done_on), else_=literal(on))
    is_near = and_(rows.life != Life.AWAITING.value, rows.due_on <= on + dt.timedelta(days=soon))
    done = case(
        (rows.due_on.is_(None), Bucket.DONE_NO_DEADLINE.value),
        (rows.done_on > rows.due_on, Bucket.LATE.value),
        else_=Bucket.ON_TIME.value,
    )
    return case(
        (rows.life == Life.CANCELLED.value, Bucket.GONE.value),
        (rows.life == Life.SUSPENDED.value, Bucket.PAUSED.value),
        (rows.life == Life.DONE.value, done),
        (rows.due_on.is_(None), Bucket.NO_DEADLINE.value),
        (reached > rows.due_on, Bucket.OVERDUE.value),
        (is_near, Bucket.DUE_SOON.value),
        else_=Bucket.IN_TIME.value,
    )
