"""Settled files in, rows of the run book out: in small batches, for which the reading never waits.

A row is written half a second after its file was settled. What a killed process did not write is accounted
for by the next run over the same folder, which meets every file again.
"""

from __future__ import annotations

import hashlib
import logging
import secrets
import threading
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Any

from sqlalchemy.exc import SQLAlchemyError

from service.database import Unavailable
from service.intake import persistently
from service.outcomes import Outcome
from service.runs.book import Plan, Sign
from service.runs.standing import Seen
from service.runs.states import State
from service.store import Store
from service.walk import printable

_BEAT = 0.5  # seconds between two looks at what is to be written
_SIGN = 10.0  # seconds after which a sign of life is due even where nothing was settled
_MOST = 1000  # rows of one transaction
_UNNAMED = {Outcome.FAILED, Outcome.REFUSED_SECRET}
_log = logging.getLogger("dondoc.runs")


class Recorder:
    """Writes one run into the run book. Raises `Unavailable` only where the run cannot even begin."""

    def __init__(self, store: Store, plan: Plan, sign: Callable[[], Sign]) -> None:
        self._store = store
        self._sign = sign
        self._key = secrets.token_bytes(32)  # never stored: no name can be tried against the digests
        self._lock = threading.Lock()
        self._waiting: list[tuple[int, Seen]] = []
        self._position = 0
        self._over = threading.Event()
        self._signed = time.monotonic()
        self._thread = threading.Thread(target=self._work, name="run-book", daemon=True)
        self.run = persistently(lambda: self._begin(plan))
        self._thread.start()

    def add(self, seen: Seen) -> None:
        """One more file; returns at once."""
        with self._lock:
            self._position += 1
            self._waiting.append((self._position, seen))

    def close(self, state: State) -> None:
        """Writes what is left and how the run ended; where the store is away the run will show as cut off."""
        self._over.set()
        self._thread.join()
        try:
            while self._waiting:
                persistently(self._write)
            persistently(lambda: self._end(state))
        except (Unavailable, SQLAlchemyError):
            _log.warning("run book not written to its end", extra={"files": len(self._waiting)})

    def digest(self, path: Path) -> str:
        """What the run book knows a file of this run by."""
        return hashlib.blake2b(printable(path.absolute()).encode(), key=self._key, digest_size=16).hexdigest()

    def _begin(self, plan: Plan) -> int:
        with self._store.begin() as work:
            return work.runs.begin(plan)

    def _work(self) -> None:
        while not self._over.wait(_BEAT):
            if self._waiting or time.monotonic() > self._signed + _SIGN:
                try:
                    self._write()
                except SQLAlchemyError:
                    _log.warning("run book does not answer")

    def _write(self) -> None:
        with self._lock:
            taken = self._waiting[:_MOST]
        rows = [self._row(position, seen) for position, seen in taken]
        with self._store.begin() as work:
            work.runs.note(self.run, rows, self._sign())
        with self._lock:
            del self._waiting[: len(taken)]
        self._signed = time.monotonic()

    def _end(self, state: State) -> None:
        with self._store.begin() as work:
            work.runs.note(self.run, [], self._sign())
            work.runs.end(self.run, state)

    def _row(self, position: int, seen: Seen) -> dict[str, Any]:
        result, size = seen.result, 0
        refused = result.outcome is Outcome.REFUSED_SECRET
        if not refused:
            with suppress(OSError):
                size = seen.path.stat().st_size
        return {
            "digest": self.digest(seen.path),
            "position": position,
            "sha256": result.sha256,
            "path": "" if result.outcome in _UNNAMED else printable(seen.path.absolute()),
            "kind": "" if refused else seen.kind,
            "outcome": result.outcome.value,
            "reason": result.message if refused else str(result.reason or ""),
            "message": result.message if result.outcome is Outcome.FAILED else "",
            "earlier": result.earlier,
            "pages": seen.pages,
            "bytes": size,
            "seconds": seen.seconds,
        }
