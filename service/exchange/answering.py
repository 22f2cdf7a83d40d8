"""A document that came by the exchange in, the answer to its sender out: how it fares here.

Unless somebody says otherwise that is what the book knows: it arrived when it was read, was received when it
was filed, is in progress when one of its duties is, done when all of them are.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session, undefer

from pipeline.exchange.package import Answered, Organ, Status, StatusCode
from pipeline.exchange.writing import write_status
from service.exchange.asked import Asked
from service.review.versions import Missing
from service.tables import Document, Duty
from service.tracking.book import Book
from service.tracking.life import Life
from service.tracking.timing import ZONE

MEDIA_TYPE = "application/edxml+xml"
_WAY = (
    StatusCode.ARRIVED,
    StatusCode.RECEIVED,
    StatusCode.ASSIGNED,
    StatusCode.IN_PROGRESS,
    StatusCode.DONE,
)
"""The way of a document here; the codes grow along it."""
_ON_CHANGES = (Asked.CHANGE_AGREED, Asked.CHANGE_REFUSED)


class NotExchanged(Exception):  # noqa: N818 - says what is the case
    """The document did not come by the exchange: there is no sender to answer."""


@dataclass(frozen=True, slots=True)
class Answer:
    """An answer as a file."""

    code: StatusCode
    name: str
    content: bytes


class Answering:
    """Answers within one transaction; who may ask is the caller's to say."""

    def __init__(self, session: Session, book: Book) -> None:
        self._session = session
        self._book = book

    def answered(self, document: int) -> Answered:
        """The document as its sender names it. Raises `Missing`, `NotExchanged`."""
        query = select(Document).where(Document.id == document).options(undefer(Document.extra))
        row = self._session.scalar(query)
        if row is None:
            raise Missing(str(document))
        exchange: dict[str, Any] = row.extra["record"].get("exchange") or {}
        if not exchange.get("document_id"):
            raise NotExchanged(str(document))
        return Answered(
            organ=exchange["organ"],
            code=row.number or "",
            issued_on=row.issued_on,
            document_id=exchange["document_id"],
        )

    def status(self, document: int) -> StatusCode:
        """How the document fares here, by the book."""
        if self._session.scalar(select(Document.review).where(Document.id == document)) != "filed":
            return StatusCode.ARRIVED
        query = select(Duty.life).where(
            Duty.document_id == document, Duty.counted.is_(True), Duty.life != Life.CANCELLED
        )
        lives = {Life(one) for one in self._session.scalars(query.distinct())}
        if not lives or lives == {Life.NOT_STARTED}:
            return StatusCode.RECEIVED
        return StatusCode.DONE if lives == {Life.DONE} else StatusCode.IN_PROGRESS

    def offered(self, document: int) -> list[Asked]:
        """What can truly be answered now: what the book knows first, then how far the document came before,
        a refusal as long as it is not filed; about a recall or update whether it is agreed to. Raises
        `Missing`, `NotExchanged`."""
        self.answered(document)
        known = self.status(document)
        way = [one for one in _WAY if one.value <= known.value]
        offered = [Asked.CURRENT, *(Asked[one.name] for one in way)]
        if known is StatusCode.ARRIVED:
            offered.append(Asked.REFUSED)
        return offered + ([Asked.RECALL_ASKED, *_ON_CHANGES] if self._purpose(document) != "new" else [])

    def _purpose(self, document: int) -> str:
        query = select(Document).where(Document.id == document).options(undefer(Document.extra))
        row = self._session.scalars(query).one()
        return str(row.extra["record"]["exchange"].get("purpose") or "new")

    def answer(self, document: int, asked: Asked, office: Organ, words: str = "") -> Answer:
        """The answer to the document's sender. Raises `Missing`, `NotExchanged`, and
        `pipeline.exchange.writing.Incomplete` where the office has no id in the exchange."""
        answered = self.answered(document)
        code = self.status(document) if asked is Asked.CURRENT else StatusCode[asked.name]
        at = dt.datetime.fromtimestamp(int(self._book.moment()), ZONE)
        content = write_status(Status(code, answered, office, at, words))
        return Answer(code, f"trang-thai-{document}-{code.value}.edxml", content)
