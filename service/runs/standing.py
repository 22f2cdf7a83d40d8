"""What a run's process knows of how it stands, for its screen and its sign of life; safe for threads."""

from __future__ import annotations

import threading
import time
from collections import Counter, deque
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from heapq import nlargest
from pathlib import Path
from typing import TYPE_CHECKING

from service.outcomes import Outcome, Result
from service.runs.kinds import kind_of
from service.runs.pace import Pace, Rate

if TYPE_CHECKING:
    from service.crew import Settled
    from service.walk import Group, Unopened

SHOWN = 5  # slowest files and latest failures that are kept at hand


@dataclass(frozen=True, slots=True)
class Seen:
    """A settled file with what was measured of it."""

    path: Path
    result: Result
    kind: str
    pages: int
    seconds: float


@dataclass(frozen=True, slots=True)
class Figures:
    """A run at a moment: `files`, `bytes` and `pages` are what is planned as far as it is known."""

    files: int
    bytes: int
    pages: int
    done: int
    pages_done: int
    outcomes: Counter[Outcome]
    earlier: int
    elapsed: float
    rate: Rate
    left: float | None
    slowest: tuple[Seen, ...]
    failures: tuple[Seen, ...]


class Standing:
    """Counts as files are planned, looked at ahead and settled."""

    def __init__(
        self, groups: Iterable[Group | Unopened], clock: Callable[[], float] = time.monotonic
    ) -> None:
        self._clock = clock
        self._begun = clock()
        self._lock = threading.Lock()
        self._pace = Pace()
        self._planned: dict[Path, tuple[str, int]] = {}
        self._annexes: set[Path] = set()
        self._files = self._bytes = self._pages = self._done = self._pages_done = self._earlier = 0
        self._outcomes: Counter[Outcome] = Counter()
        self._slowest: list[Seen] = []
        self._failures: deque[Seen] = deque(maxlen=SHOWN)
        for group in groups:
            self._annexes.update(group.paths[1:])
            for path in group.paths:
                self._files += 1
                self._planned[path] = kind_of(path), 0
                self._pace.plan(kind_of(path))

    def scouted(self, path: Path, size: int, pages: int, kind: str) -> None:
        """A file was looked at ahead."""
        with self._lock:
            self._bytes += size
            self._pages += pages
            if planned := self._planned.get(path):
                self._pace.drop(*planned)
                self._planned[path] = kind, pages
                self._pace.plan(kind, pages)

    def is_open(self, path: Path) -> bool:
        """Whether the file is not settled yet."""
        return path in self._planned

    def settle(self, one: Settled) -> Seen:
        """A file is done with. What was measured of a document of several files counts for its first."""
        with self._lock:
            kind, scouted = self._planned.pop(one.path, (kind_of(one.path), 0))
            self._pace.drop(kind, scouted)
            result = one.result
            whole = not result.earlier and one.path not in self._annexes
            pages, seconds = (result.pages, result.seconds) if whole else (0, 0.0)
            seen = Seen(one.path, result, kind, pages, seconds)
            if seconds:
                self._pace.read(kind, pages or scouted or 1, seconds)
            self._pace.settled(self._clock() - self._begun, pages)
            self._note(seen)
        return seen

    def figures(self) -> Figures:
        """How it stands now."""
        with self._lock:
            elapsed = self._clock() - self._begun
            return Figures(
                self._files,
                self._bytes,
                self._pages,
                self._done,
                self._pages_done,
                self._outcomes.copy(),
                self._earlier,
                elapsed,
                self._pace.rate(elapsed),
                self._pace.left(elapsed),
                tuple(self._slowest),
                tuple(self._failures),
            )

    def _note(self, seen: Seen) -> None:
        self._done += 1
        self._pages_done += seen.pages
        self._earlier += seen.result.earlier
        self._outcomes[seen.result.outcome] += 1
        if seen.seconds and (len(self._slowest) < SHOWN or seen.seconds > self._slowest[-1].seconds):
            self._slowest = nlargest(SHOWN, [*self._slowest, seen], key=lambda one: one.seconds)
        if seen.result.outcome is Outcome.FAILED:
            self._failures.append(seen)
