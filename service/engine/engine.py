"""Documents in, answers out through an executor; asked by as many threads as it has width."""

from __future__ import annotations

import threading
from collections.abc import Sequence
from concurrent.futures import Executor

from pipeline.progress import Tell, unheard
from service.asking import Asked, Sliced
from service.child import Answer
from service.engine.reading import prime_documents, read_document
from service.reader import Part
from service.slicing import read_in_slices


class Engine:
    """An executor, how many `readers` it has, and how many documents of an archive it is given at a time
    (`width`): some more where answers travel, so that a reader has the next at hand meanwhile. Safe for
    several threads. Scans of more than `slice_pages` pages are read in slices, by as many readers as have
    nothing else to do."""

    def __init__(
        self, executor: Executor, readers: int, room: str, slice_pages: int, *, ahead: int = 0
    ) -> None:
        self.executor = executor
        self.readers = readers
        self.width = readers + ahead
        self._room = room
        self._slice_pages = slice_pages
        self._busy = 0
        self._counting = threading.Lock()

    @property
    def stale(self) -> bool:
        """Whether its readers keep to models or units that are no longer in use, so that another engine is to
        be opened; on this machine they look for themselves."""
        return False

    def read(self, parts: Sequence[Part], tell: Tell = unheard) -> Answer:
        """What becomes of the document; `tell` hears how far it is. Raises `Stopped`, `Broken` or
        `Unavailable` only."""
        return read_in_slices(self._counted, parts, self._slice_pages, tell, self._idle)

    def prime(self, parts: Sequence[Part]) -> Sequence[Part]:
        """The files ready to be read, by whichever reader; raises as `read`."""
        return self.executor.submit(prime_documents, self._room, parts).result()

    def ask(self, asked: Asked, tell: Tell) -> Answer | Sliced:
        """What one reader makes of it; raises as `read`."""
        return self.executor.submit(read_document, self._room, asked, tell).result()

    def _counted(self, asked: Asked, tell: Tell) -> Answer | Sliced:
        self._count(1)
        try:
            return self.ask(asked, tell)
        finally:
            self._count(-1)

    def _count(self, more: int) -> None:
        with self._counting:
            self._busy += more

    def _idle(self) -> int:
        return self.readers - self._busy
