"""The audit: a chain of hashes that only grows, the values beside it that a purge may erase, signed heads."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Float, ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from service.tables.base import BIG, Base


class AuditEntry(Base):
    """One change: who, when, what to which subject; `digest` is the hash of its values, `hash` that of the
    entry with the hash before it."""

    __tablename__ = "audit"

    seq: Mapped[int] = mapped_column(BIG, primary_key=True, autoincrement=False)
    at: Mapped[float] = mapped_column(Float(53))
    actor: Mapped[str]
    action: Mapped[str]
    subject: Mapped[str] = mapped_column(index=True)
    version: Mapped[str]
    digest: Mapped[str] = mapped_column(String(64))
    previous: Mapped[str] = mapped_column(String(64))
    hash: Mapped[str] = mapped_column(String(64))


class AuditValue(Base):
    """The values before and after of an entry; gone where their document was purged."""

    __tablename__ = "audit_values"

    seq: Mapped[int] = mapped_column(ForeignKey("audit.seq"), primary_key=True)
    salt: Mapped[str] = mapped_column(String(32))
    values: Mapped[dict[str, Any]]


class AuditHead(Base):
    """A head of the chain, signed with a key that is kept outside the database."""

    __tablename__ = "audit_heads"

    seq: Mapped[int] = mapped_column(BIG, primary_key=True, autoincrement=False)
    hash: Mapped[str] = mapped_column(String(64))
    signature: Mapped[str]
    at: Mapped[float] = mapped_column(Float(53))
