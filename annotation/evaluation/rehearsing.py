"""The same documents read by two models in, the tasks that they see otherwise out, for whoever promotes.

A model of `confidence` adds and loses no task; what it changes is how sure a task looks, and with it where
the task stands in the queue and whether it is filed without a look. A second reader adds, loses and changes
tasks of its own.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from annotation.evaluation.calibration import right_of
from annotation.evaluation.comparing import CLASSES, Comparison, Task, deadline_value, pair
from annotation.evaluation.units import ROLES, names
from annotation.evaluation.words import bag

ADDED, LOST, CHANGED = "added", "lost", "changed"
FIELDS = ("text", *ROLES, "deadline", *CLASSES)
"""What of a task two readers can see otherwise."""


@dataclass(frozen=True, slots=True)
class Moved:
    """A task that one model holds likelier complete than the other; `right` is whether it is."""

    document: str
    text: str
    before: float
    after: float
    right: bool

    @property
    def better(self) -> bool:
        """Whether the second model is nearer to the truth."""
        return (self.after > self.before) == self.right


@dataclass(frozen=True, slots=True)
class Seen:
    """A task as a reader saw it: what reviewers `said` it should be (None: no task at all), and which of
    `FIELDS` are right."""

    task: Task
    said: Task | None
    right: frozenset[str]


@dataclass(frozen=True, slots=True)
class Retold:
    """A task that two readers see otherwise: `before` is None where the second one added it, `after` where it
    lost it; `fields` are those that differ."""

    document: str
    before: Seen | None
    after: Seen | None
    fields: tuple[str, ...] = ()

    @property
    def what(self) -> str:
        """ADDED, LOST or CHANGED."""
        if self.before is None:
            return ADDED
        return LOST if self.after is None else CHANGED

    @property
    def gain(self) -> int:
        """Above 0 where the second reader is nearer to what reviewers said, below where it goes astray."""
        return _worth(self.after) - _worth(self.before)


def moved(first: Sequence[Comparison], second: Sequence[Comparison], least: float) -> list[Moved]:
    """The tasks whose probability differs by `least` or more, those that move most first. Both are the same
    documents in the same order, read once."""
    found = [
        one
        for before, after in zip(first, second, strict=True)
        for one in sure(before, after)
        if one.before != one.after and abs(one.after - one.before) >= least
    ]
    return sorted(found, key=lambda it: (-abs(it.after - it.before), it.document, it.text))


def sure(first: Comparison, second: Comparison) -> Iterator[Moved]:
    """How sure all tasks of a document look to both models, in their order."""
    matches = {match.found: match for match in first.matches}
    for at, (before, after) in enumerate(zip(first.found_tasks, second.found_tasks, strict=True)):
        right = right_of(matches.get(at), "complete") is True
        yield Moved(called(first), before["text"], before["confidence"], after["confidence"], right)


def retold(first: Sequence[Comparison], second: Sequence[Comparison]) -> list[Retold]:
    """The tasks that two readers see otherwise in the same documents, document by document: lost ones,
    changed ones, added ones."""
    return [one for before, after in zip(first, second, strict=True) for one in _retold(before, after)]


def called(one: Comparison) -> str:
    """What a document is called by those who labelled it."""
    return str(one.gold.get("id") or one.id)


def _retold(first: Comparison, second: Comparison) -> Iterator[Retold]:
    pairs = {at: other for at, other, _ in pair(first.found_tasks, second.found_tasks)}
    before, after = list(_seen(first)), list(_seen(second))
    for at in sorted(set(range(len(before))) - set(pairs)):
        yield Retold(called(first), before[at], None)
    for at, other in sorted(pairs.items()):
        if fields := _differing(before[at].task, after[other].task):
            yield Retold(called(first), before[at], after[other], fields)
    for other in sorted(set(range(len(after))) - set(pairs.values())):
        yield Retold(called(first), None, after[other])


def _seen(one: Comparison) -> Iterator[Seen]:
    matches = {match.found: match for match in one.matches}
    for at, task in enumerate(one.found_tasks):
        match = matches.get(at)
        right = frozenset(name for name in FIELDS if match and getattr(match, name))
        yield Seen(task, one.gold_tasks[match.gold] if match else None, right)


def _differing(one: Task, other: Task) -> tuple[str, ...]:
    same = {
        "text": bag(one["text"]) == bag(other["text"]),
        "deadline": deadline_value(one) == deadline_value(other),
    }
    same |= {role: names(one, role) == names(other, role) for role in ROLES}
    same |= {name: one.get(name) == other.get(name) for name in CLASSES}
    return tuple(name for name in FIELDS if not same[name])


def _worth(seen: Seen | None) -> int:
    """A task that is none does harm, one that is one does good, and more where its fields are right."""
    if seen is None:
        return 0
    return -1 if seen.said is None else 1 + len(seen.right)
