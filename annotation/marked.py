"""A document's text with what is marked in it: tasks, their units and deadlines, each by its place.

A label (annotation/schema.py) says what a clerk would file; what is marked also says where it stands, which
is what tools for labelling show and what readers learn from. A value that somebody typed without a place
has no spans.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from pipeline.types import DeadlineKind, Span

Spans = tuple[Span, ...]
"""The pieces of a text that hold a value, in reading order; offsets count characters of the text."""


@dataclass(frozen=True, slots=True)
class MarkedUnit:
    """A unit: the name to file, and where it is named."""

    name: str
    spans: Spans = ()


@dataclass(frozen=True, slots=True)
class MarkedDeadline:
    """A deadline's value and where its words stand; fields as in `DeadlineLabel`."""

    kind: DeadlineKind
    spans: Spans = ()
    date: dt.date | None = None
    rrule: str | None = None
    time: dt.time | None = None


@dataclass(frozen=True, slots=True)
class MarkedTask:
    """A task; `text` is what is filed, which may join what stands apart. A class that is open is ""."""

    text: str
    spans: Spans
    leads: tuple[MarkedUnit, ...] = ()
    cooperators: tuple[MarkedUnit, ...] = ()
    deadline: MarkedDeadline | None = None
    nature: str = ""
    field: str = ""


@dataclass(frozen=True, slots=True)
class MarkedDocument:
    """A labelled document; `hard` says why people found it hard to label, where they did."""

    id: str
    text: str
    tasks: tuple[MarkedTask, ...] = ()
    hard: tuple[str, ...] = ()


def marked(record: Mapping[str, Any], hard: Sequence[str] = ()) -> MarkedDocument:
    """What a record (docs/record.md) marks in its text."""
    tasks = tuple(_task(one) for one in record["tasks"])
    return MarkedDocument(str(record["id"]), record["text"], tasks, tuple(hard))


def label_of(document: MarkedDocument) -> list[dict[str, Any]]:
    """The tasks as a label file has them."""
    return [
        {
            "text": task.text,
            "leads": [unit.name for unit in task.leads],
            "cooperators": [unit.name for unit in task.cooperators],
            "deadline": _deadline_label(task.deadline, document.text),
        }
        | {name: value for name in ("nature", "field") if (value := getattr(task, name))}
        for task in document.tasks
    ]


def words_at(spans: Spans, text: str) -> str:
    """The words that the pieces hold, joined."""
    return " ".join(" ".join(text[one.start : one.end].split()) for one in spans)


def _task(task: Mapping[str, Any]) -> MarkedTask:
    due = task["deadline"]
    return MarkedTask(
        text=task["text"],
        spans=spans_of(task["evidence"]),
        leads=tuple(_unit(one) for one in task["leads"]),
        cooperators=tuple(_unit(one) for one in task["cooperators"]),
        deadline=_deadline(due) if due and due["kind"] != DeadlineKind.NONE else None,
        nature=task["nature"],
        field=task["field"],
    )


def _unit(unit: Mapping[str, Any]) -> MarkedUnit:
    return MarkedUnit(unit["name"], spans_of(unit["evidence"]))


def _deadline(due: Mapping[str, Any]) -> MarkedDeadline:
    return MarkedDeadline(
        kind=DeadlineKind(due["kind"]),
        spans=spans_of(due.get("evidence") or ()),
        date=dt.date.fromisoformat(due["date"]) if due.get("date") else None,
        rrule=due.get("rrule"),
        time=dt.time.fromisoformat(due["time"]) if due.get("time") else None,
    )


def _deadline_label(due: MarkedDeadline | None, text: str) -> dict[str, Any]:
    if due is None:
        return {"text": None, "kind": "none", "date": None, "rrule": None}
    return {
        "text": words_at(due.spans, text) or due.kind.value,
        "kind": due.kind.value,
        "date": due.date.isoformat() if due.date else None,
        "rrule": due.rrule,
    } | ({"time": due.time.isoformat()} if due.time else {})


def spans_of(evidence: Sequence[Mapping[str, Any]]) -> Spans:
    """The pieces that evidence names, those that follow each other at once (lines of one passage) joined."""
    found: list[Span] = []
    for one in sorted(evidence, key=lambda place: (place["start"], place["end"])):
        if found and one["start"] <= found[-1].end + 1:
            found[-1] = Span(found[-1].start, max(found[-1].end, one["end"]))
        else:
            found.append(Span(one["start"], one["end"]))
    return tuple(found)
