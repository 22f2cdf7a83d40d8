"""Documents and tasks as the API shows them."""

from __future__ import annotations

import datetime as dt
from typing import Any

from pydantic import BaseModel, ConfigDict, Field

from service.api.answers import ROOT, moment
from service.mapping import Record
from service.pages.proofs import proofs
from service.review.finder import FoundDocument
from service.tables import Document


class Brief(BaseModel):
    """A document's header in few words."""

    id: int
    number: str | None = Field(examples=["12/CT-UBND"])
    issued_on: dt.date | None
    issuer: str | None
    type: str | None
    subject: str | None
    review: str = Field(description="extracted, reviewed or filed", examples=["extracted"])


class DocumentShown(Brief):
    """A document; `counts` of its tasks by status, as far as you may see them."""

    name: str = Field(description="The file's name.")
    media_type: str
    pages: int
    urgency: str
    outcome: str
    assignee: str | None = Field(
        description="The login of who reviews it; never told to a unit's user.", examples=["lan"]
    )
    read_at: dt.datetime | None
    counts: dict[str, int]
    links: dict[str, str]


class ProofShown(BaseModel):
    """A picture that proves a value: `of` is task, deadline, lead or cooperator, `index` which of several."""

    k: int
    of: str
    index: int
    page: int
    href: str


class TaskShown(BaseModel):
    """A task in the record's form (docs/record.md), with its review's `status`, `revision` and `origin`."""

    model_config = ConfigDict(extra="allow")

    id: str
    document_id: int
    text: str
    path: str
    leads: list[dict[str, Any]]
    cooperators: list[dict[str, Any]]
    deadline: dict[str, Any] | None
    output: str | None
    nature: str | None
    field: str | None
    confidence: float | None
    status: str
    revision: int
    origin: str
    proofs: list[ProofShown]
    document: Brief | None = None


class DocumentPage(BaseModel):
    """A page of documents; `next` leads to the following one."""

    items: list[DocumentShown]
    next: str | None


class TaskPage(BaseModel):
    """A page of tasks; `next` leads to the following one."""

    items: list[TaskShown]
    next: str | None


def brief(document: Document) -> Brief:
    """The header of a row."""
    return Brief(**{name: getattr(document, name) for name in Brief.model_fields})


def document_shown(found: FoundDocument) -> DocumentShown:
    """A found document."""
    row = found.document
    here = f"{ROOT}/documents/{row.id}"
    links = {name: f"{here}/{name}" for name in ("record", "tasks", "original")}
    links |= {"self": here, "first_page": f"{here}/pages/1"}
    plain = ("name", "media_type", "pages", "urgency", "outcome")
    return DocumentShown(
        **brief(row).model_dump(),
        **{name: getattr(row, name) for name in plain},
        assignee=found.holder,
        read_at=moment(row.read_at),
        counts=dict(found.counts),
        links=links,
    )


def task_shown(record: Record, document: Document | None = None) -> TaskShown:
    """A task's record, with the header of its document where that is not plain."""
    here = f"{ROOT}/documents/{record['document_id']}/tasks/{record['id']}/evidence"
    shown = [
        ProofShown(k=one.k, of=one.of, index=one.index, page=one.page, href=f"{here}/{one.k}")
        for one in proofs(record)
    ]
    rest = {name: value for name, value in record.items() if name not in ("proofs", "document")}
    return TaskShown(**rest, proofs=shown, document=brief(document) if document else None)
