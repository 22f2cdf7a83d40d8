"""Exports as seen from one transaction."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict
from typing import Any

from sqlalchemy import delete, exists, insert, select, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from service.access.roles import Right
from service.access.sight import documents_with_tasks_seen, exports_seen, sees_as_far
from service.access.viewer import Viewer
from service.database import now
from service.ledger import Ledger
from service.review.finder import TaskOrder, TasksWanted
from service.tables import Document, Export, ExportDocument, Job
from service.turns import PEOPLE

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
        self._ledger.enqueue(KIND, [identifier], source=f"user:{viewer.id}", share=PEOPLE)
        return identifier

    def one(self, viewer: Viewer, identifier: str) -> Export | None:
        """One of the viewer's own."""
        return self._session.scalar(select(Export).where(Export.id == identifier, exports_seen(viewer)))

    def may_fetch(self, viewer: Viewer, identifier: str) -> bool:
        """Whether he may still see all that one of his own holds: his sight is no narrower than it was, and
        he may know of each document in it as it stands now."""
        viewer.need(Right.READ)
        one = self.one(viewer, identifier)
        if one is None or one.sight is None or not sees_as_far(viewer, one.sight):
            return False
        seen = exists().where(Document.id == ExportDocument.document_id, documents_with_tasks_seen(viewer))
        hidden = select(ExportDocument.document_id).where(ExportDocument.export_id == identifier, ~seen)
        return self._session.scalar(hidden.limit(1)) is None

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

    def begin(self, identifier: str, sight: Mapping[str, Any]) -> None:
        """Notes what its user may see while it is made; what an earlier try held is forgotten."""
        self._session.execute(update(Export).where(Export.id == identifier).values(sight=dict(sight)))
        self._session.execute(delete(ExportDocument).where(ExportDocument.export_id == identifier))

    def hold(self, identifier: str, documents: Iterable[int]) -> bool:
        """Notes documents of which it holds tasks; False where it was removed meanwhile."""
        if self._session.get(Export, identifier) is None:
            return False
        dialect = self._session.get_bind().dialect.name
        adding = (postgresql.insert if dialect == "postgresql" else sqlite.insert)(ExportDocument)
        rows = [{"export_id": identifier, "document_id": one} for one in sorted(set(documents))]
        if rows:
            self._session.execute(adding.on_conflict_do_nothing(), rows)
        return True

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
