"""Standings that begin and end in, the sums by month that the overview shows out.

They are kept in the transaction of each change, so that the year is read from some hundred rows, whatever
the number of duties; tests hold them against a recount.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, delete, select, text
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from service.access.sight import months_seen
from service.access.viewer import Viewer
from service.audit.log import Audit
from service.tables import DutyMonth, DutyStanding
from service.tracking.life import Life

_READ = ("life", "assigned_on", "done_on", "due_on", "lead_key", "clearance", "counted", "secret")
SUMMED = [getattr(DutyStanding, name) for name in _READ]
"""What of a standing says where it is counted."""
_Key = tuple[dt.date, str, str, int]
_KEYS = ("month", "kind", "lead_key", "clearance")
_FIRST = {"sqlite": "date({}, 'start of month')", "postgresql": "CAST(date_trunc('month', {}) AS date)"}
_RECOUNT = """
    INSERT INTO duty_months (month, kind, lead_key, clearance, number)
    SELECT month, kind, lead_key, clearance, count(*) FROM (
        SELECT {given} AS month, 'given' AS kind, lead_key, clearance FROM duty_standings
        WHERE until IS NULL AND counted IS TRUE AND secret IS FALSE AND life <> 'cancelled'
        UNION ALL
        SELECT {done}, CASE WHEN due_on IS NULL THEN 'no_deadline_done'
            WHEN done_on > due_on THEN 'late' ELSE 'on_time' END, lead_key, clearance FROM duty_standings
        WHERE until IS NULL AND counted IS TRUE AND secret IS FALSE AND life = 'done'
    ) AS found GROUP BY month, kind, lead_key, clearance
"""


@dataclass(frozen=True, slots=True)
class Month:
    """A month of the year: how many duties were given in it, done on time, late, without a deadline."""

    number: int
    given: int = 0
    on_time: int = 0
    late: int = 0
    no_deadline_done: int = 0


class Months:
    """Keeps the sums within one transaction."""

    def __init__(self, session: Session, audit: Audit) -> None:
        self._session = session
        self._audit = audit

    def move(self, ended: Sequence[Mapping[str, Any]], begun: Sequence[Mapping[str, Any]]) -> None:
        """Counts standings of now that have begun, and those that have ended no more."""
        moved: Counter[_Key] = Counter()
        for row in begun:
            moved.update(_places(row))
        for row in ended:
            moved.subtract(_places(row))
        rows = [dict(zip(_KEYS, key, strict=True)) | {"number": n} for key, n in sorted(moved.items()) if n]
        if not rows:
            return
        self._audit.alone()  # else two transactions could each wait for a sum that the other has changed
        is_postgres = self._session.get_bind().dialect.name == "postgresql"
        adding = (postgresql.insert if is_postgres else sqlite.insert)(DutyMonth)
        number = DutyMonth.number + adding.excluded.number
        self._session.execute(
            adding.on_conflict_do_update(index_elements=_KEYS, set_={"number": number}), rows
        )

    def leave(self, duties: Sequence[int]) -> None:
        """Duties are about to be removed."""
        now = [DutyStanding.duty_id.in_(duties), DutyStanding.until.is_(None)]
        rows = self._session.execute(select(*SUMMED).where(*now)).mappings().all()
        self.move([dict(row) for row in rows], ())


def year(session: Session, viewer: Viewer, today: dt.date) -> tuple[Month, ...]:
    """The months of the year so far."""
    first = today.replace(month=1, day=1)
    query = select(DutyMonth.month, DutyMonth.kind, DutyMonth.number)
    query = query.where(DutyMonth.month >= first, DutyMonth.month <= today, months_seen(viewer))
    found: Counter[tuple[int, str]] = Counter()
    for month, kind, number in session.execute(query).tuples():
        found[month.month, kind] += number
    names = [name for name in Month.__slots__ if name != "number"]
    return tuple(
        Month(number, **{name: found[number, name] for name in names}) for number in range(1, today.month + 1)
    )


def recount(connection: Connection) -> None:
    """Makes the sums anew, of what stands in the database."""
    first = _FIRST[connection.dialect.name]
    connection.execute(delete(DutyMonth))
    connection.execute(text(_RECOUNT.format(given=first.format("assigned_on"), done=first.format("done_on"))))


def _places(row: Mapping[str, Any]) -> Iterator[_Key]:
    """Where a standing is counted."""
    if not row["counted"] or row["secret"] or row["life"] == Life.CANCELLED.value:
        return
    whose = row["lead_key"], row["clearance"]
    yield row["assigned_on"].replace(day=1), "given", *whose
    if row["life"] == Life.DONE.value:
        yield row["done_on"].replace(day=1), _ended(row["done_on"], row["due_on"]), *whose


def _ended(done_on: dt.date, due_on: dt.date | None) -> str:
    if due_on is None:
        return "no_deadline_done"
    return "late" if done_on > due_on else "on_time"
