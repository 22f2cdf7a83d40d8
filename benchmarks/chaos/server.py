"""A PostgreSQL server of our own in a folder, that may fall over without harm to others."""

from __future__ import annotations

import os
import pwd
import shutil
import socket
import subprocess
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

_USER = "postgres"  # the server refuses to run as root


class Server:
    """One that runs; `url` is its empty database."""

    def __init__(self, folder: Path, port: int) -> None:
        self._folder = folder
        self._port = port
        self.url = f"postgresql+psycopg://{_USER}@127.0.0.1:{port}/postgres"

    def start(self) -> None:
        """Starts it and waits until it answers, after a crash once its log is replayed."""
        options = f"-p {self._port} -c listen_addresses=127.0.0.1 -c unix_socket_directories="
        self._control("start", "-w", "-o", options, "-l", str(self._folder / "log"))

    def crash(self) -> None:
        """Ends it at once, as if the power went: no checkpoint, connections cut."""
        self._control("stop", "-m", "immediate")

    def _control(self, *words: str) -> None:
        _as_server([_program("pg_ctl"), "-D", str(self._folder / "data"), *words], self._folder)


@contextmanager
def server(folder: Path) -> Iterator[Server]:
    """A new server in `folder`, which must be empty; ends with the block."""
    folder.mkdir(parents=True)
    if os.getuid() == 0:
        shutil.chown(folder, _USER)
    data = str(folder / "data")
    _as_server([_program("initdb"), "-D", data, "-U", _USER, "-A", "trust", "-E", "UTF8"], folder)
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    one = Server(folder, port)
    one.start()
    try:
        yield one
    finally:
        one.crash()


def _program(name: str) -> str:
    found = shutil.which(name) or next(
        (str(path) for path in sorted(Path("/usr/lib/postgresql").glob(f"*/bin/{name}"), reverse=True)), None
    )
    if found is None:
        raise SystemExit(f"chaos: {name} is missing (sudo apt-get install postgresql)")
    return found


def _as_server(command: Sequence[str], folder: Path) -> None:
    user = pwd.getpwnam(_USER).pw_uid if os.getuid() == 0 else None
    done = subprocess.run(
        command,
        cwd=folder,
        user=user,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        text=True,
        check=False,
    )
    if done.returncode:
        raise SystemExit(f"chaos: {Path(command[0]).name}: {done.stderr.strip()}")
