"""Where duties stand in time, said in SQL: the same as service/tracking/timing.py, for lists and reports."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any

from sqlalchemy import ColumnElement, Date, Integer, and_, case, literal, literal_column, not_, or_
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.compiler import SQLCompiler
from sqlalchemy.sql.functions import FunctionElement

from service.tables import Duty, DutyStanding
from service.tracking.life import Life
from service.tracking.timing import Bucket

# Written out, so that the databases know that their partial index holds what is asked for.
OPEN_NOW = and_(
    DutyStanding.until.is_(None),
    DutyStanding.life != literal_column("'done'"),
    DutyStanding.life != literal_column("'cancelled'"),
)


# The same of duties themselves: what somebody still has to do, in the order of the lists.
GOING = and_(*(Duty.life != literal_column(f"'{life}'") for life in ("done", "cancelled", "suspended")))
GOING_BUCKETS = frozenset({Bucket.IN_TIME, Bucket.DUE_SOON, Bucket.OVERDUE, Bucket.NO_DEADLINE})
"""Where such a duty stands in time."""


class days_between(FunctionElement[int]):  # noqa: N801 - reads as the SQL function that it is
    """How many days the second date lies behind the first."""

    type = Integer()
    inherit_cache = True


@compiles(days_between, "sqlite")
def _days_sqlite(element: Any, compiler: SQLCompiler, **kw: Any) -> str:
    first, second = (compiler.process(one, **kw) for one in element.clauses)
    return f"CAST(julianday({second}) - julianday({first}) AS INTEGER)"


@compiles(days_between, "postgresql")
def _days_postgresql(element: Any, compiler: SQLCompiler, **kw: Any) -> str:
    first, second = (compiler.process(one, **kw) for one in element.clauses)
    return f"(({second}) - ({first}))"


def days_late(rows: type[Duty | DutyStanding], on: dt.date) -> ColumnElement[int]:
    """For how many days each row is overdue on a day; what waits, on the day it is said to be done."""
    return days_between(rows.due_on, _reached(rows, on))


def _reached(rows: type[Duty | DutyStanding], on: dt.date) -> ColumnElement[dt.date]:
    is_waiting = and_(rows.life == Life.AWAITING.value, rows.done_on.is_not(None))
    return case((is_waiting, rows.done_on), else_=literal(on, Date()))


def bucket_of(rows: type[Duty | DutyStanding], on: dt.date, soon: int) -> ColumnElement[str]:
    """The bucket of each row on a day, as a column."""
    reached = _reached(rows, on)
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


def conditions_of(
    rows: type[Duty | DutyStanding], on: dt.date, soon: int
) -> Mapping[Bucket, ColumnElement[bool]]:
    """The same for counting, as plain conditions: to group many rows by `bucket_of` takes several times as
    long. What is in time is all that no other bucket holds."""
    life, due_on, done_on = rows.life, rows.due_on, rows.done_on
    done = life == Life.DONE.value
    goes = life.not_in([Life.DONE.value, Life.SUSPENDED.value, Life.CANCELLED.value])
    # it was done by the day that is asked for: none that waits is late before its deadline
    in_time = and_(life == Life.AWAITING.value, done_on.is_not(None), done_on <= due_on)
    last = on + dt.timedelta(days=soon)
    return {  # most rows fail at the first condition of each
        Bucket.DONE_NO_DEADLINE: and_(due_on.is_(None), done),
        Bucket.LATE: and_(done_on > due_on, done),
        Bucket.ON_TIME: and_(done, due_on.is_not(None), or_(done_on.is_(None), done_on <= due_on)),
        Bucket.NO_DEADLINE: and_(due_on.is_(None), goes),
        Bucket.OVERDUE: and_(due_on < on, goes, not_(in_time)),
        Bucket.DUE_SOON: and_(due_on >= on, due_on <= last, goes, life != Life.AWAITING.value),
        Bucket.PAUSED: life == Life.SUSPENDED.value,
        Bucket.GONE: life == Life.CANCELLED.value,
    }
