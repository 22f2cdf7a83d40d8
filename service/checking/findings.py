"""The duties that an inspection looks at and what it found of each, within one transaction; audited.

A finding keeps how its duty stood on that day. Once the inspection is concluded none is added, changed or
taken away; one that says something is never taken away.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import delete, func, insert, select
from sqlalchemy.orm import Session

from service.access.sight import duties_seen, findings_seen
from service.access.viewer import Viewer
from service.audit.log import Audit
from service.checking.inspections import Inspections
from service.checking.vocabulary import CONTENTS, RESULTS, RIGHTLY
from service.review.versions import Missing
from service.tables import Duty, DutyEvent, Finding, Inspection
from service.tracking.book import Book, Moved
from service.tracking.entry_rows import TOLD
from service.tracking.finder import DutiesWanted
from service.tracking.keeping import subject_of
from service.tracking.life import Given, Life, NotAllowed
from service.tracking.timing import bucket, day_of

MOST = 500  # duties that are added at a time


@dataclass(frozen=True, slots=True)
class Found:
    """What is written down of a duty: `result` a key of vocabulary.toml, `found` words by content."""

    result: str
    found: Mapping[str, str] = field(default_factory=dict)
    note: str = ""


@dataclass(frozen=True, slots=True)
class Looked:
    """A finding with its duty and inspection."""

    finding: Finding
    duty: Duty
    inspection: Inspection


class Findings:
    """Chooses duties, writes findings down, shows them."""

    def __init__(self, session: Session, book: Book, audit: Audit, inspections: Inspections) -> None:
        self._session = session
        self._book = book
        self._audit = audit
        self._inspections = inspections

    # ------------------------------------------------------------ choosing

    def add(self, viewer: Viewer, inspection: int, duties: Sequence[int]) -> int:
        """Takes duties that he may see into it; how many are new. Raises `Missing`, `Forbidden`, and
        `NotAllowed`: "state", or "many" for more than `MOST`."""
        if len(duties) > MOST:
            raise NotAllowed("many", str(MOST))
        row = self._inspections.held(viewer, inspection, "choose")
        seen = {*self._session.scalars(select(Duty.id).where(Duty.id.in_(duties), duties_seen(viewer)))}
        if {*duties} - seen:
            raise Missing("duty")
        known = select(Finding.duty_id).where(Finding.inspection_id == row.id)
        new = sorted(seen - {*self._session.scalars(known)})
        if new:
            blank = {"inspection_id": row.id, "found": {}, "snapshot": {}}
            self._session.execute(insert(Finding), [blank | {"duty_id": duty} for duty in new])
            self._inspections.change(viewer, row, "inspection_choose", {}, ({}, {"duties": new}))
        return len(new)

    def remove(self, viewer: Viewer, inspection: int, duty: int) -> None:
        """Leaves a duty out again. Raises `NotAllowed`: "state", or "recorded" where it has a result."""
        row = self._inspections.held(viewer, inspection, "choose")
        looked = self._one(viewer, inspection, duty)
        if looked.finding.result:
            raise NotAllowed("recorded", str(duty))
        self._session.execute(delete(Finding).where(Finding.id == looked.finding.id))
        self._inspections.change(viewer, row, "inspection_choose", {}, ({"duties": [duty]}, {}))

    # ------------------------------------------------------------ finding

    def record(
        self, viewer: Viewer, inspection: int, duty: int, told: Found, seen: int | None = None
    ) -> Finding:
        """Writes down what was found, with the duty as it stands now. Raises `Missing`, `Forbidden`, `Moved`
        where somebody else has written since the revision `seen`, and `NotAllowed`: "state", or "missing" for
        an unknown result, or for no words with one that is not "rightly"."""
        row = self._inspections.held(viewer, inspection, "find")
        looked = self._one(viewer, inspection, duty)
        finding = looked.finding
        if seen is not None and seen != finding.revision:
            raise Moved(str(duty))
        said = _checked(told, row.contents, wordless=looked.duty.secret)
        before = _told(finding) if finding.result else {}
        finding.result, finding.found, finding.note = said.result, dict(said.found), said.note
        finding.snapshot = self._snapshot(looked.duty)
        finding.lead_name, finding.lead_key = looked.duty.lead_name, looked.duty.lead_key
        finding.found_on, finding.found_by = self._book.today(), viewer.login
        finding.revision += 1
        self._session.flush()
        values = {"before": before, "after": _told(finding)}
        self._audit.add(viewer.login, "finding", subject_of(self._session, duty), values)
        return finding

    def reopen(self, viewer: Viewer, inspection: int, duty: int, note: str = "") -> None:
        """Has a closed duty that was not found rightly done go on, by the step "reopen" of its own life.
        Raises `NotAllowed`: "state", or "missing" where there is no such finding."""
        row = self._inspections.held(viewer, inspection, "reopen")
        finding = self._one(viewer, inspection, duty).finding
        if finding.result in ("", RIGHTLY):
            raise NotAllowed("missing", "result")
        by = f"kết luận kiểm tra số {row.concluded_number}" if row.concluded_number else "kết quả kiểm tra"
        why = note or ": ".join(filter(None, (f"Theo {by}", finding.note)))
        self._book.act(viewer, duty, "reopen", Given(note=why))

    # ------------------------------------------------------------ looking

    def of(self, viewer: Viewer, inspection: int) -> list[Looked]:
        """What he may see of an inspection that he may see, soonest deadline first."""
        self._inspections.one(viewer, inspection)
        query = _seen(viewer).where(Finding.inspection_id == inspection)
        return [Looked(*row) for row in self._session.execute(query.order_by(Duty.due_key, Duty.id)).tuples()]

    def of_duty(self, viewer: Viewer, duty: int) -> list[Looked]:
        """In which inspections a duty was looked at, the latest first."""
        query = _seen(viewer).where(Finding.duty_id == duty)
        return [Looked(*row) for row in self._session.execute(query.order_by(Finding.id.desc())).tuples()]

    def one(self, viewer: Viewer, inspection: int, duty: int) -> Looked:
        """A finding that he may see; raises `Missing`."""
        return self._one(viewer, inspection, duty)

    def counts(self, viewer: Viewer, inspections: Sequence[int]) -> dict[int, dict[str, int]]:
        """How many duties he sees in each, by result ("" for those without one)."""
        found: dict[int, dict[str, int]] = {}
        query = (
            select(Finding.inspection_id, Finding.result, func.count())
            .join(Duty, Duty.id == Finding.duty_id)
            .join(Inspection, Inspection.id == Finding.inspection_id)
            .where(Finding.inspection_id.in_(inspections), findings_seen(viewer))
            .group_by(Finding.inspection_id, Finding.result)
        )
        for inspection, result, count in self._session.execute(query).tuples():
            found.setdefault(inspection, {})[result] = count
        return found

    def _one(self, viewer: Viewer, inspection: int, duty: int) -> Looked:
        query = _seen(viewer).where(Finding.inspection_id == inspection, Finding.duty_id == duty)
        row = self._session.execute(query).first()
        if row is None:
            raise Missing(str(duty))
        return Looked(*row)

    def _snapshot(self, duty: Duty) -> dict[str, Any]:
        """How a duty stands now, with what its unit told last."""
        today = self._book.today()
        where = bucket(Life(duty.life), duty.due_on, duty.done_on, today, DutiesWanted().soon)
        told = select(DutyEvent.at, DutyEvent.action, DutyEvent.note)
        told = told.where(DutyEvent.duty_id == duty.id, DutyEvent.action.in_(TOLD))
        last = self._session.execute(told.order_by(DutyEvent.id.desc()).limit(1)).first()
        report = {"on": day_of(last[0]).isoformat(), "action": last[1], "note": last[2]} if last else None
        days = {name: _day(getattr(duty, name)) for name in ("due_on", "done_on")}
        return days | {
            "life": duty.life,
            "bucket": where.value,
            "percent": duty.percent,
            "text": duty.text,
            "document_number": duty.document_number,
            "last_report": report,
        }


def _checked(told: Found, contents: Sequence[str], *, wordless: bool) -> Found:
    """What is kept: of a secret duty no words, of what the inspection does not look at nothing."""
    if told.result not in RESULTS:
        raise NotAllowed("missing", "result")
    if wordless:
        return Found(told.result)
    words = {key: told.found[key] for key in CONTENTS if key in contents and told.found.get(key)}
    if told.result != RIGHTLY and not words and not told.note:
        raise NotAllowed("missing", "note")
    return Found(told.result, words, told.note)


def _told(finding: Finding) -> dict[str, Any]:
    told = {"inspection": finding.inspection_id, "result": finding.result, **finding.found}
    return told | ({"note": finding.note} if finding.note else {})


def _day(day: Any) -> str | None:
    return day.isoformat() if day else None


def _seen(viewer: Viewer) -> Any:
    return (
        select(Finding, Duty, Inspection)
        .join(Duty, Duty.id == Finding.duty_id)
        .join(Inspection, Inspection.id == Finding.inspection_id)
        .where(findings_seen(viewer))
    )
