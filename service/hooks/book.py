"""A user's webhooks as he manages them, within one transaction; every change is audited."""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from typing import Any

from sqlalchemy import delete, insert, select, update
from sqlalchemy.orm import Session

from service.access.roles import Right
from service.access.viewer import Viewer
from service.audit.log import Audit
from service.database import now
from service.hooks.news import TEST, Event, delivered
from service.hooks.outbox import FAILED, WAITING
from service.hooks.sending import checked
from service.review.versions import Missing
from service.tables import Delivery, Webhook


class SwitchedOff(Exception):  # noqa: N818 - says what is the case
    """Nothing is sent to a webhook that is switched off."""


class Hooks:
    """Webhooks and what was sent to them; each user sees his own."""

    def __init__(self, session: Session, audit: Audit) -> None:
        self._session = session
        self._audit = audit

    def add(self, viewer: Viewer, url: str, events: Sequence[Event], *, private: bool) -> tuple[int, str]:
        """A new webhook: its id, and the secret that signs what it gets, shown this once. `private` allows
        addresses inside the house. Raises `Unreachable`."""
        viewer.need(Right.WEBHOOKS)
        checked(url, private=private)
        secret, wanted = secrets.token_urlsafe(32), sorted({event.value for event in events})
        row = {"user_id": viewer.id, "url": url, "secret": secret, "events": wanted}
        made = insert(Webhook).values(row | {"active": True, "created_at": now()}).returning(Webhook.id)
        webhook = self._session.execute(made).scalar_one()
        self._note(viewer, "webhook", webhook, {"after": {"url": url, "events": wanted}})
        return webhook, secret

    def listed(self, viewer: Viewer) -> Sequence[Webhook]:
        """The viewer's own."""
        viewer.need(Right.WEBHOOKS)
        query = select(Webhook).where(Webhook.user_id == viewer.id).order_by(Webhook.id)
        return self._session.scalars(query).all()

    def one(self, viewer: Viewer, webhook: int) -> Webhook:
        """One of them; raises `Missing`."""
        viewer.need(Right.WEBHOOKS)
        query = select(Webhook).where(Webhook.user_id == viewer.id, Webhook.id == webhook)
        found = self._session.scalar(query)
        if found is None:
            raise Missing(str(webhook))
        return found

    def switch(self, viewer: Viewer, webhook: int, *, on: bool) -> None:
        """Switches it on or off; what waits for it goes on its way when it is on again. Raises `Missing`."""
        before = self.one(viewer, webhook).active
        if before != on:
            self._session.execute(update(Webhook).where(Webhook.id == webhook).values(active=on))
            values = {"before": {"switched_on": before}, "after": {"switched_on": on}}
            self._note(viewer, "webhook_switched", webhook, values)

    def remove(self, viewer: Viewer, webhook: int) -> None:
        """Removes it with all that is on its way to it; raises `Missing`."""
        row = self.one(viewer, webhook)
        values = {"before": {"url": row.url, "events": row.events}}
        self._session.execute(delete(Webhook).where(Webhook.id == webhook))
        self._note(viewer, "webhook_removed", webhook, values)

    def deliveries(self, viewer: Viewer, webhook: int, most: int = 50) -> Sequence[Delivery]:
        """The latest deliveries of one's own webhook, newest first; raises `Missing`."""
        self.one(viewer, webhook)
        query = select(Delivery).where(Delivery.webhook_id == webhook)
        return self._session.scalars(query.order_by(Delivery.id.desc()).limit(most)).all()

    def test(self, viewer: Viewer, webhook: int) -> int:
        """Puts a message on its way that tells of nothing; its id. Raises `Missing`, `SwitchedOff`."""
        self._check_on(viewer, webhook)
        delivery = delivered(self._session, webhook, TEST, {})
        self._note(viewer, "webhook_test", webhook, {})
        return delivery

    def resend(self, viewer: Viewer, webhook: int, delivery: int) -> None:
        """Tries a delivery that did not arrive again, from the start. Raises `Missing`, `SwitchedOff`."""
        self._check_on(viewer, webhook)
        which = [Delivery.id == delivery, Delivery.webhook_id == webhook, Delivery.state == FAILED]
        anew: dict[str, Any] = {"state": WAITING, "attempts": 0, "next_attempt_at": now()}
        found = self._session.execute(update(Delivery).where(*which).values(anew).returning(Delivery.id))
        if found.first() is None:
            raise Missing(str(delivery))
        self._note(viewer, "webhook_resent", webhook, {})

    def _check_on(self, viewer: Viewer, webhook: int) -> None:
        if not self.one(viewer, webhook).active:
            raise SwitchedOff(str(webhook))

    def _note(self, viewer: Viewer, action: str, webhook: int, values: dict[str, Any]) -> None:
        self._audit.add(viewer.login, action, f"webhook:{webhook}", values)
