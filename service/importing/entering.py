"""Rows as understood in, duties of the book out: each once, with the events by which it reached its state."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from sqlalchemy import select, text
from sqlalchemy.orm import Session

from service.importing.rows import Read
from service.tables import Duty
from service.tracking.book import Book
from service.tracking.entering import Origin
from service.tracking.entry_rows import Past
from service.tracking.keeping import Actor
from service.tracking.life import Given, Life

_STEPS: dict[Life, tuple[str, ...]] = {
    Life.IN_PROGRESS: ("acknowledge",),
    Life.AWAITING: ("submit",),
    Life.DONE: ("submit", "confirm"),
    Life.SUSPENDED: ("suspend",),
    Life.CANCELLED: ("cancel",),
}


class Former:
    """An office's former book within one transaction."""

    def __init__(self, session: Session, book: Book) -> None:
        self._session = session
        self._book = book

    def known(self) -> dict[str, int]:
        """The duties that earlier imports made, by the identity of their rows."""
        query = select(Duty.task_id, Duty.id).where(Duty.origin == Origin.IMPORTED.value)
        return {name: duty for name, duty in self._session.execute(query).tuples() if name}

    def enter(self, actor: Actor, rows: Sequence[Read]) -> list[int]:
        """Enters those that are not there yet; their duties' ids."""
        if self._session.get_bind().dialect.name == "postgresql":  # else two imports at a time would double
            self._session.execute(text("SELECT pg_advisory_xact_lock(hashtext('former book'))"))
        known = self.known()
        new = {one.identity: one for one in rows if one.duty is not None and one.identity not in known}
        return self._book.enter_all(actor, [_former(one) for one in new.values()])


def _former(one: Read) -> Past:
    assert one.duty is not None
    steps = []
    for action in _STEPS.get(one.life, ()):
        done_on = one.done_on if action in ("submit", "confirm") else None
        steps.append((action, Given(note=one.result, done_on=done_on)))
    return Past(replace(one.duty, task=one.identity), tuple(steps))
