"""Settings in, an engine out that is ended with its context."""

from __future__ import annotations

import threading
import uuid
from collections.abc import Iterator
from concurrent.futures import Executor, ThreadPoolExecutor
from contextlib import contextmanager

from service.engine.choice import Choice, Kind, choice_of
from service.engine.engine import Engine
from service.engine.inline import Inline
from service.engine.room import Room, close_room, open_room
from service.settings import Settings
from service.spool import Spool


@contextmanager
def reading_engine(settings: Settings, reader: str, spool: Spool, stop: threading.Event) -> Iterator[Engine]:
    """The engine that the settings name; `reader` names the function that makes the children's reader.

    `stop` ends what is being read; it is set when the context ends.
    """
    with _here(choice_of(settings), Room(settings, reader, spool, stop)) as engine:
        yield engine


@contextmanager
def _here(choice: Choice, room: Room) -> Iterator[Engine]:
    name = uuid.uuid4().hex
    executor: Executor = (
        Inline() if choice.kind is Kind.INLINE else ThreadPoolExecutor(choice.readers, "reader")
    )
    open_room(name, room)
    try:
        yield Engine(executor, choice.readers, name)
    finally:
        close_room(name)
        executor.shutdown(cancel_futures=True)
