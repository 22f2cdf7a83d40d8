"""Settings in, an engine out that is ended with its context."""

from __future__ import annotations

import threading
import uuid
from collections.abc import Callable, Iterator
from concurrent.futures import Executor, ThreadPoolExecutor
from contextlib import AbstractContextManager, contextmanager
from dataclasses import replace

from service.child import Broken
from service.engine.choice import Choice, Kind, choice_of
from service.engine.engine import Engine
from service.engine.inline import Inline
from service.engine.room import Room, close_room, open_room
from service.settings import Settings
from service.spool import Spool

_PATIENCE = 60.0  # seconds that a cluster may be away


@contextmanager
def reading_engine(
    settings: Settings,
    reader: str,
    spool: Spool,
    stop: threading.Event,
    *,
    readers: int | None = None,
    patience: float | None = None,
) -> Iterator[Engine]:
    """The engine that the settings name; `reader` names the function that makes the children's reader,
    `readers` is how many documents it reads at a time where that is not for the settings to say.

    `stop` ends what is being read; it is set when the context ends, and when the engine is of no use any
    more. Raises `Broken` where there can be no such engine, `Unavailable` where it is away for longer than
    `patience`, in seconds.
    """
    choice = choice_of(settings)
    if readers and choice.kind is not Kind.INLINE:  # which reads one at a time, whoever asks
        choice = replace(choice, readers=readers)
    if choice.kind in (Kind.DASK, Kind.DASK_TLS):
        engine = _cluster()(choice, settings, reader, stop, patience or _PATIENCE)
    else:
        engine = _here(choice, Room(settings, reader, spool, stop), settings.slice_pages)
    with engine as opened:
        yield opened


def _cluster() -> Callable[[Choice, Settings, str, threading.Event, float], AbstractContextManager[Engine]]:
    try:
        from service.engine.cluster import cluster_engine
    except ModuleNotFoundError as error:
        if error.name not in {"dask", "distributed"}:
            raise
        why = "DONDOC_ENGINE=dask: thiếu gói, hãy cài (the extra is missing): pip install 'dondoc[cluster]'"
        raise Broken(why) from None
    return cluster_engine


@contextmanager
def _here(choice: Choice, room: Room, slice_pages: int) -> Iterator[Engine]:
    name = uuid.uuid4().hex
    executor: Executor = (
        Inline() if choice.kind is Kind.INLINE else ThreadPoolExecutor(choice.readers, "reader")
    )
    open_room(name, room)
    try:
        yield Engine(executor, choice.readers, name, slice_pages)
    finally:
        close_room(name)
        executor.shutdown(cancel_futures=True)
