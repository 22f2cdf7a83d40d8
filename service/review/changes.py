"""A person's changes of tasks, applied in groups: each group is one step that can be taken back as a whole.

A change names the version that its author saw. Where the task has changed since, both are merged field by
field (service/review/values.py); where they clash, nothing of the group is written and the clashes are told.
Every version is kept, so what a group did can be undone later, whatever has happened in between.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from service.review.values import FIELDS, Clash, Values, changed, merge


class Kind(StrEnum):
    """What a group of changes does."""

    ACCEPT = "accept"
    EDIT = "edit"
    REJECT = "reject"
    SPLIT = "split"
    MERGE = "merge"
    ADD = "add"
    REOPEN = "reopen"
    ALIKE = "alike"
    BULK = "bulk"
    UNDO = "undo"
    JOIN = "join"  # what a document says that another says too
    PART = "part"  # the reverse
    FOLLOW = "follow"  # by the machine, after what a person corrected


@dataclass(frozen=True, slots=True)
class Change:
    """New values for one task; `seen` is the version that its author looked at; absent fields stay."""

    document: int
    task: str
    seen: int
    values: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Version:
    """A task at a version."""

    document: int
    task: str
    number: int
    values: Values = field(repr=False)


@dataclass(frozen=True, slots=True)
class Step:
    """A task's way from one version to the next."""

    before: Version
    after: Version

    @property
    def fields(self) -> tuple[str, ...]:
        """What it changed."""
        return changed(self.before.values, self.after.values)


class Clashed(Exception):  # noqa: N818 - says what happened
    """Another person changed the same fields of a task otherwise; nothing was written."""

    def __init__(self, document: int, task: str, version: int, clashes: Sequence[Clash]) -> None:
        super().__init__(f"{task}: {', '.join(clash.field for clash in clashes)}")
        self.document = document
        self.task = task
        self.version = version
        self.clashes = tuple(clashes)


class Unproved(ValueError):  # noqa: N818 - says what is wrong
    """A task without evidence cannot be accepted unread; the message names it."""


def check_proved(steps: Sequence[Step]) -> None:
    """Raises `Unproved` where a task, or a unit of it, has no place on the pages."""
    for step in steps:
        values = step.after.values
        units = [*(values.get("leads") or ()), *(values.get("cooperators") or ())]
        if not values.get("evidence") or not all(unit.get("evidence") for unit in units):
            raise Unproved(step.after.task)


def stepped(current: Version, seen: Version, asked: Mapping[str, Any]) -> Step | None:
    """The task with the asked values, given what stands now and what their author saw; None where nothing
    changes. Raises `Clashed`, and `ValueError` for a field that no one may change."""
    if unknown := set(asked) - set(FIELDS):
        raise ValueError(f"not changeable: {', '.join(sorted(unknown))}")
    mine = seen.values | dict(asked)
    merged = merge(seen.values, current.values, mine)
    if merged.clashes:
        raise Clashed(current.document, current.task, current.number, merged.clashes)
    if not changed(current.values, merged.values):
        return None
    after = Version(current.document, current.task, current.number + 1, merged.values)
    return Step(current, after)


def undone(current: Version, step: Step) -> Step | None:
    """The task with what `step` changed taken back; what others changed since stays. Raises `Clashed` where
    they changed the same fields."""
    back = {name: step.before.values.get(name) for name in step.fields}
    return stepped(current, step.after, back)
