"""What people decided about tasks in, which of the machine's proposals were right out, in one transaction.

Right is a task that was accepted with text, leads, cooperators and deadline as the machine had them; wrong is
one that was changed in these, rejected, split or merged. Accepted in bulk is not looked at, and says neither.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, and_, select
from sqlalchemy.orm import Session

from models.training.reliability import Judged
from service.budget.fit import document_fits, task_fits
from service.review.changes import Kind
from service.review.values import same
from service.tables import ChangeGroup, Document, DocumentIssue, Task, TaskVersion

MOST = 2000
"""The newest documents that are looked at."""
_COMPARED = ("text", "leads", "cooperators", "deadline")
_DECIDED = ("approved", "rejected", "split", "merged")

Key = tuple[int, str]


@dataclass(frozen=True, slots=True)
class Decided:
    """A task that a person decided on: whether the machine had it right, and when (the last group)."""

    task: Task
    proposed: Mapping[str, Any]
    right: bool
    at: int


@dataclass(frozen=True, slots=True)
class Reviewed:
    """The tasks that were reviewed and could have been accepted unseen, and the documents they are of."""

    tasks: tuple[Judged, ...]
    documents: tuple[Document, ...]


class Evidence:
    """Reads decisions."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def reviewed(self) -> Reviewed:
        """All of the newest documents, but for what the machine accepted itself."""
        newest = (
            select(Task.document_id)
            .join(TaskVersion, _of_task())
            .where(Task.origin == "machine", TaskVersion.group_id.is_not(None))
            .distinct()
            .order_by(Task.document_id.desc())
            .limit(MOST)
        )
        ids = list(self._session.scalars(newest))
        found = self.decided(Task.document_id.in_(ids))
        documents = {
            one.id: one for one in self._session.scalars(select(Document).where(Document.id.in_(ids)))
        }
        stages = self.stages(ids)
        fit = {key for key, one in documents.items() if document_fits(one, stages.get(key, ()))}
        tasks = tuple(
            Judged(one.task.confidence, one.right, str(one.task.document_id))
            for one in found
            if one.task.document_id in fit and task_fits(one.proposed, one.task.extra.get("flags") or ())
        )
        known = {int(one.document) for one in tasks}
        return Reviewed(tasks, tuple(one for key, one in sorted(documents.items()) if key in known))

    def decided(self, which: ColumnElement[bool]) -> list[Decided]:
        """The tasks of the machine's that a person decided on, in the order in which they were."""
        tasks = self._session.scalars(
            select(Task).where(which, Task.origin == "machine", Task.status.in_(_DECIDED))
        )
        kept = {(one.document_id, one.id): one for one in tasks}
        versions = self._versions(and_(which, Task.origin == "machine", Task.status.in_(_DECIDED)))
        judged = [_judged(kept[key], several) for key, several in versions.items() if key in kept]
        return sorted((one for one in judged if one), key=lambda one: one.at)

    def _versions(self, which: ColumnElement[bool]) -> dict[Key, list[tuple[TaskVersion, str | None]]]:
        versions: dict[Key, list[tuple[TaskVersion, str | None]]] = {}
        query = (
            select(TaskVersion, ChangeGroup.kind)
            .join(Task, _of_task())
            .outerjoin(ChangeGroup, ChangeGroup.id == TaskVersion.group_id)
            .where(which)
            .order_by(TaskVersion.document_id, TaskVersion.task_id, TaskVersion.version)
        )
        for version, kind in self._session.execute(query).tuples():
            versions.setdefault((version.document_id, version.task_id), []).append((version, kind))
        return versions

    def corrected(self, which: ColumnElement[bool]) -> int:
        """How many of the tasks that the machine accepted a person has changed or rejected since."""
        touched = and_(which, Task.revision > 2)
        return sum(
            not right(several[0][0].values, several[-1][0].values)
            for several in self._versions(touched).values()
        )

    def stages(self, ids: Sequence[int]) -> dict[int, list[str]]:
        """At what stages documents became doubtful."""
        query = select(DocumentIssue.document_id, DocumentIssue.stage)
        found: dict[int, list[str]] = {}
        for document, stage in self._session.execute(
            query.where(DocumentIssue.document_id.in_(ids))
        ).tuples():
            found.setdefault(document, []).append(stage)
        return found


def right(proposed: Mapping[str, Any], now: Mapping[str, Any]) -> bool:
    """Whether what stands is what the machine had proposed."""
    as_was = all(same(name, proposed.get(name), now.get(name)) for name in _COMPARED)
    return now.get("status") == "approved" and as_was


def _judged(task: Task, versions: Iterable[tuple[TaskVersion, str | None]]) -> Decided | None:
    """None where no person decided: what the machine accepted, or was accepted in bulk as it was."""
    several = list(versions)
    first, last = several[0][0], several[-1][0]
    if first.version != 1 or last.group_id is None or any(one.group_id is None for one, _ in several[1:]):
        return None
    held = right(first.values, last.values)
    settled = [kind for (one, kind), (was, _) in _steps(several) if _status(one) != _status(was)]
    if held and settled and settled[-1] == Kind.BULK:
        return None
    return Decided(task, first.values, held, last.group_id)


def _steps(
    several: Sequence[tuple[TaskVersion, str | None]],
) -> Iterable[tuple[tuple[TaskVersion, str | None], tuple[TaskVersion, str | None]]]:
    return zip(several[1:], several, strict=False)


def _status(version: TaskVersion) -> Any:
    return version.values.get("status")


def _of_task() -> ColumnElement[bool]:
    return and_(TaskVersion.document_id == Task.document_id, TaskVersion.task_id == Task.id)
