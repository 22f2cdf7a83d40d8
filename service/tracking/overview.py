"""A viewer in, what he asks first out: what is overdue and whose it is, what is due soon, what waits for a
decision, how the year goes by months. Counted as reports count (service/tracking/reports.py), of now."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import ColumnElement, Select, case, func, literal_column, select
from sqlalchemy.orm import Session

from service.access.roles import Right
from service.access.sight import duties_seen, standings_seen
from service.access.viewer import Viewer
from service.tables import Duty, DutyStanding
from service.tracking.buckets import OPEN_NOW, conditions_of
from service.tracking.life import Life
from service.tracking.months import Month, year
from service.tracking.timing import Bucket

WAITING = (Life.AWAITING, Life.ADJUSTMENT_ASKED, Life.REFUSED)
"""States in which the office has to say something."""
WAITS = Duty.life.in_([literal_column(f"'{life.value}'") for life in WAITING])
"""Written out, so that the databases know that their partial index holds what is asked for."""


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
        return Overview(buckets, self._named(worst), waiting, year(self._session, viewer, today))

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
        """The open duties by lead, in one look."""
        bucket = conditions_of(DutyStanding, today, soon)
        counted = (Bucket.OVERDUE, Bucket.DUE_SOON, Bucket.NO_DEADLINE, Bucket.PAUSED)
        asked = [*(bucket[one] for one in counted), DutyStanding.life.in_([one.value for one in WAITING])]
        counts = [func.count(case((one, 1))) for one in asked]
        lead, example = DutyStanding.lead_key, func.max(DutyStanding.duty_id)
        query: Select[*tuple[Any, ...]] = select(lead, example, func.count(), *counts)
        query = query.where(OPEN_NOW, *_counted(viewer)).group_by(lead)
        return [_Open(*row) for row in self._session.execute(query)]

    def _named(self, leads: Sequence[_Open]) -> tuple[tuple[str, str, int], ...]:
        which = [one.example for one in leads]
        query = select(Duty.id, Duty.lead_name).where(Duty.id.in_(which))
        names = dict(self._session.execute(query).tuples().all())
        return tuple((one.key, names[one.example], one.late) for one in leads)

    def _passed_on(self, viewer: Viewer) -> int:
        query = select(func.count()).select_from(Duty).where(duties_seen(viewer), *_waits(viewer))
        return self._session.scalar(query) or 0


def _counted(viewer: Viewer) -> list[ColumnElement[bool]]:
    return [standings_seen(viewer), DutyStanding.counted.is_(True), DutyStanding.secret.is_(False)]


def _waits(viewer: Viewer) -> list[ColumnElement[bool]]:
    """What was passed on waits for a leader, all else for who follows."""
    found: list[ColumnElement[bool]] = [WAITS, Duty.counted.is_(True), Duty.secret.is_(False)]
    return found if viewer.may(Right.FOLLOW) else [*found, Duty.with_leader.is_(True)]
