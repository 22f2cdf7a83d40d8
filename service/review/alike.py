"""What a person corrected in, the pending tasks with the same cause out: the same value, read alike."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, and_, exists, select
from sqlalchemy.orm import Session

from service.access.sight import tasks_seen
from service.access.viewer import Viewer
from service.mapping import search_key, task_record
from service.review.changes import Change, Step
from service.review.values import same, values_of
from service.tables import Document, Task, TaskUnit

_MOST = 200
_ROLES = {"leads": "lead", "cooperators": "cooperator"}


@dataclass(frozen=True, slots=True)
class Correction:
    """One field that was changed: what it was taken for, what it is."""

    field: str
    before: Any
    after: Any


def corrections(step: Step) -> list[Correction]:
    """What of a step may recur elsewhere: units, and a deadline read from the same words."""
    found = []
    for name in step.fields:
        before, after = step.before.values.get(name), step.after.values.get(name)
        if name in _ROLES:
            gone = [one for one in before or () if not _within(one, after or ())]
            came = [one for one in after or () if not _within(one, before or ())]
            if len(gone) == 1 and len(came) <= 1:
                found.append(Correction(name, gone[0], came[0] if came else None))
        elif name == "deadline" and (before or {}).get("text"):
            found.append(Correction(name, before, after))
    return found


class Alike:
    """Finds what a correction also fits, within one transaction."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def find(self, viewer: Viewer, step: Step) -> list[tuple[Change, str]]:
        """The changes to offer, each with its task's text; at most 200, of documents of the same issuer."""
        issuer = select(Document.issuer_key).where(Document.id == step.after.document).scalar_subquery()
        offered: dict[tuple[int, str], tuple[Change, str]] = {}
        for correction in corrections(step):
            query = (
                select(Task)
                .join(Document, Document.id == Task.document_id)
                .where(
                    tasks_seen(viewer),
                    Document.review != "filed",
                    Document.issuer_key == issuer,
                    Task.status == "proposed",
                    ~and_(Task.document_id == step.after.document, Task.id == step.after.task),
                    _has(correction),
                )
                .order_by(Task.document_id, Task.position)
                .limit(_MOST)
            )
            for task in self._session.scalars(query).all():
                values = self._corrected(task, correction)
                if values:
                    key = (task.document_id, task.id)
                    earlier = dict(offered[key][0].values) if key in offered else {}
                    change = Change(task.document_id, task.id, task.revision, earlier | values)
                    offered[key] = (change, task.text)
        return list(offered.values())

    def _corrected(self, task: Task, correction: Correction) -> dict[str, Any]:
        units = self._session.scalars(
            select(TaskUnit)
            .where(TaskUnit.document_id == task.document_id, TaskUnit.task_id == task.id)
            .order_by(TaskUnit.position)
        ).all()
        values = values_of(task_record(task, units))
        if correction.field == "deadline":
            is_same = same("deadline", values["deadline"], correction.before)
            return {"deadline": correction.after} if is_same else {}
        new = []
        for one in values[correction.field] or ():
            if not _within(one, [correction.before]):
                new.append(one)
            elif correction.after is not None:
                new.append(dict(correction.after) | {"text": one["text"], "evidence": one.get("evidence")})
        return {correction.field: new}


def _has(correction: Correction) -> ColumnElement[bool]:
    if correction.field == "deadline":
        return Task.deadline_text == str(correction.before["text"])
    return exists().where(
        TaskUnit.document_id == Task.document_id,
        TaskUnit.task_id == Task.id,
        TaskUnit.role == _ROLES[correction.field],
        TaskUnit.name_key == search_key(correction.before["name"]),
    )


def _within(unit: Mapping[str, Any], units: Iterable[Mapping[str, Any]] | Sequence[Any]) -> bool:
    return any(search_key(unit["name"]) == search_key(one["name"]) for one in units)
