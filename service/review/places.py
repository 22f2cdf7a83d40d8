"""What a viewer may see of pages: all of a document that he may open, else only what proves a task of his."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from sqlalchemy import case, select
from sqlalchemy.orm import Session

from service.access.sight import documents_seen, tasks_seen
from service.access.viewer import Viewer
from service.mapping import Record
from service.review.shelf import Kept, reviewed
from service.tables import Document, StoredFile, Task, TaskUnit


@dataclass(frozen=True, slots=True)
class Leaves:
    """A document's files and how many pages they have; `key` is what it is known by."""

    key: str
    pages: int
    files: tuple[Kept, ...]


class Places:
    """Looks at pages for a viewer."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def leaves(self, viewer: Viewer, document: int) -> Leaves | None:
        """The pages of a document that he may open."""
        query = select(Document.key, Document.pages).where(Document.id == document, documents_seen(viewer))
        row = self._session.execute(query).tuples().first()
        return Leaves(*row, self._files(document)) if row else None

    def proof(self, viewer: Viewer, document: int, task: str) -> tuple[Leaves, Record, bool] | None:
        """A task that he may see, the pages that prove it, and whether he may see all of them."""
        opens: Any = case((documents_seen(viewer), 1), else_=0)
        query = (
            select(Document.key, Document.pages, Task, opens)
            .join(Task, Task.document_id == Document.id)
            .where(Task.document_id == document, Task.id == task, tasks_seen(viewer))
        )
        row = self._session.execute(query).tuples().first()
        if row is None:
            return None
        units = self._session.scalars(
            select(TaskUnit)
            .where(TaskUnit.document_id == document, TaskUnit.task_id == task)
            .order_by(TaskUnit.position)
        ).all()
        return Leaves(row[0], row[1], self._files(document)), reviewed(row[2], units), bool(row[3])

    def _files(self, document: int) -> tuple[Kept, ...]:
        query = select(StoredFile.part, StoredFile.sha256, StoredFile.name)
        rows = self._session.execute(
            query.where(StoredFile.document_id == document).order_by(StoredFile.part)
        ).tuples()
        return tuple(Kept(*row) for row in rows)
