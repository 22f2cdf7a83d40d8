"""A folder in, what arrives there into the store: a batch for each round of files that are whole.

Events of the file system only say when to look: what is new is found by looking through the folder, which is
done every so often too, since network shares tell of nothing.
"""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Iterator
from pathlib import Path

from service.batch import Batch
from service.crew import Report
from service.walk import Group, Unopened, walk

_log = logging.getLogger("dondoc.watch")
_Stamp = tuple[int, int] | str
"""Size and time of change of a file; of one that cannot be opened, why."""


class Arrivals:
    """What is new in a folder; a document is whole once its files stay as they are for `settle` seconds."""

    def __init__(self, folder: Path, settle: float) -> None:
        self._folder = folder
        self._settle = settle
        self._given: dict[Path, _Stamp] = {}
        self._seen: dict[Path, tuple[_Stamp, float]] = {}
        self.waiting = False

    def whole(self, now: float) -> list[Group | Unopened]:
        """The documents that are whole at this moment and were not given out as they are; `waiting` says
        whether there are others."""
        found: list[Group | Unopened] = []
        self.waiting = False
        present: set[Path] = set()
        for one in walk([self._folder]):
            if one.paths == (self._folder,):  # gone for now: a share that is not mounted
                return []
            present.update(one.paths)
            stamps = [_stamp(path, one) for path in one.paths]
            if all(self._given.get(path) == at for path, at in zip(one.paths, stamps, strict=True)):
                continue
            steady = [self._steady(path, at, now) for path, at in zip(one.paths, stamps, strict=True)]
            if all(steady):
                self._given.update(zip(one.paths, stamps, strict=True))
                found.append(one)
            else:
                self.waiting = True
        for path in self._seen.keys() - present:
            del self._seen[path]
        for path in self._given.keys() - present:  # comes back as a new one
            del self._given[path]
        return found

    def _steady(self, path: Path, stamp: _Stamp, now: float) -> bool:
        last, since = self._seen.get(path, (None, now))
        if last != stamp:
            self._seen[path] = (stamp, now)
            return self._settle <= 0
        return now - since >= self._settle


class Watch:
    """Watches one folder."""

    def __init__(self, batch: Batch, folder: Path, *, settle: float, every: float) -> None:
        self._batch = batch
        self._folder = folder
        self._arrivals = Arrivals(folder, settle)
        self._tick = max(settle, 0.05)
        self._every = every

    def run(self, report: Report, stop: threading.Event) -> None:
        """Reports every file that arrives once, until `stop` or an interrupt; raises as `Batch.run` does."""
        looked = -self._every
        for changed in _ticks(self._folder, self._tick, stop):
            now = time.monotonic()
            if not (changed or self._arrivals.waiting or now - looked >= self._every):
                continue
            looked = now
            if groups := self._arrivals.whole(now):
                self._batch.run(groups, report)


def _ticks(folder: Path, seconds: float, stop: threading.Event) -> Iterator[bool]:
    """Whether something happened in the folder: at once, and every so many seconds."""
    from watchfiles import watch

    yield True
    milliseconds = int(seconds * 1000)
    try:
        for changes in watch(
            folder,
            watch_filter=None,
            step=min(milliseconds, 50),
            debounce=milliseconds,
            rust_timeout=milliseconds,
            yield_on_timeout=True,
            stop_event=stop,
        ):
            yield bool(changes)
    except (OSError, RuntimeError) as error:  # no events here, or no longer: look every so often
        _log.warning("no events of the folder", extra={"kind": type(error).__name__})
    while not stop.wait(seconds):
        yield False


def _stamp(path: Path, one: Group | Unopened) -> _Stamp:
    if isinstance(one, Unopened):
        return one.why
    try:
        status = path.stat()
    except OSError as error:  # gone since it was listed
        return type(error).__name__
    return status.st_size, status.st_mtime_ns
