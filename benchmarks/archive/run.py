"""One run over a folder in a process of its own, measured: `measured` begins it, `main` is what it runs.

    python -m benchmarks.archive.run FOLDER READER

Settings come from the environment, as to `dondoc batch`. The last line is the JSON of a `Run`.
"""

from __future__ import annotations

import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from dataclasses import asdict, dataclass
from pathlib import Path

import psutil
from sqlalchemy import func, select

from service.batch import Batch
from service.bootstrap import READER, open_store
from service.crew import Settled
from service.outcomes import Outcome
from service.settings import Settings
from service.tables import Document
from service.walk import walk

ROOT = Path(__file__).resolve().parents[2]
_EVERY = 50  # files between two looks at memory
_FIRST = 4  # short texts that are read before the clock starts
_TEXT = "Chỉ thị số {at}/CT-UBND\n1. Sở Y tế chủ trì, báo cáo Ủy ban nhân dân tỉnh trước ngày 15/4/2024.\n"


@dataclass(frozen=True)
class Run:
    """`seconds` from when a few lines of text had been read, so without the start of its processes; `memory`
    is resident bytes of all of them, every 50 files."""

    files: int
    failed: int
    pages: int
    seconds: float
    memory: list[int]

    @property
    def pages_per_second(self) -> float:
        """Pages a second of the files that were read."""
        return self.pages / self.seconds

    @property
    def growth(self) -> float:
        """How much more memory the last fifth of the run held than the second."""
        fifth = max(1, len(self.memory) // 5)
        early, late = self.memory[fifth : 2 * fifth], self.memory[-fifth:]
        return statistics.mean(late) / statistics.mean(early) - 1 if early else 0.0


def measured(folder: Path, engine: str, reader: str = READER) -> Run:
    """The figures of a run on a new store; raises `CalledProcessError` where it breaks off."""
    with tempfile.TemporaryDirectory(prefix="dondoc-bench-", dir=folder.parent) as data:
        done = subprocess.run(
            [sys.executable, "-m", "benchmarks.archive.run", str(folder), reader],
            cwd=ROOT,
            env=os.environ | {"DONDOC_DATA_DIR": data, "DONDOC_ENGINE": engine, "DONDOC_DATABASE_URL": ""},
            stdout=subprocess.PIPE,
            text=True,
            check=True,
        )
    return Run(**json.loads(done.stdout.splitlines()[-1]))


def main() -> None:
    """Runs, and prints what was measured."""
    folder, reader = Path(sys.argv[1]), sys.argv[2]
    settings = Settings()
    store = open_store(settings)
    first = _texts(settings.data_dir / "first")
    starts: list[float] = []
    ends: list[float] = []
    memory: list[int] = []
    failed = 0

    def note(settled: Settled) -> None:
        nonlocal failed
        (starts if settled.path.parent == first else ends).append(time.monotonic())
        failed += settled.result.outcome is Outcome.FAILED
        if len(ends) % _EVERY == 0:
            memory.append(_resident())

    Batch(settings, store, reader).run([*walk([first]), *walk([folder])], note)
    with store.engine.connect() as connection:
        pages = connection.scalar(select(func.sum(Document.pages))) or 0
    run = Run(len(ends), failed, int(pages) - _FIRST, ends[-1] - starts[-1], memory)
    print(json.dumps(asdict(run)))


def _texts(folder: Path) -> Path:
    folder.mkdir()
    for at in range(_FIRST):
        (folder / f"{at}.txt").write_text(_TEXT.format(at=at), encoding="utf-8")
    return folder


def _resident() -> int:
    total = 0
    own = psutil.Process()
    for process in (own, *own.children(recursive=True)):
        try:
            total += process.memory_info().rss
        except psutil.Error:
            continue
    return total


if __name__ == "__main__":
    main()
