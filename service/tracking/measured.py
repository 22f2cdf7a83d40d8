"""A period and a day in, how many measures of each kind were taken against each unit out.

Counted are those whose day lies in the period, as they stood at the end of the day `on`: noted by then, not
yet taken back. Those for secret duties are not counted.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from sqlalchemy import ColumnElement, func, or_, select
from sqlalchemy.orm import Session

from service.access.sight import measures_seen
from service.access.viewer import Viewer
from service.tables import Duty, Measure
from service.tracking.timing import end_of

if TYPE_CHECKING:
    from service.tracking.reports import Asked


@dataclass(frozen=True, slots=True)
class Measured:
    """A unit, with the number of measures against it by kind (service/checking/vocabulary.toml)."""

    key: str
    name: str
    counts: Mapping[str, int]

    @property
    def total(self) -> int:
        """All of them."""
        return sum(self.counts.values())


def measured(session: Session, viewer: Viewer, asked: Asked) -> tuple[Measured, ...]:
    """The units against which he sees measures, those with the most first; filters as in the report."""
    query = (
        select(Measure.unit_key, Measure.kind, func.max(Measure.unit_name), func.count())
        .join(Duty, Duty.id == Measure.duty_id)
        .where(measures_seen(viewer), *_population(asked))
        .group_by(Measure.unit_key, Measure.kind)
    )
    names: dict[str, str] = {}
    counts: dict[str, dict[str, int]] = {}
    for key, kind, name, count in session.execute(query).tuples():
        names[key] = max(names.get(key, ""), name)
        counts.setdefault(key, {})[kind] = count
    found = [Measured(key, names[key], counts[key]) for key in names]
    return tuple(sorted(found, key=lambda one: (-one.total, one.name, one.key)))


def _population(asked: Asked) -> list[ColumnElement[bool]]:
    moment = end_of(asked.on)
    found = [
        Duty.secret.is_(False),
        Measure.taken_on >= asked.begin,
        Measure.taken_on <= min(asked.end, asked.on),
        Measure.noted_at < moment,
        or_(Measure.withdrawn_at.is_(None), Measure.withdrawn_at >= moment),
    ]
    if asked.unit:
        found.append(Measure.unit_key == asked.unit)
    wanted = ((name, getattr(asked, name)) for name in ("field", "assigner", "source"))
    return found + [getattr(Duty, name) == value for name, value in wanted if value]
