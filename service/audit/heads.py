"""Signed heads, and the file beside the key that they are written down in as well.

Whoever can write to the database could cut off the chain's end together with the heads signed there; the
file still tells how far the chain once went.
"""

from __future__ import annotations

import json
import os
from dataclasses import asdict, dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True, order=True)
class Head:
    """The chain's entry at `seq` by its hash, signed."""

    seq: int
    hash: str
    signature: str


class HeadBook:
    """A file that only grows: a JSON object a line."""

    def __init__(self, path: Path) -> None:
        self._path = path

    @classmethod
    def beside(cls, key: Path) -> HeadBook:
        """The file of the heads that a key signed: `audit.heads` beside `audit.pem`."""
        return cls(key.with_suffix(".heads"))

    def note(self, head: Head) -> None:
        """Writes a head down, on the disk for good when this returns; one that is the last stays once."""
        if self._last() == head:
            return
        handle = os.open(self._path, os.O_CREAT | os.O_APPEND | os.O_WRONLY, 0o600)
        with os.fdopen(handle, "w", encoding="ascii") as stream:
            stream.write(json.dumps(asdict(head)) + "\n")
            stream.flush()
            os.fsync(stream.fileno())

    def heads(self) -> list[Head]:
        """All heads; one that cannot be read is told as head 0, which no chain has."""
        if not self._path.exists():
            return []
        return [_read(line) for line in self._path.read_text(encoding="utf-8", errors="replace").splitlines()]

    def _last(self) -> Head | None:
        if not self._path.exists():
            return None
        with self._path.open("rb") as stream:
            stream.seek(max(0, stream.seek(0, os.SEEK_END) - 1000))  # longer than a line
            lines = stream.read().decode(errors="replace").splitlines()
        return _read(lines[-1]) if lines else None


def _read(line: str) -> Head:
    try:
        found = json.loads(line)
        return Head(int(found["seq"]), str(found["hash"]), str(found["signature"]))
    except (ValueError, KeyError, TypeError):
        return Head(0, "", "")
