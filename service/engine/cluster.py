"""Readers on a Dask cluster: a running one by its address, or one of its own on this machine.

No other file knows Dask. Each thread of each of its workers has a warm child, so that all limits hold there
as here; what a reader needs of this office is sent along (service/engine/kit.py). Documents travel and wait
in memory alone: a worker that would write what it holds to its disk is refused.
"""

from __future__ import annotations

import contextlib
import logging
import threading
import time
import uuid
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import CancelledError, Future
from contextlib import contextmanager
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path
from typing import Any, TypeVar

import dask
from distributed import Client, KilledWorker, LocalCluster, Worker, WorkerPlugin, get_worker
from distributed.client import ClosedClientError
from distributed.utils import LoopRunner
from tornado.ioloop import IOLoop

from pipeline.errors import Reason
from pipeline.progress import Stage, Step, Tell, unheard
from pipeline.read import doc, ocr
from service.asking import Asked, Sliced
from service.child import Answer, Broken, Failed, Stopped
from service.database import Unavailable
from service.engine.choice import Choice
from service.engine.engine import Engine
from service.engine.kit import Kit, kit_of, mark_of
from service.engine.reading import prime_documents, read_document
from service.engine.room import Absent, Room, close_room, open_room
from service.reader import Part
from service.settings import Settings
from service.spool import Spool, forget, sweep

T = TypeVar("T")
_LOOK = 0.3  # seconds between two looks whether the run was stopped
_IDLE = 300.0  # seconds after which a worker ends a child that reads nothing: its run may be dead
_TOLD_EVERY = 0.25  # seconds between two steps that are told of a stage
_TRIES = 20  # times that one reading is given to a cluster that drops it
_log = logging.getLogger("dondoc.engine")


@contextmanager
def cluster_engine(
    choice: Choice, settings: Settings, reader: str, stop: threading.Event, patience: float
) -> Iterator[Engine]:
    """As `reading_engine`; raises `Unavailable` where no scheduler or worker answers, `Broken` where a worker
    is not fit to read."""
    _quieten()
    with _client(choice, settings, patience) as client:
        engine = _ClusterEngine(client, choice, settings, reader, stop, patience)
        try:
            yield engine
        finally:
            stop.set()
            engine.close()


def _quieten() -> None:
    dask.config.set({"distributed.admin.large-graph-warning-threshold": "1 TiB"})  # a scan may be large
    for name in ("distributed", "distributed.client", "distributed.core", "distributed.comm", "tornado"):
        logging.getLogger(name).setLevel(logging.CRITICAL)  # what matters is told below


@contextmanager
def _client(choice: Choice, settings: Settings, patience: float) -> Iterator[Client]:
    if choice.address:
        with _loop() as loop:
            try:
                client = Client(choice.address, timeout=patience, set_as_default=False, loop=loop)
            except OSError as error:
                raise _away(choice.address) from error
            with client:
                yield client
        return
    own = LocalCluster(
        n_workers=1,
        threads_per_worker=choice.readers,
        processes=False,  # the children are processes; so no other user of this machine can speak to it
        memory_limit=0,  # the children are bounded; and nothing is ever written to disk
        dashboard_address="127.0.0.1:0",
        worker_dashboard_address="127.0.0.1:0",
        silence_logs=logging.CRITICAL,
    )
    with own, Client(own, timeout=patience, set_as_default=False) as client:
        yield client


@contextmanager
def _loop() -> Iterator[IOLoop]:
    """Ended by us: a client that found no scheduler leaves its own running, and whoever tries again and again
    would run out of threads."""
    runner = LoopRunner()
    runner.start()
    try:
        yield runner.loop
    finally:
        runner.loop.add_callback(runner.loop.stop)


def _away(address: str) -> Unavailable:
    return Unavailable(f"{address}: bộ điều phối Dask không trả lời (the scheduler does not answer)")


class Furnishing(WorkerPlugin):  # type: ignore[misc] # Dask has no types
    """Opens a room in every worker that there is or comes, and ends it with the worker or the run."""

    idempotent = True

    def __init__(self, reader: str, kit: Kit, root: Path | None) -> None:
        """`root` is where the readers' temporary files lie; None: in each worker's own data folder."""
        self.room = uuid.uuid4().hex
        self.name = f"dondoc-{self.room}"
        self._reader, self._kit, self._root = reader, kit, root

    def setup(self, worker: Worker) -> None:
        """Called by Dask in the worker."""
        self._spool = _own_spool(self._root or Settings().data_dir / "cluster")
        settings = self._kit.laid_out(self._spool.folder())
        room = Room(settings, self._reader, self._spool, threading.Event())
        open_room(self.room, room)
        threading.Thread(target=room.keep_resting, args=(_IDLE,), daemon=True).start()

    def teardown(self, worker: Worker) -> None:
        """The same."""
        close_room(self.room)
        self._spool.close()


def _own_spool(root: Path) -> Spool:
    spool = Spool(root)
    forget(root, sweep(root))  # what killed workers of this machine left
    return spool


def unfit(wanted: str, dask_worker: Worker) -> str:
    """Why a worker must not read for this version, "" where it may; called by Dask in the worker."""
    if version("dondoc") != wanted:
        return f"dondoc {version('dondoc')}, cần (wanted) {wanted}"
    if hasattr(dask_worker.data, "slow"):
        return (
            "ghi dữ liệu ra đĩa khi thiếu bộ nhớ, hãy tắt (spills documents to its disk; start it with "
            "DASK_DISTRIBUTED__WORKER__MEMORY__SPILL=False DASK_DISTRIBUTED__WORKER__MEMORY__TARGET=False)"
        )
    return ocr.missing() or doc.missing()


@dataclass(slots=True)
class _Telling:
    """Takes the steps of a reading on its worker and sends them here, each new stage, of its pages now and
    then: counts, nothing of the document."""

    topic: str
    reading: str
    stage: Stage | None = None
    spoke: float = 0.0

    def __call__(self, step: Step) -> None:
        moment = time.monotonic()
        if step.stage is self.stage and moment - self.spoke < _TOLD_EVERY:
            return
        self.stage, self.spoke = step.stage, moment
        told = {"reading": self.reading, "stage": str(step.stage), "page": step.page, "pages": step.pages}
        get_worker().log_event(self.topic, told)


class _ClusterEngine(Engine):
    """An engine whose readings outlive workers and, for `patience`, the scheduler."""

    def __init__(
        self,
        client: Client,
        choice: Choice,
        settings: Settings,
        reader: str,
        stop: threading.Event,
        patience: float,
    ) -> None:
        self._client, self._choice, self._settings = client, choice, settings
        self._stop, self._patience = stop, patience
        self._mark = mark_of(settings)
        root = None if choice.address else settings.data_dir / "cluster"
        self._furnishing = Furnishing(reader, kit_of(settings), root)
        self._listening: dict[str, Tell] = {}
        self._lock = threading.Lock()
        self._furnish()
        readers = choice.readers or sum(client.nthreads().values())
        executor, room = client.get_executor(pure=False), self._furnishing.room
        super().__init__(executor, readers, room, settings.slice_pages, ahead=(readers + 1) // 2)

    @property
    def stale(self) -> bool:
        return mark_of(self._settings) != self._mark

    def ask(self, asked: Asked, tell: Tell) -> Answer | Sliced:
        try:
            with self._heard(tell) as telling:
                return self._done(read_document, asked, telling)
        except KilledWorker:
            return Failed(Reason.CRASHED, "máy đọc bị sập nhiều lần (its workers died each time)")

    def prime(self, parts: Sequence[Part]) -> Sequence[Part]:
        try:
            return self._done(prime_documents, parts)
        except KilledWorker:
            return parts

    def close(self) -> None:
        """Ends what is being read and the rooms."""
        if self._client.status != "running":
            return  # a cluster that is gone has ended them
        with contextlib.suppress(Exception):  # the same
            self.executor.shutdown(wait=False)
            self._client.unsubscribe_topic(self._furnishing.room)
            self._client.unregister_worker_plugin(self._furnishing.name)

    @contextmanager
    def _heard(self, tell: Tell) -> Iterator[Tell]:
        """What a worker can call in place of `tell`."""
        if tell is unheard:
            yield unheard
            return
        telling = _Telling(self._furnishing.room, uuid.uuid4().hex)
        self._listening[telling.reading] = tell
        try:
            yield telling
        finally:
            del self._listening[telling.reading]

    def _hear(self, event: tuple[float, dict[str, Any]]) -> None:
        """Called by Dask with what a `_Telling` sent; what is late finds nobody listening."""
        told = event[1]
        tell = self._listening.get(told["reading"], unheard)
        tell(Step(Stage(told["stage"]), told["page"], told["pages"]))

    def _done(self, function: Callable[..., T], *what: Any) -> T:
        for _ in range(_TRIES):
            try:
                return self._waited(self.executor.submit(function, self._room, *what))
            except (CancelledError, ClosedClientError, Absent):  # lost with its scheduler; no room there yet
                self._recover()
        raise Unavailable("cụm Dask bỏ dở việc đọc (the cluster drops what it is given)")

    def _waited(self, future: Future[T]) -> T:
        while True:
            try:
                return future.result(_LOOK)
            except TimeoutError:
                if self._stop.is_set():
                    future.cancel()
                    raise Stopped from None

    def _recover(self) -> None:
        """Waits until the scheduler is there again; one thread does, the others after it find it done."""
        with self._lock:
            if not self._stop.is_set():
                _log.warning("the scheduler was away or restarted: reading goes on when it answers")
            while self._client.status == "connecting" and not self._stop.wait(_LOOK):
                pass
            if self._stop.is_set():
                raise Stopped
            try:
                if self._client.status != "running":
                    raise _away(self._choice.address or "dask://local")
                self._furnish()
            except (Broken, Unavailable):
                self._stop.set()
                raise

    def _furnish(self) -> None:
        try:
            self._client.wait_for_workers(1, timeout=self._patience)
            self._client.subscribe_topic(self._furnishing.room, self._hear)
            self._client.register_plugin(self._furnishing)
            found = self._client.run(unfit, version("dondoc"))
        except TimeoutError:
            raise Unavailable("cụm Dask không có máy đọc nào (the cluster has no worker)") from None
        except Exception as error:  # what a worker without this product makes of it
            why = "máy đọc không dùng được, khác phiên bản? (unusable workers: another version?)"
            raise Broken(f"{why}: {type(error).__name__}") from error
        for address, why in found.items():
            if why:
                raise Broken(f"{address}: {why}")
