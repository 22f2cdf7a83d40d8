"""Duties that are entered into the book because of a conclusion, linked with it both ways; within one
transaction."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from sqlalchemy import insert, select
from sqlalchemy.orm import Session

from service.access.sight import duties_seen, inspections_seen
from service.access.viewer import Viewer
from service.checking.findings import Findings
from service.checking.inspections import Inspections
from service.tables import Duty, FollowUp, Inspection
from service.tracking.book import Book
from service.tracking.entering import NewDuty, Origin
from service.tracking.keeping import Actor
from service.tracking.life import NotAllowed


class Following:
    """Enters them and shows where they came from."""

    def __init__(self, session: Session, book: Book, inspections: Inspections, findings: Findings) -> None:
        self._session = session
        self._book = book
        self._inspections = inspections
        self._findings = findings

    def enter(self, viewer: Viewer, inspection: int, new: NewDuty, of: int | None = None) -> int:
        """Enters a duty that the conclusion asks for, given by it and as of its day; `of` is the inspected
        duty that it puts right. Its id. Raises `Missing`, `Forbidden`, and `NotAllowed`: "state", or "secret"
        where it would put words to a secret duty."""
        row = self._inspections.held(viewer, inspection, "follow_up")
        looked = self._findings.one(viewer, inspection, of) if of is not None else None
        if looked and looked.duty.secret:
            raise NotAllowed("secret", str(of))
        given_by: dict[str, Any] = {
            "origin": Origin.FINDING,
            "document_number": row.concluded_number,
            "document_on": row.concluded_on,
            "document_type": "thong_bao",
            "source": "conclusion",
            "assigned_on": row.concluded_on or self._book.today(),
            "clearance": looked.duty.clearance if looked else 0,
        }
        duty = self._book.enter(Actor.of(viewer), replace(new, **given_by))
        values = {"inspection_id": row.id, "finding_id": looked.finding.id if looked else None}
        self._session.execute(insert(FollowUp).values(values | {"duty_id": duty}))
        self._inspections.change(viewer, row, "inspection_follow_up", {}, ({}, {"duties": [duty]}))
        return duty

    def of(self, viewer: Viewer, inspection: int) -> Sequence[Duty]:
        """What followed from it that he may see."""
        query = select(Duty).join(FollowUp, FollowUp.duty_id == Duty.id)
        query = query.where(FollowUp.inspection_id == inspection, duties_seen(viewer))
        return self._session.scalars(query.order_by(Duty.id)).all()

    def origin(self, viewer: Viewer, duty: int) -> Inspection | None:
        """The inspection from which a duty follows, if he may see it."""
        query: Any = select(Inspection).join(FollowUp, FollowUp.inspection_id == Inspection.id)
        found: Inspection | None = self._session.scalar(
            query.where(FollowUp.duty_id == duty, inspections_seen(viewer))
        )
        return found
