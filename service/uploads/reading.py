"""The workers that read uploads: threads that ask an engine (service/engine), in whatever processes.

They share the ledger: whoever claims an upload reads it, a sign of life keeps his claim, and where a process
dies its claims are given to others at once by the next look, or run out. What is read goes the one way of
documents into the store (service/intake.py).
"""

from __future__ import annotations

import contextlib
import logging
import threading

from sqlalchemy.exc import SQLAlchemyError

from pipeline.errors import Reason
from service.child import Broken, Stopped
from service.database import Unavailable
from service.engine import Engine, reading_engine
from service.files import Files
from service.intake import Intake, Note, persistently, settled, unnoted
from service.ledger import Lease, LeaseLost
from service.outcomes import Result, failed
from service.settings import Settings
from service.spool import Spool, forget, sweep
from service.store import Store
from service.uploads.book import KIND, READING, WAITING
from service.uploads.folders import Folders
from service.uploads.progress import Heard

_LOOK = 0.3  # seconds between two looks for work
_BUSY = 0.5  # seconds before bytes that another worker is reading are looked at again
_AILING = 5.0  # seconds of rest where children do not start, the store or a cluster does not answer
_SETTLED = 600.0  # seconds after which a folder without an open upload is left over
_ALWAYS = 1_000_000  # tries of an upload: the reading's own are counted by the document
_log = logging.getLogger("dondoc.uploads")


class Readers:
    """The workers of one process, `count` of them, else as many as the engine reads at a time; `reader` names
    the function that makes the children's reader."""

    def __init__(
        self,
        settings: Settings,
        store: Store,
        spool: Spool,
        reader: str,
        count: int | None,
        note: Note = unnoted,
    ) -> None:
        self._settings, self._store, self._spool = settings, store, spool
        self._reader, self._count = reader, count
        self._folders = Folders(settings.data_dir / "uploads")
        self._intake = Intake(store, Files(settings.data_dir / "files"), settings, spool.owner, note)
        self._heard = Heard(store)
        self._stop = threading.Event()
        self._over = threading.Event()  # of the engine that is open
        self._bell = threading.Semaphore(0)
        self._held: set[Lease] = set()
        self._lock = threading.Lock()
        self._threads = [
            threading.Thread(target=self._keep_reading, name="reader-engine", daemon=True),
            threading.Thread(target=self._keep, name="reader-keeper", daemon=True),
            threading.Thread(
                target=self._heard.keep_writing, args=(self._stop,), name="reader-progress", daemon=True
            ),
        ]

    def start(self) -> None:
        """Begins; the children start at once, so that the first upload need not wait for them."""
        for thread in self._threads:
            thread.start()

    def wake(self) -> None:
        """Says that there is work."""
        self._bell.release()

    def stop(self) -> None:
        """Ends the readings at once and gives back what they were of."""
        self._stop.set()
        self._over.set()
        for thread in self._threads:
            thread.join()
        with contextlib.suppress(SQLAlchemyError):  # else the leases run out
            self._intake.stop()

    # ------------------------------------------------------------ the engine

    def _keep_reading(self) -> None:
        """Opens the engine, and another where that is of no use any more: its cluster gone, a model old."""
        while not self._stop.is_set():
            try:
                with reading_engine(
                    self._settings,
                    self._reader,
                    self._spool,
                    self._over,
                    readers=self._count,
                    patience=_AILING,
                ) as engine:
                    self._work(engine)
            except Exception:  # whatever it is, uploads wait until it is over
                _log.exception("cannot read uploads")
                self._stop.wait(_AILING)
            self._over = threading.Event()

    def _work(self, engine: Engine) -> None:
        threads = [
            threading.Thread(target=self._life, args=(engine,), name=f"reader-{number}", daemon=True)
            for number in range(engine.readers)
        ]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()

    # ------------------------------------------------------------ a worker

    def _life(self, engine: Engine) -> None:
        over = self._over
        with contextlib.suppress(Broken, Stopped, Unavailable):
            engine.prime([])
        while not over.is_set() and not engine.stale:
            try:
                if not self._turn(engine):
                    self._bell.acquire(timeout=_LOOK)
            except Stopped:
                break
            except (Broken, Unavailable, SQLAlchemyError):
                _log.exception("cannot read uploads")
                over.wait(_AILING)
            except Exception:  # a worker outlives whatever one upload does
                _log.exception("upload not settled")
                over.wait(_AILING)

    def _turn(self, engine: Engine) -> bool:
        """Reads the next upload, if there is one."""
        lease = self._claimed()
        if lease is None:
            return False
        with self._lock:
            self._held.add(lease)
        try:
            self._read(lease, engine)
        except LeaseLost:
            _log.warning("upload lost to another worker", extra={"upload": lease.key})
        except (Broken, Unavailable, SQLAlchemyError):
            self._put_back(lease, _AILING)
            raise
        except Stopped:
            self._put_back(lease, 0.0)
            raise
        finally:
            with self._lock:
                self._held.discard(lease)
        return True

    def _claimed(self) -> Lease | None:
        with self._store.reading() as work:
            if not work.ledger.has_free(KIND):
                return None
        seconds = self._settings.lease_seconds
        with self._store.begin() as work:
            lease = work.ledger.claim(KIND, owner=self._spool.owner, seconds=seconds, most_attempts=_ALWAYS)
            if lease:
                work.uploads.turn(lease.key, READING)
        return lease

    def _read(self, lease: Lease, engine: Engine) -> None:
        result = self._result(lease, engine)
        if result is None:
            self._put_back(lease, _BUSY)
            return

        def end() -> None:
            with self._store.begin() as work:
                work.ledger.complete(lease, result.outcome)
                if work.uploads.settle(lease.key, result):
                    work.news.tell_read(result.sha256)
                self._folders.wipe(lease.key)  # before anyone can see that it has ended

        persistently(end)

    def _result(self, lease: Lease, engine: Engine) -> Result | None:
        try:
            parts = self._folders.parts(lease.key)
        except FileNotFoundError:  # wiped by a worker that could not tell its end any more
            with self._store.reading() as work:
                earlier = settled(work, work.uploads.key(lease.key))
            lost = "tệp tải lên không còn, hãy gửi lại (send it again)"
            return earlier or failed(Reason.UNREADABLE_FILE, lost)
        tell = self._heard.of(lease)
        return self._intake.take(parts, lambda parts: engine.read(parts, tell))

    def _put_back(self, lease: Lease, seconds: float) -> None:
        with contextlib.suppress(SQLAlchemyError, LeaseLost), self._store.begin() as work:
            work.ledger.defer(lease, seconds)
            work.uploads.turn(lease.key, WAITING)

    # ------------------------------------------------------------ the keeper

    def _keep(self) -> None:
        while not self._stop.wait(min(self._settings.lease_seconds / 4, 10.0)):
            try:
                self._intake.heartbeat()
                with self._lock:
                    held = list(self._held)
                if held:
                    with self._store.begin() as work:
                        work.ledger.renew(held, self._settings.lease_seconds)
                self._tidy()
            except SQLAlchemyError:
                _log.warning("no sign of life: database does not answer")

    def _tidy(self) -> None:
        """Frees what dead processes held, and wipes what ended without being wiped."""
        root = self._settings.data_dir / "spool"
        if dead := sweep(root):
            with self._store.begin() as work:
                for owner in dead:
                    work.ledger.release(owner)
            forget(root, dead)
        if names := self._folders.old(_SETTLED):  # newer ones may belong to a request not yet committed
            with self._store.reading() as work:
                ended = work.uploads.ended(names)
            self._folders.sweep(ended)
