"""What a viewer may look at: documents, their tasks and places, within one transaction; nothing is changed.

Each query takes its row filter from service/access/sight.py, and asks a constant number of questions a page.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session, undefer

from service.access.sight import documents_seen, documents_with_tasks_seen, tasks_seen
from service.access.viewer import Viewer
from service.mapping import Record, task_record, to_record
from service.review.otherwise import SECOND
from service.tables import Document, DocumentIssue, StoredFile, Task, TaskUnit

SHOWN = ("proposed", "approved", "rejected")
"""Statuses of tasks that are shown; others were split, merged or taken back."""
HIDDEN = ("split", "merged", "withdrawn")
"""Those others."""


@dataclass(frozen=True, slots=True)
class Kept:
    """A file of a document: where its bytes are, by hash."""

    part: int
    sha256: str
    name: str


class Shelf:
    """Looks at documents and tasks for a viewer."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def document(self, viewer: Viewer, document: int) -> Document | None:
        """A document's row that he may know of; its pages may still not be his to see."""
        query = select(Document).where(Document.id == document, documents_with_tasks_seen(viewer))
        return self._session.scalar(query)

    def id_of(self, key: str) -> int | None:
        """The row of the document of this key, whoever asks; None where there is none."""
        return self._session.scalar(select(Document.id).where(Document.key == key))

    def may_open(self, viewer: Viewer, document: int) -> bool:
        """Whether he may see all of its pages."""
        query = select(Document.id).where(Document.id == document, documents_seen(viewer))
        return self._session.scalar(query) is not None

    def openable(self, viewer: Viewer, documents: Collection[int]) -> set[int]:
        """Which of these documents he may open."""
        query = select(Document.id).where(Document.id.in_(documents), documents_seen(viewer))
        return set(self._session.scalars(query)) if documents else set()

    def existing(self, documents: Collection[int]) -> set[int]:
        """Which of these documents there are, whoever asks."""
        query = select(Document.id).where(Document.id.in_(documents))
        return set(self._session.scalars(query)) if documents else set()

    def record(self, viewer: Viewer, document: int) -> Record | None:
        """The whole record of a document that he may open, with its tasks as they are now and, where there is
        one, what a second reader read otherwise."""
        query = select(Document).where(Document.id == document, documents_seen(viewer))
        row = self._session.scalar(query.options(undefer(Document.extra)))
        if row is None:
            return None
        tasks = self._tasks(viewer, document)
        issues = self._session.scalars(
            select(DocumentIssue)
            .where(DocumentIssue.document_id == document)
            .order_by(DocumentIssue.position)
        ).all()
        record = to_record(row, [], [], issues)
        second = {one.id: {SECOND: one.extra[SECOND]} for one in tasks if SECOND in one.extra}
        return record | {"tasks": [one | second.get(one["id"], {}) for one in self._with_units(tasks)]}

    def tasks(self, viewer: Viewer, document: int) -> list[Record]:
        """The tasks of a document that he may see, in order, each with `status`, `revision` and `origin`."""
        return self._with_units(self._tasks(viewer, document))

    def files(self, viewer: Viewer, document: int) -> list[Kept]:
        """The files of a document that he may open."""
        query = (
            select(StoredFile.part, StoredFile.sha256, StoredFile.name)
            .join(Document, Document.id == StoredFile.document_id)
            .where(StoredFile.document_id == document, documents_seen(viewer))
            .order_by(StoredFile.part)
        )
        return [Kept(*row) for row in self._session.execute(query).tuples()]

    def _tasks(self, viewer: Viewer, document: int) -> Sequence[Task]:
        query = (
            select(Task)
            .join(Document, Document.id == Task.document_id)
            .where(Task.document_id == document, Task.status.in_(SHOWN), tasks_seen(viewer))
            .order_by(Task.position, Task.origin, Task.id)
        )
        return self._session.scalars(query).all()

    def _with_units(self, tasks: Sequence[Task]) -> list[Record]:
        """The tasks of one document as records."""
        units: dict[str, list[TaskUnit]] = {}
        if tasks:
            query = select(TaskUnit).where(
                TaskUnit.document_id == tasks[0].document_id, TaskUnit.task_id.in_([one.id for one in tasks])
            )
            for unit in self._session.scalars(query.order_by(TaskUnit.position)):
                units.setdefault(unit.task_id, []).append(unit)
        return [reviewed(task, units.get(task.id, [])) for task in tasks]


def reviewed(task: Task, units: Sequence[TaskUnit]) -> Record:
    """A task's row in the record's form, with what the review knows of it; without a second reading, whose
    words may lie outside the task's and are for those alone who may open the document."""
    more: dict[str, Any] = {
        "document_id": task.document_id,
        "revision": task.revision,
        "origin": task.origin,
    }
    found = task_record(task, units) | more
    found.pop(SECOND, None)
    return found
