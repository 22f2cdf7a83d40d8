"""Documents, their files, tasks and units; what was refused, and hand-typed records."""

from __future__ import annotations

import datetime as dt
from typing import Any

from sqlalchemy import Float, ForeignKey, ForeignKeyConstraint, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from service.tables.base import BIG, NEVER_REUSED, Base


class Document(Base):
    """A directive that was read and cleared: its header as the record gives it.

    `key` is what it is known by: the sha256 of its file, or of its files' hashes for a packet. `review` is
    "extracted", "reviewed", "filed" or, where another stands for it, "joined"; `rank` its place in the
    reviewers' queue, highest first; `clearance` what a user needs to see it; `assignee_id` has it to review
    since `assigned_by` gave it, `returned_from` had it and may have it no longer; `second_look` whether it is
    in the sample that another person looks at; `words` what it is searched by, without diacritics.
    """

    __tablename__ = "documents"
    __table_args__ = (Index("ix_documents_queue", "review", "rank", "id", "clearance"), NEVER_REUSED)

    id: Mapped[int] = mapped_column(BIG, primary_key=True)
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
    review: Mapped[str] = mapped_column(default="extracted")
    rank: Mapped[float] = mapped_column(Float(53), default=0.0)
    clearance: Mapped[int] = mapped_column(default=0)
    assignee_id: Mapped[int | None] = mapped_column(BIG, index=True)
    assigned_by: Mapped[int | None] = mapped_column(BIG)
    returned_from: Mapped[int | None] = mapped_column(BIG, index=True)
    second_look: Mapped[bool] = mapped_column(default=False)
    words: Mapped[str] = mapped_column(default="")


class StoredFile(Base):
    """A file of a document, its bytes kept unchanged under its sha256; `part` 0 is the directive."""

    __tablename__ = "files"
    __table_args__ = (UniqueConstraint("document_id", "part"),)

    id: Mapped[int] = mapped_column(BIG, primary_key=True)
    document_id: Mapped[int] = mapped_column(ForeignKey("documents.id", ondelete="CASCADE"))
    part: Mapped[int]
    sha256: Mapped[str] = mapped_column(String(64), index=True)
    name: Mapped[str]
    size: Mapped[int] = mapped_column(BIG)


class Source(Base):
    """A path at which a cleared file was found, so that the next run need not read it again; `key` is its
    document's, `stamp` its size and time of change."""

    __tablename__ = "sources"

    id: Mapped[int] = mapped_column(BIG, primary_key=True)
    path: Mapped[str] = mapped_column(unique=True)
    stamp: Mapped[str]
    key: Mapped[str] = mapped_column(String(64), index=True)
    outcome: Mapped[str]


NEVER = dt.date(9999, 12, 31)
"""The sorting date of what has none: behind all others."""


class Task(Base):
    """An assigned task; `evidence` are its places on the pages; `status` the review's ("proposed",
    "approved", "rejected", "merged", "split"); `revision` counts its changes from 1; `origin` is "machine" or
    "person"; `words` what it is searched by, without diacritics; `due_key` the deadline's date to sort by,
    `NEVER` where it has none.

    `id` is the record's, unique in its document: a directive alone and in a packet share them. `timing` to
    `product` are null for what was read before these classes were known.
    """

    __tablename__ = "tasks"
    __table_args__ = (
        Index("ix_tasks_due", "due_key", "document_id", "id"),
        Index("ix_tasks_status_due", "status", "due_key", "document_id", "id"),
    )

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
    due_key: Mapped[dt.date] = mapped_column(default=NEVER)
    status: Mapped[str] = mapped_column(default="proposed", index=True)
    revision: Mapped[int] = mapped_column(default=1)
    origin: Mapped[str] = mapped_column(default="machine")
    words: Mapped[str] = mapped_column(default="")


class DocumentUnit(Base):
    """A unit that a document is addressed ("addressee") or sent ("recipient") to: who may see its pages."""

    __tablename__ = "document_units"
    __table_args__ = (Index("ix_document_units_unit", "unit_id", "document_id"),)

    id: Mapped[int] = mapped_column(BIG, primary_key=True)
    document_id: Mapped[int] = mapped_column(ForeignKey("documents.id", ondelete="CASCADE"), index=True)
    role: Mapped[str]
    name: Mapped[str]
    name_key: Mapped[str] = mapped_column(index=True)
    unit_id: Mapped[str | None]


class TaskUnit(Base):
    """A unit in its role ("lead", "cooperator") in a task; `name_key` is the name without diacritics."""

    __tablename__ = "task_units"
    __table_args__ = (
        ForeignKeyConstraint(
            ["document_id", "task_id"], ["tasks.document_id", "tasks.id"], ondelete="CASCADE"
        ),
        UniqueConstraint("document_id", "task_id", "role", "position"),
        Index("ix_task_units_unit", "unit_id", "document_id", "task_id"),
    )

    id: Mapped[int] = mapped_column(BIG, primary_key=True)
    document_id: Mapped[int] = mapped_column(BIG)
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

    id: Mapped[int] = mapped_column(BIG, primary_key=True)
    document_id: Mapped[int] = mapped_column(ForeignKey("documents.id", ondelete="CASCADE"), index=True)
    position: Mapped[int]
    stage: Mapped[str]
    message: Mapped[str]
    extra: Mapped[dict[str, Any]]


class Refused(Base):
    """A file that was not kept because of its secrecy mark: its hash and why, nothing else."""

    __tablename__ = "refused"

    sha256: Mapped[str] = mapped_column(String(64), primary_key=True)
    why: Mapped[str]
    refused_at: Mapped[float] = mapped_column(Float(53))


class Stub(Base):
    """A hand-typed record of a document that is not kept: no content, only what must be followed."""

    __tablename__ = "stubs"
    __table_args__ = NEVER_REUSED

    id: Mapped[int] = mapped_column(BIG, primary_key=True)
    sha256: Mapped[str | None] = mapped_column(String(64))
    number: Mapped[str]
    issued_on: Mapped[dt.date]
    unit: Mapped[str]
    unit_key: Mapped[str] = mapped_column(index=True)
    deadline: Mapped[dt.date | None]
    created_at: Mapped[float] = mapped_column(Float(53))
