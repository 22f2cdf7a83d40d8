"""Digests on their way as mail, and where units get theirs, within one transaction.

A mail is claimed by one worker at a time and tried again with pauses; its Message-ID stays the same, should a
worker die after the mail server took it and before that was noted.
"""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from service.access.roles import Right
from service.access.viewer import Viewer
from service.audit.log import Audit
from service.review.versions import Missing
from service.tables import Digest, Duty, Reminder, UnitAddress
from service.tracking.book import Book
from service.tracking.life import Lead
from service.tracking.rows import lead_key

PAUSES = (60.0, 300.0, 1800.0, 7200.0, 21_600.0)
"""Seconds before each further try; after the last it is given up."""
_HELD = 180.0  # seconds for one try
WAITING, DONE, FAILED = "waiting", "done", "failed"
_ADDRESS = re.compile(r"[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}@[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)*")


class MailFault(StrEnum):
    """Why a mail did not go out."""

    SILENT = "silent"  # the mail server cannot be reached, or broke off
    LOGIN = "login"  # it does not take the user and password
    TRUST = "trust"  # its certificate is not trusted, or it offers no encryption
    ADDRESS = "address"  # it refuses the address for good
    REFUSED = "refused"  # it refuses the mail
    LATER = "later"  # it asks to come again later


_FOR_GOOD = frozenset({MailFault.ADDRESS})


class WrongAddress(ValueError):  # noqa: N818 - says what is wrong
    """Not an address of one mailbox."""


@dataclass(frozen=True, slots=True)
class Post:
    """A mail to be tried now."""

    digest: int
    unit: str
    address: str
    day: dt.date
    attempts: int


@dataclass(frozen=True, slots=True)
class Item:
    """A duty as a mail tells it: one that needs clearance without its words."""

    duty: int
    kind: str
    text: str
    due_on: dt.date | None
    document: str


class Mailbox:
    """Sees to the mail of all digests."""

    def __init__(self, session: Session, book: Book, audit: Audit) -> None:
        self._session = session
        self._book = book
        self._audit = audit

    def claim(self) -> Post | None:
        """The next that is due; nobody else gets it for a while."""
        at = self._book.moment()
        first = (
            select(Digest.id)
            .where(Digest.mail == WAITING, Digest.next_attempt_at <= at)
            .order_by(Digest.next_attempt_at, Digest.id)
            .limit(1)
            .with_for_update(skip_locked=True)
            .scalar_subquery()
        )
        taken = self._session.execute(
            update(Digest)
            .where(Digest.id == first)
            .values(next_attempt_at=at + _HELD, attempts=Digest.attempts + 1)
            .returning(Digest.id, Digest.unit_name, Digest.address, Digest.day, Digest.attempts)
            .execution_options(synchronize_session=False)
        ).first()
        return Post(*taken) if taken else None

    def waiting(self) -> bool:
        """Whether one is due; takes no lock."""
        which = [Digest.mail == WAITING, Digest.next_attempt_at <= self._book.moment()]
        return self._session.scalar(select(Digest.id).where(*which).limit(1)) is not None

    def items(self, digest: int) -> list[Item]:
        """What a digest tells by mail: nothing of secret duties."""
        query = (
            select(Duty, Reminder.kind, Reminder.due_on)
            .join(Reminder, Reminder.duty_id == Duty.id)
            .where(Reminder.digest_id == digest, Duty.secret.is_(False))
        )
        found = []
        for duty, kind, due_on in self._session.execute(query.order_by(Duty.due_key, Duty.id)).tuples():
            open_to_all = duty.clearance == 0
            text, number = (duty.text, duty.document_number) if open_to_all else ("", "")
            found.append(Item(duty.id, kind, text, due_on, number))
        return found

    def settle(self, post: Post, fault: MailFault | None) -> None:
        """Notes how a try ended; what did not go out is tried again, up to a point. Nothing where another has
        begun a later try."""
        at = self._book.moment()
        values: dict[str, Any] = {"mail": DONE, "sent_at": at, "fault": ""}
        if fault is not None:
            given_up = fault in _FOR_GOOD or post.attempts > len(PAUSES)
            values = {"mail": FAILED if given_up else WAITING, "fault": fault.value}
            if not given_up:
                values["next_attempt_at"] = at + PAUSES[post.attempts - 1]
        mine = [Digest.id == post.digest, Digest.mail == WAITING, Digest.attempts == post.attempts]
        self._session.execute(update(Digest).where(*mine).values(values))

    def resend(self, viewer: Viewer, digest: int) -> None:
        """Tries one that did not arrive again from the start, to the unit's present address. Raises `Missing`
        where it did not fail or the unit has no address."""
        viewer.need(Right.FOLLOW)
        row = self._session.get(Digest, digest, with_for_update=True)
        to = self._session.get(UnitAddress, row.unit_key) if row else None
        if row is None or to is None or row.mail != FAILED:
            raise Missing(str(digest))
        row.mail, row.address, row.attempts = WAITING, to.address, 0
        row.next_attempt_at = self._book.moment()
        self._audit.add(viewer.login, "mail_resent", f"digest:{digest}", {"after": {"name": row.unit_name}})

    # ------------------------------------------------------------ addresses

    def addresses(self) -> list[UnitAddress]:
        """Where units get their mail, by name."""
        return list(self._session.scalars(select(UnitAddress).order_by(UnitAddress.unit_name)))

    def put(self, viewer: Viewer, unit: Lead, address: str) -> None:
        """From now on the unit gets its mail there; "" for nowhere. Raises `WrongAddress`, `Missing`."""
        viewer.need(Right.USERS)
        if address and not _ADDRESS.fullmatch(address):
            raise WrongAddress(address)
        row = self._session.get(UnitAddress, lead_key(unit))
        before = {"name": row.unit_name, "address": row.address} if row else {}
        if row is not None:
            self._session.delete(row)
            self._session.flush()
        elif not address:
            raise Missing(unit.name)
        after = {"name": unit.name, "address": address} if address else {}
        if address:
            self._session.add(UnitAddress(unit_key=lead_key(unit), unit_name=unit.name, address=address))
            self._session.flush()
        self._audit.add(viewer.login, "unit_address", "addresses", {"before": before, "after": after})
