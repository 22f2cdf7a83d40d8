"""Threads in, a warm child for each out: the place in a process where an engine's documents are read.

A room is known by a name, since a function that an executor runs, perhaps on another machine, can bring a
name along but no child.
"""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager

from service.child import Child
from service.settings import Settings
from service.spool import Spool

_rooms: dict[str, Room] = {}


class Room:
    """The children of one engine in this process; `reader` names the function that makes their reader."""

    def __init__(self, settings: Settings, reader: str, spool: Spool, stop: threading.Event) -> None:
        self._settings, self._reader, self._spool, self._stop = settings, reader, spool, stop
        self._own = threading.local()
        self._seats: list[tuple[threading.Lock, Child]] = []

    @contextmanager
    def child(self) -> Iterator[Child]:
        """The child of the thread that asks, which has it alone until it leaves."""
        seat: tuple[threading.Lock, Child] | None = getattr(self._own, "seat", None)
        if seat is None:
            child = Child(self._settings, self._reader, self._spool, self._stop)
            seat = self._own.seat = (threading.Lock(), child)
            self._seats.append(seat)
        with seat[0]:
            yield seat[1]

    def close(self) -> None:
        """Ends all children, those that are reading too."""
        self._stop.set()
        for lock, child in self._seats:
            with lock:
                child.close()


def open_room(name: str, room: Room) -> None:
    """Lets functions in this process find it."""
    _rooms[name] = room


def close_room(name: str) -> None:
    """Ends it."""
    _rooms.pop(name).close()


def room_of(name: str) -> Room:
    """The room of this name; KeyError where this process has none."""
    return _rooms[name]
