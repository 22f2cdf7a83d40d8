"""What the store takes and gives beside whole records: files, known documents, filters of tasks."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

from sqlalchemy import and_, exists, select

from service.mapping import Record, search_key
from service.tables import Document, Task, TaskUnit


@dataclass(frozen=True, slots=True)
class FilePart:
    """A file of a document as the store notes it."""

    sha256: str
    name: str
    size: int


@dataclass(frozen=True, slots=True)
class TaskFilter:
    """Which tasks; `unit` is searched without diacritics in the names of leads and cooperators; `classes` are
    pairs of a class and its key ("assigner", "provincial_chair"), all of which must hold."""

    unit: str = ""
    due_before: dt.date | None = None
    status: str = ""
    classes: tuple[tuple[str, str], ...] = ()


EVERY = TaskFilter()
"""All tasks."""


@dataclass(frozen=True, slots=True)
class Known:
    """A document that the store has."""

    key: str
    name: str
    number: str | None
    outcome: str


@dataclass(frozen=True, slots=True)
class Found:
    """What was found at a path: the key of its document, the file's stamp then, what became of it."""

    key: str
    stamp: str
    outcome: str


def heading(document: Document) -> Record:
    """A document's header as lists of tasks show it."""
    return {
        "number": document.number,
        "issued_on": document.issued_on and document.issued_on.isoformat(),
        "issuer": document.issuer,
        "type": document.type,
        "sha256": document.sha256,
        "name": document.name,
    }


def matching(wanted: TaskFilter) -> Any:
    """The query of these tasks, soonest deadline first, each with its document."""
    query = select(Task, Document).join(Document, Document.id == Task.document_id)
    if wanted.unit:
        named = TaskUnit.name_key.contains(search_key(wanted.unit), autoescape=True)
        of_task = and_(TaskUnit.document_id == Task.document_id, TaskUnit.task_id == Task.id)
        query = query.where(exists().where(of_task, named))
    if wanted.due_before:
        query = query.where(Task.deadline_date < wanted.due_before)
    if wanted.status:
        query = query.where(Task.status == wanted.status)
    for name, key in wanted.classes:
        query = query.where(getattr(Task, name) == key)
    return query.order_by(Task.deadline_date.is_(None), Task.deadline_date, Document.id, Task.position)
