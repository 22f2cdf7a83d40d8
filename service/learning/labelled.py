"""Documents that were reviewed in, labelled documents out, within one transaction: nobody labels twice.

Labels are read from the store whenever they are asked for and kept nowhere else, so that what is purged is in
none. Documents that need clearance are left out, and those with a task that nobody looked at.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import and_, case, select
from sqlalchemy.orm import Session, undefer

from annotation.choosing import Candidate
from annotation.marked import MarkedDocument, marked
from service.mapping import task_record
from service.review.changes import Kind
from service.review.values import same
from service.tables import BudgetTask, ChangeGroup, Document, StoredFile, Task, TaskUnit, TaskVersion

REVIEWED = ("reviewed", "filed")
DISAGREED = ("text", "leads", "cooperators", "deadline", "nature", "field", "status")
"""What two reviewers can hold otherwise of a task."""
_BATCH = 50
_AMONG = 500  # documents of the queue that are looked through


@dataclass(frozen=True, slots=True)
class Waiting:
    """A document that waits for review, and what speaks for looking at it."""

    id: int
    number: str | None
    name: str
    candidate: Candidate


class Labelled:
    """The labelled documents of the store."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def documents(self) -> Iterator[tuple[Document, MarkedDocument]]:
        """Those that were reviewed, in the order in which they were read; few are in memory at a time."""
        last = 0
        while batch := self._batch(last):
            tasks, units, versions = self._of([one.id for one in batch])
            unseen = self._unseen([one.id for one in batch])
            for document in batch:
                if document.id in unseen:
                    continue
                approved = tasks.get(document.id, [])
                record = {
                    "id": document.record_id,
                    "text": document.extra["record"].get("text") or "",
                    "tasks": [
                        task_record(task, units.get((task.document_id, task.id), [])) for task in approved
                    ],
                }
                yield document, marked(_whole(record), hard(versions.get(document.id, ())))
            last = batch[-1].id

    def gold(self) -> Iterator[tuple[str, dict[str, Any], list[tuple[str, str]]]]:
        """The same as labels to be compared with: each document's key, its label, and the hash and name of
        its files, the directive first."""
        last = 0
        while batch := self._batch(last):
            labels = self.labels(batch)
            for one in batch:
                if label := labels.get(one.id):
                    query = select(StoredFile.sha256, StoredFile.name).where(StoredFile.document_id == one.id)
                    files = self._session.execute(query.order_by(StoredFile.part)).tuples().all()
                    yield one.key, label, list(files)
            last = batch[-1].id

    def labels(self, documents: Sequence[Document]) -> dict[int, dict[str, Any]]:
        """What was accepted of those that were reviewed, every task of theirs looked at by a person."""
        wanted = [one for one in documents if one.review in REVIEWED]
        tasks, units, _ = self._of([one.id for one in wanted])
        unseen = self._unseen([one.id for one in wanted])
        return {
            one.id: {
                "id": one.number or one.name,
                "kind_of_source": "scan" if one.ocr_pages else "text",
                "document": {"type": one.type},
                "tasks": [
                    task_record(task, units.get((one.id, task.id), [])) for task in tasks.get(one.id, [])
                ],
            }
            for one in wanted
            if one.id not in unseen
        }

    def waiting(self) -> list[Waiting]:
        """The first of the queue that nobody reviewed yet, with how sure their tasks are."""
        query = select(Document).where(Document.review == "extracted", Document.clearance == 0)
        query = query.order_by(Document.rank.desc(), Document.id).limit(_AMONG)
        rows = self._session.scalars(query.options(undefer(Document.extra))).all()
        sure: dict[int, list[float]] = {}
        mine = [Task.document_id.in_([one.id for one in rows]), Task.status == "proposed"]
        of_tasks = select(Task.document_id, Task.confidence).where(*mine)
        for document, confidence in self._session.execute(of_tasks).tuples():
            sure.setdefault(document, []).append(confidence)
        return [
            Waiting(
                one.id,
                one.number,
                one.name,
                Candidate(str(one.id), one.extra["record"].get("text") or "", tuple(sure.get(one.id, ()))),
            )
            for one in rows
        ]

    def _batch(self, last: int) -> Sequence[Document]:
        query = select(Document).where(
            Document.id > last, Document.review.in_(REVIEWED), Document.clearance == 0
        )
        return self._session.scalars(
            query.options(undefer(Document.extra)).order_by(Document.id).limit(_BATCH)
        ).all()

    def _unseen(self, ids: Sequence[int]) -> set[int]:
        """Documents with a task that the machine accepted and nobody has touched since: no teacher."""
        query = (
            select(Task.document_id)
            .join(
                BudgetTask,
                and_(BudgetTask.document_id == Task.document_id, BudgetTask.task_id == Task.id),
            )
            .where(Task.document_id.in_(ids), BudgetTask.drawn.is_(False), Task.revision == 2)
        )
        return set(self._session.scalars(query))

    def _of(
        self, ids: Sequence[int]
    ) -> tuple[
        dict[int, list[Task]], dict[tuple[int, str], list[TaskUnit]], dict[int, list[tuple[TaskVersion, int]]]
    ]:
        tasks: dict[int, list[Task]] = {}
        query = select(Task).where(Task.document_id.in_(ids), Task.status == "approved")
        for task in self._session.scalars(query.order_by(Task.document_id, Task.position, Task.id)):
            tasks.setdefault(task.document_id, []).append(task)
        units: dict[tuple[int, str], list[TaskUnit]] = {}
        of_units = select(TaskUnit).where(TaskUnit.document_id.in_(ids)).order_by(TaskUnit.position)
        for unit in self._session.scalars(of_units):
            units.setdefault((unit.document_id, unit.task_id), []).append(unit)
        versions: dict[int, list[tuple[TaskVersion, int]]] = {}
        of_versions = (
            select(TaskVersion, case((ChangeGroup.kind != Kind.FOLLOW, ChangeGroup.actor_id)))
            .outerjoin(ChangeGroup, ChangeGroup.id == TaskVersion.group_id)
            .where(TaskVersion.document_id.in_(ids))
            .order_by(TaskVersion.task_id, TaskVersion.version)
        )
        for version, actor in self._session.execute(of_versions).tuples():
            versions.setdefault(version.document_id, []).append((version, actor))
        return tasks, units, versions


def hard(versions: Sequence[tuple[TaskVersion, int | None]]) -> tuple[str, ...]:
    """On what reviewers of a document disagreed: fields of a task of which the last word of one person is
    another than that of a second. A person's word is what he set, and all that stood there when he accepted
    or rejected. `versions` are in order of task and version, each with who made it (None: the machine)."""
    words: dict[tuple[str, str], dict[int, Any]] = {}
    task = ""
    before: Mapping[str, Any] = {}
    for version, actor in versions:
        was = before if version.task_id == task else {}
        task, before = version.task_id, version.values
        if actor is None:
            continue
        decided = not same("status", before.get("status"), was.get("status"))
        for name in DISAGREED:
            if decided or not same(name, before.get(name), was.get(name)):
                words.setdefault((task, name), {})[actor] = before.get(name)
    return tuple(
        name
        for name in DISAGREED
        if any(_differ(name, list(said.values())) for (_, field), said in words.items() if field == name)
    )


def _differ(name: str, said: Sequence[Any]) -> bool:
    return any(not same(name, said[0], one) for one in said[1:])


def _whole(record: Mapping[str, Any]) -> dict[str, Any]:
    """What a task that a person typed lacks: no evidence is an empty list."""
    tasks = []
    for task in record["tasks"]:
        units = {
            role: [unit | {"evidence": unit.get("evidence") or []} for unit in task[role]]
            for role in ("leads", "cooperators")
        }
        tasks.append(task | units | {"evidence": task.get("evidence") or []})
    return {**record, "tasks": tasks}
