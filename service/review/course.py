"""A document's way through review, within one transaction: taken, confirmed, looked at again, filed."""

from __future__ import annotations

from typing import Any

from sqlalchemy import delete, insert, select, update
from sqlalchemy.orm import Session

from service.access.roles import Right
from service.access.sight import documents_seen, holder_seen
from service.access.viewer import Viewer
from service.audit.log import Audit
from service.database import now
from service.hooks.news import Event, News
from service.review.handing import Handing, Reviewer
from service.review.versions import Filed, Missing
from service.tables import ChangeGroup, Document, Presence, Task, TaskVersion, User
from service.tracking.filing import Filing
from service.tracking.keeping import Actor

_TOLD = {"file": Event.FILED, "confirm": Event.REVIEWED}


class Unreviewed(Exception):  # noqa: N818 - says what is the case
    """The document is not in the state that this step needs; the message names the one it is in."""


class Held(Exception):  # noqa: N818 - says what is the case
    """Another person has the document; only who assigns may take it from him."""


class Unfit(ValueError):  # noqa: N818 - says what is wrong
    """The person does not review, or his clearance does not cover the document."""


class Course:
    """Moves documents on; each move is audited."""

    def __init__(self, session: Session, audit: Audit, filing: Filing, handing: Handing) -> None:
        self._session = session
        self._audit = audit
        self._filing = filing
        self._handing = handing
        self._news = News(session)

    def file(self, viewer: Viewer, document: int) -> None:
        """Puts a reviewed document with its accepted tasks into the book; raises `Unreviewed` while
        a task of it, or its second look, waits."""
        self._check_seen(viewer, document)
        if self._session.scalar(select(Document.second_look).where(Document.id == document)):
            raise Unreviewed("second look")
        self._turn(viewer, document, "reviewed", "filed", "file")
        self._filing.file(Actor.of(viewer), document)

    def reopen(self, viewer: Viewer, document: int) -> None:
        """Takes a filed document out of the book again, to be changed; nobody has it where he who had it may
        no longer."""
        self._turn(viewer, document, "filed", "reviewed", "reopen")
        row = self._session.get_one(Document, document)
        if row.assignee_id is not None and not self._handing.fits(row.assignee_id, row.clearance):
            self._handing.put_back(viewer, row)

    def confirm(self, viewer: Viewer, document: int) -> None:
        """Says that a document without tasks has none."""
        viewer.need(Right.REVIEW)
        waiting = select(Task.id).where(Task.document_id == document, Task.status == "proposed").limit(1)
        if self._session.scalar(waiting):
            raise Unreviewed(str(document))
        self._turn(viewer, document, "extracted", "reviewed", "confirm", Right.REVIEW)

    def restrict(self, viewer: Viewer, document: int, clearance: int) -> None:
        """Says which clearance it takes to see a document; who had it and lacks it now has it no longer."""
        viewer.need(Right.ASSIGN)
        row = self._session.scalar(select(Document).where(Document.id == document, documents_seen(viewer)))
        if row is None:
            raise Missing(str(document))
        before, had = row.clearance, row.assignee_id
        self._session.execute(update(Document).where(Document.id == document).values(clearance=clearance))
        values: dict[str, Any] = {"before": {"clearance": before}, "after": {"clearance": clearance}}
        if had is not None and not self._handing.fits(had, clearance):
            self._handing.give(row, None, None)
            values["before"]["assignee"], values["after"]["assignee"] = self._login(had), None
        self._audit.add(viewer.login, "restrict", f"document:{document}", values)

    def assign(self, viewer: Viewer, document: int, assignee: int | None) -> None:
        """Gives a document to a person to review, or back to all; anyone who reviews may take one that nobody
        has, and give back his own. Raises `Held`, `Unfit`, `Filed`."""
        viewer.need(Right.REVIEW if assignee in (None, viewer.id) else Right.ASSIGN)
        query = select(Document).where(Document.id == document, documents_seen(viewer))
        row = self._session.scalar(query.with_for_update())
        if row is None:
            raise Missing(str(document))
        if row.review == "filed":
            raise Filed(str(document))
        before = row.assignee_id
        if before == assignee:
            return
        if before not in (None, viewer.id) and not viewer.may(Right.ASSIGN):
            raise Held(str(document))
        if assignee is not None and not self._handing.fits(assignee, row.clearance):
            raise Unfit(str(assignee))
        self._handing.give(row, assignee, viewer.id)
        values = {"before": {"assignee": self._login(before)}, "after": {"assignee": self._login(assignee)}}
        self._audit.add(viewer.login, "assign", f"document:{document}", values)

    def reviewers(self, clearance: int = 0) -> list[Reviewer]:
        """Who can be given documents that take this clearance to see, by name."""
        return self._handing.reviewers(clearance)

    def holder(self, viewer: Viewer, row: Document) -> str:
        """The name of who has the document, "" where nobody has or the viewer may not know."""
        if row.assignee_id is None or not holder_seen(viewer):
            return ""
        return self._session.scalar(select(User.name).where(User.id == row.assignee_id)) or ""

    def _login(self, user: int | None) -> str | None:
        return self._session.scalar(select(User.login).where(User.id == user)) if user else None

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
