"""How much may be filed without a look: the office's promises, and what the machine did by each."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Float, ForeignKey, ForeignKeyConstraint, Index
from sqlalchemy.orm import Mapped, mapped_column

from service.tables.base import BIG, NEVER_REUSED, Base


class Budget(Base):
    """What the office allowed; the newest row holds. `wrong_share` of what is accepted unseen may be wrong,
    `audit_share` of it is drawn to be looked at after all; `threshold` is the probability from which on
    (null: not enough was reviewed), found from `reviewed` tasks; `reference` how documents were mixed then
    (service/budget/mix.py), `models` by which tasks were judged (as a version names them); `stopped` why it
    stopped itself ("" where it did not)."""

    __tablename__ = "budgets"
    __table_args__ = NEVER_REUSED

    id: Mapped[int] = mapped_column(BIG, primary_key=True)
    set_at: Mapped[float] = mapped_column(Float(53))
    set_by: Mapped[str]
    active: Mapped[bool]
    wrong_share: Mapped[float] = mapped_column(Float(53))
    audit_share: Mapped[float] = mapped_column(Float(53))
    threshold: Mapped[float | None] = mapped_column(Float(53))
    reviewed: Mapped[int]
    reference: Mapped[dict[str, Any]]
    models: Mapped[str] = mapped_column(default="", server_default="")
    stopped: Mapped[str]
    stopped_at: Mapped[float | None] = mapped_column(Float(53))


class BudgetTask(Base):
    """A task that was sure enough: accepted unseen, or `drawn` into the audit sample to wait for review."""

    __tablename__ = "budget_tasks"
    __table_args__ = (
        ForeignKeyConstraint(
            ["document_id", "task_id"], ["tasks.document_id", "tasks.id"], ondelete="CASCADE"
        ),
    )

    document_id: Mapped[int] = mapped_column(BIG, primary_key=True)
    task_id: Mapped[str] = mapped_column(primary_key=True)
    budget_id: Mapped[int] = mapped_column(ForeignKey("budgets.id"), index=True)
    likely: Mapped[float] = mapped_column(Float(53))
    drawn: Mapped[bool]


class BudgetStop(Base):
    """A time at which it stopped by itself, and `why` (keys of service/budget/words.py); `ended_at` where
    that passed by itself. `mail` is how its message stands ("waiting", "done", "failed"), `fault` why it did
    not go out."""

    __tablename__ = "budget_stops"
    __table_args__ = (Index("ix_budget_stops_mail", "mail", "next_attempt_at"), NEVER_REUSED)

    id: Mapped[int] = mapped_column(BIG, primary_key=True)
    budget_id: Mapped[int] = mapped_column(ForeignKey("budgets.id"), index=True)
    why: Mapped[str]
    at: Mapped[float] = mapped_column(Float(53))
    ended_at: Mapped[float | None] = mapped_column(Float(53))
    mail: Mapped[str]
    attempts: Mapped[int]
    next_attempt_at: Mapped[float] = mapped_column(Float(53))
    fault: Mapped[str]


class Estimate(Base):
    """How likely a task of a reviewed document is complete by other `models` than those that read it."""

    __tablename__ = "estimates"
    __table_args__ = (
        ForeignKeyConstraint(
            ["document_id", "task_id"], ["tasks.document_id", "tasks.id"], ondelete="CASCADE"
        ),
    )

    document_id: Mapped[int] = mapped_column(BIG, primary_key=True)
    task_id: Mapped[str] = mapped_column(primary_key=True)
    models: Mapped[str] = mapped_column(primary_key=True)
    likely: Mapped[float] = mapped_column(Float(53))
