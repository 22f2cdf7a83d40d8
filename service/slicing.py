"""A document in, its answer out, whose scanned pages are read in slices where they are many.

Each slice is a request of its own, to whichever reader, with a child's limits of its own; in the end the
document is read once from the recognised pages, which were in memory alone. The first slice holds the first
page: if that bears a secrecy mark, or may, no other is read. A slice that ends its reader is read again page
by page; of a page that does so alone an issue tells, and it stays blank.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from math import ceil
from typing import Protocol

from pipeline.errors import Reason
from pipeline.progress import Stage, Step, Tell, unheard
from pipeline.read.sheaf import Key
from service.asking import Asked, Sliced
from service.child import SPOILED, Answer, Failed
from service.reader import Part

_AT_ONCE = 512 * 2**20  # bytes of a document on their way to readers: each slice carries its files
_SPOILING = 3  # pages that may end their reader; with one more the document fails


class Ask(Protocol):
    """Has a reader do what is asked; raises what ends the run."""

    def __call__(self, asked: Asked, tell: Tell) -> Answer | Sliced:
        """`tell` hears how far it is, or nothing where the reader is far away."""
        ...


def read_in_slices(
    ask: Ask,
    parts: Sequence[Part],
    most: int,
    tell: Tell = unheard,
    idle: Callable[[], int] = lambda: 1,
) -> Answer:
    """What becomes of the document, of which `most` scanned pages are read at a time; `idle` is how many
    readers have nothing to do. Raises what `ask` raises."""
    first = 1 if idle() > 1 else most  # others wait for what is behind the first page
    answer = ask(Asked(parts, most=first), tell)
    if isinstance(answer, Failed) and _is_long(answer, first):
        answer = ask(Asked(parts, most=0), tell)
    known: dict[Key, bytes | None] = {}
    while isinstance(answer, Sliced):
        rest = _Slices(ask, parts, most, _Progress(tell, answer)).read(answer.left, idle)
        if not isinstance(rest, dict):
            return rest
        known |= {**answer.read, **rest}
        answer = ask(Asked(parts, known, most), _from_tasks_on(tell))
    return answer


def _is_long(answer: Failed, most: int) -> bool:
    """Whether a reader ended behind the first page of a document that may be a long scan."""
    step = answer.step
    spoiled = answer.reason in SPOILED and step is not None and step.stage is Stage.PAGES
    return spoiled and step is not None and step.page > 0 and step.pages > most


class _Slices:
    """The slices of one document: what they read, or why it is not to be read on."""

    def __init__(self, ask: Ask, parts: Sequence[Part], most: int, progress: _Progress) -> None:
        self._ask, self._parts, self._most, self._progress = ask, parts, most, progress
        self._size = max(1, sum(len(part.content) for part in parts))
        self._spoiling = 0

    def read(self, keys: Sequence[Key], idle: Callable[[], int]) -> dict[Key, bytes | None] | Answer:
        """The pages: evenly by as many readers as are idle now, then again."""
        found: dict[Key, bytes | None] = {}
        while keys:
            readers = max(1, min(idle(), _AT_ONCE // self._size))
            turns = ceil(len(keys) / (self._most * readers))
            size = ceil(len(keys) / (turns * readers))
            now, keys = keys[: size * readers], keys[size * readers :]
            for pages in self._side_by_side([now[at : at + size] for at in range(0, len(now), size)]):
                if not isinstance(pages, dict):
                    return pages
                found |= pages
        return found

    def _side_by_side(self, slices: Sequence[Sequence[Key]]) -> list[dict[Key, bytes | None] | Answer]:
        if len(slices) == 1:
            return [self._slice(slices[0])]
        with ThreadPoolExecutor(len(slices)) as pool:
            return list(pool.map(self._slice, slices))

    def _slice(self, keys: Sequence[Key]) -> dict[Key, bytes | None] | Answer:
        pages = self._asked(keys)
        if not (isinstance(pages, Failed) and pages.reason in SPOILED):
            return pages
        found: dict[Key, bytes | None] = {}
        for key in keys:
            page = self._asked([key])
            if isinstance(page, Failed) and page.reason in SPOILED:
                self._spoiling += 1
                if key.page == 1 or self._spoiling > _SPOILING:  # any first page may bear a secrecy mark
                    return page
                found[key] = None
            elif isinstance(page, dict):
                found |= page
            else:
                return page
        return found

    def _asked(self, keys: Sequence[Key]) -> dict[Key, bytes | None] | Answer:
        answer = self._ask(Asked(self._parts, only=keys), self._progress.of(keys))
        if not isinstance(answer, Sliced):
            return answer
        spoiled = {key.sha256 for key in answer.barred}  # files that are named in the end
        if any(key not in answer.read and key.sha256 not in spoiled for key in keys):
            return Failed(Reason.MISSING_PROGRAM, "máy đọc không nhận dạng được (a reader without OCR)")
        self._progress.reach(keys)
        return dict(answer.read)


class _Progress:
    """Tells how many pages of the document are done, whichever they are."""

    def __init__(self, tell: Tell, begun: Sliced) -> None:
        self._tell, self._pages = tell, begun.pages
        self._before = begun.pages - len(begun.left)
        self._done: set[Key] = set()
        self._lock = threading.Lock()

    def of(self, keys: Sequence[Key]) -> Tell:
        """What hears the steps of a slice."""

        def hear(step: Step) -> None:
            if step.stage is Stage.PAGES:
                self.reach([key for key in keys if key.page <= step.page])

        return hear

    def reach(self, keys: Sequence[Key]) -> None:
        """Takes pages as done."""
        with self._lock:
            self._done.update(keys)
            self._tell(Step(Stage.PAGES, self._before + len(self._done), self._pages))


def _from_tasks_on(tell: Tell) -> Tell:
    """Hears nothing of pages, all of which were told."""
    return lambda step: tell(step) if step.stage is Stage.TASKS else None
