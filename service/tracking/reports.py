"""A period and a day in, the book's figures on that day out: the one layer from which screens, tables and
letters take theirs.

Counted is how duties stood at the end of the day (`DutyStanding`), whatever became of them since: those that
were given by then and were still open when the period began, or done in it. A whole is counted by its parts,
a series by its periods; cancelled and secret ones are not counted, those without a deadline apart from the
four groups (service/tracking/groups.py).
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from sqlalchemy import ColumnElement, and_, case, func, literal, or_, select
from sqlalchemy.orm import Session

from service.access.sight import standings_seen
from service.access.viewer import Viewer
from service.tables import Duty, DutyStanding
from service.tracking.buckets import bucket_of
from service.tracking.groups import Figures, counted
from service.tracking.life import Life
from service.tracking.timing import Bucket, end_of


class By(StrEnum):
    """What the figures are set out by."""

    ALL = "all"
    UNIT = "unit"
    ASSIGNER = "assigner"
    FIELD = "field"
    SOURCE = "source"
    DOCUMENT = "document"


@dataclass(frozen=True, slots=True)
class Asked:
    """Which figures: of duties open or done between `begin` and `end`, as the book stood at the end of `on`.
    An open duty is up to date when its unit told of it in the last `fresh` days; `soon` as in buckets.
    Empty filters ask for all; `unit` is a lead's key (service/tracking/rows.py)."""

    begin: dt.date
    end: dt.date
    on: dt.date
    by: By = By.UNIT
    unit: str = ""
    field: str = ""
    assigner: str = ""
    source: str = ""
    soon: int = 3
    fresh: int = 7


@dataclass(frozen=True, slots=True)
class Line:
    """A row of a report: what it is of, and its figures."""

    key: str
    name: str
    figures: Figures


@dataclass(frozen=True, slots=True)
class Report:
    """The rows, most duties first, and their sum."""

    lines: tuple[Line, ...]
    total: Figures = field(default_factory=Figures)


@dataclass(frozen=True, slots=True)
class Late:
    """An overdue duty, and for how many days."""

    duty: int
    text: str
    lead: str
    document_number: str
    due_on: dt.date
    days: int


class Reports:
    """Counts for a viewer, within one transaction."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def report(self, viewer: Viewer, asked: Asked) -> Report:
        """The figures that are asked for, of what he may see."""
        key, name = _SET_OUT[asked.by]
        bucket = bucket_of(DutyStanding, asked.on, asked.soon).label("bucket")
        fresh = func.count(case((_is_fresh(asked), 1)))
        query = (
            select(key, func.max(name), bucket, func.count(), fresh)
            .where(standings_seen(viewer), *population(asked))
            .group_by(key, bucket)
        )
        names: dict[str, str] = {}
        cells: dict[str, list[tuple[Bucket, int, int]]] = {}
        for key_, name_, bucket_, count, updated in self._session.execute(query).tuples():
            names[key_] = max(names.get(key_, ""), name_ or "")
            cells.setdefault(key_, []).append((Bucket(bucket_), count, updated))
        lines = [Line(one, names[one], counted(found)) for one, found in cells.items()]
        lines.sort(key=lambda line: (-line.figures.total, line.name, line.key))
        return Report(tuple(lines), sum((line.figures for line in lines), Figures()))

    def longest_overdue(self, viewer: Viewer, asked: Asked, most: int = 50) -> list[Late]:
        """What is overdue for longest on the day, the worst first."""
        late = bucket_of(DutyStanding, asked.on, asked.soon) == Bucket.OVERDUE.value
        query = self._rows(viewer, asked).where(late).order_by(DutyStanding.due_on, DutyStanding.duty_id)
        found = []
        for span, text in self._session.execute(query.limit(most)).tuples():
            assert span.due_on is not None
            reached = span.done_on if span.life == Life.AWAITING.value and span.done_on else asked.on
            days = (reached - span.due_on).days
            found.append(Late(span.duty_id, text, span.lead_name, span.document_number, span.due_on, days))
        return found

    def duties(self, viewer: Viewer, asked: Asked, buckets: Sequence[Bucket] = ()) -> list[int]:
        """The duties behind a figure, by id: each number of a report can be opened."""
        query = self._rows(viewer, asked).with_only_columns(DutyStanding.duty_id)
        if buckets:
            names = [one.value for one in buckets]
            query = query.where(bucket_of(DutyStanding, asked.on, asked.soon).in_(names))
        return list(self._session.scalars(query.order_by(DutyStanding.duty_id)))

    def _rows(self, viewer: Viewer, asked: Asked) -> Any:
        return (
            select(DutyStanding, Duty.text)
            .join(Duty, Duty.id == DutyStanding.duty_id)
            .where(standings_seen(viewer), *population(asked))
        )


_SET_OUT: dict[By, tuple[Any, Any]] = {
    By.ALL: (literal(""), literal("")),
    By.UNIT: (DutyStanding.lead_key, DutyStanding.lead_name),
    By.ASSIGNER: (DutyStanding.assigner, DutyStanding.assigner),
    By.FIELD: (DutyStanding.field, DutyStanding.field),
    By.SOURCE: (DutyStanding.source, DutyStanding.source),
    By.DOCUMENT: (DutyStanding.document_number, DutyStanding.document_number),
}


def population(asked: Asked) -> list[ColumnElement[bool]]:
    """Which standings a report counts."""
    span = DutyStanding
    moment = end_of(asked.on)
    found = [
        span.since < moment,
        or_(span.until.is_(None), span.until >= moment),
        span.counted.is_(True),
        span.secret.is_(False),
        span.life != Life.CANCELLED.value,
        span.assigned_on <= asked.end,
        or_(span.life != Life.DONE.value, span.done_on >= asked.begin),
    ]
    if asked.unit:
        found.append(span.lead_key == asked.unit)
    wanted = ((name, getattr(asked, name)) for name in ("field", "assigner", "source"))
    return found + [getattr(span, name) == value for name, value in wanted if value]


def _is_fresh(asked: Asked) -> ColumnElement[bool]:
    since = end_of(asked.on - dt.timedelta(days=asked.fresh))
    return and_(DutyStanding.life != Life.DONE.value, DutyStanding.reported_at >= since)
