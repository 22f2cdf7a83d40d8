"""All of checking over one transaction, for the store."""

from __future__ import annotations

from sqlalchemy.orm import Session

from service.audit.log import Audit
from service.checking.findings import Findings
from service.checking.following import Following
from service.checking.inspections import Inspections
from service.checking.measures import Measures
from service.tracking.book import Book


class Checking:
    """The parts that share a transaction."""

    def __init__(self, session: Session, audit: Audit, book: Book) -> None:
        self.inspections = Inspections(session, book, audit)
        self.findings = Findings(session, book, audit, self.inspections)
        self.following = Following(session, book, self.inspections, self.findings)
        self.measures = Measures(session, book, audit, self.inspections, self.findings)
