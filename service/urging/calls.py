"""A log of calls, meetings and letters by which a unit was urged on, within one transaction: events of the
duty, audited, that change nothing of it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from enum import StrEnum

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from service.access.roles import Right
from service.access.viewer import Viewer
from service.audit.log import Audit
from service.tables import DutyEvent
from service.tracking.book import Book
from service.tracking.keeping import Actor, Keeper, Kept
from service.tracking.life import OPEN, Life, NotAllowed

URGED = "urge"
"""The event's action."""


class Channel(StrEnum):
    """How a unit was urged on."""

    PHONE = "phone"
    MEETING = "meeting"
    LETTER = "letter"
    PERSON = "person"


class Calls:
    """Notes and counts them."""

    def __init__(self, session: Session, book: Book, audit: Audit) -> None:
        self._session = session
        self._book = book
        self._keeper = Keeper(session, audit)

    def note(self, viewer: Viewer, duty: int, channel: Channel, on: dt.date | None, note: str) -> None:
        """Notes that the unit of an open duty was urged on that day (None: today). Raises `Missing`,
        `Forbidden`, `NotAllowed`: "state" where it is open no more, "future", or "missing" words."""
        viewer.need(Right.FOLLOW)
        row = self._book.duty(viewer, duty)
        life, today = Life(row.life), self._book.today()
        if life not in OPEN:
            raise NotAllowed("state", row.life)
        if not note:
            raise NotAllowed("missing", "note")
        if on and on > today:
            raise NotAllowed("future_call", on.isoformat())
        day = on or today
        changes = {"channel": [None, channel.value], "urged_on": [None, day.isoformat()]}
        actor = Actor.of(viewer)
        kept = Kept(row.id, row.document_id, URGED, life, life, note, changes)
        self._keeper.keep(actor, self._book.moment(), kept)

    def counts(self, duties: Sequence[int]) -> dict[int, int]:
        """How many times the unit of each was urged on; those never are left out."""
        query = select(DutyEvent.duty_id, func.count()).where(
            DutyEvent.action == URGED, DutyEvent.duty_id.in_(duties)
        )
        return dict(iter(self._session.execute(query.group_by(DutyEvent.duty_id)).tuples()))
