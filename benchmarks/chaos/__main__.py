"""`make chaos`: an archive is read while its processes are killed and its database falls over.

    python -m benchmarks.chaos [--files N] [--seconds S] [--workers N] [--seed N]
                               [--database sqlite|postgresql|both]

The same files are first read undisturbed. Then, on a new store, `dondoc batch` is begun again and again:
every few seconds it or one of its reading processes gets SIGKILL; on PostgreSQL the server is also stopped
twice as by a power cut; on SQLite all processes are killed at once in the middle of commits. After
`--seconds` the run is left in peace to end. A run that ends earlier is followed by another on a new store.
Counted are files that ended in no outcome (lost) or in more than one (doubled), and rows that differ from
those of the undisturbed run; `dondoc check` must find the store sound. The last line is JSON, exit status 1
where anything is wrong.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path

import psutil

from benchmarks.chaos import papers
from benchmarks.chaos.kept import Kept, differing, kept, outcomes
from benchmarks.chaos.server import Server, server
from service.bootstrap import open_store
from service.settings import Settings

ROOT = Path(__file__).resolve().parents[2]
RESTARTS = 2
_DONDOC = "from service.cli import main; main()"
_PAUSE = (2.0, 6.0)  # seconds between two kills
_DOWN = (1.0, 4.0)  # seconds that the database is away


@dataclass
class Tally:
    """What happened and what it cost."""

    files: int = 0
    kills: int = 0
    database_restarts: int = 0
    lost: int = 0
    doubled: int = 0
    differs_from_undisturbed: int = 0
    unsound: int = 0

    def add(self, other: Tally) -> None:
        """Counts another's in."""
        for name, value in asdict(other).items():
            setattr(self, name, getattr(self, name) + value)

    @property
    def sound(self) -> bool:
        """Whether nothing went wrong."""
        return not (self.lost or self.doubled or self.differs_from_undisturbed or self.unsound)


def main() -> int:
    parser = argparse.ArgumentParser(prog="make chaos", description=(__doc__ or "").split("\n", 1)[0])
    parser.add_argument("--files", type=int, default=2000)
    parser.add_argument("--seconds", type=float, default=600.0)
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--database", choices=("sqlite", "postgresql", "both"), default="both")
    options = parser.parse_args()
    total = Tally()
    with tempfile.TemporaryDirectory(prefix="dondoc-chaos-") as name:
        folder = Path(name)
        folder.chmod(0o755)  # the database's server runs as another user
        files = papers.write(folder / "archive", options.files, options.seed)
        kinds = ("postgresql", "sqlite") if options.database == "both" else (options.database,)
        for kind in kinds:
            tally = Chaos(kind, folder, files, options).run()
            print(json.dumps({"database": kind} | asdict(tally)), flush=True)
            total.add(tally)
    print(json.dumps(asdict(total)))
    return 0 if total.sound else 1


class Chaos:
    """One database's turn."""

    def __init__(self, kind: str, folder: Path, files: list[Path], options: argparse.Namespace) -> None:
        self._kind = kind
        self._folder = folder / kind
        self._archive = folder / "archive"
        self._files = files
        self._options = options
        self._dice = random.Random(options.seed)

    def run(self) -> Tally:
        """Undisturbed once, then disturbed until the time is up."""
        with self._store("undisturbed") as (settings, _):
            began = time.monotonic()
            self._begin(settings).wait()
            peace = kept(open_store(settings).engine)
            print(f"{self._kind}: undisturbed {time.monotonic() - began:.0f} s", file=sys.stderr, flush=True)
        total, until, round_ = Tally(), time.monotonic() + self._options.seconds, 0
        while time.monotonic() < until:
            round_ += 1
            with self._store(f"round-{round_}") as (settings, database):
                tally = self._disturbed(settings, database, until)
                tally.add(self._counted(settings, peace))
            print(f"{self._kind}: round {round_}: {asdict(tally)}", file=sys.stderr, flush=True)
            total.add(tally)
        return total

    @contextmanager
    def _store(self, name: str) -> Iterator[tuple[Settings, Server | None]]:
        folder = self._folder / name
        if self._kind == "sqlite":
            yield Settings(data_dir=folder / "data", database_url=""), None
            return
        with server(folder / "server") as database:
            yield Settings(data_dir=folder / "data", database_url=database.url), database

    def _begin(self, settings: Settings) -> psutil.Popen:
        command = [sys.executable, "-c", _DONDOC, "batch", str(self._archive)]
        told = {
            "DONDOC_DATA_DIR": str(settings.data_dir),
            "DONDOC_DATABASE_URL": settings.database_url,
            "DONDOC_MOST_ATTEMPTS": "1000",  # what is read longer than kills are apart is hit again and again
        }
        return psutil.Popen(
            [*command, "--workers", str(self._options.workers)],
            cwd=ROOT,
            env=os.environ | told,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )

    # ------------------------------------------------------------ the chaos

    def _disturbed(self, settings: Settings, database: Server | None, until: float) -> Tally:
        tally, begun = Tally(), time.monotonic()
        falls = [begun + (until - begun) * (at + 1) / (RESTARTS + 1) for at in range(RESTARTS)]
        run, touched = self._begin(settings), False
        while True:
            pause = self._dice.uniform(*_PAUSE)
            if _ended(run, pause if time.monotonic() < until else None):
                if not touched:  # what it left undone it would leave for ever
                    return tally
                run, touched = self._begin(settings), False
                continue
            touched = True
            if database and falls and time.monotonic() > falls[0]:
                falls.pop(0)
                database.crash()
                time.sleep(self._dice.uniform(*_DOWN))
                database.start()
                tally.database_restarts += 1
            tally.kills += self._cut(run, settings) if self._kind == "sqlite" else self._kill(run)

    def _kill(self, run: psutil.Popen) -> int:
        """SIGKILL for the run or one of its children."""
        victims = [run, *_below(run)]
        try:
            self._dice.choice(victims[:1] * (len(victims) - 1) + victims[1:] or victims).kill()
        except psutil.NoSuchProcess:
            return 0
        return 1

    def _cut(self, run: psutil.Popen, settings: Settings) -> int:
        """SIGKILL for all at once as soon as the database's log is seen to change: amid a commit."""
        log = settings.data_dir / "dondoc.sqlite3-wal"
        before, patience = _state(log), time.monotonic() + 2.0
        while _state(log) == before and time.monotonic() < patience:
            pass
        family = [run, *_below(run)]
        for one in family:
            try:
                one.send_signal(signal.SIGKILL)
            except psutil.NoSuchProcess:
                continue
        run.wait()
        return len(family)

    # ------------------------------------------------------------ what is left

    def _counted(self, settings: Settings, peace: Kept) -> Tally:
        engine = open_store(settings).engine
        lost, doubled = outcomes(engine, self._files)
        differ = differing(kept(engine), peace)
        for line, times in differ.items():
            print(f"differs: {times:+d} {line[:300]}", file=sys.stderr, flush=True)
        told = {"DONDOC_DATA_DIR": str(settings.data_dir), "DONDOC_DATABASE_URL": settings.database_url}
        check = subprocess.run(
            [sys.executable, "-c", _DONDOC, "check"],
            cwd=ROOT,
            env=os.environ | told,
            stdout=sys.stderr,
            check=False,
        )
        return Tally(
            files=len(self._files),
            lost=lost,
            doubled=doubled,
            differs_from_undisturbed=sum(map(abs, differ.values())),
            unsound=int(check.returncode != 0),
        )


def _ended(run: psutil.Popen, seconds: float | None) -> bool:
    try:
        run.wait(seconds)
    except psutil.TimeoutExpired:
        return False
    return True


def _below(run: psutil.Popen) -> list[psutil.Process]:
    try:
        found: list[psutil.Process] = run.children(recursive=True)
    except psutil.NoSuchProcess:
        return []
    return found


def _state(path: Path) -> tuple[int, int]:
    try:
        status = path.stat()
    except FileNotFoundError:
        return 0, 0
    return status.st_size, status.st_mtime_ns


if __name__ == "__main__":
    sys.exit(main())
