"""What a process does in the background beside reading: exports made, webhooks told, the book kept
up to date, units reminded, mail taken in, the budget of errors watched, old things removed."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable

from service.budget.alarm import Alarm
from service.budget.watching import BudgetWatch
from service.exports.making import Exporter
from service.hooks.courier import Courier
from service.incoming.fetcher import Fetcher
from service.settings import Settings
from service.spool import Spool
from service.store import Store
from service.tracking.keeping_up import KeepingUp
from service.urging.urger import Postman, Urger

_LOOK = 1.0  # seconds between two looks for work
_AILING = 5.0
_TIDY = 600.0
_KEEP_UP = 900.0
_URGE = 300.0
_WATCH = 300.0
_POST = 20.0
_log = logging.getLogger("dondoc.chores")


class Chores:
    """A thread for each, so that a slow webhook holds up nothing else."""

    def __init__(self, settings: Settings, store: Store, spool: Spool) -> None:
        self._stop = threading.Event()
        ending = self._stop.is_set
        self.exporter = Exporter(settings, store, spool.owner, ending)
        self._fetcher = Fetcher(settings, store, spool)
        courier = Courier(settings, store)
        self._threads = [
            threading.Thread(target=self._life, args=(turn, seconds), name=name, daemon=True)
            for name, turn, seconds in (
                ("exports", self.exporter.turn, _LOOK),
                ("hooks", courier.turn, _LOOK),
                ("tidying", self._tidied, _TIDY),
                ("book", KeepingUp(store, ending).turn, _KEEP_UP),
                ("urging", Urger(settings, store, ending).turn, _URGE),
                ("budget", BudgetWatch(store).turn, _WATCH),
                ("alarm", Alarm(settings, store).turn, _POST),
                ("mail", Postman(settings, store).turn, _POST),
                ("incoming", self._fetcher.turn, _LOOK),
            )
        ]

    def start(self) -> None:
        """Begins."""
        for thread in self._threads:
            thread.start()

    def stop(self) -> None:
        """Ends after the piece that is under way."""
        self._stop.set()
        for thread in self._threads:
            thread.join()
        self._fetcher.close()

    def _life(self, turn: Callable[[], bool], seconds: float) -> None:
        while not self._stop.is_set():
            try:
                if not turn():
                    self._stop.wait(seconds)
            except Exception:  # the database is away, most of all
                _log.exception("chore failed")
                self._stop.wait(_AILING)

    def _tidied(self) -> bool:
        self.exporter.tidy()
        return False
