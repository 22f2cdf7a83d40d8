"""A real Dask cluster on this machine, of processes that can be killed one by one."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
from contextlib import suppress
from pathlib import Path

import psutil

TESTS = str(Path(__file__).parent)
_NO_SPILL = {f"DASK_DISTRIBUTED__WORKER__MEMORY__{name}": "False" for name in ("TARGET", "SPILL")}


class Cluster:
    """A scheduler, and workers of one thread each; `data` is their data folder."""

    def __init__(self, folder: Path, **environment: str) -> None:
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self._port = free.getsockname()[1]
        self.folder, self.data = folder, folder / "data"
        self._environment = environment
        self._log = (folder / "dask.log").open("w")
        self.address = f"127.0.0.1:{self._port}"
        self._processes: list[subprocess.Popen[bytes]] = []
        self.start_scheduler()

    @property
    def engine(self) -> str:
        """The setting that names it."""
        return f"dask://{self.address}"

    @property
    def log(self) -> str:
        """What scheduler and workers wrote."""
        return (self.folder / "dask.log").read_text()

    def start_scheduler(self) -> None:
        """Starts one at the same address as before."""
        port = ["--host", "127.0.0.1", "--port", str(self._port), "--dashboard-address", "127.0.0.1:0"]
        self.scheduler = self._start("scheduler", *port)

    def start_worker(self, **environment: str) -> subprocess.Popen[bytes]:
        """A worker with its nanny, which starts it again where it is killed."""
        own = ["--host", "127.0.0.1", "--nthreads", "1", "--no-dashboard"]
        limit = ["--memory-limit", "2GiB", "--local-directory", str(self.folder / "scratch")]
        return self._start("worker", f"tcp://{self.address}", *own, *limit, **environment)

    def kill_worker(self, nanny: subprocess.Popen[bytes]) -> None:
        """SIGKILL for a worker's process, not for its nanny."""
        for process in psutil.Process(nanny.pid).children():
            if "spawn_main" in " ".join(process.cmdline()):
                process.kill()

    def close(self) -> None:
        """Ends all of it."""
        for process in self._processes:
            with suppress(psutil.NoSuchProcess):
                for one in psutil.Process(process.pid).children(recursive=True):
                    one.kill()
            process.kill()
            process.wait()
        self._log.close()

    def _start(self, what: str, *arguments: str, **environment: str) -> subprocess.Popen[bytes]:
        command = [sys.executable, "-m", f"distributed.cli.dask_{what}", *arguments]
        data = {"DONDOC_DATA_DIR": str(self.data), "PYTHONPATH": TESTS}
        started = subprocess.Popen(
            command,
            stdout=self._log,
            stderr=subprocess.STDOUT,
            env=os.environ | _NO_SPILL | data | self._environment | environment,
        )
        self._processes.append(started)
        return started
