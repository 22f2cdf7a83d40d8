"""Archive runs: what was to be read, and what became of every file."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Float, ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from service.tables.base import BIG, NEVER_REUSED, Base


class Run(Base):
    """A run over an archive: `files`, `bytes` and `pages` are what is planned as far as it is known;
    `alive_at` is the last sign of life of its process, `left` the seconds that it thinks are left.
    `roots` names folders alone: a file that was named may turn out to be secret. `counts` are its files by
    outcome and reason, once they are told no more one by one."""

    __tablename__ = "runs"
    __table_args__ = (NEVER_REUSED,)

    id: Mapped[int] = mapped_column(BIG, primary_key=True)
    state: Mapped[str]
    who: Mapped[str]
    roots: Mapped[list[Any]]
    engine: Mapped[str]
    version: Mapped[str]
    files: Mapped[int] = mapped_column(BIG)
    bytes: Mapped[int] = mapped_column(BIG)
    pages: Mapped[int] = mapped_column(BIG)
    left: Mapped[float | None] = mapped_column(Float(53))
    begun_at: Mapped[float] = mapped_column(Float(53))
    alive_at: Mapped[float] = mapped_column(Float(53))
    ended_at: Mapped[float | None] = mapped_column(Float(53))
    counts: Mapped[list[Any] | None]


class RunFile(Base):
    """What became of one file of a run. `digest` tells it from the run's others and nothing else: its key is
    never stored. Only a cleared file has its `path`, and a refused one neither `bytes` nor `pages`."""

    __tablename__ = "run_files"
    __table_args__ = (
        Index("ix_run_files_outcomes", "run_id", "outcome", "reason"),
        Index("ix_run_files_slowest", "run_id", "seconds"),
    )

    run_id: Mapped[int] = mapped_column(BIG, ForeignKey("runs.id", ondelete="CASCADE"), primary_key=True)
    digest: Mapped[str] = mapped_column(String(32), primary_key=True)
    position: Mapped[int] = mapped_column(BIG)
    sha256: Mapped[str] = mapped_column(String(64), index=True)
    path: Mapped[str]
    kind: Mapped[str]
    outcome: Mapped[str]
    reason: Mapped[str]
    message: Mapped[str]
    earlier: Mapped[bool]
    pages: Mapped[int]
    bytes: Mapped[int] = mapped_column(BIG)
    seconds: Mapped[float] = mapped_column(Float(53))
