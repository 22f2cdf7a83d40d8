"""A task's versions as seen from one transaction: what stands now, what stood before, the step between."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from sqlalchemy import delete, func, insert, select, update
from sqlalchemy.orm import Session

from service.access.sight import tasks_seen
from service.access.viewer import Viewer
from service.mapping import task_record, task_rows
from service.review.changes import Step, Version
from service.review.values import values_of
from service.tables import Document, Task, TaskUnit, TaskVersion


class Missing(LookupError):  # noqa: N818 - says what happened
    """There is no such task, document or group for this viewer."""


class Filed(Exception):  # noqa: N818 - says what is the case
    """The document was filed, or another stands for it: reopen it, or take both apart, first."""


class Versions:
    """Reads and writes the versions of tasks; who may change them is the desk's to say."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def current(self, viewer: Viewer, document: int, task: str, *, filed: bool = False) -> Version:
        """A task as it stands, for a viewer who may see it; raises `Missing`, and `Filed` unless `filed`."""
        query = (
            select(Task, Document.review)
            .join(Document, Document.id == Task.document_id)
            .where(Task.document_id == document, Task.id == task, tasks_seen(viewer))
            .with_for_update(of=Task)
        )
        row = self._session.execute(query).tuples().first()
        if row is None:
            raise Missing(task)
        if row[1] in ("filed", "joined") and not filed:
            raise Filed(task)
        return self._version(row[0])

    def standing(self, document: int, task: str) -> Version:
        """A task as it stands, for the machine itself; raises `Missing`."""
        row = self._session.get(Task, (document, task), with_for_update=True)
        if row is None:
            raise Missing(task)
        return self._version(row)

    def free(self, document: int, task: str) -> Version | None:
        """A task as it stands, for the machine to change; None where somebody is changing it right now."""
        query = select(Task).where(Task.document_id == document, Task.id == task)
        row = self._session.scalar(query.with_for_update(skip_locked=True))
        return self._version(row) if row else None

    def _version(self, row: Task) -> Version:
        units = self._session.scalars(
            select(TaskUnit)
            .where(TaskUnit.document_id == row.document_id, TaskUnit.task_id == row.id)
            .order_by(TaskUnit.position)
        ).all()
        return Version(row.document_id, row.id, row.revision, values_of(task_record(row, units)))

    def at(self, current: Version, number: int) -> Version:
        """The task as it was at a version that someone saw."""
        if number == current.number:
            return current
        for version in self.past(current):
            if version.number == number:
                return version
        raise Missing(f"{current.task} v{number}")

    def past(self, current: Version) -> list[Version]:
        """The versions before this one, oldest first."""
        query = (
            select(TaskVersion.version, TaskVersion.values)
            .where(
                TaskVersion.document_id == current.document,
                TaskVersion.task_id == current.task,
                TaskVersion.version < current.number,
            )
            .order_by(TaskVersion.version)
        )
        rows = self._session.execute(query).tuples()
        return [Version(current.document, current.task, number, values) for number, values in rows]

    def steps(self, group: int) -> list[Step]:
        """What a group did, last first."""
        rows = self._session.scalars(
            select(TaskVersion).where(TaskVersion.group_id == group).order_by(TaskVersion.id.desc())
        ).all()
        steps = []
        for row in rows:
            after = Version(row.document_id, row.task_id, row.version, row.values)
            steps.append(Step(self.at(after, row.version - 1), after))
        return steps

    def position(self, version: Version) -> int:
        """The task's place in its document."""
        query = select(Task.position).where(Task.document_id == version.document, Task.id == version.task)
        return self._session.scalars(query).one()

    def make(self, document: int, record: dict[str, Any], position: int | None) -> None:
        """Writes a new task, at `position` or behind all others."""
        if position is None:
            last = select(func.max(Task.position)).where(Task.document_id == document)
            position = (self._session.scalar(last) or 0) + 1
        row, units = task_rows(record, position)
        given = {"document_id": document, "revision": 1, "origin": "person"}
        self._session.execute(insert(Task).values(row | given))
        self.insert_units(document, units)

    def keep(self, step: Step, group: int | None) -> None:
        """Writes both versions down; the one before only where it has not been kept yet. `group` is None for
        what the machine did, to a task as it had read it."""
        first = step.before.number == 1
        for version, of_group in ((step.before, None), (step.after, group)):
            if of_group is None and not first:
                continue
            row = {"document_id": version.document, "task_id": version.task, "version": version.number}
            row |= {"group_id": of_group, "values": version.values}
            self._session.execute(insert(TaskVersion).values(row))

    def store(self, version: Version) -> None:
        """Makes the version the task's present one."""
        mine = [Task.document_id == version.document, Task.id == version.task]
        task = self._session.scalars(select(Task).where(*mine)).one()
        self._session.refresh(task)
        record = task_record(task, []) | version.values | {"id": task.id}
        if not version.values.get("reason"):
            record.pop("reason", None)
        row, units = task_rows(record, task.position)
        self._session.execute(update(Task).where(*mine).values(row | {"revision": version.number}))
        self._session.execute(
            delete(TaskUnit).where(TaskUnit.document_id == version.document, TaskUnit.task_id == version.task)
        )
        self.insert_units(version.document, units)
        self._session.expire_all()

    def insert_units(self, document: int, units: Iterable[dict[str, Any]]) -> None:
        """Writes the rows of a task's units."""
        for unit in units:
            self._session.execute(insert(TaskUnit).values(unit | {"document_id": document}))
