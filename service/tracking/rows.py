"""A duty's row ⇄ its standing, and the forms in which events keep what changed."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any

from service.mapping import search_key
from service.tables import Duty
from service.tables.documents import NEVER
from service.tracking.life import Approval, Given, Lead, Life, Standing

Changes = dict[str, list[Any]]
"""What changed: its name, the value before and after, as JSON."""


def lead_key(lead: Lead) -> str:
    """What a unit is known by in lists and reports: its id, else its name without diacritics."""
    return lead.id or f"~{search_key(lead.name)}" if lead.name else ""


def lead_of(name: str, key: str) -> Lead:
    """The inverse of `lead_key`."""
    return Lead(name, "" if key.startswith("~") else key)


def standing_of(duty: Duty) -> Standing:
    """How a duty stands now."""
    return Standing(
        life=Life(duty.life),
        lead=lead_of(duty.lead_name, duty.lead_key),
        due_on=duty.due_on,
        text=duty.text,
        percent=duty.percent,
        done_on=duty.done_on,
        before=Life(duty.before) if duty.before else None,
        asked=given_of(duty.asked) if duty.asked else None,
        with_leader=duty.with_leader,
    )


def columns_of(standing: Standing) -> dict[str, Any]:
    """The columns that hold a standing."""
    return {
        "life": standing.life.value,
        "lead_name": standing.lead.name,
        "lead_key": lead_key(standing.lead),
        "due_on": standing.due_on,
        "due_key": standing.due_on or NEVER,
        "text": standing.text,
        "percent": standing.percent,
        "done_on": standing.done_on,
        "before": standing.before.value if standing.before else None,
        "asked": json_of(standing.asked) if standing.asked else None,
        "with_leader": standing.with_leader,
    }


def changes(before: Standing, after: Standing) -> Changes:
    """What a step changed beside the state."""
    pairs: dict[str, tuple[Any, Any]] = {
        "due_on": (_iso(before.due_on), _iso(after.due_on)),
        "text": (before.text, after.text),
        "lead": (before.lead.name, after.lead.name),
        "lead_id": (before.lead.id, after.lead.id),
        "percent": (before.percent, after.percent),
        "done_on": (_iso(before.done_on), _iso(after.done_on)),
    }
    return {name: [old, new] for name, (old, new) in pairs.items() if old != new}


def json_of(given: Given) -> dict[str, Any]:
    """What was given, for keeping."""
    found: dict[str, Any] = {name: getattr(given, name) for name in given.names if name != "files"}
    if given.lead:
        found["lead"] = [given.lead.name, given.lead.id]
    if given.approval:
        found["approval"] = approval_json(given.approval)
    return {key: _iso(value) if isinstance(value, dt.date) else value for key, value in found.items()}


def given_of(kept: Mapping[str, Any]) -> Given:
    """The inverse of `json_of`."""
    values = dict(kept)
    for name in ("due", "done_on"):
        if values.get(name):
            values[name] = dt.date.fromisoformat(values[name])
    if lead := values.get("lead"):
        values["lead"] = Lead(*lead)
    if approval := values.get("approval"):
        values["approval"] = Approval(approval["number"], dt.date.fromisoformat(approval["on"]))
    return Given(**values)


def approval_json(approval: Approval) -> dict[str, str]:
    """A document that allows a change, for keeping."""
    return {"number": approval.number, "on": approval.on.isoformat()}


def _iso(day: dt.date | None) -> str | None:
    return day.isoformat() if day else None
