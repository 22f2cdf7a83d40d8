"""The originals that the store names, and those that lie on disk."""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import Connection, select

from service.tables import DutyFile, StoredFile


@dataclass(frozen=True, slots=True)
class Named:
    """An original by the store: how many bytes it should have, and a subject that needs it."""

    size: int
    subject: str


@dataclass(frozen=True, slots=True)
class Lying:
    """An original on disk."""

    size: int
    changed: float


def named(connection: Connection) -> dict[str, Named]:
    """All originals that the store names, by sha256: files of documents and those attached to duties."""
    attached = select(DutyFile.sha256, DutyFile.size, DutyFile.duty_id)
    filed = select(StoredFile.sha256, StoredFile.size, StoredFile.document_id)
    found = {}
    for what, query in (("duty", attached), ("document", filed)):
        for sha256, size, owner in connection.execute(query):
            found[sha256] = Named(size, f"{what}:{owner}")
    return found


def lying(root: Path) -> Iterator[tuple[str, Lying]]:
    """All files below the folder of originals, by their path in it."""
    if not root.is_dir():
        return
    with os.scandir(root) as folders:
        for folder in folders:
            if folder.is_dir(follow_symlinks=False):
                yield from _inside(Path(folder.path))
            else:
                yield folder.name, _lying(folder)


def _inside(folder: Path) -> Iterator[tuple[str, Lying]]:
    with os.scandir(folder) as files:
        for file in files:
            yield f"{folder.name}/{file.name}", _lying(file)


def _lying(entry: os.DirEntry[str]) -> Lying:
    try:
        known = entry.stat(follow_symlinks=False)
    except FileNotFoundError:  # a draft that has its name by now
        return Lying(0, float("inf"))
    return Lying(known.st_size, known.st_mtime)
