"""Sketches of documents' texts, and pairs that may be one document."""

from __future__ import annotations

from sqlalchemy import Float, ForeignKey, Index, LargeBinary, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from service.tables.base import BIG, NEVER_REUSED, Base


class DocumentSketch(Base):
    """A document that was compared with those before it: its sketch (service/duplicates/sketch.py), empty
    where its text is too short for one, and how many shingles it is of."""

    __tablename__ = "document_sketches"

    document_id: Mapped[int] = mapped_column(
        ForeignKey("documents.id", ondelete="CASCADE"), primary_key=True, autoincrement=False
    )
    numbers: Mapped[bytes] = mapped_column(LargeBinary)
    shingles: Mapped[int]


class DocumentBand(Base):
    """A band of a sketch, to find by it the documents that share it."""

    __tablename__ = "document_bands"

    band: Mapped[int] = mapped_column(BIG, primary_key=True, autoincrement=False)
    document_id: Mapped[int] = mapped_column(
        ForeignKey("documents.id", ondelete="CASCADE"), primary_key=True, index=True
    )


class Twin(Base):
    """Two documents that may be one, the earlier first: the shares of their words and numbers that they have
    in common. `state` is "waiting", "joined" (the documents are one: `kept_id` is it, `group_id` the change
    that withdrew the other's tasks, `before` its place in the review till then) or "apart"; by whom, when."""

    __tablename__ = "twins"
    __table_args__ = (
        UniqueConstraint("first_id", "second_id"),
        Index("ix_twins_state", "state", "id"),
        NEVER_REUSED,
    )

    id: Mapped[int] = mapped_column(BIG, primary_key=True)
    first_id: Mapped[int] = mapped_column(ForeignKey("documents.id", ondelete="CASCADE"))
    second_id: Mapped[int] = mapped_column(ForeignKey("documents.id", ondelete="CASCADE"), index=True)
    contained: Mapped[float] = mapped_column(Float(53))
    shared: Mapped[float] = mapped_column(Float(53))
    figures: Mapped[float] = mapped_column(Float(53))
    state: Mapped[str] = mapped_column(default="waiting")
    kept_id: Mapped[int | None] = mapped_column(BIG)
    group_id: Mapped[int | None] = mapped_column(BIG)
    before: Mapped[str] = mapped_column(default="")
    found_at: Mapped[float] = mapped_column(Float(53))
    decided_by: Mapped[int | None] = mapped_column(BIG)
    decided_at: Mapped[float | None] = mapped_column(Float(53))
