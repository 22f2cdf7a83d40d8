"""What the machine accepts by itself of a document that was just read, and what it draws for the audit."""

from __future__ import annotations

import hashlib
import logging

from sqlalchemy import insert, select
from sqlalchemy.orm import Session

from service.budget.book import Budgets
from service.budget.estimates import models_of
from service.budget.evidence import Evidence
from service.budget.fit import document_fits, task_fits
from service.budget.stops import Stops
from service.budget.watch import ENDING, PAUSING, Standing, Watch
from service.learning.models import in_use
from service.mapping import task_record
from service.review.desk import Desk
from service.tables import Budget, BudgetTask, Document, Task, TaskUnit

_SEED = "budget audit"
_log = logging.getLogger("dondoc.budget")


class Machine:
    """Accepts within the office's promise, or not at all."""

    def __init__(self, session: Session, desk: Desk) -> None:
        self._session = session
        self._desk = desk
        self._book = Budgets(session)
        self._watch = Watch(session)
        self._stops = Stops(session)

    def look(self) -> Standing:
        """How the promise stands; stops it where it has to be, seeks a threshold where there is none."""
        row = self._book.current()
        if row is not None and row.active and not row.stopped:
            row = self._book.seek(row)
        standing = self._watch.standing(row)
        if row is not None and standing.why in ENDING and not row.stopped:
            self._book.stop(row, standing.why)
            _log.warning("stopped", extra={"why": standing.why})
        elif row is not None and not row.stopped:
            self._pause(row, standing.why if standing.why in PAUSING else "")
        return standing

    def _pause(self, row: Budget, why: str) -> None:
        """Tells when it begins to hold back, and notes when that is over."""
        if why:
            self._stops.note(row, why)
        else:
            self._stops.end(row)

    @property
    def promises(self) -> bool:
        """Whether anything may be accepted at all; `accept` looks closer."""
        return self._book.holds

    def accept(self, key: str) -> int:
        """Accepts what is sure enough of a document, known by its key; how many tasks."""
        row = self._book.current()
        if row is None or row.threshold is None or not self._holds(row) or self.look().why:
            return 0
        document = self._session.scalar(select(Document).where(Document.key == key))
        if document is None or not document_fits(document, self._stages(document)):
            return 0
        if models_of(document.version) != row.models:  # read by others for one run
            return 0
        sure = self._sure(document, row.threshold)
        drawn = {one.id for one in sure if is_drawn(key, one.id, row.audit_share)}
        self._note(row, sure, drawn)
        why = {"threshold": row.threshold, "wrong_share": row.wrong_share}
        accepted = [one.id for one in sure if one.id not in drawn]
        if accepted:
            self._desk.accept_unseen(document.id, accepted, why)
        return len(accepted)

    def _holds(self, row: Budget) -> bool:
        return row.active and not row.stopped and row.models == in_use(self._session)

    def _stages(self, document: Document) -> list[str]:
        return Evidence(self._session).stages([document.id]).get(document.id, [])

    def _sure(self, document: Document, threshold: float) -> list[Task]:
        """The proposals at or above the threshold that nobody has touched yet."""
        query = select(Task).where(
            Task.document_id == document.id,
            Task.origin == "machine",
            Task.status == "proposed",
            Task.revision == 1,
            Task.confidence >= threshold,
        )
        units = self._session.scalars(select(TaskUnit).where(TaskUnit.document_id == document.id)).all()
        found = []
        for task in self._session.scalars(query.order_by(Task.position)):
            values = task_record(task, [one for one in units if one.task_id == task.id])
            if task_fits(values, task.extra.get("flags") or ()):
                found.append(task)
        return found

    def _note(self, row: Budget, sure: list[Task], drawn: set[str]) -> None:
        for one in sure:
            values = {"document_id": one.document_id, "task_id": one.id, "budget_id": row.id}
            values |= {"likely": one.confidence, "drawn": one.id in drawn}
            self._session.execute(insert(BudgetTask).values(values))


def is_drawn(key: str, task: str, share: float) -> bool:
    """Whether a task is in the audit sample: by a hash of its document's key and its id; nobody chooses."""
    drawn = hashlib.sha256(f"{_SEED} {key} {task}".encode()).digest()
    return int.from_bytes(drawn[:4], "big") < share * 2**32
