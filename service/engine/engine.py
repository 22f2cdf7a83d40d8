"""Documents in, answers out through an executor; asked by as many threads as it has width."""

from __future__ import annotations

from collections.abc import Sequence
from concurrent.futures import Executor

from pipeline.progress import Tell, unheard
from service.child import Answer
from service.engine.reading import prime_documents, read_document
from service.reader import Part


class Engine:
    """An executor, and how many documents it is given at a time; safe for several threads."""

    def __init__(self, executor: Executor, width: int, room: str) -> None:
        self.executor = executor
        self.width = width
        self._room = room

    def read(self, parts: Sequence[Part], tell: Tell = unheard) -> Answer:
        """What becomes of the document; `tell` hears how far it is. Raises `Stopped` or `Broken` only."""
        return self.executor.submit(read_document, self._room, parts, tell).result()

    def prime(self, parts: Sequence[Part]) -> Sequence[Part]:
        """The files ready to be read, by whichever reader; raises as `read`."""
        return self.executor.submit(prime_documents, self._room, parts).result()
