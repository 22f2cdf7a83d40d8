"""A viewer in, what he asks first out: what is overdue and whose it is, what is due soon, what waits for a
decision, how the year goes by months. Counted as reports count (service/tracking/reports.py), of now."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, case, func, not_, select
from sqlalchemy.orm import Session

from service.access.roles import Right
from service.access.sight import duties_seen, standings_seen
from service.access.viewer import Viewer
from service.tables import Duty, DutyStanding
from service.tracking.buckets import DONE_NOW, GIVEN_NOW, OPEN_NOW
from service.tracking.life import Life
from service.tracking.timing import Bucket

WAITING = (Life.AWAITING, Life.ADJUSTMENT_ASKED, Life.REFUSED)
"""States in which the office has to say something."""
_WAIT = [life.value for life in WAITING]


@dataclass(frozen=True, slots=True)
class Month:
    """A month of the year: how many duties were given in it, done on time, late, without a deadline."""

    number: int
    given: int = 0
    on_time: int = 0
    late: int = 0
    no_deadline_done: int = 0


@dataclass(frozen=True, slots=True)
class Overview:
    """Open duties by where they stand in time; units with overdue ones, the most first, as (key, name,
    count); how many wait for a decision of the viewer's; the months of the year so far."""

    buckets: dict[Bucket, int]
    late_units: tuple[tuple[str, str, int], ...]
    waiting: int
    months: tuple[Month, ...] = field(default=())


@dataclass(frozen=True, slots=True)
class _Open:
    """A lead's open duties: how many in all, late, due soon, without a deadline, suspended, waiting for the
    office; `example` is one of them, by which it is named."""

    key: str
    example: int
    total: int
    late: int
    near: int
    undated: int
    paused: int
    waiting: int


class Looking:
    """Answers within one transaction."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def overview(self, viewer: Viewer, today: dt.date, soon: int, units: int = 10) -> Overview:
        """All numbers; `soon` as in buckets, `units` how many are named."""
        leads = self._open(viewer, today, soon)
        worst = sorted((one for one in leads if one.late), key=lambda one: (-one.late, one.key))[:units]
        buckets = {
            Bucket.OVERDUE: sum(one.late for one in leads),
            Bucket.DUE_SOON: sum(one.near for one in leads),
            Bucket.NO_DEADLINE: sum(one.undated for one in leads),
            Bucket.PAUSED: sum(one.paused for one in leads),
        }
        buckets[Bucket.IN_TIME] = sum(one.total for one in leads) - sum(buckets.values())
        follows = viewer.may(Right.FOLLOW)
        waiting = sum(one.waiting for one in leads) if follows else self._passed_on(viewer)
        return Overview(buckets, self._named(worst), waiting, self._months(viewer, today))

    def due_soon(self, viewer: Viewer, today: dt.date, soon: int, most: int = 10) -> Sequence[Duty]:
        """What is due soonest."""
        last = today + dt.timedelta(days=soon)
        near = [OPEN_NOW, DutyStanding.due_on >= today, DutyStanding.due_on <= last, *_counted(viewer)]
        near += [DutyStanding.life.not_in([Life.AWAITING.value, Life.SUSPENDED.value])]
        ids = select(DutyStanding.duty_id).where(*near)
        first = ids.order_by(DutyStanding.due_on, DutyStanding.duty_id).limit(most)
        return self._duties(viewer, self._session.scalars(first).all())

    def waiting(self, viewer: Viewer, most: int = 10) -> Sequence[Duty]:
        """What waits for a decision, soonest deadline first."""
        query = select(Duty.id).where(duties_seen(viewer), *_waits(viewer))
        first = query.order_by(Duty.due_key, Duty.id).limit(most)
        return self._duties(viewer, self._session.scalars(first).all())

    def _duties(self, viewer: Viewer, ids: Sequence[int]) -> Sequence[Duty]:
        query = select(Duty).where(Duty.id.in_(ids), duties_seen(viewer))
        return self._session.scalars(query.order_by(Duty.due_key, Duty.id)).all()

    def _open(self, viewer: Viewer, today: dt.date, soon: int) -> list[_Open]:
        """The open duties by lead, in one look. Each bucket is counted by a plain condition of its own: this
        is the first page's largest part, and to group by `bucket_of` takes several times as long."""
        span = DutyStanding
        rests = span.life == Life.SUSPENDED.value
        waits = and_(span.life == Life.AWAITING.value, span.done_on.is_not(None))
        in_time = and_(waits, span.done_on <= span.due_on)
        late = and_(span.due_on < today, not_(rests), not_(in_time))
        last = today + dt.timedelta(days=soon)
        quiet = span.life.in_([Life.AWAITING.value, Life.SUSPENDED.value])
        near = and_(span.due_on >= today, span.due_on <= last, not_(quiet))
        undated = and_(span.due_on.is_(None), not_(rests))
        of_office = span.life.in_(_WAIT)
        counts = [func.count(case((one, 1))) for one in (late, near, undated, rests, of_office)]
        query: Select[*tuple[Any, ...]] = select(span.lead_key, func.max(span.duty_id), func.count(), *counts)
        query = query.where(OPEN_NOW, *_counted(viewer)).group_by(span.lead_key)
        return [_Open(*row) for row in self._session.execute(query)]

    def _named(self, leads: Sequence[_Open]) -> tuple[tuple[str, str, int], ...]:
        which = [one.example for one in leads]
        query = select(Duty.id, Duty.lead_name).where(Duty.id.in_(which))
        names = dict(self._session.execute(query).tuples().all())
        return tuple((one.key, names[one.example], one.late) for one in leads)

    def _passed_on(self, viewer: Viewer) -> int:
        query = select(func.count()).select_from(Duty).where(duties_seen(viewer), *_waits(viewer))
        return self._session.scalar(query) or 0

    def _months(self, viewer: Viewer, today: dt.date) -> tuple[Month, ...]:
        """The days are added up to months here: databases cut dates each in its own way, and both have the
        days in order in their indexes."""
        span, first = DutyStanding, today.replace(month=1, day=1)
        found: Counter[tuple[int, str]] = Counter()
        year = [GIVEN_NOW, span.assigned_on >= first, span.assigned_on <= today, *_counted(viewer)]
        given = select(span.assigned_on, func.count()).where(*year)
        for day, count in self._session.execute(given.group_by(span.assigned_on)).tuples():
            found[day.month, "given"] += count
        late = func.count(case((span.done_on > span.due_on, 1)))
        done = select(span.done_on, func.count(), func.count(span.due_on), late)
        done = done.where(DONE_NOW, span.done_on >= first, *_counted(viewer)).group_by(span.done_on)
        for done_on, count, dated, behind in self._session.execute(done).tuples():
            assert done_on is not None
            found[done_on.month, "on_time"] += dated - behind
            found[done_on.month, "late"] += behind
            found[done_on.month, "no_deadline_done"] += count - dated
        names = [name for name in Month.__slots__ if name != "number"]
        return tuple(
            Month(number, **{name: found[number, name] for name in names})
            for number in range(1, today.month + 1)
        )


def _counted(viewer: Viewer) -> list[ColumnElement[bool]]:
    return [standings_seen(viewer), DutyStanding.counted.is_(True), DutyStanding.secret.is_(False)]


def _waits(viewer: Viewer) -> list[ColumnElement[bool]]:
    """What was passed on waits for a leader, all else for who follows."""
    asked = Duty.life.in_(_WAIT)
    found: list[ColumnElement[bool]] = [asked, Duty.counted.is_(True), Duty.secret.is_(False)]
    return found if viewer.may(Right.FOLLOW) else [*found, Duty.with_leader.is_(True)]
