"""What people decide about tasks: grouped changes, each task's versions, who has a document open."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Float, ForeignKey, ForeignKeyConstraint, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from service.tables.base import BIG, NEVER_REUSED, Base


class ChangeGroup(Base):
    """What a person did in one go, and undoes in one go. `kind` names it (keys of
    service/review/changes.py); `undoes` is the group that this one took back, `undone_by` the one that took
    this back."""

    __tablename__ = "change_groups"
    __table_args__ = (Index("ix_change_groups_mine", "actor_id", "id"), NEVER_REUSED)

    id: Mapped[int] = mapped_column(BIG, primary_key=True)
    actor_id: Mapped[int] = mapped_column(ForeignKey("users.id"))
    at: Mapped[float] = mapped_column(Float(53))
    kind: Mapped[str]
    reason: Mapped[str]
    undoes: Mapped[int | None] = mapped_column(BIG)
    undone_by: Mapped[int | None] = mapped_column(BIG)


class TaskVersion(Base):
    """A task's values as they were from one change to the next; version 1 is the machine's reading (or the
    reviewer's own where the machine missed the task), written down with the first change."""

    __tablename__ = "task_versions"
    __table_args__ = (
        ForeignKeyConstraint(
            ["document_id", "task_id"], ["tasks.document_id", "tasks.id"], ondelete="CASCADE"
        ),
        UniqueConstraint("document_id", "task_id", "version"),
    )

    id: Mapped[int] = mapped_column(BIG, primary_key=True)
    document_id: Mapped[int] = mapped_column(BIG)
    task_id: Mapped[str]
    version: Mapped[int]
    group_id: Mapped[int | None] = mapped_column(ForeignKey("change_groups.id"), index=True)
    values: Mapped[dict[str, Any]]


class Presence(Base):
    """Who has a document open for review, and when he last gave a sign: shown to others, locks nothing."""

    __tablename__ = "presences"

    document_id: Mapped[int] = mapped_column(ForeignKey("documents.id", ondelete="CASCADE"), primary_key=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("users.id", ondelete="CASCADE"), primary_key=True)
    seen_at: Mapped[float] = mapped_column(Float(53))
