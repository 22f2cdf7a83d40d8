"""An office whose clock the tests turn: a monitor, a leader, two units, a filed document."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from people import document, filed, unit, user

from service.access.roles import Role
from service.access.viewer import Viewer
from service.review.changes import Change, Kind
from service.store import Store
from service.tables import Duty
from service.tracking.finder import DutiesWanted
from service.tracking.keeping import Actor
from service.tracking.life import Given
from service.tracking.timing import start_of

NOTHING = Given()

HEALTH = unit("Sở Y tế", "so-y-te:hung-yen")
HOME = unit("Sở Nội vụ", "so-noi-vu:hung-yen")


def due(day: str) -> dict[str, object]:
    return {"text": f"trước ngày {day}", "kind": "date", "date": day, "rule": "day", "evidence": []}


@dataclass
class Office:
    """The store with its users; `today` is what its clock shows, ten in the morning."""

    store: Store
    today: dt.date
    monitor: Viewer
    leader: Viewer
    health: Viewer
    home: Viewer

    @property
    def actor(self) -> Actor:
        return Actor(self.monitor.login, self.monitor.id)

    def file(self, *tasks: dict[str, object], number: str = "12") -> int:
        """A document whose tasks are all accepted, in the book."""
        made = filed(self.store, document(number, *tasks))
        with self.store.begin() as work:
            names = [str(one["id"]) for one in tasks]
            changes = [Change(made, name, 1, {"status": "approved"}) for name in names]
            work.desk.apply(self.monitor, Kind.ACCEPT, changes)
            work.course.file(self.monitor, made)
        return made

    def duty(self, words: str) -> Duty:
        """The one duty, whole or part, that holds the words."""
        with self.store.reading() as work:
            (found,) = work.duties.find(self.monitor, DutiesWanted(words=words, wholes=True))
        return found

    def act(self, viewer: Viewer, duty: Duty | int, action: str, given: Given = NOTHING) -> Duty:
        """Takes a step; the duty after it."""
        number = duty if isinstance(duty, int) else duty.id
        with self.store.begin() as work:
            work.book.act(viewer, number, action, given)
        with self.store.reading() as work:
            return work.book.duty(self.monitor, number)


def opened(store: Store) -> Office:
    made = Office(
        store,
        dt.date(2026, 3, 5),
        user(store, "theodoi", Role.MONITOR),
        user(store, "lanhdao", Role.LEADER),
        user(store, "yte", Role.UNIT, units=("so-y-te:hung-yen",)),
        user(store, "noivu", Role.UNIT, units=("so-noi-vu:hung-yen",)),
    )
    made.store = Store(store.engine, clock=lambda _: start_of(made.today) + 10 * 3600)
    return made
