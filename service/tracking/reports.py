"""A period and a day in, the book's figures on that day out: the one layer from which screens, tables and
letters take theirs.

Counted is how duties stood at the end of the day (`DutyStanding`), whatever became of them since: those that
were given by then and were still open when the period began, or done in it. A whole is counted by its parts,
a series by its periods; cancelled and secret ones are not counted, those without a deadline apart from the
four groups (service/tracking/groups.py).
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cached_property
from typing import Any

from sqlalchemy import ColumnElement, Select, String, and_, case, cast, func, literal, not_, or_, select
from sqlalchemy.orm import Session

from service.access.sight import duties_seen, standings_seen
from service.access.viewer import Viewer
from service.tables import Duty, DutyStanding
from service.tracking.buckets import OPEN_NOW, bucket_of, conditions_of, days_late
from service.tracking.groups import BEHIND, Figures
from service.tracking.life import Life
from service.tracking.measured import Measured, measured
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
    Empty filters ask for all; `unit` is a lead's key (service/tracking/rows.py); `only` is the key of one of
    the rows, which may be empty."""

    begin: dt.date
    end: dt.date
    on: dt.date
    by: By = By.UNIT
    unit: str = ""
    field: str = ""
    assigner: str = ""
    source: str = ""
    only: str | None = None
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
class Behind:
    """A duty behind a figure, as it stood on the day; `text` is what it says now, "" where it is no longer
    the viewer's to see (`seen`), `days` for how many it is overdue."""

    duty: int
    text: str
    lead: str
    document_number: str
    due_on: dt.date | None
    done_on: dt.date | None
    life: Life
    bucket: Bucket
    seen: bool
    days: int


class Reports:
    """Counts for a viewer, within one transaction."""

    def __init__(self, session: Session, today: Callable[[], dt.date]) -> None:
        self._session = session
        self._today = today

    @cached_property
    def _day(self) -> dt.date:
        return self._today()

    def report(self, viewer: Viewer, asked: Asked) -> Report:
        """The figures that are asked for, of what he may see, in one pass."""
        key, name = _SET_OUT[asked.by]
        counts = [func.count(case((one, 1))) for one in _figures(asked).values()]
        query: Select[*tuple[Any, ...]] = select(key, func.max(name), func.count(), *counts)
        query = query.where(*self._counted(viewer, asked)).group_by(key)
        lines = []
        for key_, name_, total, *numbers in self._session.execute(query):
            found = dict(zip(_figures(asked), numbers, strict=True))
            rest = total - sum(number for group, number in found.items() if group != "updated")
            shown = document_name(key_) if asked.by is By.DOCUMENT else name_ or ""
            lines.append(Line(key_, shown, Figures(in_time=rest, **found)))
        lines.sort(key=lambda line: (-line.figures.total, line.name, line.key))
        return Report(tuple(lines), sum((line.figures for line in lines), Figures()))

    def longest_overdue(self, viewer: Viewer, asked: Asked, most: int = 50) -> list[Behind]:
        """What is overdue for longest on the day, the worst first."""
        span = DutyStanding
        worst = days_late(span, asked.on).desc()
        ids = self._worst(viewer, asked, most)
        rows = self._rows(viewer, asked, "overdue").where(span.duty_id.in_(ids))
        return self._behind(rows.order_by(worst, span.duty_id).limit(most))

    def _worst(self, viewer: Viewer, asked: Asked, most: int) -> Sequence[int]:
        """The duties that are late for longest. Of now, an index has their deadlines in order; what waits,
        which is late by the day on which it was done, is looked up apart."""
        span = DutyStanding
        overdue = bucket_of(span, asked.on, asked.soon) == Bucket.OVERDUE.value
        query = select(span.duty_id).where(*self._counted(viewer, asked), overdue, span.due_on < asked.on)
        by_days = query.order_by(days_late(span, asked.on).desc(), span.duty_id).limit(most)
        if asked.on < self._day:
            return self._session.scalars(by_days).all()
        waits = and_(span.life == Life.AWAITING.value, span.done_on.is_not(None))
        others = query.where(OPEN_NOW, not_(waits)).order_by(span.due_on, span.duty_id).limit(most)
        asked_for = by_days.where(OPEN_NOW, waits)
        return [*self._session.scalars(others), *self._session.scalars(asked_for)]

    def measured(self, viewer: Viewer, asked: Asked) -> tuple[Measured, ...]:
        """The measures that were taken against units in the period, as they stood on the day."""
        return measured(self._session, viewer, asked)

    def behind(
        self, viewer: Viewer, asked: Asked, group: str = "total", after: int = 0, most: int | None = 50
    ) -> list[Behind]:
        """The duties behind a figure (`BEHIND`), by id from behind `after`: each number can be opened."""
        query = self._rows(viewer, asked, group).where(DutyStanding.duty_id > after)
        query = query.order_by(DutyStanding.duty_id)
        return self._behind(query if most is None else query.limit(most))

    def _behind(self, query: Any) -> list[Behind]:
        found = []
        for span, text, is_seen, bucket, days in self._session.execute(query).tuples():
            found.append(
                Behind(
                    duty=span.duty_id,
                    text=text if is_seen else "",
                    lead=span.lead_name,
                    document_number=span.document_number,
                    due_on=span.due_on,
                    done_on=span.done_on,
                    life=Life(span.life),
                    bucket=Bucket(bucket),
                    seen=bool(is_seen),
                    days=days if bucket == Bucket.OVERDUE.value else 0,
                )
            )
        return found

    def _rows(self, viewer: Viewer, asked: Asked, group: str) -> Any:
        bucket = bucket_of(DutyStanding, asked.on, asked.soon)
        wanted: list[ColumnElement[bool]] = [bucket.in_([one.value for one in BEHIND[group]])]
        if group == "updated":
            wanted.append(_is_fresh(asked))
        return (
            select(DutyStanding, Duty.text, duties_seen(viewer), bucket, days_late(DutyStanding, asked.on))
            .join(Duty, Duty.id == DutyStanding.duty_id)
            .where(*self._counted(viewer, asked), *wanted)
        )

    def _counted(self, viewer: Viewer, asked: Asked) -> list[ColumnElement[bool]]:
        return [standings_seen(viewer), *population(asked, still=asked.on >= self._day)]


_KNOWN_BY = case(
    (DutyStanding.document_number == "", ""),
    else_=DutyStanding.document_number.concat("|").concat(cast(DutyStanding.assigned_on, String)),
)
"""A document's number and day, since numbers begin anew each year (Nghị định 30/2020/NĐ-CP, article 15)."""
_SET_OUT: dict[By, tuple[Any, Any]] = {
    By.ALL: (literal(""), literal("")),
    By.UNIT: (DutyStanding.lead_key, DutyStanding.lead_name),
    By.ASSIGNER: (DutyStanding.assigner, DutyStanding.assigner),
    By.FIELD: (DutyStanding.field, DutyStanding.field),
    By.SOURCE: (DutyStanding.source, DutyStanding.source),
    By.DOCUMENT: (_KNOWN_BY, literal("")),
}


def document_key(number: str, given_on: dt.date) -> str:
    """What a document is known by in reports; "" where it has no number."""
    return f"{number}|{given_on.isoformat()}" if number else ""


def document_name(key: str) -> str:
    """How it is called: "12/CT-UBND ngày 02/03/2026"."""
    number, _, given_on = key.rpartition("|")
    return f"{number} ngày {dt.date.fromisoformat(given_on):%d/%m/%Y}" if number else ""


def population(asked: Asked, *, still: bool = False) -> list[ColumnElement[bool]]:
    """Which standings a report counts; `still` where its day is not over, so that those of now are meant."""
    span = DutyStanding
    moment = end_of(asked.on)
    stood = or_(span.until.is_(None), span.until >= moment)
    found = [
        *([span.until.is_(None)] if still else [span.since < moment, stood]),
        span.counted.is_(True),
        span.secret.is_(False),
        span.life != Life.CANCELLED.value,
        span.assigned_on <= asked.end,
        or_(span.life != Life.DONE.value, span.done_on >= asked.begin),
    ]
    if asked.only is not None and asked.by is not By.ALL:
        found.append(_SET_OUT[asked.by][0] == asked.only)
    if asked.unit:
        found.append(span.lead_key == asked.unit)
    wanted = ((name, getattr(asked, name)) for name in ("field", "assigner", "source"))
    return found + [getattr(span, name) == value for name, value in wanted if value]


def _figures(asked: Asked) -> dict[str, ColumnElement[bool]]:
    """What makes a duty count in each group of `Figures` but those in time, which are all others."""
    bucket = conditions_of(DutyStanding, asked.on, asked.soon)
    resting = DutyStanding.life == Life.SUSPENDED.value
    return {
        "on_time": bucket[Bucket.ON_TIME],
        "late": bucket[Bucket.LATE],
        "overdue": bucket[Bucket.OVERDUE],
        "no_deadline_done": bucket[Bucket.DONE_NO_DEADLINE],
        "no_deadline_open": bucket[Bucket.NO_DEADLINE],
        "paused": bucket[Bucket.PAUSED],
        "updated": and_(_is_fresh(asked), not_(resting)),
    }


def _is_fresh(asked: Asked) -> ColumnElement[bool]:
    since = end_of(asked.on - dt.timedelta(days=asked.fresh))
    return and_(DutyStanding.life != Life.DONE.value, DutyStanding.reported_at >= since)
