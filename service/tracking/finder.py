"""Filters in, a page of duties out: found, ordered and paged for a viewer, soonest deadline first.

Pages go by key, as those of service/review/finder.py.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import ColumnElement, exists, func, or_, select, tuple_
from sqlalchemy.orm import Session

from service.access.sight import duties_seen
from service.access.viewer import Viewer
from service.mapping import number_key, search_key
from service.searching.index import DUTIES
from service.searching.words import typed
from service.tables import Duty, DutyEvent, DutyUnit
from service.tracking.buckets import GOING, GOING_BUCKETS, bucket_of
from service.tracking.life import Life
from service.tracking.timing import Bucket

_EQUAL = ("field", "source", "assigner")
_FLAGS = ("starred", "with_leader")
Place = tuple[dt.date, int]
"""Where a duty stands in the order: its day to sort by, its id."""


@dataclass(frozen=True, slots=True)
class DutiesWanted:
    """Which duties; empty values ask for all. `unit` is an id of the register or a name, in any role or in
    `role`, `units` any of several; `buckets` are counted on `on`; wholes and series, whose parts are counted,
    only on demand."""

    lives: tuple[Life, ...] = ()
    buckets: tuple[Bucket, ...] = ()
    on: dt.date | None = None
    soon: int = 3
    unit: str = ""
    units: tuple[str, ...] = ()
    role: str = ""
    field: str = ""
    source: str = ""
    assigner: str = ""
    number: str = ""
    document: int | None = None
    parent: int | None = None
    words: str = ""
    due_before: dt.date | None = None
    due_after: dt.date | None = None
    assigned_from: dt.date | None = None
    assigned_to: dt.date | None = None
    starred: bool = False
    with_leader: bool = False
    wholes: bool = False


class Duties:
    """Finds duties for a viewer, within one transaction."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def find(
        self, viewer: Viewer, wanted: DutiesWanted, after: Place | None = None, most: int | None = 50
    ) -> list[Duty]:
        """The duties that he may see, in order, from behind `after`."""
        query = select(Duty).where(duties_seen(viewer), *self._conditions(wanted))
        if after is not None:
            query = query.where(tuple_(Duty.due_key, Duty.id) > after)
        query = query.order_by(Duty.due_key, Duty.id)
        return list(self._session.scalars(query if most is None else query.limit(most)))

    def count(self, viewer: Viewer, wanted: DutiesWanted) -> int:
        """How many there are."""
        query = select(func.count()).select_from(Duty).where(duties_seen(viewer), *self._conditions(wanted))
        return self._session.scalar(query) or 0

    def _conditions(self, wanted: DutiesWanted) -> list[ColumnElement[bool]]:
        return [*conditions(wanted), *typed(self._session, DUTIES, wanted.words)]

    def units(self, duties: Sequence[int]) -> dict[int, list[DutyUnit]]:
        """The units of many duties, leads first."""
        found: dict[int, list[DutyUnit]] = {}
        query = select(DutyUnit).where(DutyUnit.duty_id.in_(duties))
        for unit in self._session.scalars(query.order_by(DutyUnit.role.desc(), DutyUnit.position)):
            found.setdefault(unit.duty_id, []).append(unit)
        return found

    def changed(self, duties: Sequence[int]) -> dict[int, float]:
        """When something last happened to each, in seconds since 1970."""
        query = select(DutyEvent.duty_id, func.max(DutyEvent.at)).where(DutyEvent.duty_id.in_(duties))
        return dict(self._session.execute(query.group_by(DutyEvent.duty_id)).tuples().all())


def conditions(wanted: DutiesWanted) -> list[ColumnElement[bool]]:
    """What a duty has to fulfil; whether it holds the words and the viewer may see it comes besides."""
    found = [getattr(Duty, name) == value for name in _EQUAL if (value := getattr(wanted, name))]
    found += [getattr(Duty, name).is_(True) for name in _FLAGS if getattr(wanted, name)]
    found += _in_place(wanted) + _in_time(wanted)
    if wanted.unit:
        found.append(_names(wanted.unit, wanted.role))
    if wanted.units:
        found.append(or_(*(_names(one, wanted.role) for one in wanted.units)))
    if wanted.number:
        found.append(Duty.number_key.startswith(number_key(wanted.number), autoescape=True))
    return found


def _in_place(wanted: DutiesWanted) -> list[ColumnElement[bool]]:
    found: list[ColumnElement[bool]] = []
    if wanted.document is not None:
        found.append(Duty.document_id == wanted.document)
    if wanted.parent is not None:
        found.append(Duty.parent_id == wanted.parent)
    elif not wanted.wholes:
        found.append(Duty.counted.is_(True))
    return found


def _in_time(wanted: DutiesWanted) -> list[ColumnElement[bool]]:
    found: list[ColumnElement[bool]] = []
    if wanted.lives:
        found.append(Duty.life.in_([life.value for life in wanted.lives]))
    if wanted.buckets:
        assert wanted.on is not None, "buckets are counted on a day"
        names = [one.value for one in wanted.buckets]
        found.append(bucket_of(Duty, wanted.on, wanted.soon).in_(names))
        if GOING_BUCKETS.issuperset(wanted.buckets):
            found.append(GOING)
    if wanted.due_before:
        found.append(Duty.due_on < wanted.due_before)
    if wanted.due_after:
        found.append(Duty.due_on > wanted.due_after)
    if wanted.assigned_from:
        found.append(Duty.assigned_on >= wanted.assigned_from)
    if wanted.assigned_to:
        found.append(Duty.assigned_on <= wanted.assigned_to)
    return found


def _names(unit: str, role: str) -> ColumnElement[bool]:
    mine = [DutyUnit.duty_id == Duty.id]
    if role:
        mine.append(DutyUnit.role == role)
    if ":" in unit:
        return exists().where(*mine, DutyUnit.unit_id == unit)
    return exists().where(*mine, DutyUnit.name_key.contains(search_key(unit), autoescape=True))
