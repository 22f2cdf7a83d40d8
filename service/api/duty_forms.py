"""Duties as the API shows them, and what clients may say of them."""

from __future__ import annotations

import datetime as dt
from typing import Annotated, Any

from pydantic import BaseModel, Field

from service.api.forms import Form, Seen, Text
from service.tracking.life import Approval, Given, Lead

Line = Annotated[Text, Field(max_length=500)]
Note = Annotated[Text, Field(max_length=4000)]


class UnitNamed(Form):
    """A unit by its name, and its id in the register where it is listed."""

    name: Annotated[Text, Field(min_length=1, max_length=500, examples=["Sở Y tế"])]
    unit_id: Annotated[Text, Field(max_length=200, examples=["so-y-te:hung-yen"])] = ""

    @property
    def lead(self) -> Lead:
        """As the book has it."""
        return Lead(self.name, self.unit_id)


class ApprovalForm(Form):
    """The document that allows a change."""

    number: Annotated[Text, Field(min_length=1, max_length=200, examples=["412/UBND-TH"])]
    on: Annotated[dt.date, Field(strict=False)]


class StepForm(Form):
    """What is said with a step; which of it a step takes and needs, `steps` of the duty tells. One that may
    have `files` takes them at its own address."""

    revision: Seen
    note: Note = ""
    due: Annotated[dt.date | None, Field(strict=False)] = None
    text: Note = ""
    lead: UnitNamed | None = None
    percent: Annotated[int, Field(ge=0, le=100)] | None = None
    done_on: Annotated[dt.date | None, Field(strict=False)] = None
    approval: ApprovalForm | None = None

    def given(self, lead: Lead | None) -> Given:
        """As the book has it; `lead` is the unit that is meant by `lead`."""
        approval = Approval(self.approval.number, self.approval.on) if self.approval else None
        return Given(self.note, self.due, self.text, lead, self.percent, self.done_on, approval)


class NewDutyForm(Form):
    """A duty that no document gave: a note on a paper, an oral order, a call."""

    text: Annotated[Text, Field(min_length=1, max_length=4000)]
    lead: UnitNamed
    cooperators: Annotated[list[UnitNamed], Field(max_length=100)] = Field(default_factory=list)
    assigned_on: Annotated[dt.date | None, Field(strict=False, description="Today where it is left out.")] = (
        None
    )
    due: Annotated[dt.date | None, Field(strict=False)] = None
    document_number: Line = ""
    field: Line = "other"
    assigner: Line = "other"
    note: Note = ""


class PartForm(Form):
    """What a unit is to do of a duty; what is left out is as in the whole."""

    lead: UnitNamed
    text: Note = ""
    due: Annotated[dt.date | None, Field(strict=False)] = None


class PartsForm(Form):
    """How a duty is divided; `handed_down` for one that a higher level gave."""

    revision: Seen
    parts: Annotated[list[PartForm], Field(min_length=1, max_length=500)]
    handed_down: bool = False


class StepShown(BaseModel):
    """A step that you may take: what it needs, and what it can be given besides."""

    action: str = Field(examples=["submit"])
    needs: list[str]
    may: list[str]


class DutyShown(BaseModel):
    """A duty as it stands; `bucket` is where it stands in time today."""

    id: int
    text: str
    life: str = Field(examples=["in_progress"])
    bucket: str = Field(examples=["due_soon"])
    leads: list[dict[str, Any]]
    cooperators: list[dict[str, Any]]
    due_on: dt.date | None
    done_on: dt.date | None
    percent: int | None
    assigned_on: dt.date
    origin: str
    document_id: int | None
    document_number: str
    document_on: dt.date | None
    issuer: str
    field: str
    source: str
    assigner: str
    parent_id: int | None
    revision: int
    with_leader: bool


class DutyOpened(DutyShown):
    """The same with what you may do."""

    steps: list[StepShown]


class DutyPage(BaseModel):
    """A page of duties; `next` leads to the following one."""

    items: list[DutyShown]
    next: str | None = None


class FileShown(BaseModel):
    """A document attached as evidence; `link` leads to it."""

    id: int
    name: str
    media_type: str = Field(examples=["application/pdf"])
    size: int
    link: str


class EventShown(BaseModel):
    """What happened to a duty; `changes` holds old and new values, `files` what was attached."""

    at: dt.datetime | None
    actor: str
    action: str
    before: str
    after: str
    note: str
    changes: dict[str, Any]
    approval: dict[str, Any] | None
    files: list[FileShown]
