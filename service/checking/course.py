"""The course of an inspection as a state machine: a state and a step in, the state after it out. Pure.

The rules lie in course.toml, the only place that says what may follow what.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from importlib.resources import files
from typing import Any

from service.access.roles import Right
from service.access.viewer import Forbidden, Viewer
from service.tracking.life import NotAllowed


class State(StrEnum):
    """How far an inspection is."""

    PLANNED = "planned"
    UNDER_WAY = "under_way"
    CONCLUDED = "concluded"
    CLOSED = "closed"  # what followed from it is done too
    CANCELLED = "cancelled"


@dataclass(frozen=True, slots=True)
class Rule:
    """A row of course.toml; `to` is None where the state stays."""

    action: str
    by: tuple[Right, ...]
    begins: frozenset[State]
    to: State | None
    needs: tuple[str, ...]
    may: tuple[str, ...]
    name: str
    why: str


@cache
def rules() -> Mapping[str, Rule]:
    """All rules by their action."""
    found = tomllib.loads(files(__package__).joinpath("course.toml").read_text(encoding="utf-8"))
    return {action: _rule(action, row) for action, row in found.items()}


def open_to(viewer: Viewer, state: State) -> list[str]:
    """The actions that he may take in a state."""
    return [one.action for one in rules().values() if state in one.begins and _has_right(viewer, one)]


def check_right(viewer: Viewer, action: str) -> None:
    """Raises `Forbidden` where he may never take it."""
    if not _has_right(viewer, rules()[action]):
        raise Forbidden(rules()[action].by[0].value)


def stepped(state: State, action: str, given: frozenset[str] = frozenset()) -> State:
    """The state after a step; `given` names what is said with it.

    Raises `NotAllowed`: "state", "missing" or "extra"; `KeyError` for an unknown action.
    """
    rule = rules()[action]
    if state not in rule.begins:
        raise NotAllowed("state", state.value)
    for name in rule.needs:
        if name not in given:
            raise NotAllowed("missing", name)
    for name in sorted(given - {*rule.needs, *rule.may}):
        raise NotAllowed("extra", name)
    return rule.to or state


def _has_right(viewer: Viewer, rule: Rule) -> bool:
    return any(viewer.may(right) for right in rule.by)


def _rule(action: str, row: Mapping[str, Any]) -> Rule:
    return Rule(
        action=action,
        by=tuple(Right(one) for one in row["by"]),
        begins=frozenset(State(one) for one in row["from"]),
        to=None if row["to"] == "same" else State(row["to"]),
        needs=tuple(row["needs"]),
        may=tuple(row["may"]),
        name=row["name"],
        why=row["why"],
    )
