"""Single files, copied so that they are either whole under their name or not there; private to their user."""

from __future__ import annotations

import hashlib
import os
import tempfile
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

_PIECE = 2**20
_AT_ONCE = 8
_BATCH = 1000
DRAFT = ".new-"
"""What the name of something unfinished begins with."""


class UnreadError(OSError):
    """A source that cannot be read; whatever else is wrong is wrong with the target."""


def copied(source: Path, target: Path, sha256: str = "") -> str:
    """Copies a file, on the disk for good when this returns; the sha256 of what was read. With `sha256`
    nothing is left under the target's name unless it is that. Raises OSError, `UnreadError` of the source."""
    folder(target.parent)
    digest = hashlib.sha256()
    handle, draft = tempfile.mkstemp(dir=target.parent, prefix=DRAFT)  # made with mode 0600
    try:
        with os.fdopen(handle, "wb") as made:
            for piece in _pieces(source):
                digest.update(piece)
                made.write(piece)
            made.flush()
            os.fsync(made.fileno())
        if sha256 in ("", digest.hexdigest()):
            Path(draft).replace(target)
    finally:
        Path(draft).unlink(missing_ok=True)
    return digest.hexdigest()


def _pieces(source: Path) -> Iterator[bytes]:
    try:
        with source.open("rb") as stream:
            while piece := stream.read(_PIECE):
                yield piece
    except OSError as error:
        raise UnreadError(error.errno, error.strerror, str(source)) from error


def originals_copied(pairs: Sequence[tuple[Path, Path]]) -> Iterator[bool]:
    """Copies files to places named by their sha256, several at a time, since most of it is waiting for the
    disk; whether each was to be read and whole. Raises OSError of a target."""
    with ThreadPoolExecutor(_AT_ONCE) as pool:
        for begin in range(0, len(pairs), _BATCH):
            yield from pool.map(_original_copied, pairs[begin : begin + _BATCH])
    for one in {target.parent for _, target in pairs}:
        settled(one)


def _original_copied(pair: tuple[Path, Path]) -> bool:
    source, target = pair
    try:
        return copied(source, target, target.name) == target.name
    except UnreadError:
        return False


def written(path: Path, content: bytes) -> None:
    """The same of bytes."""
    folder(path.parent)
    handle, draft = tempfile.mkstemp(dir=path.parent, prefix=DRAFT)
    with os.fdopen(handle, "wb") as stream:
        stream.write(content)
        stream.flush()
        os.fsync(stream.fileno())
    Path(draft).replace(path)
    settled(path.parent)


def folder(path: Path) -> None:
    """Makes a folder that only its user may look into."""
    path.mkdir(parents=True, exist_ok=True, mode=0o700)


def undrafted(root: Path) -> None:
    """Removes what copies of originals that were cut off left behind."""
    for one in root.glob(f"??/{DRAFT}*"):
        one.unlink()


def settled(path: Path) -> None:
    """Has a folder's names on the disk for good."""
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
