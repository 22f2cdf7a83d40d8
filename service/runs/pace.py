"""Files planned and files done in, rate and time left out, by pages: a scan's page takes a hundred times as
long as a text's, so each kind of file is timed by itself."""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass

_WINDOW = 60.0  # seconds that the rate is of


@dataclass(slots=True)
class _Kind:
    """What is left of a kind of file, and what the reading of it cost so far."""

    counted: int = 0  # pages left, of files whose pages are known
    uncounted: int = 0  # files left whose pages are not
    files: int = 0  # read
    pages: int = 0
    seconds: float = 0.0


@dataclass(frozen=True, slots=True)
class Rate:
    """Files settled and pages read a second, of late."""

    files: float
    pages: float


class Pace:
    """The arithmetic of a run's forecast; times are seconds since the run began."""

    def __init__(self) -> None:
        self._kinds: dict[str, _Kind] = {}
        self._recent: deque[tuple[float, int]] = deque()
        self._busy = 0.0

    def plan(self, kind: str, pages: int = 0) -> None:
        """One more file to read; 0 pages: not known."""
        self._of(kind).counted += pages
        self._of(kind).uncounted += not pages

    def drop(self, kind: str, pages: int = 0) -> None:
        """It is not left any more, or was planned otherwise."""
        self._of(kind).counted -= pages
        self._of(kind).uncounted -= not pages

    def read(self, kind: str, pages: int, seconds: float) -> None:
        """A file was really read."""
        one = self._of(kind)
        one.files, one.pages, one.seconds = one.files + 1, one.pages + pages, one.seconds + seconds
        self._busy += seconds

    def settled(self, at: float, pages: int) -> None:
        """A file is done with, whether it was read or known already."""
        self._recent.append((at, pages))

    def rate(self, at: float) -> Rate:
        """Over the last minute, or since the beginning."""
        while self._recent and self._recent[0][0] < at - _WINDOW:
            self._recent.popleft()
        span = max(min(at, _WINDOW), 0.1)
        return Rate(len(self._recent) / span, sum(pages for _, pages in self._recent) / span)

    def left(self, at: float) -> float | None:
        """Seconds until all is read; None as long as nothing can be said."""
        if not any(one.counted or one.uncounted for one in self._kinds.values()):
            return 0.0
        if not self._busy or at <= 0:
            return None
        work = sum(self._work(one) for one in self._kinds.values())
        return work / (self._busy / at)

    def _work(self, one: _Kind) -> float:
        """Seconds of reading that are left of a kind; by all kinds' mean where none of it was read yet."""
        if not one.pages:
            pages = sum(each.pages for each in self._kinds.values())
            files = sum(each.files for each in self._kinds.values())
            cost = self._busy / pages if pages else 0.0
            return one.counted * cost + one.uncounted * self._busy / files
        return (one.counted + one.uncounted * one.pages / one.files) * one.seconds / one.pages

    def _of(self, kind: str) -> _Kind:
        return self._kinds.setdefault(kind, _Kind())
