"""The ledger's table."""

from __future__ import annotations

from sqlalchemy import Float, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from service.tables.base import BIG, NEVER_REUSED, Base


class Job(Base):
    """The ledger: one piece of work, by (`kind`, `key`) once only; see service/ledger.py."""

    __tablename__ = "jobs"
    __table_args__ = (
        UniqueConstraint("kind", "key"),
        Index("ix_jobs_next", "kind", "state", "priority", "id"),
        NEVER_REUSED,
    )

    id: Mapped[int] = mapped_column(BIG, primary_key=True)
    kind: Mapped[str]
    key: Mapped[str]
    state: Mapped[str]
    priority: Mapped[int]
    attempts: Mapped[int]
    token: Mapped[int] = mapped_column(BIG)
    owner: Mapped[str] = mapped_column(index=True)
    lease_until: Mapped[float] = mapped_column(Float(53))
    next_attempt_at: Mapped[float] = mapped_column(Float(53))
    outcome: Mapped[str]
    reason: Mapped[str]
    message: Mapped[str]
    created_at: Mapped[float] = mapped_column(Float(53))
    finished_at: Mapped[float | None] = mapped_column(Float(53))
