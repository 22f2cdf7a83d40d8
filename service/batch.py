"""Groups of paths in, one outcome a file out: an archive run over warm children, resumable at any point.

Each worker is a thread with a child process of its own; the threads only read bytes, hash and file, the
children do the work. What is left to do is never written down: it is what the store does not know yet.
"""

from __future__ import annotations

import contextlib
import logging
import threading
import time
from collections import deque
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy.exc import SQLAlchemyError

from pipeline.errors import Reason
from service.child import Broken, Child, Stopped
from service.database import Unavailable
from service.files import Files
from service.intake import Intake, Place, persistently
from service.outcomes import Outcome, Result, failed
from service.reader import Part
from service.settings import Settings
from service.spool import Spool, forget, sweep
from service.store import Store
from service.walk import Group, Unopened, printable

_BUSY = 0.3  # seconds before bytes that another worker is reading are looked at again
_log = logging.getLogger("dondoc.batch")


@dataclass(frozen=True, slots=True)
class Settled:
    """A file and what became of it."""

    path: Path
    result: Result


Report = Callable[[Settled], None]


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
        spool = _own_spool(self._settings, self._store)
        files = Files(self._settings.data_dir / "files")
        intake = Intake(self._store, files, self._settings, spool.owner)
        crew = _Crew(groups, report)
        workers = [
            threading.Thread(
                target=crew.work,
                args=(
                    _Worker(self._settings, self._store, intake, retry_failed),
                    Child(self._settings, self._reader, spool, crew.stop),
                ),
                name=f"worker-{number}",
            )
            for number in range(self._settings.workers)
        ]
        try:
            _work(workers, crew, intake, self._settings.lease_seconds)
        finally:
            crew.stop.set()
            for worker in workers:
                worker.join()
            with contextlib.suppress(SQLAlchemyError):  # else the leases run out
                intake.stop()
            spool.close()
        if crew.broken:
            raise crew.broken


def _own_spool(settings: Settings, store: Store) -> Spool:
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


def _work(workers: Sequence[threading.Thread], crew: _Crew, intake: Intake, lease_seconds: float) -> None:
    beat = lease_seconds / 4
    for worker in workers:
        worker.start()
    due = time.monotonic() + beat
    while any(worker.is_alive() for worker in workers):
        crew.finished.wait(min(beat, 0.2))
        if time.monotonic() >= due:
            due = time.monotonic() + beat
            try:
                intake.heartbeat()
            except SQLAlchemyError:
                _log.warning("no sign of life: database does not answer")


class _Crew:
    """What the workers share: the groups still to do, and the way to report."""

    def __init__(self, groups: Iterable[Group | Unopened], report: Report) -> None:
        self._todo = deque(groups)
        self._later: deque[tuple[float, Group]] = deque()
        self._open = len(self._todo)
        self._report = report
        self._lock = threading.Lock()
        self.stop = threading.Event()
        self.finished = threading.Event()
        self.broken: Broken | Unavailable | None = None

    def work(self, worker: _Worker, child: Child) -> None:
        """A worker's life."""
        try:
            while not self.stop.is_set() and self._open:
                if group := self._next():
                    self._settle(group, worker.settle(group, child))
                else:
                    self.stop.wait(_BUSY / 3)
        except Stopped:
            pass
        except (Broken, Unavailable) as broken:
            self.broken = broken
            self.stop.set()
        finally:
            child.close()
            if self.stop.is_set() or not self._open:
                self.finished.set()

    def _next(self) -> Group | Unopened | None:
        with self._lock:
            if self._later and self._later[0][0] <= time.monotonic():
                return self._later.popleft()[1]
            return self._todo.popleft() if self._todo else None

    def _settle(self, group: Group | Unopened, result: Result | None) -> None:
        with self._lock:
            if result is None:
                assert isinstance(group, Group)
                self._later.append((time.monotonic() + _BUSY, group))
                return
            self._open -= 1
            for path in group.paths:
                self._report(Settled(path, result))


class _Worker:
    """How one group is settled."""

    def __init__(self, settings: Settings, store: Store, intake: Intake, retry_failed: bool) -> None:
        self._settings = settings
        self._store = store
        self._intake = intake
        self._retry_failed = retry_failed

    def settle(self, group: Group | Unopened, child: Child) -> Result | None:
        """The group's outcome; None where another worker is reading the same bytes."""
        if isinstance(group, Unopened):
            return failed(Reason.UNREADABLE_FILE, group.why)
        try:
            places = [_place(path) for path in group.paths]
            if earlier := persistently(lambda: self._earlier(places)):
                return earlier
            if sum(path.stat().st_size for path in group.paths) > self._settings.max_bytes:
                return failed(Reason.TOO_LARGE, "tệp quá lớn (file too large)")
            parts = [Part(printable(path.name), path.read_bytes()) for path in group.paths]
        except OSError as error:
            return failed(Reason.UNREADABLE_FILE, f"không đọc được ({error.strerror})")
        try:
            return self._intake.take(parts, child.read, places=places, retry_failed=self._retry_failed)
        except (Stopped, Broken, Unavailable):
            raise
        except Exception as error:  # whatever it is, the other files go on
            _log.exception("not settled")
            return failed(Reason.INTERNAL, f"lỗi nội bộ (internal error): {type(error).__name__}")

    def _earlier(self, places: Sequence[Place]) -> Result | None:
        with self._store.reading() as work:
            known = [work.source(place.path) for place in places]
        now = [
            (known_as and known_as.stamp) == place.stamp
            for known_as, place in zip(known, places, strict=True)
        ]
        if not all(now) or len({one.key for one in known if one}) != 1 or known[0] is None:
            return None
        return Result(Outcome(known[0].outcome), known[0].key, earlier=True)


def _place(path: Path) -> Place:
    status = path.stat()
    return Place(printable(path.absolute()), f"{status.st_size}:{status.st_mtime_ns}")
