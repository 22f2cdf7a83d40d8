"""A private place for what exists only while a file is being read.

Until a file is cleared (it bears no secrecy mark) its bytes are in memory and in nothing else but the
temporary folders of the program that reads them, and those lie here: folders of mode 0700 in
`spool/<owner>/`, wiped on every outcome, and after a crash by the next process that starts. A lock
that the operating system drops with its process tells the dead owners from the living ones.
"""

from __future__ import annotations

import contextlib
import fcntl
import os
import shutil
import tempfile
import uuid
from pathlib import Path

import psutil

_LOCK = ".lock"


class Spool:
    """This process's part of the spool; `owner` is its name there and in the ledger."""

    def __init__(self, root: Path) -> None:
        root.mkdir(parents=True, exist_ok=True, mode=0o700)
        root.chmod(0o700)
        self.owner = uuid.uuid4().hex
        self._place = root / self.owner
        self._lock = root / f"{self.owner}{_LOCK}"
        draft = root / f".{self.owner}"
        self._handle = os.open(draft, os.O_CREAT | os.O_RDWR, 0o600)
        fcntl.flock(self._handle, fcntl.LOCK_EX)
        draft.rename(self._lock)  # seen by others only once it is locked
        self._place.mkdir(mode=0o700)

    def folder(self) -> Path:
        """A new empty private folder."""
        return Path(tempfile.mkdtemp(dir=self._place))

    def close(self) -> None:
        """Wipes all of this process's folders."""
        wipe(self._place)
        self._lock.unlink(missing_ok=True)
        os.close(self._handle)


def vacate(folder: Path) -> None:
    """Kills every process whose temporary files go to `folder` or below, then wipes it."""
    for process in psutil.process_iter():
        with contextlib.suppress(psutil.Error):
            if Path(process.environ().get("TMPDIR", "/")).is_relative_to(folder):
                process.kill()
    wipe(folder)


def wipe(folder: Path) -> None:
    """Removes a folder and all in it, even while a killed program's last writes come in."""
    for _ in range(3):
        shutil.rmtree(folder, ignore_errors=True)
        if not folder.exists():
            return


def sweep(root: Path) -> list[str]:
    """Wipes what processes that died left behind and ends what they left running; their names, until
    `forget` is told that their leases are free too."""
    dead = []
    for lock in root.glob(f"*{_LOCK}"):
        try:
            handle = os.open(lock, os.O_RDWR)
        except FileNotFoundError:
            continue
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            continue  # its process lives
        else:
            vacate(root / lock.name.removesuffix(_LOCK))
            dead.append(lock.name.removesuffix(_LOCK))
        finally:
            os.close(handle)
    return dead


def forget(root: Path, owners: list[str]) -> None:
    """Drops the names of dead processes that nothing in the ledger refers to any more."""
    for owner in owners:
        (root / f"{owner}{_LOCK}").unlink(missing_ok=True)
