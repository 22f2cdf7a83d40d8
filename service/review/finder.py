"""Filters in, a page of tasks or documents out: found, ordered and paged for a viewer.

Pages go by key: each begins behind the last row of the one before, so that none is shown twice or skipped
while rows come and go. A page takes a constant number of queries.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, func, literal, or_, select, tuple_
from sqlalchemy.orm import Session

from service.access.roles import Role
from service.access.sight import (
    documents_named,
    documents_with_tasks_seen,
    holder_seen,
    tasks_named,
    tasks_seen,
)
from service.access.viewer import Viewer
from service.mapping import Record, number_key, search_key
from service.review.inbox import Holder, held_by
from service.review.shelf import HIDDEN, reviewed
from service.searching.index import TASKS
from service.searching.words import holding, sought_in
from service.tables import Document, Task, TaskUnit, User
from service.tables.documents import NEVER

Place = tuple[Any, ...]
"""Where a row stands in an order."""
_FEW = 3000  # tasks of a unit, up to which they are looked up first


class TaskOrder(StrEnum):
    """How tasks are ordered; `-due` is the farthest first, tasks without a date stay last."""

    DUE = "due"
    LATEST_DUE = "-due"
    NEWEST = "-document"


class DocumentOrder(StrEnum):
    """How documents are ordered."""

    NEWEST = "-read"
    OLDEST = "read"
    URGENT = "urgent"


@dataclass(frozen=True, slots=True)
class TasksWanted:
    """Which tasks; `unit` is a register's id or a name without diacritics, `words` what is searched, `review`
    the state of their documents."""

    unit: str = ""
    due_after: dt.date | None = None
    due_before: dt.date | None = None
    status: str = ""
    nature: str = ""
    field: str = ""
    document: int | None = None
    words: str = ""
    order: TaskOrder = TaskOrder.DUE
    review: str = ""


@dataclass(frozen=True, slots=True)
class DocumentsWanted:
    """Which documents."""

    review: str = ""
    type: str = ""
    issuer: str = ""
    number: str = ""
    words: str = ""
    order: DocumentOrder = DocumentOrder.NEWEST
    holder: Holder = Holder.ANYONE


@dataclass(frozen=True, slots=True)
class FoundTask:
    """A task in the record's form, its document's row, its place in the order."""

    record: Record
    document: Document
    place: Place


@dataclass(frozen=True, slots=True)
class FoundDocument:
    """A document's row, how many of its tasks (that the viewer may see) have each status, its place; `holder`
    is the login of who reviews it, None where nobody does or the viewer may not know."""

    document: Document
    counts: Counter[str]
    place: Place
    holder: str | None = None


class Finder:
    """Finds for a viewer, within one transaction."""

    def __init__(self, session: Session) -> None:
        self._session = session

    # ------------------------------------------------------------ tasks

    def tasks(
        self, viewer: Viewer, wanted: TasksWanted, after: Place | None = None, most: int = 50
    ) -> list[FoundTask]:
        """The tasks that he may see, in order, from behind `after`."""
        conditions = self._task_conditions(wanted)
        if conditions is None:
            return []
        if viewer.role is Role.UNIT and self._few(tasks_named(viewer)):
            conditions.append(tuple_(Task.document_id, Task.id).in_(tasks_named(viewer)))
        query = (
            select(Task, Document)
            .join(Document, Document.id == Task.document_id)
            .where(tasks_seen(viewer), *conditions)
        )
        rows = self._session.execute(_ordered_tasks(query, wanted.order, after).limit(most)).all()
        units = self._units([task for task, _ in rows])
        return [
            FoundTask(
                reviewed(task, units.get((task.document_id, task.id), [])),
                document,
                _task_place(task, wanted.order),
            )
            for task, document in rows
        ]

    def _task_conditions(self, wanted: TasksWanted) -> list[ColumnElement[bool]] | None:
        """None where nothing can be found."""
        found: list[ColumnElement[bool]] = [Task.status == wanted.status if wanted.status else _shown()]
        if wanted.due_after:
            found += [Task.due_key >= wanted.due_after, Task.due_key < NEVER]
        if wanted.due_before:
            found.append(Task.due_key < wanted.due_before)
        for column, value in ((Task.nature, wanted.nature), (Task.field, wanted.field)):
            if value:
                found.append(column == value)
        if wanted.review:
            found.append(Document.review == wanted.review)
        if wanted.document is not None:
            found.append(Task.document_id == wanted.document)
        if wanted.unit:
            found.append(self._of_unit(wanted.unit))
        if wanted.words:
            sought = sought_in(wanted.words)
            if sought is None:
                return None
            found.append(holding(self._session, TASKS, sought))
        return found

    def _of_unit(self, unit: str) -> ColumnElement[bool]:
        """Looked up first where the unit has few tasks, on the way through the list where it has many."""
        named = or_(TaskUnit.unit_id == unit, TaskUnit.name_key == search_key(unit))
        rows = select(TaskUnit.document_id, TaskUnit.task_id).where(named)
        if self._few(rows):
            return tuple_(Task.document_id, Task.id).in_(rows)
        here = and_(TaskUnit.document_id == Task.document_id, TaskUnit.task_id == Task.id)
        return select(literal(1)).where(here, named).correlate(Task).exists()

    def _few(self, rows: Any) -> bool:
        """Whether there are so few that they are best looked up first."""
        counted = select(func.count()).select_from(rows.limit(_FEW + 1).subquery())
        return (self._session.scalar(counted) or 0) <= _FEW

    def _units(self, tasks: Sequence[Task]) -> dict[tuple[int, str], list[TaskUnit]]:
        units: dict[tuple[int, str], list[TaskUnit]] = {}
        keys = [(task.document_id, task.id) for task in tasks]
        if keys:
            of_tasks = tuple_(TaskUnit.document_id, TaskUnit.task_id).in_(keys)
            by_index = TaskUnit.document_id.in_({key[0] for key in keys})  # SQLite looks up no pairs
            query = select(TaskUnit).where(by_index, of_tasks)
            for unit in self._session.scalars(query.order_by(TaskUnit.position)):
                units.setdefault((unit.document_id, unit.task_id), []).append(unit)
        return units

    # ------------------------------------------------------------ documents

    def documents(
        self, viewer: Viewer, wanted: DocumentsWanted, after: Place | None = None, most: int = 50
    ) -> list[FoundDocument]:
        """The documents that he may know of, in order, from behind `after`."""
        query = select(Document).where(documents_with_tasks_seen(viewer), *_document_conditions(wanted))
        if holder_seen(viewer):
            query = query.where(*held_by(wanted.holder, viewer))
        if viewer.role is Role.UNIT and self._few(documents_named(viewer)):
            query = query.where(Document.id.in_(documents_named(viewer)))
        rows = self._session.scalars(_ordered_documents(query, wanted.order, after).limit(most)).all()
        return self._told(viewer, rows, wanted.order)

    def document(self, viewer: Viewer, document: int) -> FoundDocument | None:
        """One of them."""
        query = select(Document).where(Document.id == document, documents_with_tasks_seen(viewer))
        found = self._told(viewer, self._session.scalars(query).all(), DocumentOrder.NEWEST)
        return found[0] if found else None

    def _told(self, viewer: Viewer, rows: Sequence[Document], order: DocumentOrder) -> list[FoundDocument]:
        counts = self._counts(viewer, [row.id for row in rows])
        people = {row.assignee_id for row in rows if row.assignee_id is not None and holder_seen(viewer)}
        query = select(User.id, User.login).where(User.id.in_(people))
        logins = dict(iter(self._session.execute(query).tuples())) if people else {}
        return [
            FoundDocument(row, counts[row.id], _document_place(row, order), logins.get(row.assignee_id or 0))
            for row in rows
        ]

    def _counts(self, viewer: Viewer, documents: Sequence[int]) -> dict[int, Counter[str]]:
        counts: dict[int, Counter[str]] = {document: Counter() for document in documents}
        query = (
            select(Task.document_id, Task.status, func.count())
            .join(Document, Document.id == Task.document_id)
            .where(Task.document_id.in_(documents), _shown(), tasks_seen(viewer))
            .group_by(Task.document_id, Task.status)
        )
        for document, status, count in self._session.execute(query).tuples():
            counts[document][status] = count
        return counts


def _shown() -> ColumnElement[bool]:
    """Asked the other way round: a list of wanted statuses would be looked up by status, and sorted whole."""
    return Task.status.not_in(HIDDEN)


def _ordered_tasks(
    query: Select[*tuple[Any, ...]], order: TaskOrder, after: Place | None
) -> Select[*tuple[Any, ...]]:
    if order is TaskOrder.NEWEST:
        if after:
            lower = and_(Task.document_id == after[0], tuple_(Task.position, Task.id) > tuple(after[1:]))
            query = query.where(or_(Task.document_id < after[0], lower))
        return query.order_by(Task.document_id.desc(), Task.position, Task.id)
    if order is TaskOrder.DUE:
        key = tuple_(Task.due_key, Task.document_id, Task.id)
        query = query.where(key > _dated(after)) if after else query
        return query.order_by(Task.due_key, Task.document_id, Task.id)
    query = query.where(Task.deadline_date.is_not(None))
    key = tuple_(Task.due_key, Task.document_id, Task.id)
    query = query.where(key < _dated(after)) if after else query
    return query.order_by(Task.due_key.desc(), Task.document_id.desc(), Task.id.desc())


def _dated(after: Place) -> Any:
    return tuple_(literal(dt.date.fromisoformat(after[0])), literal(after[1]), literal(after[2]))


def _task_place(task: Task, order: TaskOrder) -> Place:
    if order is TaskOrder.NEWEST:
        return task.document_id, task.position, task.id
    return task.due_key.isoformat(), task.document_id, task.id


def _document_conditions(wanted: DocumentsWanted) -> list[ColumnElement[bool]]:
    found: list[ColumnElement[bool]] = []
    for column, value in ((Document.review, wanted.review), (Document.type, wanted.type)):
        if value:
            found.append(column == value)
    if wanted.issuer:
        found.append(Document.issuer_key.contains(search_key(wanted.issuer), autoescape=True))
    if wanted.number:
        found.append(Document.number_key.startswith(number_key(wanted.number), autoescape=True))
    around = literal(" ") + Document.words + literal(" ")
    sought = sought_in(wanted.words)
    for phrase in sought.phrases if sought else ():
        found.append(around.contains(f" {phrase} ", autoescape=True))
    return found


def _ordered_documents(
    query: Select[*tuple[Any, ...]], order: DocumentOrder, after: Place | None
) -> Select[*tuple[Any, ...]]:
    if order is DocumentOrder.OLDEST:
        query = query.where(Document.id > after[0]) if after else query
        return query.order_by(Document.id)
    if order is DocumentOrder.NEWEST:
        query = query.where(Document.id < after[0]) if after else query
        return query.order_by(Document.id.desc())
    query = query.where(tuple_(Document.rank, Document.id) < tuple(after)) if after else query
    return query.order_by(Document.rank.desc(), Document.id.desc())


def _document_place(document: Document, order: DocumentOrder) -> Place:
    if order is DocumentOrder.URGENT:
        return document.rank, document.id
    return (document.id,)
