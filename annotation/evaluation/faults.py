"""A comparison in, its errors out, each with the places on the page that show it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from annotation.evaluation.comparing import CLASSES, Comparison, Match, Task
from annotation.evaluation.evidence import covered
from annotation.evaluation.places import boxes, locate
from pipeline.types import Span

KINDS = ("missed", "false", "text", "leads", "cooperators", "deadline", "class", "header", "evidence")
Place = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Mark:
    """A place with what stands there: "task", "lead", "cooperator", "deadline", "header"."""

    kind: str
    place: Place


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong with one task or header field; `kinds` name it, the gravest first.

    `gold` and `found` are the labelled and the found task, None where there is no such; for the header both
    map the field to its value. `read_as` is what the path took a missed task's passage for (role of the
    clause, and why: the rule's words, else its name), `within` the number of the found task that holds it.
    """

    kinds: tuple[str, ...]
    document: str
    gold: Task | None = field(repr=False)
    found: Task | None = field(repr=False)
    marks: tuple[Mark, ...] = field(repr=False)
    match: Match | None = None
    read_as: tuple[str, str] | None = None
    within: int | None = None


def faults(one: Comparison) -> tuple[Fault, ...]:
    """All errors of a document, the gravest kind first."""
    every = [*_missed(one), *_false(one), *_wrong(one), *_headers(one)]
    return tuple(sorted(every, key=lambda fault: KINDS.index(fault.kinds[0])))


def said(task: Task) -> str:
    """A labelled task's words; of one whose words are kept back its hint."""
    return str(task.get("text") or task.get("hint") or "")


def _missed(one: Comparison) -> Iterator[Fault]:
    record = one.record or {}
    for at in one.missed:
        task = one.gold_tasks[at]
        span = locate(said(task), record.get("text", ""))
        marks = [Mark("task", place) for place in boxes(span, record.get("lines", ()))] if span else []
        yield Fault(
            ("missed",),
            one.id,
            task,
            None,
            tuple(marks),
            read_as=_read_as(span, record.get("clauses", ())),
            within=_within(span, one.found_tasks),
        )


def _shared(span: Span, places: Sequence[Place]) -> int:
    return sum(max(0, min(span.end, one["end"]) - max(span.start, one["start"])) for one in places)


def _read_as(span: Span | None, clauses: Sequence[Mapping[str, Any]]) -> tuple[str, str] | None:
    """Role of the clause that shares most with the passage, and why it has it."""
    if span is None or not clauses:
        return None
    closest = max(clauses, key=lambda clause: _shared(span, clause.get("evidence", ())))
    if not _shared(span, closest.get("evidence", ())):
        return None
    return closest["role"], closest.get("reason") or closest["rule"]


def _within(span: Span | None, found: Sequence[Task]) -> int | None:
    """The number of the found task that holds half of the passage."""
    if span is None:
        return None
    for number, task in enumerate(found, 1):
        if 2 * _shared(span, task.get("evidence", ())) >= len(span):
            return number
    return None


def _false(one: Comparison) -> Iterator[Fault]:
    for at in one.false:
        task = one.found_tasks[at]
        yield Fault(("false", *_unproved(task)), one.id, None, task, _marks(task))


def _wrong(one: Comparison) -> Iterator[Fault]:
    for match in sorted(one.matches, key=lambda match: match.found):
        task = one.found_tasks[match.found]
        kinds = [name for name in ("text", "leads", "cooperators", "deadline") if not getattr(match, name)]
        kinds += ["class"] if any(getattr(match, name) is False for name in CLASSES) else []
        kinds += _unproved(task)
        if kinds:
            yield Fault(tuple(kinds), one.id, one.gold_tasks[match.gold], task, _marks(task), match)


def _unproved(task: Task) -> list[str]:
    """Whether the boxes miss what they claim; only records that hold what is `seen` under them can tell."""
    return ["evidence"] if "seen" in task and not covered(task["text"], task["seen"]) else []


def _marks(task: Task) -> tuple[Mark, ...]:
    marks = [Mark("task", place) for place in task.get("evidence", ())]
    for kind, role in (("lead", "leads"), ("cooperator", "cooperators")):
        marks += [Mark(kind, place) for unit in task.get(role) or () for place in unit.get("evidence", ())]
    marks += [Mark("deadline", place) for place in (task.get("deadline") or {}).get("evidence", ())]
    return tuple(marks)


def _headers(one: Comparison) -> Iterator[Fault]:
    document = (one.record or {}).get("document") or {}
    for name, right in one.header.items():
        if not right and one.record is not None:
            places = (document.get("evidence") or {}).get(name, ())
            gold = {name: (one.gold.get("document") or {}).get(name)}
            marks = tuple(Mark("header", place) for place in places)
            yield Fault(("header",), one.id, gold, {name: document.get(name)}, marks)
