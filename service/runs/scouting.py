"""Paths in, their bytes and pages ahead of the reading out, so that a run knows how long it takes."""

from __future__ import annotations

import contextlib
import os
import select
import subprocess
import sys
import threading
from collections.abc import Callable, Iterable
from pathlib import Path

from service.runs.kinds import PDF, SCAN, kind_of

_PATIENCE = 20.0  # seconds for one file's pages, then they stay unknown
Tell = Callable[[Path, int, int, str], None]
"""Hears of each file its bytes, its pages (0: unknown) and its kind."""


class Scout:
    """A thread that looks at files ahead; what it cannot tell costs nothing but a less exact forecast. Pages
    are counted of those alone that are still `wanted` when it comes to them."""

    def __init__(
        self, paths: Iterable[Path], tell: Tell, wanted: Callable[[Path], bool] = lambda path: True
    ) -> None:
        self._paths = paths
        self._wanted = wanted
        self._tell = tell
        self._counter = _Counter()
        self._stop = threading.Event()
        self._thread = threading.Thread(target=self._work, name="scout", daemon=True)

    def start(self) -> None:
        """Begins."""
        self._thread.start()

    def stop(self) -> None:
        """Ends at once, wherever it is."""
        self._stop.set()
        self._counter.close()
        self._thread.join()

    def wait(self) -> None:
        """Until all files have been looked at."""
        self._thread.join()

    def _work(self) -> None:
        for path in self._paths:
            if self._stop.is_set():
                break
            kind, pages, size = kind_of(path), 0, 0
            with contextlib.suppress(OSError):
                size = path.stat().st_size
            if kind == PDF and self._wanted(path):
                pages, kind = self._counter.count(path)
            self._tell(path, size, pages, kind)
        self._counter.close()


class _Counter:
    """The counting program (service/runs/counting.py), begun anew after a file that took it down."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._program: subprocess.Popen[bytes] | None = None

    def count(self, path: Path) -> tuple[int, str]:
        try:
            program = self._running()
            assert program.stdin and program.stdout
            program.stdin.write(os.fsencode(path.absolute()).hex().encode() + b"\n")
            program.stdin.flush()
            if select.select([program.stdout], [], [], _PATIENCE)[0]:
                pages, kind = program.stdout.readline().decode().split()
                return int(pages), SCAN if kind == SCAN else PDF
        except (OSError, ValueError):
            pass
        self.close()
        return 0, PDF

    def _running(self) -> subprocess.Popen[bytes]:
        with self._lock:
            if self._program is None:
                self._program = subprocess.Popen(
                    [sys.executable, "-m", "service.runs.counting"],
                    stdin=subprocess.PIPE,
                    stdout=subprocess.PIPE,
                    stderr=subprocess.DEVNULL,
                    env=dict(os.environ) | {"PYTHONPATH": os.pathsep.join(filter(None, sys.path))},
                    start_new_session=True,
                )
            return self._program

    def close(self) -> None:
        with self._lock:
            program, self._program = self._program, None
        if program:
            program.kill()
            program.wait()
            for pipe in (program.stdin, program.stdout):
                with contextlib.suppress(OSError):
                    if pipe:
                        pipe.close()
