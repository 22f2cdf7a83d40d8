"""The store's tables (SQLAlchemy declarative), the same on SQLite and PostgreSQL.

Times of work are seconds since 1970 by the database's clock; dates of documents are dates.
"""

from __future__ import annotations

import datetime as dt
from typing import Any

from sqlalchemy import (
    JSON,
    BigInteger,
    Float,
    ForeignKey,
    ForeignKeyConstraint,
    Index,
    Integer,
    MetaData,
    String,
    UniqueConstraint,
)
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

_BIG = BigInteger().with_variant(Integer, "sqlite")  # SQLite counts rowids only in INTEGER


class Base(DeclarativeBase):
    """All tables; constraints are named, so that migrations can change them."""

    metadata = MetaData(
        naming_convention={
            "ix": "ix_%(table_name)s_%(column_0_N_name)s",
            "uq": "uq_%(table_name)s_%(column_0_N_name)s",
            "fk": "fk_%(table_name)s_%(column_0_N_name)s_%(referred_table_name)s",
            "pk": "pk_%(table_name)s",
        }
    )
    type_annotation_map = {dict[str, Any]: JSON, list[Any]: JSON}  # noqa: RUF012 - SQLAlchemy's own form


class Document(Base):
    """A directive that was read and cleared: its header as the record gives it.

    `key` is what it is known by: the sha256 of its file, or of its files' hashes for a packet.
    """

    __tablename__ = "documents"

    id: Mapped[int] = mapped_column(_BIG, primary_key=True)
    key: Mapped[str] = mapped_column(String(64), unique=True)
    sha256: Mapped[str] = mapped_column(String(64), index=True)
    record_id: Mapped[str]
    name: Mapped[str]
    media_type: Mapped[str]
    pages: Mapped[int]
    ocr_pages: Mapped[list[Any]]
    number: Mapped[str | None]
    number_key: Mapped[str] = mapped_column(index=True)
    issued_on: Mapped[dt.date | None]
    issuer: Mapped[str | None]
    issuer_key: Mapped[str]
    type: Mapped[str | None]
    subject: Mapped[str | None]
    signer_name: Mapped[str | None]
    signer_position: Mapped[str | None]
    urgency: Mapped[str]
    secrecy: Mapped[str]
    recipients: Mapped[list[Any]]
    execution_clause: Mapped[bool]
    outcome: Mapped[str] = mapped_column(index=True)
    version: Mapped[str]
    extra: Mapped[dict[str, Any]] = mapped_column(deferred=True)  # holds the whole text
    read_at: Mapped[float] = mapped_column(Float(53))


class StoredFile(Base):
    """A file of a document, its bytes kept unchanged under its sha256; `part` 0 is the directive."""

    __tablename__ = "files"
    __table_args__ = (UniqueConstraint("document_id", "part"),)

    id: Mapped[int] = mapped_column(_BIG, primary_key=True)
    document_id: Mapped[int] = mapped_column(ForeignKey("documents.id", ondelete="CASCADE"))
    part: Mapped[int]
    sha256: Mapped[str] = mapped_column(String(64), index=True)
    name: Mapped[str]
    size: Mapped[int] = mapped_column(_BIG)


class Source(Base):
    """A path at which a cleared file was found, so that the next run need not read it again; `key` is its
    document's, `stamp` its size and time of change."""

    __tablename__ = "sources"

    id: Mapped[int] = mapped_column(_BIG, primary_key=True)
    path: Mapped[str] = mapped_column(unique=True)
    stamp: Mapped[str]
    key: Mapped[str] = mapped_column(String(64), index=True)
    outcome: Mapped[str]


class Task(Base):
    """An assigned task; `evidence` are its places on the pages; `status` the review's.

    `id` is the record's, unique in its document: a directive alone and in a packet share them. `timing` to
    `product` are null for what was read before these classes were known.
    """

    __tablename__ = "tasks"

    document_id: Mapped[int] = mapped_column(ForeignKey("documents.id", ondelete="CASCADE"), primary_key=True)
    id: Mapped[str] = mapped_column(primary_key=True)
    position: Mapped[int]
    text: Mapped[str]
    path: Mapped[str]
    deadline_text: Mapped[str | None]
    deadline_kind: Mapped[str]
    deadline_date: Mapped[dt.date | None] = mapped_column(index=True)
    deadline_time: Mapped[str | None]
    deadline_rrule: Mapped[str | None]
    deadline_inherited: Mapped[bool]
    deadline_rule: Mapped[str]
    deadline_extra: Mapped[dict[str, Any]]
    output: Mapped[str | None]
    nature: Mapped[str]
    field: Mapped[str]
    timing: Mapped[str | None]
    source: Mapped[str | None]
    assigner: Mapped[str | None]
    urgency: Mapped[str | None]
    product: Mapped[str | None]
    confidence: Mapped[float]
    evidence: Mapped[list[Any]]
    extra: Mapped[dict[str, Any]]
    status: Mapped[str] = mapped_column(default="proposed", index=True)


class TaskUnit(Base):
    """A unit in its role ("lead", "cooperator") in a task; `name_key` is the name without diacritics."""

    __tablename__ = "task_units"
    __table_args__ = (
        ForeignKeyConstraint(
            ["document_id", "task_id"], ["tasks.document_id", "tasks.id"], ondelete="CASCADE"
        ),
        UniqueConstraint("document_id", "task_id", "role", "position"),
    )

    id: Mapped[int] = mapped_column(_BIG, primary_key=True)
    document_id: Mapped[int] = mapped_column(_BIG)
    task_id: Mapped[str]
    role: Mapped[str]
    position: Mapped[int]
    text: Mapped[str]
    name: Mapped[str]
    name_key: Mapped[str] = mapped_column(index=True)
    unit_id: Mapped[str | None]
    inherited: Mapped[bool]
    extra: Mapped[dict[str, Any]]


class DocumentIssue(Base):
    """Something that the reading could not do, for the reviewer."""

    __tablename__ = "issues"

    id: Mapped[int] = mapped_column(_BIG, primary_key=True)
    document_id: Mapped[int] = mapped_column(ForeignKey("documents.id", ondelete="CASCADE"), index=True)
    position: Mapped[int]
    stage: Mapped[str]
    message: Mapped[str]
    extra: Mapped[dict[str, Any]]


class Job(Base):
    """The ledger: one piece of work, by (`kind`, `key`) once only; see service/ledger.py."""

    __tablename__ = "jobs"
    __table_args__ = (
        UniqueConstraint("kind", "key"),
        Index("ix_jobs_next", "kind", "state", "priority", "id"),
    )

    id: Mapped[int] = mapped_column(_BIG, primary_key=True)
    kind: Mapped[str]
    key: Mapped[str]
    state: Mapped[str]
    priority: Mapped[int]
    attempts: Mapped[int]
    token: Mapped[int] = mapped_column(_BIG)
    owner: Mapped[str] = mapped_column(index=True)
    lease_until: Mapped[float] = mapped_column(Float(53))
    next_attempt_at: Mapped[float] = mapped_column(Float(53))
    outcome: Mapped[str]
    reason: Mapped[str]
    message: Mapped[str]
    created_at: Mapped[float] = mapped_column(Float(53))
    finished_at: Mapped[float | None] = mapped_column(Float(53))


class Refused(Base):
    """A file that was not kept because of its secrecy mark: its hash and why, nothing else."""

    __tablename__ = "refused"

    sha256: Mapped[str] = mapped_column(String(64), primary_key=True)
    why: Mapped[str]
    refused_at: Mapped[float] = mapped_column(Float(53))


class Stub(Base):
    """A hand-typed record of a document that is not kept: no content, only what must be followed."""

    __tablename__ = "stubs"

    id: Mapped[int] = mapped_column(_BIG, primary_key=True)
    sha256: Mapped[str | None] = mapped_column(String(64))
    number: Mapped[str]
    issued_on: Mapped[dt.date]
    unit: Mapped[str]
    unit_key: Mapped[str] = mapped_column(index=True)
    deadline: Mapped[dt.date | None]
    created_at: Mapped[float] = mapped_column(Float(53))
