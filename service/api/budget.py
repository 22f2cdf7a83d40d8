"""Filing without a look within a budget of errors: how the promise stands, set and switched off."""

from __future__ import annotations

import datetime as dt
from typing import Annotated

from fastapi import APIRouter, Depends
from pydantic import BaseModel, Field

from annotation.budget.drift import Drift
from annotation.budget.thresholds import Level, curve
from service.access.roles import Right
from service.access.viewer import Viewer
from service.api.answers import Here, moment, problems
from service.api.forms import Form
from service.budget.book import LEAST_AUDIT, LEAST_WRONG, MOST_AUDIT, MOST_WRONG
from service.budget.evidence import Reviewed
from service.budget.watch import Standing
from service.store import Work
from service.web.identity import needing

router = APIRouter(prefix="/budget", tags=["budget"])
Manager = Annotated[Viewer, Depends(needing(Right.USERS))]


class BudgetForm(Form):
    """The promise, in shares from 0 to 1. Switched on again it finds the threshold anew, and audits anew."""

    active: bool
    wrong_share: Annotated[float, Field(ge=LEAST_WRONG, le=MOST_WRONG)] = 0.01
    audit_share: Annotated[float, Field(ge=LEAST_AUDIT, le=MOST_AUDIT)] = 0.1


class AuditShown(BaseModel):
    """The sample that is looked at after all; `error` is the share of wrong ones, `most` its upper bound."""

    tasks: int
    wrong: int
    waiting: int
    error: float | None
    most: float
    broken: bool


class DriftShown(BaseModel):
    """How far the newest documents are from those that were reviewed; `index` is null for too few."""

    index: float | None
    limit: float
    documents: int
    moved: bool


class LevelShown(BaseModel):
    """Of the reviewed tasks at or above a threshold: how many, how many wrong, the bounds of their share."""

    threshold: float
    tasks: int
    documents: int
    wrong: int
    least: float
    most: float


class BudgetShown(BaseModel):
    """`why` nothing is accepted unseen, "" where it is (docs/budget.md); what was promised is null where
    nothing ever was; `curve` is of all that was reviewed."""

    active: bool
    why: str = Field(examples=["broken"])
    threshold: float | None
    wrong_share: float | None
    audit_share: float | None
    set_by: str | None
    set_at: dt.datetime | None
    stopped_at: dt.datetime | None
    accepted: int = Field(description="Accepted unseen since it was set.")
    corrected: int = Field(description="Of these, corrected by somebody since.")
    audit: AuditShown
    drift: dict[str, DriftShown]
    reviewed_tasks: int
    reviewed_documents: int
    curve: list[LevelShown]


@router.get("", responses=problems())
def show(state: Here, viewer: Manager) -> BudgetShown:
    """How it stands; for administrators."""
    with state.store.reading() as work:
        return _shown(work)


@router.put("", responses=problems())
def put(state: Here, viewer: Manager, form: BudgetForm) -> BudgetShown:
    """Promises anew, or switches off; what was accepted stays."""
    with state.store.begin() as work:
        if form.active:
            work.budget.book.switch_on(viewer.login, form.wrong_share, form.audit_share)
        else:
            work.budget.book.switch_off(viewer.login)
        return _shown(work)


def _shown(work: Work) -> BudgetShown:
    standing = work.budget.watch.standing(work.budget.book.current())
    reviewed = work.budget.evidence.reviewed()
    row = standing.row
    return BudgetShown(
        active=bool(row and row.active),
        why=standing.why,
        threshold=row.threshold if row else None,
        wrong_share=row.wrong_share if row else None,
        audit_share=row.audit_share if row else None,
        set_by=row.set_by if row else None,
        set_at=moment(row.set_at) if row else None,
        stopped_at=moment(row.stopped_at) if row else None,
        accepted=standing.accepted,
        corrected=standing.corrected,
        audit=_audit(standing),
        drift={kind: _drift(one) for kind, one in standing.drifts.items()},
        reviewed_tasks=len(reviewed.tasks),
        reviewed_documents=len(reviewed.documents),
        curve=_curve(reviewed),
    )


def _audit(standing: Standing) -> AuditShown:
    audit = standing.audit
    plain = {name: getattr(audit, name) for name in ("tasks", "wrong", "error", "most", "broken")}
    return AuditShown(**plain, waiting=standing.waiting)


def _drift(one: Drift) -> DriftShown:
    return DriftShown(**{name: getattr(one, name) for name in DriftShown.model_fields})


def _curve(reviewed: Reviewed) -> list[LevelShown]:
    return [_level(one) for one in curve(reviewed.tasks)]


def _level(one: Level) -> LevelShown:
    least, most = one.bounds
    plain = {name: getattr(one, name) for name in ("threshold", "tasks", "documents", "wrong")}
    return LevelShown(**plain, least=least, most=most)
