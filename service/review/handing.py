"""Who has which document to review, within one transaction: given, and back in the queue where he may have it
no longer; whoever gave it is told until somebody else has it.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from sqlalchemy import and_, or_, select, update
from sqlalchemy.orm import Session, aliased

from service.access.roles import Right
from service.access.sight import documents_seen, may_be_given
from service.access.viewer import Viewer
from service.audit.log import Audit
from service.tables import Document, User

_DONE = "filed"
_MOST = 50


@dataclass(frozen=True, slots=True)
class Reviewer:
    """Somebody who can be given documents up to a clearance."""

    id: int
    login: str
    name: str
    clearance: int


@dataclass(frozen=True, slots=True)
class Returned:
    """A document that is in the queue again, and the name of who had it."""

    document: Document
    holder: str


class Handing:
    """Gives documents and takes them back; what is taken back is audited."""

    def __init__(self, session: Session, audit: Audit) -> None:
        self._session = session
        self._audit = audit

    def reviewers(self, clearance: int = 0) -> list[Reviewer]:
        """Who can be given documents that take this clearance to see, by name."""
        query = select(User.id, User.login, User.name, User.clearance)
        query = query.where(may_be_given(), User.clearance >= clearance).order_by(User.name, User.id)
        return [Reviewer(*row) for row in self._session.execute(query).tuples()]

    def fits(self, user: int, clearance: int) -> bool:
        """Whether he can be given a document of this clearance; he stays so until this transaction ends."""
        query = select(User.id).where(User.id == user, may_be_given(), User.clearance >= clearance)
        return self._session.scalar(query.with_for_update(read=True)) is not None

    def give(self, row: Document, assignee: int | None, by: int | None) -> None:
        """Notes who has a document now, and who gave it."""
        values = {"assignee_id": assignee, "assigned_by": by if assignee else None, "returned_from": None}
        self._write(row, values)

    def release(self, viewer: Viewer, user: int) -> int:
        """Puts back into the queue what a user has and may have no longer; how many documents."""
        query = select(Document).where(Document.assignee_id == user, Document.review != _DONE)
        rows = self._session.scalars(query.order_by(Document.id).with_for_update()).all()
        gone = [row for row in rows if not self.fits(user, row.clearance)]
        for row in gone:
            self.put_back(viewer, row)
        return len(gone)

    def put_back(self, viewer: Viewer, row: Document) -> None:
        """Puts one document back into the queue from who has it."""
        before = self._session.scalar(select(User.login).where(User.id == row.assignee_id))
        self._write(row, {"assignee_id": None, "returned_from": row.assignee_id})
        values = {"before": {"assignee": before}, "after": {"assignee": None}}
        self._audit.add(viewer.login, "unassign", f"document:{row.id}", values)

    def returned(self, viewer: Viewer) -> list[Returned]:
        """What came back that the viewer had given and nobody has yet; of what was given by nobody who is
        still there, all who give documents are told."""
        if not viewer.may(Right.ASSIGN):
            return []
        holder, giver = aliased(User), aliased(User)
        left = and_(giver.active.is_(False), Document.assigned_by != Document.returned_from)
        told = or_(Document.assigned_by == viewer.id, Document.assigned_by.is_(None), left)
        query = (
            select(Document, holder.name)
            .join(holder, holder.id == Document.returned_from)
            .outerjoin(giver, giver.id == Document.assigned_by)
            .where(documents_seen(viewer), Document.review != _DONE, told)
            .order_by(Document.rank.desc(), Document.id)
            .limit(_MOST)
        )
        return [Returned(*row) for row in self._session.execute(query).tuples()]

    def _write(self, row: Document, values: dict[str, Any]) -> None:
        self._session.execute(update(Document).where(Document.id == row.id).values(**values))
        self._session.expire(row)
