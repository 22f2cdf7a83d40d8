"""Documents in, answers out, each read in a warm child process that can do no harm.

The parent watches the child from outside: resident memory of it and of the programs that it starts
(not address space: PDF and OCR libraries map far more than they use), processor time and wall clock.
What goes beyond is killed with all it started, and the next document gets a fresh child; so does
every Nth. An answer costs two frames over a socket, well under a millisecond.
"""

from __future__ import annotations

import contextlib
import functools
import json
import logging
import signal
import socket
import subprocess
import threading
import time
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

import psutil

from pipeline.errors import Reason
from pipeline.progress import Stage, Step, Tell, unheard
from service.asking import Asked, Sliced, received_sliced, send
from service.reader import Part
from service.settings import Settings
from service.spawning import spawned
from service.spool import Spool, vacate, wipe

_LOOK = 0.1  # seconds between two looks at a child that is busy
_PAUSES = (1.0, 10.0, 0.0)  # seconds after a process that could not be made
_START = 120.0  # seconds that a child may take to import its libraries
_log = logging.getLogger("dondoc.child")


@dataclass(frozen=True, slots=True)
class Cleared:
    """The document was read and bears no secrecy mark."""

    record: dict[str, Any] = field(repr=False)


@dataclass(frozen=True, slots=True)
class Refused:
    """The document bears a secrecy mark, or may: `why` names the level or "doubt"."""

    why: str


@dataclass(frozen=True, slots=True)
class Failed:
    """The document could not be read."""

    reason: Reason
    message: str
    step: Step | None = field(default=None, compare=False)  # the last that was heard of it


Answer = Cleared | Refused | Failed
Conversions = list[bytes | None]


class Stopped(Exception):  # noqa: N818 - says what happened
    """The run was stopped while the document was being read."""


class Broken(RuntimeError):  # noqa: N818 - says what happened
    """The child cannot even start: the installation is wrong, not the document."""


class Child:
    """One warm child; not for use by two threads at once. `reader` names a function "module:name" that
    makes a `Reader` from the settings."""

    def __init__(
        self, settings: Settings, reader: str, spool: Spool, stop: threading.Event | None = None
    ) -> None:
        self._settings = settings
        self._reader = reader
        self._spool = spool
        self._stop = stop or threading.Event()
        self._running: _Running | None = None

    def read(self, parts: Sequence[Part], tell: Tell = unheard) -> Answer:
        """What the child makes of the document in one go, or how it failed; `tell` hears how far it is.
        Raises `Stopped` or `Broken` only."""
        answer = self.ask(Asked(parts), tell)
        assert not isinstance(answer, Sliced)
        return answer

    def ask(self, asked: Asked, tell: Tell = unheard) -> Answer | Sliced:
        """The same, or some of its scanned pages where no more were asked for."""
        answer = self._ask(asked, tell)
        assert not isinstance(answer, list)
        if (isinstance(answer, Failed) and answer.reason in SPOILED) or self._worn:
            self.close()
        return answer

    def prime(self, parts: Sequence[Part]) -> Sequence[Part]:
        """The files with what a program made of them (service/priming.py), as they came where it failed;
        raises as `read`."""
        answer = self._ask(Asked(parts, prime=True), unheard)
        if isinstance(answer, list):
            return [replace(part, converted=one) for part, one in zip(parts, answer, strict=True)]
        self.close()
        return parts

    def close(self) -> None:
        """Ends the child and all that it started, and wipes its folder."""
        if self._running:
            self._running.end()
            self._running = None

    def _ask(self, asked: Asked, tell: Tell) -> Answer | Sliced | Conversions:
        try:
            return self._ready().ask(asked, self._settings, self._stop, tell)
        except BaseException:
            self.close()
            raise

    @property
    def _worn(self) -> bool:
        return self._running is not None and self._running.worn(self._settings)

    def _ready(self) -> _Running:
        if self._running and not self._running.alive:
            self.close()
        if not self._running:
            self._running = self._begun()
        return self._running

    def _begun(self) -> _Running:
        """A new process; where the system has none to give just now, that is no document's fault."""
        why = ""
        for pause in _PAUSES:
            try:
                return _Running(self._settings, self._reader, self._spool.folder())
            except OSError as error:
                why = error.strerror or type(error).__name__
                self._stop.wait(pause)
        raise Broken(f"tiến trình đọc không khởi động được (reader cannot start): {why}")


SPOILED = {Reason.CRASHED, Reason.MEMORY, Reason.TIMEOUT, Reason.INTERNAL}
"""How a document fails that its child does not outlive, or should not."""


class _Running:
    """A process that lives, with its socket and its folder for temporary files."""

    def __init__(self, settings: Settings, reader: str, folder: Path) -> None:
        self._folder = folder
        self._files = 0
        mine, its = socket.socketpair()
        try:
            self._process = spawned(its, folder)
        except BaseException:
            mine.close()
            wipe(folder)
            raise
        finally:
            its.close()
        self._link: Connection[Any, Any] = Connection(mine.detach())
        self._watched = psutil.Process(self._process.pid)
        try:
            self._greet(settings, reader)
        except BaseException:
            self.end()
            raise

    def _greet(self, settings: Settings, reader: str) -> None:
        hello = {"settings": settings.model_dump(mode="json"), "reader": reader}
        try:
            self._link.send_bytes(json.dumps(hello).encode())
            reply = json.loads(self._link.recv_bytes()) if self._link.poll(_START) else {"broken": "timeout"}
        except (EOFError, OSError) as error:
            reply = {"broken": f"{type(error).__name__}"}
        if "broken" in reply:
            raise Broken(f"tiến trình đọc không khởi động được (reader cannot start): {reply['broken']}")
        if reply["network"]:
            _tell_network()

    @property
    def alive(self) -> bool:
        return self._process.poll() is None

    def worn(self, settings: Settings) -> bool:
        """Whether it has read its share, or holds on to too much memory."""
        if self._files >= settings.files_per_child:
            return True
        try:
            return bool(self._watched.memory_info().rss > settings.child_memory_mb * 2**20 / 2)
        except psutil.Error:
            return True

    def ask(
        self, asked: Asked, settings: Settings, stop: threading.Event, tell: Tell
    ) -> Answer | Sliced | Conversions:
        self._files += not asked.prime
        cpu = _seconds(self._watched)
        begun = looked = time.monotonic()
        step: Step | None = None
        try:
            send(self._link, asked)
            while True:
                if self._link.poll(_LOOK):
                    frame = json.loads(self._link.recv_bytes())
                    if "primed" in frame:
                        return [self._link.recv_bytes() if there else None for there in frame["primed"]]
                    if "sliced" in frame:
                        return received_sliced(self._link, frame["sliced"])
                    if "step" not in frame:
                        return _understand(frame, step)
                    tell(step := _step(*frame["step"]))
                if stop.is_set():
                    raise Stopped
                if time.monotonic() - looked < _LOOK:  # steps come faster than limits need be looked at
                    continue
                looked = time.monotonic()
                if beyond := self._beyond(settings, begun, cpu):
                    return replace(beyond, step=step)
        except (EOFError, OSError):
            return Failed(Reason.CRASHED, f"tiến trình đọc bị sập (reader crashed: {self._ending()})", step)

    def _beyond(self, settings: Settings, begun: float, cpu: float) -> Failed | None:
        memory, used = _usage(self._watched)
        if memory > settings.child_memory_mb * 2**20:
            return Failed(Reason.MEMORY, f"quá {settings.child_memory_mb} MB bộ nhớ (over the memory limit)")
        if used - cpu > settings.child_cpu_seconds:
            return Failed(
                Reason.TIMEOUT, f"quá {settings.child_cpu_seconds:g} giây xử lý (over the processor limit)"
            )
        if time.monotonic() - begun > settings.child_wall_seconds:
            return Failed(Reason.TIMEOUT, f"quá {settings.child_wall_seconds:g} giây (timed out)")
        return None

    def _ending(self) -> str:
        try:
            code = self._process.wait(5.0)
        except subprocess.TimeoutExpired:
            return "no answer"
        return signal.Signals(-code).name if code < 0 else f"exit {code}"

    def end(self) -> None:
        """SIGKILL for the child and all that it started, then its folder is wiped."""
        self._link.close()
        self._process.kill()
        self._process.wait()
        vacate(self._folder)


@functools.cache
def _tell_network() -> None:
    """Said once a process."""
    _log.info("this system does not let reading processes be cut off from the network")


def _usage(process: psutil.Process) -> tuple[int, float]:
    """(resident bytes, processor seconds) of a process and all below it."""
    memory, seconds = 0, 0.0
    with contextlib.suppress(psutil.Error):
        for one in (process, *process.children(recursive=True)):
            seconds += _seconds(one)
            with contextlib.suppress(psutil.Error):
                memory += one.memory_info().rss
    return memory, seconds


def _seconds(process: psutil.Process) -> float:
    with contextlib.suppress(psutil.Error):
        times = process.cpu_times()
        return float(times.user + times.system)
    return 0.0


def _step(stage: str, page: int, pages: int) -> Step:
    return Step(Stage(stage), page, pages)


def _understand(answer: dict[str, Any], step: Step | None) -> Answer:
    if "record" in answer:
        return Cleared(answer["record"])
    if "refused" in answer:
        return Refused(answer["refused"])
    reason, message = answer["failed"]
    return Failed(Reason(reason), message, step)
