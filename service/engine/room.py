"""Threads in, a warm child for each out: the place in a process where an engine's documents are read.

A room is known by a name, since a function that an executor runs, perhaps on another machine, can bring a
name along but no child.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

from service.child import Child
from service.settings import Settings
from service.spool import Spool

_rooms: dict[str, Room] = {}


class Absent(LookupError):  # noqa: N818 - says what is wrong
    """This process has no room of the name."""


@dataclass(slots=True)
class _Seat:
    """A thread's child, which one at a time may use."""

    child: Child
    lock: threading.Lock = field(default_factory=threading.Lock)
    left: float = 0.0  # when it was last used


class Room:
    """The children of one engine in this process; `reader` names the function that makes their reader."""

    def __init__(self, settings: Settings, reader: str, spool: Spool, stop: threading.Event) -> None:
        self._settings, self._reader, self._spool, self._stop = settings, reader, spool, stop
        self._own = threading.local()
        self._seats: list[_Seat] = []

    @contextmanager
    def child(self) -> Iterator[Child]:
        """The child of the thread that asks, which has it alone until it leaves."""
        seat: _Seat | None = getattr(self._own, "seat", None)
        if seat is None:
            seat = self._own.seat = _Seat(Child(self._settings, self._reader, self._spool, self._stop))
            self._seats.append(seat)
        with seat.lock:
            try:
                yield seat.child
            finally:
                seat.left = time.monotonic()

    def rest(self, seconds: float) -> None:
        """Ends children that read nothing for so long; the next document of such a thread starts another."""
        for seat in self._seats:
            if not seat.lock.acquire(blocking=False):
                continue  # it is reading
            try:
                if time.monotonic() - seat.left >= seconds:
                    seat.child.close()
            finally:
                seat.lock.release()

    def keep_resting(self, seconds: float) -> None:
        """The same again and again, until the room ends."""
        while not self._stop.wait(seconds / 4):
            self.rest(seconds)

    def close(self) -> None:
        """Ends all children, those that are reading too."""
        self._stop.set()
        for seat in self._seats:
            with seat.lock:
                seat.child.close()


def open_room(name: str, room: Room) -> None:
    """Lets functions in this process find it."""
    _rooms[name] = room


def close_room(name: str) -> None:
    """Ends it."""
    _rooms.pop(name).close()


def room_of(name: str) -> Room:
    """The room of this name; raises `Absent`."""
    try:
        return _rooms[name]
    except KeyError:
        raise Absent(name) from None
