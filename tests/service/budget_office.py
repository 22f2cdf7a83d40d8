"""Reviewed documents for tests of the budget of errors."""

from __future__ import annotations

from typing import Any

from people import document, filed, task, unit

from service.access.viewer import Viewer
from service.review.changes import Change, Kind
from service.store import Store

HEALTH, HOME = unit("Sở Y tế", "so-y-te:hung-yen"), unit("Sở Nội vụ", "so-noi-vu:hung-yen")


def record(key: str, *likely: float, **header: Any) -> dict[str, Any]:
    """A document with a task for each probability."""
    tasks = [task(f"t{at}", f"Việc {key} {at}", HEALTH, confidence=one) for at, one in enumerate(likely)]
    return document(key, *tasks, **header)


def kept(store: Store, key: str, *likely: float, **header: Any) -> int:
    """Such a document, in the store."""
    return filed(store, record(key, *likely, **header))


def decide(
    store: Store, viewer: Viewer, number: int, name: str, kind: Kind = Kind.ACCEPT, **values: Any
) -> int:
    """Changes a task as it stands; accepts it where nothing else is asked."""
    with store.begin() as work:
        seen = work.desk.versions(viewer, number, name)[-1].number
        return work.desk.apply(viewer, kind, [Change(number, name, seen, values or {"status": "approved"})])
