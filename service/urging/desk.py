"""All of urging over one transaction, for the store."""

from __future__ import annotations

from sqlalchemy.orm import Session

from service.audit.log import Audit
from service.tracking.book import Book
from service.urging.calls import Calls
from service.urging.days import OfficeDays
from service.urging.mailbox import Mailbox
from service.urging.reminders import Reminders


class Urging:
    """The parts that share a transaction."""

    def __init__(self, session: Session, audit: Audit, book: Book) -> None:
        self.days = OfficeDays(session, audit)
        self.reminders = Reminders(session, book, self.days)
        self.calls = Calls(session, book, audit)
        self.mailbox = Mailbox(session, book, audit)
