"""A task's values as a reviewer may change them; two people's changes of the same task in, one task out.

Values are plain JSON, so that a version can be stored as it is. The fields of `FIELDS` are merged one by one:
units, deadline and evidence each count as one field, since half of a deadline is none.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

Values = dict[str, Any]

FIELDS = (
    "text",
    "leads",
    "cooperators",
    "deadline",
    "output",
    "nature",
    "field",
    "evidence",
    "status",
    "reason",
)
"""What a person may change of a task; `reason` says why it was rejected."""


@dataclass(frozen=True, slots=True)
class Clash:
    """A field that two people changed differently: what both started from, what stands now, what is asked."""

    field: str
    base: Any
    theirs: Any
    mine: Any


@dataclass(frozen=True, slots=True)
class Merged:
    """The task with both people's changes; where they clash, `values` keeps what stands now."""

    values: Values
    clashes: tuple[Clash, ...]


def values_of(task: Mapping[str, Any]) -> Values:
    """The changeable values of a task in the record's form."""
    return {name: task.get(name) for name in FIELDS} | {"status": task.get("status") or "proposed"}


def merge(base: Mapping[str, Any], theirs: Mapping[str, Any], mine: Mapping[str, Any]) -> Merged:
    """`mine` was made from `base`, while the task became `theirs`: a three-way merge, field by field."""
    merged: Values = dict(theirs)
    clashes = []
    for name in FIELDS:
        was, now, asked = base.get(name), theirs.get(name), mine.get(name)
        if same(name, asked, was) or same(name, asked, now):
            continue
        if same(name, now, was):
            merged[name] = asked
        else:
            clashes.append(Clash(name, was, now, asked))
    return Merged(merged, tuple(clashes))


def changed(before: Mapping[str, Any], after: Mapping[str, Any]) -> tuple[str, ...]:
    """The fields in which two versions differ."""
    return tuple(name for name in FIELDS if not same(name, before.get(name), after.get(name)))


def same(name: str, one: Any, other: Any) -> bool:
    """Whether a field says the same twice: units by name or id in any order, a deadline by its value."""
    if name in ("leads", "cooperators"):
        return sorted(map(_unit_key, one or ())) == sorted(map(_unit_key, other or ()))
    if name == "deadline":
        return _deadline_key(one) == _deadline_key(other)
    return bool((one or None) == (other or None))


def _unit_key(unit: Mapping[str, Any]) -> str:
    return str(unit.get("unit_id") or unit["name"])


def _deadline_key(deadline: Mapping[str, Any] | None) -> tuple[Any, ...]:
    if not deadline or deadline.get("kind") in (None, "none"):
        return ()
    return tuple(deadline.get(name) for name in ("kind", "date", "time", "rrule", "text"))
