"""Measures against units for duties that were not done, or done wrongly, within one transaction; audited.

They are no events of the duty, since all units that are named in it see those: a measure is seen by the unit
that it is against and by the office (service/access/sight.py). Reports count them by unit
(service/tracking/measured.py).
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import insert, select
from sqlalchemy.orm import Session

from service.access.sight import measures_seen
from service.access.viewer import Viewer
from service.audit.log import Audit
from service.checking.course import check_right
from service.checking.findings import Findings
from service.checking.inspections import Inspections
from service.checking.vocabulary import MEASURES, RIGHTLY
from service.review.versions import Missing
from service.tables import Duty, Finding, Measure
from service.tracking.book import Book
from service.tracking.keeping import subject_of
from service.tracking.life import Lead, NotAllowed
from service.tracking.rows import lead_key, lead_of


@dataclass(frozen=True, slots=True)
class NewMeasure:
    """A measure before it has a row: `kind` a key of vocabulary.toml, `on` its day (None: today), `unit` the
    one that it is against (None: the lead)."""

    kind: str
    note: str = ""
    on: dt.date | None = None
    document_number: str = ""
    unit: Lead | None = None
    reply_by: dt.date | None = None


@dataclass(frozen=True, slots=True)
class Taken:
    """A measure with its duty."""

    measure: Measure
    duty: Duty


class Measures:
    """Takes, settles and takes back."""

    def __init__(
        self, session: Session, book: Book, audit: Audit, inspections: Inspections, findings: Findings
    ) -> None:
        self._session = session
        self._book = book
        self._audit = audit
        self._inspections = inspections
        self._findings = findings

    def take(self, viewer: Viewer, duty: int, new: NewMeasure, inspection: int | None = None) -> int:
        """Notes a measure for a duty, from what an `inspection` found of it or by itself; its id. Raises
        `Missing`, `Forbidden`, and `NotAllowed`: "state" of the inspection, "missing" with what, "rightly"
        where the duty was found done rightly, "future_measure", "order" where an answer is due earlier."""
        check_right(viewer, "measure")
        row = self._book.duty(viewer, duty)
        finding = self._from(viewer, inspection, duty) if inspection is not None else None
        unit = new.unit or self._lead(row, finding)
        on = new.on or self._book.today()
        _check(new, unit, on, self._book.today(), wordless=row.secret)
        values = {
            "kind": new.kind,
            "unit_name": unit.name,
            "taken_on": on,
            "document_number": new.document_number,
            "note": "" if row.secret else new.note,
            "reply_by": new.reply_by,
        }
        more = {
            "duty_id": duty,
            "finding_id": finding.id if finding else None,
            "unit_key": lead_key(unit),
            "taken_by": viewer.login,
            "noted_at": self._book.moment(),
        }
        made: int = self._session.execute(
            insert(Measure).values(values | more).returning(Measure.id)
        ).scalar_one()
        self._note(viewer, duty, "measure", {"measure": made} | values)
        return made

    def settle(self, viewer: Viewer, measure: int, on: dt.date | None, note: str) -> Taken:
        """Notes that the unit answered, or did what was asked. Raises `Missing`, `Forbidden`, and
        `NotAllowed`: "state" where it was taken back, "missing" words, "future_measure", "order"."""
        taken = self._held(viewer, measure)
        day = on or self._book.today()
        if not note and not taken.duty.secret:
            raise NotAllowed("missing", "note")
        if day > self._book.today():
            raise NotAllowed("future_measure", day.isoformat())
        if day < taken.measure.taken_on:
            raise NotAllowed("order", "settled_on")
        taken.measure.settled_on = day
        taken.measure.settled_note = "" if taken.duty.secret else note
        told = {"measure": measure, "settled_on": day, "note": taken.measure.settled_note}
        self._session.flush()
        self._note(viewer, taken.duty.id, "measure_settled", told)
        return taken

    def withdraw(self, viewer: Viewer, measure: int, note: str) -> Taken:
        """Takes back what was noted by mistake; it stays, and is counted no more from now on. Raises as
        `settle`."""
        taken = self._held(viewer, measure)
        if not note and not taken.duty.secret:
            raise NotAllowed("missing", "note")
        taken.measure.withdrawn_at = self._book.moment()
        taken.measure.withdrawn_note = "" if taken.duty.secret else note
        self._session.flush()
        told = {"measure": measure, "note": taken.measure.withdrawn_note}
        self._note(viewer, taken.duty.id, "measure_withdrawn", told)
        return taken

    def of_duty(self, viewer: Viewer, duty: int) -> Sequence[Taken]:
        """What was done for a duty that he may see, oldest first."""
        return self._taken(viewer, Measure.duty_id == duty)

    def of_inspection(self, viewer: Viewer, inspection: int) -> Sequence[Taken]:
        """The same from what an inspection found."""
        mine = select(Finding.id).where(Finding.inspection_id == inspection)
        return self._taken(viewer, Measure.finding_id.in_(mine))

    def _taken(self, viewer: Viewer, which: Any) -> Sequence[Taken]:
        rows = self._session.execute(_seen(viewer).where(which).order_by(Measure.taken_on, Measure.id))
        return [Taken(*row) for row in rows.tuples()]

    def _held(self, viewer: Viewer, measure: int) -> Taken:
        query = _seen(viewer).where(Measure.id == measure).with_for_update(of=Measure)
        row = self._session.execute(query).first()
        if row is None:
            raise Missing(str(measure))
        check_right(viewer, "measure")
        if row[0].withdrawn_at is not None:
            raise NotAllowed("state", "withdrawn")
        return Taken(*row)

    def _from(self, viewer: Viewer, inspection: int, duty: int) -> Finding:
        self._inspections.held(viewer, inspection, "measure")
        finding = self._findings.one(viewer, inspection, duty).finding
        if finding.result in ("", RIGHTLY):
            raise NotAllowed("rightly", finding.result)
        return finding

    @staticmethod
    def _lead(duty: Duty, finding: Finding | None) -> Lead:
        """Who answered when the duty was looked at; else who answers now."""
        if finding:
            return lead_of(finding.lead_name, finding.lead_key)
        return lead_of(duty.lead_name, duty.lead_key)

    def _note(self, viewer: Viewer, duty: int, action: str, told: dict[str, Any]) -> None:
        said = {
            name: value.isoformat() if isinstance(value, dt.date) else value
            for name, value in told.items()
            if value not in (None, "")
        }
        self._audit.add(viewer.login, action, subject_of(self._session, duty), {"before": {}, "after": said})


def _check(new: NewMeasure, unit: Lead, on: dt.date, today: dt.date, *, wordless: bool) -> None:
    if new.kind not in MEASURES:
        raise NotAllowed("missing", "kind")
    if not unit.name:
        raise NotAllowed("missing", "unit")
    if not new.note and not wordless:
        raise NotAllowed("missing", "note")
    if on > today:
        raise NotAllowed("future_measure", on.isoformat())
    if new.reply_by and new.reply_by < on:
        raise NotAllowed("order", "reply_by")


def _seen(viewer: Viewer) -> Any:
    return select(Measure, Duty).join(Duty, Duty.id == Measure.duty_id).where(measures_seen(viewer))
