"""The workers of an archive run: what they share, and how one group of paths is settled."""

from __future__ import annotations

import contextlib
import logging
import threading
import time
from collections import deque
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

from pipeline.errors import Reason
from service.child import Answer, Broken, Stopped
from service.database import Unavailable
from service.earlier import known_at, places_of
from service.engine import Engine
from service.intake import Intake, Place, persistently, result_of
from service.outcomes import Outcome, Result, failed
from service.priming import TOGETHER, converted, small
from service.reader import Part, identity
from service.settings import Settings
from service.store import Store
from service.walk import Group, Unopened, printable

_BUSY = 0.3  # seconds before bytes that another worker is reading are looked at again
_LOOK_AHEAD = 64  # documents of other kinds passed over in search of them
_log = logging.getLogger("dondoc.batch")


@dataclass(frozen=True, slots=True)
class Settled:
    """A file and what became of it."""

    path: Path
    result: Result


Report = Callable[[Settled], None]


class Crew:
    """What the workers share: the groups still to do, and the way to report."""

    def __init__(
        self, groups: Iterable[Group | Unopened], report: Report, workers: int, stop: threading.Event
    ) -> None:
        self._workers = workers
        self._todo = deque(groups)
        self._later: deque[tuple[float, Group]] = deque()
        self._open = len(self._todo)
        self._report = report
        self._lock = threading.Lock()
        self.stop = stop
        self.finished = threading.Event()
        self.broken: Broken | Unavailable | None = None

    def work(self, worker: Worker) -> None:
        """A worker's life."""
        try:
            while not self.stop.is_set() and self._open:
                if group := self._next(worker.own):
                    self._settle(group, worker.settle(group))
                else:
                    self.stop.wait(_BUSY / 3)
        except Stopped:
            pass
        except (Broken, Unavailable) as broken:
            self.broken = broken
            self.stop.set()
        except Exception as error:  # what no file can be blamed for: a run must not end as if it were done
            _log.exception("worker broke off")
            self.broken = Broken(f"lỗi nội bộ (internal error): {type(error).__name__}")
            self.stop.set()
        finally:
            if self.stop.is_set() or not self._open:
                self.finished.set()

    def _next(self, own: deque[Group]) -> Group | Unopened | None:
        """The next to do; `own` is filled with what is best converted together with it."""
        with self._lock:
            if own:
                return own.popleft()
            if self._later and self._later[0][0] <= time.monotonic():
                return self._later.popleft()[1]
            group = self._todo.popleft() if self._todo else None
            if isinstance(group, Group) and converted(group.paths):
                own.extend(self._alike())
            return group

    def _alike(self) -> list[Group]:
        taken: list[Group] = []
        passed: list[Group | Unopened] = []
        most = min(TOGETHER - 1, len(self._todo) // self._workers)
        while self._todo and len(taken) < most and len(passed) < _LOOK_AHEAD:
            one = self._todo.popleft()
            if isinstance(one, Group) and converted(one.paths):
                taken.append(one)
            else:
                passed.append(one)
        self._todo.extendleft(reversed(passed))
        return taken

    def _settle(self, group: Group | Unopened, result: Result | None) -> None:
        with self._lock:
            if result is None:
                assert isinstance(group, Group)
                self._later.append((time.monotonic() + _BUSY, group))
                return
            self._open -= 1
            for path in group.paths:
                self._report(Settled(path, result))


class Worker:
    """How one group is settled."""

    def __init__(
        self, settings: Settings, store: Store, intake: Intake, engine: Engine, retry_failed: bool
    ) -> None:
        self._settings = settings
        self._engine = engine
        self._store = store
        self._intake = intake
        self._retry_failed = retry_failed
        self._primed: dict[str, Sequence[Part]] = {}
        self.own: deque[Group] = deque()

    def settle(self, group: Group | Unopened) -> Result | None:
        """The group's outcome; None where another worker is reading the same bytes."""
        if isinstance(group, Unopened):
            return failed(Reason.UNREADABLE_FILE, group.why)
        try:
            return self._settled(group)
        except (Stopped, Broken, Unavailable):
            raise
        except Exception as error:  # whatever it is, the other files go on
            _log.exception("not settled")
            return failed(Reason.INTERNAL, f"lỗi nội bộ (internal error): {type(error).__name__}")

    def _settled(self, group: Group) -> Result | None:
        try:
            places = places_of(group.paths)
            if earlier := self._earlier(places):
                return earlier
            parts = self._loaded(group)
        except OSError as error:
            return failed(Reason.UNREADABLE_FILE, f"không đọc được ({error.strerror})")
        if parts is None:
            return failed(Reason.TOO_LARGE, "tệp quá lớn (file too large)")
        return self._intake.take(
            parts,
            lambda parts: self._read(parts, converted(group.paths)),
            places=places,
            retry_failed=self._retry_failed,
        )

    def _loaded(self, group: Group) -> list[Part] | None:
        if sum(path.stat().st_size for path in group.paths) > self._settings.max_bytes:
            return None
        return [Part(printable(path.name), path.read_bytes()) for path in group.paths]

    def _read(self, parts: Sequence[Part], is_converted: bool) -> Answer:
        key = identity(parts)
        if is_converted and self.own and key not in self._primed:
            self._prime(parts)
        return self._engine.read(self._primed.pop(key, parts))

    def _prime(self, parts: Sequence[Part]) -> None:
        """Has the documents that this worker settles next converted in one go with this one."""
        together = [tuple(parts)]
        for group in self.own:
            with contextlib.suppress(OSError):  # told when it is its turn
                places = places_of(group.paths)
                more = self._loaded(group) if small(group.paths) and not self._earlier(places) else None
                together += [tuple(more)] if more else []
        made = iter(self._engine.prime([part for one in together for part in one]))
        self._primed = {identity(one): list(islice(made, len(one))) for one in together}

    def _earlier(self, places: Sequence[Place]) -> Result | None:
        def look() -> Result | None:
            with self._store.reading() as work:
                found = known_at(work, places)
                return result_of(work, found.key, Outcome(found.outcome), earlier=True) if found else None

        return persistently(look)
