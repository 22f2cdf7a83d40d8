"""A duty that comes into the book in, with the steps that it has behind it; the rows kept of it out. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from service.mapping import number_key, search_key
from service.tracking.entering import NewDuty
from service.tracking.keeping import Kept
from service.tracking.life import Given, Lead, Standing, stepped
from service.tracking.rows import changes, columns_of, json_of
from service.tracking.timing import day_of

TOLD = ("acknowledge", "report", "difficulty", "submit")
"""Steps by which a unit tells of its duty."""


@dataclass(frozen=True, slots=True)
class Past:
    """A duty that may have been followed elsewhere so far: the steps taken there, in order."""

    new: NewDuty
    steps: tuple[tuple[str, Given], ...] = ()


@dataclass(frozen=True, slots=True)
class Entry:
    """What is kept of it: its row, its units by role, how it stood from its beginning on."""

    past: Past
    row: dict[str, Any]
    units: tuple[tuple[str, Sequence[Lead]], ...]
    stood: tuple[Standing, ...]

    def kept(self, duty: int) -> list[Kept]:
        """What happened to it, once it has its id."""
        new, stood = self.past.new, self.stood
        changed = changes(Standing(), stood[0])
        found = [Kept(duty, new.document, "enter", None, stood[0].life, new.note, changed)]
        for (action, given), before, after in zip(self.past.steps, stood, stood[1:], strict=False):
            found.append(step_kept(duty, new.document, action, given, before, after))
        return found


def entry_of(past: Past, at: float) -> Entry:
    """All rows of it, entered at this moment; raises `NotAllowed`."""
    new = past.new
    stood = [Standing(lead=new.lead, due_on=new.due_on, text=new.text)]
    for action, given in past.steps:
        stood.append(stepped(stood[-1], action, given, day_of(at), wordless=new.secret))
    last = stood[-1]
    row = _row(new) | columns_of(last)
    row |= {
        "entered_at": at,
        "reported_at": at if any(action in TOLD for action, _ in past.steps) else None,
        "revision": len(stood),
        "words": words_of(last.text, last.lead.name, new.document_number, new.output),
    }
    leads = new.leads if last.lead == new.lead else (last.lead,)
    return Entry(past, row, (("lead", leads), ("cooperator", new.cooperators)), tuple(stood))


def step_kept(
    duty: int, document: int | None, action: str, given: Given, before: Standing, after: Standing
) -> Kept:
    """What is kept of a step; of a request also what was asked for."""
    changed = changes(before, after)
    if action in ("ask_adjustment", "refuse") and after.asked:
        changed |= {f"asked_{name}": [None, value] for name, value in json_of(after.asked).items()}
    return Kept(duty, document, action, before.life, after.life, given.note, changed, given.approval)


def words_of(*searched: str) -> str:
    """What a duty is searched by."""
    return search_key(" ".join(searched))


def _row(new: NewDuty) -> dict[str, Any]:
    return {
        "origin": new.origin.value,
        "document_id": new.document,
        "task_id": new.task,
        "parent_id": new.parent,
        "period": new.period,
        "document_number": new.document_number,
        "number_key": number_key(new.document_number),
        "document_on": new.document_on,
        "document_type": new.document_type,
        "issuer": new.issuer,
        "assigned_on": new.assigned_on,
        "output": new.output,
        "nature": new.nature,
        "field": new.field,
        "source": new.source,
        "assigner": new.assigner,
        "urgency": new.urgency,
        "deadline": dict(new.deadline),
        "carried": new.carried,
        "recurs": bool(new.deadline.get("rrule")),
        "starred": new.starred,
        "clearance": new.clearance,
        "secret": new.secret,
        "counted": new.counted,
    }
