"""How far the uploads are that this process reads: heard at any time, written about once a second.

Written by a thread of its own, so that a slow store keeps no worker from watching its child. Only who holds
an upload's lease writes, and only while it is being read: what is late changes no end.
"""

from __future__ import annotations

import logging
import threading

from sqlalchemy.exc import SQLAlchemyError

from pipeline.progress import Step, Tell
from service.ledger import Lease
from service.store import Store

EVERY = 1.0  # seconds between two writes
_log = logging.getLogger("dondoc.uploads")


class Heard:
    """The latest step of each upload that is being read here."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._lock = threading.Lock()
        self._latest: dict[Lease, Step] = {}

    def of(self, lease: Lease) -> Tell:
        """What hears the steps of an upload."""

        def tell(step: Step) -> None:
            with self._lock:
                self._latest[lease] = step

        return tell

    def write(self) -> int:
        """Writes what was heard since the last time; of how many uploads. What the store does not take now is
        left out: a newer step follows."""
        with self._lock:
            latest, self._latest = self._latest, {}
        if not latest:
            return 0
        try:
            with self._store.begin() as work:
                for lease, step in latest.items():
                    work.uploads.reach(lease, step)
        except SQLAlchemyError:
            _log.warning("progress not written: database does not answer")
        return len(latest)

    def keep_writing(self, stop: threading.Event) -> None:
        """Writes until `stop`."""
        while not stop.wait(EVERY):
            self.write()
