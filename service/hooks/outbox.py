"""Deliveries on their way as seen from one transaction: claimed, settled, tried again."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from service.access.roles import Right
from service.access.sight import documents_with_tasks_seen, tasks_seen
from service.access.viewer import Viewer
from service.database import now
from service.hooks.news import TEST
from service.hooks.sending import Fault
from service.tables import Delivery, Document, Task, Webhook

PAUSES = (10.0, 60.0, 300.0, 1800.0, 7200.0, 21_600.0, 43_200.0)
"""Seconds before each further try; after the last it is given up."""
_HELD = 60.0  # seconds for one try
WAITING, DONE, FAILED, SKIPPED = "waiting", "done", "failed", "skipped"


@dataclass(frozen=True, slots=True)
class Due:
    """A delivery to be tried now."""

    id: int
    webhook: int
    user: int
    url: str
    secret: str = field(repr=False)
    event: str
    body: dict[str, Any]
    created_at: float
    attempts: int


class Outbox:
    """The deliveries of all webhooks that are switched on, for who takes them there."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def waiting(self) -> bool:
        """Whether one is due; takes no lock."""
        return self._session.scalar(select(Delivery.id).where(*_due()).limit(1)) is not None

    def claim(self) -> Due | None:
        """The next that is due; nobody else gets it for a while."""
        first = (
            select(Delivery.id)
            .where(*_due())
            .order_by(Delivery.next_attempt_at)
            .limit(1)
            .with_for_update(skip_locked=True)
            .scalar_subquery()
        )
        taken = self._session.execute(
            update(Delivery)
            .where(Delivery.id == first)
            .values(next_attempt_at=now() + _HELD, attempts=Delivery.attempts + 1)
            .returning(Delivery.id)
            .execution_options(synchronize_session=False)
        ).first()
        if taken is None:
            return None
        query = select(
            Delivery.id, Delivery.webhook_id, Webhook.user_id, Webhook.url, Webhook.secret,
            Delivery.event, Delivery.body, Delivery.created_at, Delivery.attempts,
        )  # fmt: skip
        joined = query.join(Webhook, Webhook.id == Delivery.webhook_id).where(Delivery.id == taken[0])
        return Due(*self._session.execute(joined).one())

    def settle(self, due: Due, answer: int | Fault | None, *, skipped: bool = False) -> None:
        """Notes how a try ended, by the answer's status or why there was none; what did not arrive is tried
        again, up to a point, a test only once. Nothing where another has begun a later try."""
        status = answer if isinstance(answer, int) else None
        fault = answer.value if isinstance(answer, Fault) else ""
        values: dict[str, Any] = {"status": status, "fault": fault, "state": DONE}
        if skipped:
            values["state"] = SKIPPED
        elif status is None or not 200 <= status < 300:
            given_up = due.event == TEST or due.attempts > len(PAUSES)
            values["state"] = FAILED if given_up else WAITING
            if not given_up:
                values["next_attempt_at"] = now() + PAUSES[due.attempts - 1]
        mine = [Delivery.id == due.id, Delivery.state == WAITING, Delivery.attempts == due.attempts]
        self._session.execute(update(Delivery).where(*mine).values(values))

    def may_know(self, viewer: Viewer, body: dict[str, Any]) -> bool:
        """Whether he may know of what a delivery tells."""
        if "budget" in body:
            return viewer.may(Right.USERS)
        if "document" not in body:  # a test tells of nothing
            return True
        if "task" in body:
            mine = [Task.document_id == body["document"], Task.id == body["task"], tasks_seen(viewer)]
            query = select(Document.id).join(Task, Task.document_id == Document.id).where(*mine)
        else:
            query = select(Document.id).where(
                Document.id == body["document"], documents_with_tasks_seen(viewer)
            )
        return self._session.scalar(query) is not None


def _due() -> list[Any]:
    on = select(Webhook.id).where(Webhook.active)
    return [Delivery.state == WAITING, Delivery.next_attempt_at <= now(), Delivery.webhook_id.in_(on)]
