"""The ledger's table."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Float, Index, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from service.tables.base import BIG, NEVER_REUSED, Base


def _where(condition: str) -> dict[str, Any]:
    return {"sqlite_where": text(condition), "postgresql_where": text(condition)}


class Job(Base):
    """The ledger: one piece of work, by (`kind`, `key`) once only; see service/ledger.py.

    `turn` orders what is claimed (service/turns.py). `due_at` is when a lease ends or a job that was put back
    may be tried again; `owner` is who holds it. Both are null of all other jobs, so that their indexes stay
    as small as the work that is under way.
    """

    __tablename__ = "jobs"
    __table_args__ = (
        UniqueConstraint("kind", "key"),
        Index("ix_jobs_next", "kind", "state", "turn", "id"),
        Index("ix_jobs_open", "kind", "source", "turn", **_where("finished_at IS NULL")),
        Index("ix_jobs_due", "kind", "due_at", **_where("due_at IS NOT NULL")),
        Index("ix_jobs_owner", "owner", **_where("owner IS NOT NULL")),
        NEVER_REUSED,
    )

    id: Mapped[int] = mapped_column(BIG, primary_key=True)
    kind: Mapped[str]
    key: Mapped[str]
    source: Mapped[str] = mapped_column(server_default="")
    turn: Mapped[float] = mapped_column(Float(53), server_default="0")
    state: Mapped[str]
    attempts: Mapped[int]
    token: Mapped[int] = mapped_column(BIG)
    owner: Mapped[str | None]
    due_at: Mapped[float | None] = mapped_column(Float(53))
    outcome: Mapped[str]
    reason: Mapped[str]
    message: Mapped[str]
    created_at: Mapped[float] = mapped_column(Float(53))
    finished_at: Mapped[float | None] = mapped_column(Float(53))
