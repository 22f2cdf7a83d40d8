"""Groups of paths in, one outcome a file out: an archive run over an engine, resumable at any point.

Each worker is a thread that only reads bytes, hashes and files; the engine's readers do the work. What is
left to do is never written down: it is what the store does not know yet.
"""

from __future__ import annotations

import contextlib
import logging
import threading
import time
from collections.abc import Iterable, Sequence

from sqlalchemy.exc import SQLAlchemyError

from service.crew import Crew, Report, Worker
from service.engine import reading_engine
from service.files import Files
from service.intake import Intake
from service.settings import Settings
from service.spool import Spool, forget, sweep
from service.store import Store
from service.walk import Group, Unopened

_log = logging.getLogger("dondoc.batch")


class Batch:
    """An archive run; `reader` names the function that makes the children's reader."""

    def __init__(self, settings: Settings, store: Store, reader: str) -> None:
        self._settings = settings
        self._store = store
        self._reader = reader

    def run(self, groups: Iterable[Group | Unopened], report: Report, *, retry_failed: bool = False) -> None:
        """Reports every file of the groups once, from one thread at a time.

        Raises `Broken` where children cannot start, `Unavailable` where the store fails. An interrupt
        stops the children at once and gives the work back; a next run does what is left.
        """
        spool = own_spool(self._settings, self._store)
        files = Files(self._settings.data_dir / "files")
        intake = Intake(self._store, files, self._settings, spool.owner)
        stop = threading.Event()
        try:
            with reading_engine(self._settings, self._reader, spool, stop) as engine:
                crew = Crew(groups, report, engine.width, stop)
                workers = [
                    Worker(self._settings, self._store, intake, engine, retry_failed)
                    for _ in range(engine.width)
                ]
                _work(crew, workers, intake, self._settings.lease_seconds)
        finally:
            with contextlib.suppress(SQLAlchemyError):  # else the leases run out
                intake.stop()
            spool.close()
        if crew.broken:
            raise crew.broken


def own_spool(settings: Settings, store: Store) -> Spool:
    """A spool for this run, after those of dead runs were wiped and their leases freed."""
    root = settings.data_dir / "spool"
    spool = Spool(root)
    dead = sweep(root)
    if dead:
        with store.begin() as work:
            freed = sum(work.ledger.release(owner) for owner in dead)
        forget(root, dead)
        _log.info("cleaned up after dead runs", extra={"runs": len(dead), "leases": freed})
    return spool


def _work(crew: Crew, workers: Sequence[Worker], intake: Intake, lease_seconds: float) -> None:
    threads = [
        threading.Thread(target=crew.work, args=(worker,), name=f"worker-{number}")
        for number, worker in enumerate(workers)
    ]
    try:
        for thread in threads:
            thread.start()
        _keep_alive(threads, crew, intake, lease_seconds / 4)
    finally:
        crew.stop.set()
        for thread in threads:
            thread.join()


def _keep_alive(threads: Sequence[threading.Thread], crew: Crew, intake: Intake, beat: float) -> None:
    due = time.monotonic() + beat
    while any(thread.is_alive() for thread in threads):
        crew.finished.wait(min(beat, 0.2))
        if time.monotonic() >= due:
            due = time.monotonic() + beat
            try:
                intake.heartbeat()
            except SQLAlchemyError:
                _log.warning("no sign of life: database does not answer")
