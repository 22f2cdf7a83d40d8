"""The life of a duty as a state machine: a standing and a step in, the standing after it out. Pure.

The rules lie in transitions.toml, the only place that says what may follow what. Whether a duty is in time is
no state: it is computed from dates, for any day (service/tracking/timing.py).
"""

from __future__ import annotations

import datetime as dt
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import cache
from importlib.resources import files
from typing import Any


class Life(StrEnum):
    """How far a duty is."""

    NOT_STARTED = "not_started"
    IN_PROGRESS = "in_progress"
    AWAITING = "awaiting"  # confirmation
    DONE = "done"
    RETURNED = "returned"
    ADJUSTMENT_ASKED = "adjustment_asked"
    REFUSED = "refused"  # or asked to be transferred
    SUSPENDED = "suspended"
    CANCELLED = "cancelled"  # or replaced


OPEN = frozenset(
    {
        Life.NOT_STARTED,
        Life.IN_PROGRESS,
        Life.AWAITING,
        Life.RETURNED,
        Life.ADJUSTMENT_ASKED,
        Life.REFUSED,
    }
)
"""States in which somebody still has to do something; `from = ["open"]` of the rules."""

GIVEN = ("note", "due", "text", "lead", "percent", "done_on", "approval", "files")
"""What a step can carry."""


@dataclass(frozen=True, slots=True)
class Rule:
    """A row of transitions.toml; `to` is None where the state stays, `back` where it returns to the one
    before the request."""

    action: str
    by: str
    begins: frozenset[Life]
    to: Life | None
    back: bool
    needs: tuple[str, ...]
    may: tuple[str, ...]
    name: str
    why: str


@dataclass(frozen=True, slots=True)
class Lead:
    """The unit that answers: its name, its id in the register ("" where it is not listed)."""

    name: str
    id: str = ""


@dataclass(frozen=True, slots=True)
class Approval:
    """The document that allows a change: its number and date."""

    number: str
    on: dt.date


@dataclass(frozen=True, slots=True)
class Given:
    """What is said with a step; `files` are how many documents are attached."""

    note: str = ""
    due: dt.date | None = None
    text: str = ""
    lead: Lead | None = None
    percent: int | None = None
    done_on: dt.date | None = None
    approval: Approval | None = None
    files: int = 0

    @property
    def names(self) -> frozenset[str]:
        """Which of `GIVEN` are there."""
        return frozenset(name for name in GIVEN if getattr(self, name) not in (None, "", 0))


@dataclass(frozen=True, slots=True)
class Standing:
    """How a duty stands at a moment. `before` is the state in which something was asked for that waits,
    `asked` what that was; `done_on` the day on which the unit says it was done."""

    life: Life = Life.NOT_STARTED
    lead: Lead = Lead("")
    due_on: dt.date | None = None
    text: str = ""
    percent: int | None = None
    done_on: dt.date | None = None
    before: Life | None = None
    asked: Given | None = None
    with_leader: bool = False


class NotAllowed(ValueError):  # noqa: N818 - says what is the case
    """The step cannot be taken in this state, or something is missing; the message is a key of the wording
    and what it is about."""

    def __init__(self, why: str, about: str) -> None:
        super().__init__(f"{why}: {about}")
        self.why = why
        self.about = about


@cache
def rules() -> Mapping[str, Rule]:
    """All rules by their action."""
    found = tomllib.loads(files(__package__).joinpath("transitions.toml").read_text(encoding="utf-8"))
    return {action: _rule(action, row) for action, row in found.items()}


def allowed(life: Life) -> list[Rule]:
    """What may be done in a state, by anybody."""
    return [rule for rule in rules().values() if life in rule.begins]


def without_content(given: Given) -> Given:
    """What may be kept of a step of a secret duty: days, units and documents' numbers, no words."""
    return replace(given, note="", text="", files=0)


def stepped(
    standing: Standing, action: str, given: Given, today: dt.date, *, wordless: bool = False
) -> Standing:
    """The standing after a step; `wordless` where no words may be kept, and none are asked for.

    Raises `NotAllowed`: "state", "missing", "extra", "nothing" (an adjustment that changes nothing) or
    "future" (done on a day to come); `KeyError` for an unknown action.
    """
    rule = rules()[action]
    if standing.life not in rule.begins:
        raise NotAllowed("state", standing.life.value)
    _check(rule, given, standing, today, ("note", "text") if wordless else ())
    return _changed(replace(standing, life=_after(rule, standing)), rule, given, standing, today)


def _check(
    rule: Rule, given: Given, standing: Standing, today: dt.date, spared: tuple[str, ...] = ()
) -> None:
    for name in rule.needs:
        if name not in given.names and name not in spared:
            raise NotAllowed("missing", name)
    for name in sorted(given.names - {*rule.needs, *rule.may}):
        raise NotAllowed("extra", name)
    if given.done_on and given.done_on > today:
        raise NotAllowed("future", given.done_on.isoformat())
    if rule.action in ("ask_adjustment", "adjust") and not given.names & {"due", "text"}:
        raise NotAllowed("nothing", rule.action)
    if rule.action == "transfer" and given.lead == standing.lead:
        raise NotAllowed("nothing", rule.action)


def _after(rule: Rule, standing: Standing) -> Life:
    if rule.back:
        return standing.before or Life.IN_PROGRESS
    return rule.to or standing.life


def _changed(after: Standing, rule: Rule, given: Given, before: Standing, today: dt.date) -> Standing:
    """What the step does beside the state."""
    waits = after.life in (Life.ADJUSTMENT_ASKED, Life.REFUSED)
    if waits and before.life is not after.life:
        return replace(after, before=before.life, asked=given)
    if rule.action == "pass_on":
        return replace(after, with_leader=True)
    if rule.action == "difficulty":
        return after
    after = replace(after, **_values(rule, given, before, today))
    if after.life is before.life:
        return after
    return replace(after, with_leader=False, before=None, asked=None)


def _values(rule: Rule, given: Given, before: Standing, today: dt.date) -> dict[str, Any]:
    wanted = before.asked if rule.action == "grant" and before.asked else Given()
    found: dict[str, Any] = {}
    if due := given.due or wanted.due:
        found["due_on"] = due
    if text := given.text or wanted.text:
        found["text"] = text
    if given.lead:
        found["lead"] = given.lead
    if given.percent is not None:
        found["percent"] = given.percent
    if rule.action == "submit":
        found["done_on"] = given.done_on or today
    elif rule.action == "confirm":
        found |= {"done_on": given.done_on or before.done_on or today, "percent": 100}
    elif rule.action in ("return", "reopen", "transfer"):
        found["done_on"] = None
    if rule.action in ("reopen", "transfer"):
        found["percent"] = None
    return found


def _rule(action: str, row: Mapping[str, Any]) -> Rule:
    begins: set[Life] = set()
    for name in row["from"]:
        begins |= OPEN if name == "open" else {Life(name)}
    to = row["to"]
    return Rule(
        action=action,
        by=row["by"],
        begins=frozenset(begins),
        to=None if to in ("same", "before") else Life(to),
        back=to == "before",
        needs=tuple(row["needs"]),
        may=tuple(row["may"]),
        name=row["name"],
        why=row["why"],
    )
