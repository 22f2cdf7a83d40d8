"""What is entered into the book: a duty before it has a row."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from service.tracking.life import Lead


class Origin(StrEnum):
    """Where a duty came from."""

    DOCUMENT = "document"
    TYPED = "typed"  # a leader's note, an oral order, a call
    IMPORTED = "imported"  # from the office's former book
    PART = "part"  # of a group's duty
    HANDED_DOWN = "handed_down"  # of a duty that a higher level gave
    OCCURRENCE = "occurrence"  # of one that comes back
    FINDING = "finding"  # of an inspection
    STUB = "stub"  # of a secret document: no content


@dataclass(frozen=True, slots=True)
class NewDuty:
    """A duty to be entered. `assigned_on` is the day from which it counts (the document's, else that of the
    order); `deadline` the reading of its time limit as the record has it, `due_on` the day that follows."""

    text: str
    lead: Lead
    assigned_on: dt.date
    origin: Origin = Origin.TYPED
    cooperators: tuple[Lead, ...] = ()
    other_leads: tuple[Lead, ...] = ()
    due_on: dt.date | None = None
    deadline: Mapping[str, Any] = field(default_factory=dict)
    document: int | None = None
    task: str | None = None
    parent: int | None = None
    period: str | None = None
    document_number: str = ""
    document_on: dt.date | None = None
    document_type: str = ""
    issuer: str = ""
    output: str = ""
    nature: str = "carry_out"
    field: str = "other"
    source: str = "directive"
    assigner: str = ""
    urgency: str = ""
    clearance: int = 0
    starred: bool = False
    counted: bool = True
    note: str = ""

    @property
    def leads(self) -> tuple[Lead, ...]:
        """All that answer; more than one is against Nghị định 39/2022/NĐ-CP and flagged."""
        return (self.lead, *self.other_leads) if self.lead.name else self.other_leads

    @property
    def carried(self) -> dict[str, Any]:
        """What its document says of it, to see later what a new filing changed."""
        return {
            "text": self.text,
            "due_on": self.due_on.isoformat() if self.due_on else None,
            "rrule": self.deadline.get("rrule"),
            "leads": [[one.name, one.id] for one in self.leads],
            "cooperators": [[one.name, one.id] for one in self.cooperators],
        } | {name: getattr(self, name) for name in ("output", "nature", "field", "source", "assigner")}

    @property
    def secret(self) -> bool:
        """Whether it stands for a document that is not kept: no content, outside exports and feeds."""
        return self.origin is Origin.STUB
