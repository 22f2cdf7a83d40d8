"""Paths in, what is known of the files that lie there out, without a look at their bytes."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from service.intake import Place
from service.stored import Found
from service.walk import printable

if TYPE_CHECKING:
    from service.store import Work


def places_of(paths: Sequence[Path]) -> list[Place]:
    """Where the parts of a document lie, each with a stamp that changes with its file; raises `OSError`."""
    return [_place(path) for path in paths]


def known_at(work: Work, places: Sequence[Place]) -> Found | None:
    """The document that was found at these places, if none of its files changed since."""
    found = [work.source(place.path) for place in places]
    known = [one for one, place in zip(found, places, strict=True) if one and one.stamp == place.stamp]
    return known[0] if len(known) == len(places) and len({one.key for one in known}) == 1 else None


def _place(path: Path) -> Place:
    status = path.stat()
    return Place(printable(path.absolute()), f"{status.st_size}:{status.st_mtime_ns}")
