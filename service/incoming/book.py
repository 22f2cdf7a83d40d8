"""Mails that came in as seen from one transaction: what was taken of each, what became of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import false, insert, select, update
from sqlalchemy.orm import Session

from service.access.roles import Right
from service.access.sight import documents_seen
from service.access.viewer import Viewer
from service.database import now
from service.incoming.message import Trouble
from service.tables import Document, Mail, Upload
from service.uploads.book import DONE, ENDED, FAILED, REFUSED

TAKE, TIDY = "mail", "mail-tidy"
"""The ledger's kinds of work: taking a mail, moving or marking it."""


@dataclass(frozen=True, slots=True)
class Place:
    """By what a mail is known."""

    account: str
    validity: int
    uid: int

    def __str__(self) -> str:
        return f"{self.account}:{self.validity}:{self.uid}"


@dataclass(frozen=True, slots=True)
class Became:
    """What became of a document that a mail carried; `document` where the viewer may open it."""

    sha256: str
    state: str
    outcome: str
    reason: str
    message: str
    document: int | None


@dataclass(frozen=True, slots=True)
class Told:
    """A mail with what became of its documents."""

    mail: Mail
    documents: tuple[Became, ...]


class Mails:
    """The table of mails."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def find(self, place: Place) -> Mail | None:
        """The mail, once something was taken of it or not."""
        which = [Mail.account == place.account, Mail.validity == place.validity, Mail.uid == place.uid]
        return self._session.scalar(select(Mail).where(*which))

    def note(self, place: Place, sha256: str, *, batch: str = "", trouble: Trouble | None = None) -> None:
        """Notes what was taken of a mail: the uploads of a batch, or nothing and why."""
        row = {"account": place.account, "validity": place.validity, "uid": place.uid, "sha256": sha256}
        row |= {"batch": batch, "trouble": trouble.value if trouble else "", "sender": ""}
        self._session.execute(insert(Mail).values(row | {"taken_at": now()}))

    def ended(self, mail: Mail) -> bool:
        """Whether all that it carried has been read."""
        still = [Upload.batch == mail.batch, Upload.state.not_in(ENDED)]
        return not mail.batch or self._session.scalar(select(Upload.id).where(*still).limit(1)) is None

    def states(self, mail: Mail) -> set[str]:
        """How its documents ended."""
        if not mail.batch:
            return set()
        return set(self._session.scalars(select(Upload.state).where(Upload.batch == mail.batch)))

    def went_wrong(self, mail: Mail) -> bool:
        """Whether somebody should look at it."""
        return bool(mail.trouble) or bool(self.states(mail) & {FAILED, REFUSED})

    def settle(self, mail: Mail, sender: str) -> None:
        """Notes that it is done with, and who sent it unless it carried something secret."""
        known = "" if REFUSED in self.states(mail) else sender
        values = {"sender": known[:300], "settled_at": now()}
        self._session.execute(update(Mail).where(Mail.id == mail.id).values(values))

    def recent(self, viewer: Viewer | None, *, before: int | None = None, most: int = 50) -> list[Told]:
        """The latest mails, newest first, behind the one of the id `before`; without a viewer no document is
        named."""
        if viewer:
            viewer.need(Right.USERS)
        query = select(Mail).order_by(Mail.id.desc()).limit(most)
        mails = self._session.scalars(query if before is None else query.where(Mail.id < before)).all()
        found = self._documents(viewer, [one.batch for one in mails if one.batch])
        return [Told(one, tuple(found.get(one.batch, ()))) for one in mails]

    def _documents(self, viewer: Viewer | None, batches: Sequence[str]) -> dict[str, list[Became]]:
        sight = documents_seen(viewer) if viewer else false()
        seen = (Document.key == Upload.key) & sight & (Upload.state == DONE)
        query = (
            select(Upload, Document.id)
            .outerjoin(Document, seen)
            .where(Upload.batch.in_(batches))
            .order_by(Upload.batch, Upload.position)
        )
        found: dict[str, list[Became]] = {}
        for upload, document in self._session.execute(query).tuples():
            told = Became(upload.key, upload.state, upload.outcome, upload.reason, upload.message, document)
            found.setdefault(upload.batch, []).append(told)
        return found
