"""What documents do to earlier ones, and the changes of duties that follow if somebody agrees."""

from __future__ import annotations

import datetime as dt
from typing import Any

from sqlalchemy import Float, ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from service.tables.base import BIG, Base


class DocumentRelation(Base):
    """A relation that was read in a document: `kind` as in docs/record.md, the earlier document by its number
    (`number_key` without spaces and case) and day, the `item` of it that is meant, the new day that an
    extension sets, the clause that says so with its places."""

    __tablename__ = "document_relations"
    __table_args__ = (
        UniqueConstraint("document_id", "position"),
        Index("ix_document_relations_number", "number_key", "issued_on"),
    )

    id: Mapped[int] = mapped_column(BIG, primary_key=True)
    document_id: Mapped[int] = mapped_column(ForeignKey("documents.id", ondelete="CASCADE"))
    position: Mapped[int]
    kind: Mapped[str]
    number: Mapped[str]
    number_key: Mapped[str]
    issued_on: Mapped[dt.date | None]
    item: Mapped[str]
    due_on: Mapped[dt.date | None]
    text: Mapped[str]
    evidence: Mapped[list[Any]]


class Proposal(Base):
    """A change of a duty that a relation proposes: `action` the step of service/tracking/transitions.toml,
    `due_on` the new day; or "link", to stand under the duty `whole_id` (null: to be chosen). `state`
    "waiting", "accepted" or "declined", by whom and when."""

    __tablename__ = "proposals"
    __table_args__ = (
        UniqueConstraint("relation_id", "duty_id"),
        Index("ix_proposals_state", "state", "id"),
        {"sqlite_autoincrement": True},
    )

    id: Mapped[int] = mapped_column(BIG, primary_key=True)
    relation_id: Mapped[int] = mapped_column(ForeignKey("document_relations.id", ondelete="CASCADE"))
    duty_id: Mapped[int] = mapped_column(ForeignKey("duties.id", ondelete="CASCADE"), index=True)
    action: Mapped[str]
    due_on: Mapped[dt.date | None]
    whole_id: Mapped[int | None] = mapped_column(BIG)
    state: Mapped[str] = mapped_column(default="waiting")
    decided_by: Mapped[int | None] = mapped_column(BIG)
    decided_at: Mapped[float | None] = mapped_column(Float(53))
