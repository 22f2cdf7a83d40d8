"""What the book does by itself: filed documents that it lacks are entered, periods of recurring duties begin.

Each piece is a transaction of its own: one that fails holds up nothing else, and any number of workers
may look at the same time.
"""

from __future__ import annotations

import logging

from service.ending import Ending, never
from service.store import Store
from service.tracking.keeping import SYSTEM

_MOST = 5  # documents of a round; a server that is told to end waits for one
_log = logging.getLogger("dondoc.book")


class KeepingUp:
    """Brings the book up to date; `turn` says whether there is more to do at once."""

    def __init__(self, store: Store, ending: Ending = never) -> None:
        self._store = store
        self._ending = ending
        self._failed: set[int] = set()  # documents that are not tried again while this process lives

    def turn(self) -> bool:
        """A round."""
        with self._store.reading() as work:
            found = work.filing.missing(_MOST + len(self._failed))
            documents = [one for one in found if one not in self._failed][:_MOST]
            series = [] if documents else work.recurring.series()
        for document in documents:
            self._enter(document)
        with self._store.begin() as work:
            work.stubs.enter_missing()
        for duty in series:
            if self._ending():
                break
            with self._store.begin() as work:
                work.recurring.enter_due(duty)
        return bool(documents)

    def _enter(self, document: int) -> None:
        try:
            with self._store.begin() as work:
                if work.filing.missing(1, document):  # another worker may have been quicker
                    work.filing.file(SYSTEM, document)
        except Exception:
            self._failed.add(document)
            _log.exception("a filed document cannot be entered into the book", extra={"document": document})
