"""Secret addresses of calendars: a unit's user has one at a time, kept as a hash, and may take it back."""

from __future__ import annotations

import hashlib
import secrets

from sqlalchemy import insert, or_, select, update
from sqlalchemy.orm import Session

from service.access.people import viewer_of
from service.access.roles import Right, Role
from service.access.viewer import Forbidden, Viewer
from service.audit.log import Audit
from service.database import now
from service.tables import CalendarFeed, User

_SEEN_EVERY = 60.0  # seconds between two notes that it is used


class Feeds:
    """Addresses within one transaction."""

    def __init__(self, session: Session, audit: Audit) -> None:
        self._session = session
        self._audit = audit

    def current(self, viewer: Viewer) -> CalendarFeed | None:
        """The viewer's own that still works."""
        mine = [CalendarFeed.user_id == viewer.id, CalendarFeed.revoked_at.is_(None)]
        return self._session.scalar(select(CalendarFeed).where(*mine))

    def issue(self, viewer: Viewer) -> str:
        """A new secret, shown this once; the one before works no longer."""
        _check(viewer)
        self.revoke(viewer)
        token = secrets.token_urlsafe(32)
        values = {"user_id": viewer.id, "hash": _hash(token), "created_at": now()}
        self._session.execute(insert(CalendarFeed).values(values))
        self._audit.add(viewer.login, "feed", f"user:{viewer.id}", {})
        return token

    def revoke(self, viewer: Viewer) -> None:
        """Takes the viewer's own back."""
        found = self.current(viewer)
        if found:
            found.revoked_at = now()
            self._session.flush()
            self._audit.add(viewer.login, "feed_revoked", f"user:{viewer.id}", {})

    def reader(self, token: str) -> Viewer | None:
        """Whose calendar it is, with the rights that he has now; None where it is unknown, taken back, or its
        user speaks for no unit any more."""
        query = (
            select(User)
            .join(CalendarFeed, CalendarFeed.user_id == User.id)
            .where(CalendarFeed.hash == _hash(token), CalendarFeed.revoked_at.is_(None), User.active)
        )
        user = self._session.scalar(query)
        return viewer_of(user) if user and user.role == Role.UNIT.value else None

    def note_use(self, token: str) -> None:
        """Notes when it was last fetched, now and then."""
        stale = or_(CalendarFeed.used_at.is_(None), CalendarFeed.used_at < now() - _SEEN_EVERY)
        which = [CalendarFeed.hash == _hash(token), stale]
        self._session.execute(update(CalendarFeed).where(*which).values(used_at=now()))


def _check(viewer: Viewer) -> None:
    viewer.need(Right.READ)
    if viewer.role is not Role.UNIT:
        raise Forbidden(Right.REPORT.value)


def _hash(secret: str) -> str:
    return hashlib.sha256(secret.encode()).hexdigest()
