"""A label and a record in, what is right about the record out: tasks paired one to one, field by field."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from annotation.evaluation.units import ROLES, names, shared
from annotation.evaluation.words import SAME_FIELD, SAME_TASK, SAME_WORDS, bag, bags, dice, hashed

Task = Mapping[str, Any]
HEADER = ("number", "issued_on", "issuer", "type", "subject", "signer")
CLASSES = ("nature", "field")


@dataclass(frozen=True, slots=True)
class Match:
    """A labelled task (`gold`, its place in the label) found as task `found` of the record. A class is None
    where the label gives none."""

    gold: int
    found: int
    closeness: float
    leads: bool
    cooperators: bool
    deadline: bool
    nature: bool | None
    field: bool | None

    @property
    def text(self) -> bool:
        """Whether its words are right."""
        return self.closeness >= SAME_WORDS

    @property
    def complete(self) -> bool:
        """Whether a clerk need not touch it; the classes do not count."""
        return self.text and self.leads and self.cooperators and self.deadline


@dataclass(frozen=True, slots=True)
class Comparison:
    """A document's label and record with what was found; `record` is None where it could not be read.
    `header` says of each field that the label asks for whether it is right."""

    id: str
    gold: Mapping[str, Any] = field(repr=False)
    record: Mapping[str, Any] | None = field(repr=False)
    matches: tuple[Match, ...]
    missed: tuple[int, ...]
    false: tuple[int, ...]
    header: Mapping[str, bool]

    @property
    def gold_tasks(self) -> Sequence[Task]:
        """The labelled tasks."""
        tasks: Sequence[Task] = self.gold["tasks"]
        return tasks

    @property
    def found_tasks(self) -> Sequence[Task]:
        """The tasks of the record."""
        tasks: Sequence[Task] = (self.record or {}).get("tasks") or ()
        return tasks

    @property
    def whole(self) -> bool:
        """Whether all its tasks are complete and none is false."""
        done = sum(match.complete for match in self.matches)
        return done == len(self.gold_tasks) == len(self.found_tasks)


def compare(identifier: str, gold: Mapping[str, Any], record: Mapping[str, Any] | None) -> Comparison:
    """What is right about a document's record; labels as docs/evaluation.md has them."""
    labelled: Sequence[Task] = gold["tasks"]
    found: Sequence[Task] = (record or {}).get("tasks") or ()
    matches = tuple(_match(labelled, found, *one) for one in pair(labelled, found))
    paired, used = {one.gold for one in matches}, {one.found for one in matches}
    return Comparison(
        id=identifier,
        gold=gold,
        record=record,
        matches=matches,
        missed=tuple(at for at in range(len(labelled)) if at not in paired),
        false=tuple(at for at in range(len(found)) if at not in used),
        header=_header(gold.get("document") or {}, (record or {}).get("document") or {}),
    )


def pair(gold: Sequence[Task], found: Sequence[Task]) -> list[tuple[int, int, float]]:
    """(labelled, found, Dice of their words), the closest first; of equally close ones the last."""
    wanted, given = bags(gold, found)
    close = [
        (closeness, at, other)
        for at, one in enumerate(wanted)
        for other, words in enumerate(given)
        if (closeness := dice(one, words)) >= SAME_TASK
    ]
    pairs: dict[int, tuple[int, float]] = {}
    used: set[int] = set()
    for closeness, at, other in sorted(close, reverse=True):
        if at not in pairs and other not in used:
            pairs[at] = (other, closeness)
            used.add(other)
    return [(at, other, closeness) for at, (other, closeness) in pairs.items()]


def _match(gold: Sequence[Task], found: Sequence[Task], at: int, other: int, closeness: float) -> Match:
    label, task = gold[at], found[other]
    nature, state_field = (task.get(name) == label[name] if label.get(name) else None for name in CLASSES)
    leads, cooperators = (_same_units(label, task, role) for role in ROLES)
    due = deadline_value(label) == deadline_value(task)
    return Match(at, other, closeness, leads, cooperators, due, nature, state_field)


def _same_units(label: Task, task: Task, role: str) -> bool:
    wanted, given = names(label, role), names(task, role)
    return len(wanted) == len(given) == shared(wanted, given)


def deadline_value(task: Task) -> tuple[object, ...] | None:
    """What of a deadline must agree: its kind, with the day or the rule; None where there is none to meet."""
    due = task.get("deadline") or {}
    kind = due.get("kind") or "none"
    if kind in ("none", "ongoing"):
        return None
    if kind == "date":
        return (kind, due.get("date"))
    return (kind, _rule(due.get("rrule"))) if kind == "recurring" else (kind,)


def _rule(rrule: str | None) -> frozenset[str]:
    """The parts of a rule of RFC 5545; twelve months are a year."""
    parts = frozenset((rrule or "").upper().removeprefix("RRULE:").split(";")) - {"", "INTERVAL=1"}
    twelve_months = {"FREQ=MONTHLY", "INTERVAL=12"}
    return (parts - twelve_months) | {"FREQ=YEARLY"} if twelve_months <= parts else parts


def _header(gold: Mapping[str, Any], found: Mapping[str, Any]) -> dict[str, bool]:
    right = {}
    if gold.get("subject_tokens"):
        words = hashed(_plain(found.get("subject")))
        right["subject"] = dice(Counter(gold["subject_tokens"]), words) >= SAME_FIELD
    asked = [name for name in HEADER if gold.get(name) and name not in (gold.get("handwritten") or ())]
    return right | {name: _same_field(name, gold[name], _plain(found.get(name))) for name in asked}


def _plain(value: Any) -> str:
    """A header field's value; a record's signer is a mapping."""
    plain = value.get("name") if isinstance(value, Mapping) else value
    return plain or ""


def _same_field(name: str, wanted: str, given: str) -> bool:
    if name in ("issued_on", "type"):
        return wanted == given
    if name == "number":
        return "".join(wanted.split()).casefold() == "".join(given.split()).casefold()
    return dice(bag(wanted), bag(given)) >= SAME_FIELD
