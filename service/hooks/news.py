"""What happened in, deliveries to the webhooks that asked for it out, in the transaction in which it happens.

A delivery holds ids alone: what they mean is fetched over the API, by who may see it.
"""

from __future__ import annotations

from enum import StrEnum
from typing import Any

from sqlalchemy import insert, select
from sqlalchemy.orm import Session

from service.database import now
from service.tables import Delivery, Document, Webhook


class Event(StrEnum):
    """What can be told."""

    READ = "document.read"
    REVIEWED = "document.reviewed"
    FILED = "document.filed"
    CHANGED = "task.changed"
    STOPPED = "budget.stopped"


TEST = "test"
"""What a delivery of no event is called, sent to try an address."""


class News:
    """Tells of events within one transaction."""

    def __init__(self, session: Session) -> None:
        self._session = session
        self._hooks: list[tuple[int, list[str]]] | None = None

    def tell(self, event: Event, document: int, task: str | None = None, revision: int | None = None) -> None:
        """Puts the event on its way to all who asked for it."""
        body: dict[str, Any] = {"document": document}
        if task is not None:
            body |= {"task": task, "revision": revision}
        self._send(event, body)

    def tell_read(self, key: str) -> None:
        """The same of a document by its key, once it was read."""
        if document := self._session.scalar(select(Document.id).where(Document.key == key)):
            self.tell(Event.READ, document)

    def tell_stopped(self, budget: int, why: str) -> None:
        """Tells that nothing more is accepted unseen, and why (keys of service/budget/words.py)."""
        self._send(Event.STOPPED, {"budget": budget, "why": why})

    def _send(self, event: Event, body: dict[str, Any]) -> None:
        for hook, events in self._asking():
            if event in events:
                delivered(self._session, hook, event, body)

    def _asking(self) -> list[tuple[int, list[str]]]:
        if self._hooks is None:
            query = select(Webhook.id, Webhook.events).where(Webhook.active)
            self._hooks = list(self._session.execute(query).tuples())
        return self._hooks


def delivered(session: Session, webhook: int, event: str, body: dict[str, Any]) -> int:
    """The id of a new delivery, on its way to a webhook."""
    row = {"webhook_id": webhook, "event": event, "body": body, "state": "waiting", "attempts": 0}
    times = {"fault": "", "next_attempt_at": now(), "created_at": now()}
    return session.execute(insert(Delivery).values(row | times).returning(Delivery.id)).scalar_one()
