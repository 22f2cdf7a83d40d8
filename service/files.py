"""Originals in, kept unchanged under their sha256: `files/ab/abcd…`, private to the store's user."""

from __future__ import annotations

import contextlib
import hashlib
import os
import tempfile
from pathlib import Path


class Files:
    """The folder of originals; putting the same bytes twice keeps them once."""

    def __init__(self, root: Path) -> None:
        self._root = root

    def path(self, sha256: str) -> Path:
        """Where the bytes of this hash are, if they are kept."""
        return self._root / sha256[:2] / sha256

    def put(self, content: bytes) -> str:
        """Keeps the bytes, on the disk for good when this returns; their sha256."""
        sha256 = hashlib.sha256(content).hexdigest()
        path = self.path(sha256)
        if path.exists():
            return sha256
        for folder in (self._root, path.parent):
            folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        handle, draft = tempfile.mkstemp(dir=path.parent, prefix=".new-")  # made with mode 0600
        try:
            with os.fdopen(handle, "wb") as stream:
                stream.write(content)
                stream.flush()
                os.fsync(stream.fileno())
            Path(draft).replace(path)
        except BaseException:
            with contextlib.suppress(FileNotFoundError):
                Path(draft).unlink()
            raise
        return sha256

    def get(self, sha256: str) -> bytes:
        """The bytes as they came; FileNotFoundError where none are kept."""
        return self.path(sha256).read_bytes()

    def remove(self, sha256: str) -> bool:
        """Removes the bytes; whether there were any."""
        there = self.path(sha256).exists()
        self.path(sha256).unlink(missing_ok=True)
        return there
