"""What people decided about tasks in, which of the machine's proposals were right out, in one transaction.

Right is a task that was accepted with text, leads, cooperators and deadline as the machine had them; wrong is
one that was changed in these, rejected, split or merged. Accepted in bulk is not looked at, and says neither.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby, pairwise
from typing import Any
from weakref import WeakKeyDictionary

from sqlalchemy import Row, Select, and_, exists, func, select
from sqlalchemy.orm import Session

from models.training.reliability import Judged
from service.budget.estimates import Estimates, Key
from service.budget.fit import document_fits, task_fits
from service.review.changes import Kind
from service.review.values import same
from service.tables import BudgetTask, ChangeGroup, Document, DocumentIssue, Task, TaskVersion

MOST = 2000
"""The newest documents that are looked at."""
_COMPARED = ("text", "leads", "cooperators", "deadline")
_DECIDED = ("approved", "rejected", "split", "merged")
_AT_A_TIME = 1000  # versions in memory: each holds all values of a task
_DOCUMENTS = 500  # whose tasks are judged by one query

_Version = Row[int, str, int, int | None, dict[str, Any], str | None, int]
"""A task's document and id, the version's number, its group, its values, the group's kind, its own id."""


@dataclass(frozen=True, slots=True)
class Decided:
    """A task that a person decided on: how likely it was, whether it could have been accepted unseen, whether
    the machine had it right, and when (the last group)."""

    document: int
    task: str
    likely: float
    fits: bool
    right: bool
    at: int


Tasks = Select[*tuple[Any, ...]]
"""A query for tasks: their document and id."""
Memo = dict[Key, tuple[int, Decided | None]]
"""By task, the id of its last version and what its versions say."""
_memos: WeakKeyDictionary[Any, Memo] = WeakKeyDictionary()
"""By database. Versions are only ever added, so what is judged once need not be read again."""


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
        """All of the newest documents, but for what the machine accepted itself, and what the models in use
        have not judged."""
        ids = self._newest()
        rows = self._session.scalars(select(Document).where(Document.id.in_(ids)))
        stages = self.stages(ids)
        fit = {one.id: one for one in rows if document_fits(one, stages.get(one.id, ()))}
        found = self._decided(_decided_tasks().where(Task.document_id.in_(list(fit))))
        sure = Estimates(self._session).of(fit.values())
        tasks = tuple(
            Judged(likely, one.right, str(one.document))
            for one in found
            if one.fits and (likely := sure.likely(one.document, one.task, one.likely)) is not None
        )
        known = {int(one.document) for one in tasks}
        return Reviewed(tasks, tuple(one for key, one in sorted(fit.items()) if key in known))

    def audited(self, budget: int) -> list[bool]:
        """Whether the tasks of a budget's audit sample were right, in the order in which they were judged."""
        return [one.right for one in self._decided(_taken(_decided_tasks(), budget, drawn=True))]

    def corrected(self, budget: int) -> int:
        """How many of the tasks that the machine accepted a person has changed or rejected since."""
        touched = _taken(_tasks().where(Task.revision > 2), budget, drawn=False)
        return sum(
            not right(several[0].values, several[-1].values) for _, several in self._histories(touched)
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

    def _newest(self) -> list[int]:
        """The newest documents of which a person has changed a task of the machine's."""
        touched = exists().where(
            Task.document_id == Document.id,
            Task.origin == "machine",
            _of_task(),
            TaskVersion.group_id.is_not(None),
        )
        query = select(Document.id).where(touched).order_by(Document.id.desc()).limit(MOST)
        return list(self._session.scalars(query))

    def _decided(self, tasks: Tasks) -> list[Decided]:
        """Those of the tasks that a person decided on, in the order in which they were."""
        last = self._last(tasks)
        memo = _memos.setdefault(self._session.get_bind(), {})
        stale = sorted({key[0] for key, version in last.items() if memo.get(key, (0,))[0] != version})
        for at in range(0, len(stale), _DOCUMENTS):
            self._judge(tasks.where(Task.document_id.in_(stale[at : at + _DOCUMENTS])), memo)
        judged = (memo[key][1] for key in last if key in memo)
        return sorted((one for one in judged if one), key=lambda one: one.at)

    def _last(self, tasks: Tasks) -> dict[Key, int]:
        """The id of each task's last version."""
        wanted = tasks.subquery()
        mine = and_(TaskVersion.document_id == wanted.c.document_id, TaskVersion.task_id == wanted.c.id)
        key = TaskVersion.document_id, TaskVersion.task_id
        query = select(*key, func.max(TaskVersion.id)).join(wanted, mine).group_by(*key)
        return {(row[0], row[1]): row[2] for row in self._session.execute(query)}

    def _judge(self, tasks: Tasks, memo: Memo) -> None:
        chosen = tasks.add_columns(Task.confidence, Task.extra["flags"].label("flags"))
        known = {(one.document_id, one.id): one for one in self._session.execute(chosen)}
        for key, several in self._histories(tasks):
            if task := known.get(key):  # else it was decided between the two questions
                memo[key] = several[-1].id, _judged(task.confidence, task.flags or (), several)

    def _histories(self, tasks: Tasks) -> Iterator[tuple[Key, list[_Version]]]:
        """The versions of tasks, oldest first, a task at a time."""
        wanted = tasks.subquery()
        mine = and_(TaskVersion.document_id == wanted.c.document_id, TaskVersion.task_id == wanted.c.id)
        columns = (TaskVersion.document_id, TaskVersion.task_id, TaskVersion.version, TaskVersion.group_id)
        query = (
            select(*columns, TaskVersion.values, ChangeGroup.kind, TaskVersion.id)
            .join(wanted, mine)
            .outerjoin(ChangeGroup, ChangeGroup.id == TaskVersion.group_id)
            .order_by(TaskVersion.document_id, TaskVersion.task_id, TaskVersion.version)
            .execution_options(yield_per=_AT_A_TIME)
        )
        for key, several in groupby(self._session.execute(query), lambda one: (one[0], one[1])):
            yield key, list(several)


def right(proposed: Mapping[str, Any], now: Mapping[str, Any]) -> bool:
    """Whether what stands is what the machine had proposed."""
    as_was = all(same(name, proposed.get(name), now.get(name)) for name in _COMPARED)
    return now.get("status") == "approved" and as_was


def _judged(likely: float, flags: Sequence[str], several: Sequence[_Version]) -> Decided | None:
    """None where no person decided: what the machine accepted, or was accepted in bulk as it was."""
    first, last = several[0], several[-1]
    if first.version != 1 or last.group_id is None or any(one.group_id is None for one in several[1:]):
        return None
    held = right(first.values, last.values)
    settled = [one.kind for was, one in pairwise(several) if _status(one) != _status(was)]
    if held and settled and settled[-1] == Kind.BULK:
        return None
    return Decided(
        first.document_id, first.task_id, likely, task_fits(first.values, flags), held, last.group_id
    )


def _status(version: _Version) -> Any:
    return version.values.get("status")


def _tasks() -> Tasks:
    return select(Task.document_id, Task.id).where(Task.origin == "machine")


def _decided_tasks() -> Tasks:
    return _tasks().where(Task.status.in_(_DECIDED))


def _taken(tasks: Tasks, budget: int, *, drawn: bool) -> Tasks:
    """Those that the machine took by a promise."""
    same_task = and_(BudgetTask.document_id == Task.document_id, BudgetTask.task_id == Task.id)
    return tasks.join(BudgetTask, same_task).where(
        BudgetTask.budget_id == budget, BudgetTask.drawn.is_(drawn)
    )


def _of_task() -> Any:
    return and_(TaskVersion.document_id == Task.document_id, TaskVersion.task_id == Task.id)
