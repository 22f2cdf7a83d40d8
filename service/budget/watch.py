"""How the promise stands: its audit sample, the documents that come in now; whether to go on, and why not."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from sqlalchemy import ColumnElement, and_, func, select
from sqlalchemy.orm import Session

from annotation.budget.auditing import Audit, audited
from annotation.budget.drift import Drift
from service.budget.evidence import Evidence
from service.budget.mix import KINDS, Mix, compared
from service.learning.models import in_use
from service.tables import Budget, BudgetTask, Task

LAG = 30
"""Drawn tasks that may wait for review before no more is accepted."""
ENDING = ("broken", *(f"drift_{kind}" for kind in KINDS))
"""Reasons for which it stops until it is switched on again; others pass by themselves."""
PAUSING = ("lag", "model")
"""Those others for which it holds back what it did until then."""


@dataclass(frozen=True, slots=True)
class Standing:
    """How the promise stands: `why` nothing is accepted ("" where it is; keys of service/budget/words.py);
    how many were `accepted` unseen, how many of these were `corrected` since, how many drawn ones wait."""

    row: Budget | None
    why: str
    audit: Audit = field(default_factory=lambda: audited((), 0.01))
    drifts: Mapping[str, Drift] = field(default_factory=dict)
    accepted: int = 0
    corrected: int = 0
    waiting: int = 0


class Watch:
    """Looks at it within one transaction; writes nothing."""

    def __init__(self, session: Session) -> None:
        self._session = session
        self._evidence = Evidence(session)
        self._mix = Mix(session)

    def standing(self, row: Budget | None) -> Standing:
        """All figures of a promise."""
        if row is None:
            return Standing(None, "off")
        drawn, accepted = self._count(row, True), self._count(row, False)
        audit = audited(self._evidence.audited(row.id), row.wrong_share)
        drifts = compared(row.reference, self._mix.since(row.set_at)) if row.reference else {}
        waiting = drawn - audit.tasks
        why = _why(row, audit, drifts, waiting, in_use(self._session))
        corrected = self._evidence.corrected(row.id)
        return Standing(row, why, audit, drifts, accepted, corrected, waiting)

    def unseen(self, document: int) -> set[str]:
        """The tasks of a document that were accepted unseen, and that nobody has touched since."""
        query = (
            select(Task.id)
            .join(BudgetTask, _same_task())
            .where(Task.document_id == document, BudgetTask.drawn.is_(False))
            .where(Task.status == "approved", Task.revision == 2)
        )
        return set(self._session.scalars(query))

    def _count(self, row: Budget, drawn: bool) -> int:
        which = [BudgetTask.budget_id == row.id, BudgetTask.drawn.is_(drawn)]
        return self._session.scalar(select(func.count()).select_from(BudgetTask).where(*which)) or 0


def _why(row: Budget, audit: Audit, drifts: Mapping[str, Drift], waiting: int, models: str) -> str:
    if not row.active:
        return "off"
    if row.stopped:
        return row.stopped
    if audit.broken:
        return "broken"
    if row.models != models:
        return "model"
    if row.threshold is None:
        return "few"
    for kind in KINDS:
        if kind in drifts and drifts[kind].moved:
            return f"drift_{kind}"
    return "lag" if waiting > LAG else ""


def _same_task() -> ColumnElement[bool]:
    return and_(BudgetTask.document_id == Task.document_id, BudgetTask.task_id == Task.id)
