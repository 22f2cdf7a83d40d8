"""An archive with its store and runs over it, and a gate that holds up a reading."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

from sqlalchemy import select

from service.batch import Batch
from service.database import open_engine
from service.migrations import migrate
from service.settings import Settings
from service.store import Store
from service.tables import Job
from service.walk import walk

TESTS = str(Path(__file__).parent)
READER = "fake_readers:plain"
RUN = """
import signal, sys, time
from pathlib import Path
signal.signal(signal.SIGINT, signal.default_int_handler)  # whatever the tests' own start ignores
ahead = float(sys.argv[5])
clock, ticks = time.time, time.time_ns
time.time, time.time_ns = lambda: clock() + ahead, lambda: ticks() + int(ahead * 10**9)
from service.batch import Batch
from service.commands.interrupt import once
from service.database import open_engine
from service.settings import Settings
from service.store import Store
from service.walk import walk
once()
settings = Settings(data_dir=Path(sys.argv[1]), engine=sys.argv[4], child_memory_mb=400)
run = Batch(settings, Store(open_engine(sys.argv[2])), "fake_readers:plain")
run.run(walk([Path(sys.argv[3])]), lambda one: print(one.path.name, one.result, flush=True))
"""


class Archive:
    """A folder of directives, and runs over it, each as a new command would be."""

    def __init__(self, folder: Path, engine: str) -> None:
        self.engine, self.data, self.folder = engine, folder / "data", folder / "kho"
        self.folder.mkdir()
        self._number = 0
        self.url = f"sqlite:///{folder / 'dondoc.sqlite3'}"
        self.store = Store(open_engine(self.url))
        migrate(self.store.engine)
        self._started: list[subprocess.Popen[str]] = []

    def add(self, name: str, text: str = "") -> None:
        """A file; without a text a directive with one task and a number of its own."""
        self._number += 1
        own = f"number: {self._number}/CT-UBND\nissuer: UBND tỉnh Mẫu\nissued_on: 2024-03-01\n"
        (self.folder / f"{name}.txt").write_text(text or own + "Sở Y tế; lập kế hoạch; 2024-03-15\n")

    def run(self, *, retry_failed: bool = False, **limits: float) -> dict[str, str]:
        """A whole run in this process: what became of each file."""
        settings = Settings(data_dir=self.data, engine=self.engine, **{"child_memory_mb": 400, **limits})
        ended: dict[str, str] = {}
        Batch(settings, self.store, READER).run(
            walk([self.folder]),
            lambda one: ended.update({one.path.stem: str(one.result)}),
            retry_failed=retry_failed,
        )
        return ended

    def start(self, ahead: float = 0.0) -> subprocess.Popen[str]:
        """A run in a process of its own, whose clock is some seconds ahead; it prints what has ended."""
        command = [sys.executable, "-c", RUN, str(self.data), self.url, str(self.folder), self.engine]
        started = subprocess.Popen(
            [*command, str(ahead)],
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            text=True,
            env=os.environ | {"PYTHONPATH": TESTS},
        )
        self._started.append(started)
        return started

    def tasks(self) -> int:
        """How many tasks the store has."""
        with self.store.reading() as work:
            return len(work.tasks())

    def attempts(self) -> list[int]:
        """How often each document was begun."""
        with self.store.engine.connect() as connection:
            return list(connection.scalars(select(Job.attempts)))

    def states(self) -> dict[str, int]:
        """How many documents the ledger has in each state."""
        with self.store.reading() as work:
            return work.ledger.counts("read")

    def close(self) -> None:
        for one in self._started:
            one.kill()
            one.communicate()
        self.store.engine.dispose()


class Gate:
    """What a file that says `!held GATE` waits for."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def reader(self) -> int:
        """The process that waits, once there is one."""
        pid = self.path.with_suffix(".pid")
        eventually(pid.exists)
        return int(pid.read_text())

    def open(self) -> None:
        """Lets it go on."""
        self.path.touch()


def eventually(found: Callable[[], bool]) -> None:
    """Waits until it is so; fails where it never is."""
    for _ in range(600):
        if found():
            return
        time.sleep(0.05)
    raise AssertionError("it never came to be")
