"""What other software and browsers asked for: uploads, exports, webhooks and their deliveries."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Float, ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from service.tables.base import BIG, NEVER_REUSED, Base


class Upload(Base):
    """A document that was sent in, on its way to being read. Neither name nor content stands here: both lie
    in its private folder until the document is cleared. `key` is the document's; `batch` names the request
    that it came with, at `position` there; `request` is the client's Idempotency-Key, hashed; `state` one of
    service/uploads/book.py's, `stage` and how many `page`s of `pages` how far its reading is."""

    __tablename__ = "uploads"
    __table_args__ = (UniqueConstraint("user_id", "request", "position"),)

    id: Mapped[str] = mapped_column(String(32), primary_key=True)
    batch: Mapped[str] = mapped_column(String(32), index=True)
    position: Mapped[int]
    user_id: Mapped[int] = mapped_column(ForeignKey("users.id"), index=True)
    request: Mapped[str | None] = mapped_column(String(64))
    key: Mapped[str] = mapped_column(String(64), index=True)
    files: Mapped[int]
    size: Mapped[int] = mapped_column(BIG)
    state: Mapped[str] = mapped_column(index=True)
    stage: Mapped[str] = mapped_column(default="", server_default="")
    page: Mapped[int] = mapped_column(default=0, server_default="0")
    pages: Mapped[int] = mapped_column(default=0, server_default="0")
    outcome: Mapped[str]
    reason: Mapped[str]
    message: Mapped[str]
    created_at: Mapped[float] = mapped_column(Float(53))
    finished_at: Mapped[float | None] = mapped_column(Float(53))


class Export(Base):
    """A table of tasks that was asked for, made in the background, kept for a while. `sight` is what its user
    might see while it was made (service/exports/sights.py), null until then."""

    __tablename__ = "exports"

    id: Mapped[str] = mapped_column(String(32), primary_key=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("users.id"), index=True)
    format: Mapped[str]
    wanted: Mapped[dict[str, Any]]
    sight: Mapped[dict[str, Any] | None]
    state: Mapped[str]
    rows: Mapped[int]
    message: Mapped[str]
    created_at: Mapped[float] = mapped_column(Float(53))
    finished_at: Mapped[float | None] = mapped_column(Float(53))


class ExportDocument(Base):
    """A document of which an export holds tasks: who may no longer see it may not fetch the export either."""

    __tablename__ = "export_documents"

    export_id: Mapped[str] = mapped_column(ForeignKey("exports.id", ondelete="CASCADE"), primary_key=True)
    document_id: Mapped[int] = mapped_column(BIG, primary_key=True)


class Webhook(Base):
    """An address that is told of events; `secret` signs what is sent (HMAC-SHA256)."""

    __tablename__ = "webhooks"
    __table_args__ = NEVER_REUSED

    id: Mapped[int] = mapped_column(BIG, primary_key=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("users.id", ondelete="CASCADE"), index=True)
    url: Mapped[str]
    secret: Mapped[str]
    events: Mapped[list[Any]]
    active: Mapped[bool]
    created_at: Mapped[float] = mapped_column(Float(53))


class Delivery(Base):
    """An event on its way to a webhook; tried again with growing pauses. `status` is that of the last answer,
    `fault` why there was none (service/hooks/sending.py), "" where there was one."""

    __tablename__ = "deliveries"
    __table_args__ = (Index("ix_deliveries_due", "state", "next_attempt_at"), NEVER_REUSED)

    id: Mapped[int] = mapped_column(BIG, primary_key=True)
    webhook_id: Mapped[int] = mapped_column(ForeignKey("webhooks.id", ondelete="CASCADE"), index=True)
    event: Mapped[str]
    body: Mapped[dict[str, Any]]
    state: Mapped[str]
    attempts: Mapped[int]
    status: Mapped[int | None]
    fault: Mapped[str] = mapped_column(default="", server_default="")
    next_attempt_at: Mapped[float] = mapped_column(Float(53))
    created_at: Mapped[float] = mapped_column(Float(53))
