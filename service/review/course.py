"""A document's way through review, within one transaction: taken, confirmed, looked at again, filed."""

from __future__ import annotations

from sqlalchemy import delete, insert, select, update
from sqlalchemy.orm import Session

from service.access.roles import Right
from service.access.sight import documents_seen
from service.access.viewer import Viewer
from service.audit.log import Audit
from service.database import now
from service.hooks.news import Event, News
from service.review.versions import Missing
from service.tables import ChangeGroup, Document, Presence, Task, TaskVersion
from service.tracking.filing import Filing
from service.tracking.keeping import Actor

_TOLD = {"file": Event.FILED, "confirm": Event.REVIEWED}


class Unreviewed(Exception):  # noqa: N818 - says what is the case
    """The document is not in the state that this step needs; the message names the one it is in."""


class Course:
    """Moves documents on; each move is audited."""

    def __init__(self, session: Session, audit: Audit, filing: Filing) -> None:
        self._session = session
        self._audit = audit
        self._filing = filing
        self._news = News(session)

    def file(self, viewer: Viewer, document: int) -> None:
        """Puts a reviewed document with its accepted tasks into the book; raises `Unreviewed` while
        a task of it, or its second look, waits."""
        self._check_seen(viewer, document)
        if self._session.scalar(select(Document.second_look).where(Document.id == document)):
            raise Unreviewed("second look")
        self._turn(viewer, document, "reviewed", "filed", "file")
        self._filing.file(Actor(viewer.login, viewer.id), document)

    def reopen(self, viewer: Viewer, document: int) -> None:
        """Takes a filed document out of the book again, to be changed."""
        self._turn(viewer, document, "filed", "reviewed", "reopen")

    def confirm(self, viewer: Viewer, document: int) -> None:
        """Says that a document without tasks has none."""
        viewer.need(Right.REVIEW)
        waiting = select(Task.id).where(Task.document_id == document, Task.status == "proposed").limit(1)
        if self._session.scalar(waiting):
            raise Unreviewed(str(document))
        self._turn(viewer, document, "extracted", "reviewed", "confirm", Right.REVIEW)

    def restrict(self, viewer: Viewer, document: int, clearance: int) -> None:
        """Says which clearance it takes to see a document."""
        viewer.need(Right.ASSIGN)
        query = select(Document.clearance).where(Document.id == document, documents_seen(viewer))
        before = self._session.scalar(query)
        if before is None:
            raise Missing(str(document))
        self._session.execute(update(Document).where(Document.id == document).values(clearance=clearance))
        values = {"before": {"clearance": before}, "after": {"clearance": clearance}}
        self._audit.add(viewer.login, "restrict", f"document:{document}", values)

    def assign(self, viewer: Viewer, document: int, assignee: int | None) -> None:
        """Gives a document to a person to review, or back to all; anyone who reviews may take it himself."""
        viewer.need(Right.REVIEW if assignee in (None, viewer.id) else Right.ASSIGN)
        query = select(Document.assignee_id).where(Document.id == document, documents_seen(viewer))
        row = self._session.execute(query).first()
        if row is None:
            raise Missing(str(document))
        self._session.execute(update(Document).where(Document.id == document).values(assignee_id=assignee))
        values = {"before": {"assignee": row[0]}, "after": {"assignee": assignee}}
        self._audit.add(viewer.login, "assign", f"document:{document}", values)

    def look_again(self, viewer: Viewer, document: int) -> None:
        """Says that a second person has looked at a document of the sample."""
        viewer.need(Right.REVIEW)
        self._check_seen(viewer, document)
        first = (
            select(ChangeGroup.actor_id)
            .join(TaskVersion, TaskVersion.group_id == ChangeGroup.id)
            .where(TaskVersion.document_id == document)
        )
        if viewer.id in set(self._session.scalars(first)):
            raise Unreviewed("second look by the same person")
        self._session.execute(update(Document).where(Document.id == document).values(second_look=False))
        self._audit.add(viewer.login, "second_look", f"document:{document}", {})

    def _check_seen(self, viewer: Viewer, document: int) -> None:
        seen = select(Document.id).where(Document.id == document, documents_seen(viewer))
        if self._session.scalar(seen) is None:
            raise Missing(str(document))

    def here(self, viewer: Viewer, document: int) -> None:
        """A sign that the viewer has the document open."""
        which = [Presence.document_id == document, Presence.user_id == viewer.id]
        self._session.execute(delete(Presence).where(*which))
        self._session.execute(insert(Presence).values(document_id=document, user_id=viewer.id, seen_at=now()))

    def _turn(
        self,
        viewer: Viewer,
        document: int,
        before: str,
        after: str,
        action: str,
        right: Right = Right.FILE,
    ) -> None:
        viewer.need(right)
        query = select(Document.review, Document.version).where(
            Document.id == document, documents_seen(viewer)
        )
        row = self._session.execute(query.with_for_update()).tuples().first()
        if row is None:
            raise Missing(str(document))
        if row[0] != before:
            raise Unreviewed(row[0])
        self._session.execute(update(Document).where(Document.id == document).values(review=after))
        values = {"before": {"review": before}, "after": {"review": after}}
        self._audit.add(viewer.login, action, f"document:{document}", values, row[1])
        if action in _TOLD:
            self._news.tell(_TOLD[action], document)
