"""Letters that urge, packed for the exchange, and what their receivers answer, within one transaction.

An answer is an event of each duty that the letter urges; it changes nothing of them.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import delete, insert, select
from sqlalchemy.orm import Session

from pipeline.exchange.package import DocumentId, Status
from pipeline.text import nfc
from service.access.roles import Right
from service.access.viewer import Viewer
from service.audit.log import Audit
from service.exchange.words import ANSWERS
from service.tables import Duty, DutyEvent, SentLetter, SentLetterDuty
from service.tracking.book import Book
from service.tracking.keeping import SYSTEM, Keeper, Kept
from service.tracking.life import Lead, Life
from service.tracking.rows import lead_key

ANSWERED = "letter_answered"
"""The event's action."""
_LONGEST = 500  # characters of what a receiver adds


class SentLetters:
    """Notes letters and hears answers."""

    def __init__(self, session: Session, book: Book, audit: Audit) -> None:
        self._session = session
        self._book = book
        self._audit = audit
        self._keeper = Keeper(session, audit)

    def organ_of(self, unit: Lead) -> str:
        """The id by which the unit was last written to; "" where it never was."""
        query = select(SentLetter.organ).where(SentLetter.unit_key == lead_key(unit))
        return self._session.scalar(query.order_by(SentLetter.id.desc()).limit(1)) or ""

    def note(self, viewer: Viewer, name: DocumentId, organ: str, unit: Lead, duties: Sequence[Duty]) -> None:
        """A letter was packed; packed again it takes the place of what was noted before."""
        viewer.need(Right.FOLLOW)
        self._session.execute(delete(SentLetter).where(SentLetter.document_id == str(name)))
        row: dict[str, Any] = {
            "document_id": str(name),
            "organ": organ,
            "unit_key": lead_key(unit),
            "unit_name": unit.name,
        }
        row |= {"number": name.code, "issued_on": name.issued_on, "packed_at": self._book.moment()}
        letter = self._session.execute(insert(SentLetter).values(row).returning(SentLetter.id)).scalar_one()
        rows = [{"letter_id": letter, "duty_id": one.id} for one in duties]
        self._session.execute(insert(SentLetterDuty), rows)
        told = {"number": name.code, "unit": unit.name, "organ": organ, "duties": [one.id for one in duties]}
        self._audit.add(viewer.login, "letter_packed", f"letter:{letter}", {"after": told})

    def hear(self, status: Status) -> bool:
        """Notes what a receiver answers about a letter that was sent to him; whether there is such a letter.
        The same answer that comes again is noted once."""
        query = select(SentLetter).where(SentLetter.document_id == _named(status))
        letter = self._session.scalar(query)
        if letter is None or letter.organ.casefold() != status.sender.id.casefold():
            return False
        changes = {"code": [None, status.code.value], "at": [None, status.at.isoformat()]}
        changes["letter"] = [None, letter.document_id]
        words = f"{letter.unit_name}: {ANSWERS[status.code.name.lower()]} (công văn {letter.number})"
        said = nfc(" ".join(status.description.split()))[:_LONGEST]
        query_duties = (
            select(Duty).join(SentLetterDuty).where(SentLetterDuty.letter_id == letter.id).order_by(Duty.id)
        )
        note = ". ".join(filter(None, (words, said)))
        kept = [
            Kept(one.id, one.document_id, ANSWERED, Life(one.life), Life(one.life), note, changes)
            for one in self._session.scalars(query_duties)
            if not self._heard(one.id, changes)
        ]
        if kept:
            self._keeper.keep(SYSTEM, self._book.moment(), *kept)
        return True

    def _heard(self, duty: int, changes: dict[str, list[str | None]]) -> bool:
        query = select(DutyEvent.changes).where(DutyEvent.duty_id == duty, DutyEvent.action == ANSWERED)
        return any(one == changes for one in self._session.scalars(query))


def _named(status: Status) -> str:
    """The id of the letter that is answered; made of its parts where the answer has no id."""
    answered = status.answered
    if answered.document_id:
        named = DocumentId.of(answered.document_id)
        return str(named) if named else answered.document_id
    if answered.issued_on is None:
        return ""
    return str(DocumentId(answered.organ, answered.issued_on, answered.code))
