"""Files in, their sha256 out: several at a time, a piece of each in memory."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

_AT_ONCE = 4  # hashing lets go of the interpreter, and disks like to be asked for more than one thing
_BATCH = 1000


def sha256_of(path: Path) -> str:
    """The sha256 of a file; raises OSError."""
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


def hashed(paths: Sequence[Path]) -> Iterator[tuple[Path, str]]:
    """Each path with the sha256 of its bytes; "" where it cannot be read."""
    with ThreadPoolExecutor(_AT_ONCE) as pool:
        for begin in range(0, len(paths), _BATCH):
            some = paths[begin : begin + _BATCH]
            yield from zip(some, pool.map(_hash, some), strict=True)


def _hash(path: Path) -> str:
    try:
        return sha256_of(path)
    except OSError:
        return ""
