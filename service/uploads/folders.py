"""The private folders of uploads: what was sent lies there, name and bytes, until it is read; then nothing.

`uploads/<id>/` holds the files as "0", "1", … and their names in `names.json`: the name that a client gives
is never a path. While a request comes in its files lie in the process's spool, so that what is cut off leaves
nothing behind.
"""

from __future__ import annotations

import contextlib
import json
import os
import time
from collections.abc import Iterable, Sequence
from pathlib import Path, PurePosixPath

from service.reader import Part
from service.spool import wipe
from service.walk import printable

_NAMES = "names.json"
_LONGEST = 200  # characters of a name that are kept
NAMELESS = "tep"


class Folders:
    """The folders below `root`, mode 0700."""

    def __init__(self, root: Path) -> None:
        self._root = root

    def keep(self, identifier: str, files: Sequence[Path], names: Sequence[str]) -> None:
        """Moves the files (of the same file system) into the upload's own folder, on the disk for good."""
        self._root.mkdir(parents=True, exist_ok=True, mode=0o700)
        folder = self._folder(identifier)
        folder.mkdir(mode=0o700)
        for number, file in enumerate(files):
            file.rename(folder / str(number))
        handle = os.open(folder / _NAMES, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600)
        with os.fdopen(handle, "w", encoding="utf-8") as stream:
            json.dump(list(names), stream)
            stream.flush()
            os.fsync(stream.fileno())
        for place in (folder, self._root):
            handle = os.open(place, os.O_RDONLY)
            os.fsync(handle)
            os.close(handle)

    def parts(self, identifier: str) -> list[Part]:
        """The files with their names; FileNotFoundError where there are none."""
        folder = self._folder(identifier)
        names = json.loads((folder / _NAMES).read_text(encoding="utf-8"))
        return [Part(name, (folder / str(number)).read_bytes()) for number, name in enumerate(names)]

    def wipe(self, identifier: str) -> None:
        """Removes the upload's folder and all in it."""
        wipe(self._folder(identifier))

    def old(self, seconds: float) -> list[str]:
        """The uploads that have had a folder for so long."""
        latest = time.time() - seconds
        found = []
        for folder in self._root.iterdir() if self._root.exists() else ():
            with contextlib.suppress(FileNotFoundError):
                if folder.stat().st_mtime <= latest:
                    found.append(folder.name)
        return found

    def sweep(self, ended: Iterable[str]) -> None:
        """Wipes the folders of uploads that have ended, where a process died before it could."""
        for identifier in ended:
            self.wipe(identifier)

    def _folder(self, identifier: str) -> Path:
        if not identifier.isalnum():
            raise ValueError(identifier)
        return self._root / identifier


def shown_name(given: str) -> str:
    """A client's file name without folders, as one harmless line of text."""
    name = PurePosixPath(given.replace("\\", "/")).name
    return printable(name[-_LONGEST:]) or NAMELESS
