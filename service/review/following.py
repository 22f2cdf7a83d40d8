"""A correction of a task's field in, what the pending tasks of its document should now be held for out.

Nothing that a person set is touched. What follows depends on what is decided now and on nothing else, so a
correction that is taken back takes back what followed from it.
"""

from __future__ import annotations

import logging
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Any

from sqlalchemy import and_, exists, select
from sqlalchemy.orm import Session

from service.access.sight import tasks_seen
from service.access.viewer import Viewer
from service.review.changes import Kind, Step, Version
from service.review.versions import Versions
from service.tables import ChangeGroup, Document, Task, TaskUnit, TaskVersion

_MOST = 500  # tasks of a document; beyond, each is left as it was read
_log = logging.getLogger("dondoc.review")


@dataclass(frozen=True, slots=True)
class _Held:
    """A task, the field that the machine read, and whether a person set another."""

    task: Task
    read: str
    by_person: bool

    @property
    def decided(self) -> bool:
        return self.by_person or self.task.status == "approved"


class Following:
    """Finds what follows from corrections, within one transaction."""

    def __init__(self, session: Session, versions: Versions) -> None:
        self._session = session
        self._versions = versions

    def steps(self, viewer: Viewer, document: int, done: Sequence[Step]) -> list[Step]:
        """The pending tasks whose field is to be held for another after `done`; in order."""
        changes_field = any("field" in one.fields for one in done if one.after.document == document)
        if not changes_field and not self._followed(document):
            return []
        row = self._session.get(Document, document)
        tasks = self._held(viewer, document)
        if row is None or row.review == "filed" or len(tasks) > _MOST:
            return []
        wanted = self._wanted(row, tasks)
        found = []
        for at, field in wanted.items():
            if field != tasks[at].task.field and (before := self._versions.free(document, tasks[at].task.id)):
                after = Version(document, before.task, before.number + 1, before.values | {"field": field})
                found.append(Step(before, after))
        return found

    def yielding(self, current: Version, seen: Version, asked: Mapping[str, Any]) -> Version:
        """What the author of a change is held to have seen: where he sets the field and only the machine has
        changed it since, it as it stands, for the machine's suggestion is not another person's word."""
        field = asked.get("field")
        if field in (None, seen.values.get("field")) or seen.number == current.number:
            return seen
        query = select(TaskVersion.values, ChangeGroup.kind).outerjoin(
            ChangeGroup, ChangeGroup.id == TaskVersion.group_id
        )
        since = query.where(
            TaskVersion.document_id == current.document,
            TaskVersion.task_id == current.task,
            TaskVersion.version >= seen.number,
        ).order_by(TaskVersion.version)
        rows = self._session.execute(since).tuples().all()
        others = [kind for (was, _), (now, kind) in pairwise(rows) if was.get("field") != now.get("field")]
        if any(kind != Kind.FOLLOW for kind in others):
            return seen
        return replace(seen, values=seen.values | {"field": current.values.get("field")})

    def _followed(self, document: int) -> bool:
        query = select(
            exists().where(
                TaskVersion.document_id == document,
                TaskVersion.group_id == ChangeGroup.id,
                ChangeGroup.kind == Kind.FOLLOW,
            )
        )
        return bool(self._session.scalar(query))

    def _held(self, viewer: Viewer, document: int) -> list[_Held]:
        query = (
            select(Task)
            .join(Document, Document.id == Task.document_id)
            .where(
                Task.document_id == document,
                Task.origin == "machine",
                Task.status.in_(("proposed", "approved")),
                tasks_seen(viewer),
            )
        )
        past = self._past(document)
        return [
            _Held(task, *_read(task, past.get(task.id, ())))
            for task in self._session.scalars(query.order_by(Task.position)).all()
        ]

    def _past(self, document: int) -> dict[str, list[tuple[str, str | None]]]:
        """Of each changed task the field at each version, and the kind of change that made it."""
        query = (
            select(TaskVersion.task_id, TaskVersion.values["field"].as_string(), ChangeGroup.kind)
            .outerjoin(ChangeGroup, ChangeGroup.id == TaskVersion.group_id)
            .where(TaskVersion.document_id == document)
            .order_by(TaskVersion.version)
        )
        past: dict[str, list[tuple[str, str | None]]] = {}
        for task, field, kind in self._session.execute(query).tuples():
            past.setdefault(task, []).append((field or "", kind))
        return past

    def _wanted(self, document: Document, tasks: Sequence[_Held]) -> Mapping[int, str]:
        """By place, the field of each pending task that nobody set."""
        pending = {at: one.read for at, one in enumerate(tasks) if not one.decided}
        decided = {at: one.task.field for at, one in enumerate(tasks) if one.decided}
        if not pending or not any(tasks[at].by_person for at in decided):
            return pending
        return pending | self._remembered(document, tasks, decided, pending)

    def _remembered(
        self,
        document: Document,
        tasks: Sequence[_Held],
        decided: Mapping[int, str],
        pending: Mapping[int, str],
    ) -> dict[int, str]:
        from models.field_classifier import FieldWeightsChangedError, load, shares
        from models.field_memory import load as memory
        from models.field_memory import remembered
        from pipeline.types import DocumentContext, TaskContext

        leads = self._leads(document.id)
        contexts = [
            TaskContext(one.task.text, tuple(leads.get(one.task.id, ())), tuple(one.task.path.split(" › ")))
            for one in tasks
        ]
        about = DocumentContext(document.type or "", document.subject or "", document.issuer or "")
        try:
            model = load()
        except FieldWeightsChangedError as error:
            _log.warning("nothing follows: %s", error)
            return {}
        columns = {at: model.labels.index(field) for at, field in decided.items() if field in model.labels}
        scores = shares(model, about, contexts)
        held = remembered(memory(), scores, columns).argmax(axis=1)
        alone = scores.argmax(axis=1)
        return {at: model.labels[held[at]] for at in pending if held[at] != alone[at]}

    def _leads(self, document: int) -> dict[str, list[str]]:
        query = (
            select(TaskUnit.task_id, TaskUnit.name)
            .where(and_(TaskUnit.document_id == document, TaskUnit.role == "lead"))
            .order_by(TaskUnit.position)
        )
        leads: dict[str, list[str]] = {}
        for task, name in self._session.execute(query).tuples():
            leads.setdefault(task, []).append(name)
        return leads


def _read(task: Task, past: Sequence[tuple[str, str | None]]) -> tuple[str, bool]:
    """The field as the machine read it, and whether a person set the present one."""
    if not past:
        return task.field, False
    kinds = [kind for (before, _), (after, kind) in pairwise(past) if before != after]
    last = kinds[-1] if kinds else Kind.FOLLOW
    by_person = task.field != past[0][0] if last == Kind.UNDO else last != Kind.FOLLOW
    return past[0][0], by_person
