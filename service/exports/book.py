"""Exports as seen from one transaction."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from typing import Any

from sqlalchemy import delete, insert, select, update
from sqlalchemy.orm import Session

from service.access.roles import Right
from service.access.sight import exports_seen
from service.access.viewer import Viewer
from service.database import now
from service.ledger import Ledger
from service.review.finder import TaskOrder, TasksWanted
from service.tables import Export, Job

KIND = "export"
FORMATS = ("csv", "xlsx", "jsonl")
WAITING, MAKING, DONE, FAILED = "waiting", "making", "done", "failed"


class Exports:
    """The table of exports."""

    def __init__(self, session: Session, ledger: Ledger) -> None:
        self._session = session
        self._ledger = ledger

    def add(self, viewer: Viewer, form: str, wanted: TasksWanted) -> str:
        """The id of a new one, queued."""
        viewer.need(Right.EXPORT)
        viewer.need(Right.READ)  # it is made later, with all that the user may see
        identifier = uuid.uuid4().hex
        row = {"id": identifier, "user_id": viewer.id, "format": form, "wanted": _plain(wanted)}
        row |= {"state": WAITING, "rows": 0, "message": "", "created_at": now()}
        self._session.execute(insert(Export).values(row))
        self._ledger.enqueue(KIND, [identifier])
        return identifier

    def one(self, viewer: Viewer, identifier: str) -> Export | None:
        """One of the viewer's own."""
        return self._session.scalar(select(Export).where(Export.id == identifier, exports_seen(viewer)))

    def listed(self, viewer: Viewer, most: int = 50) -> Sequence[Export]:
        """The viewer's own, newest first."""
        query = select(Export).where(exports_seen(viewer)).order_by(Export.created_at.desc()).limit(most)
        return self._session.scalars(query).all()

    def remove(self, viewer: Viewer, identifier: str) -> bool:
        """Whether there was one."""
        if self.one(viewer, identifier) is None:
            return False
        self._remove([identifier])
        return True

    # ------------------------------------------------------------ being made

    def asked(self, identifier: str) -> tuple[int, str, TasksWanted] | None:
        """Who wants what in which format."""
        row = self._session.get(Export, identifier)
        return (row.user_id, row.format, _wanted(row.wanted)) if row else None

    def note(self, identifier: str, state: str, rows: int = 0, message: str = "") -> None:
        """Notes how far it is."""
        values: dict[str, Any] = {"state": state, "rows": rows, "message": message}
        if state in (DONE, FAILED):
            values["finished_at"] = now()
        self._session.execute(update(Export).where(Export.id == identifier).values(values))

    def expire(self, seconds: float) -> list[str]:
        """Removes those that are older; their ids."""
        old = list(self._session.scalars(select(Export.id).where(Export.created_at < now() - seconds)))
        self._remove(old)
        return old

    def _remove(self, identifiers: Sequence[str]) -> None:
        self._session.execute(delete(Export).where(Export.id.in_(identifiers)))
        self._session.execute(delete(Job).where(Job.kind == KIND, Job.key.in_(identifiers)))


def _plain(wanted: TasksWanted) -> dict[str, Any]:
    values = asdict(wanted)
    return {name: one.isoformat() if isinstance(one, dt.date) else one for name, one in values.items() if one}


def _wanted(values: Mapping[str, Any]) -> TasksWanted:
    days = {
        name: dt.date.fromisoformat(values[name]) for name in ("due_after", "due_before") if name in values
    }
    return TasksWanted(**dict(values) | days | {"order": TaskOrder(values["order"])})
