"""A record with its tasks as reviewed in, what the review screen shows out: pages with marks, a card a task.

A mark and what it proves share a reference ("t3" for the third task, "t3l0" for its first lead, "t3d" for its
deadline); review.js lights up all that share one.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from service.report.cards import Card, FieldRow, cards_of, fields_of, omitted_of, relations_of
from service.report.page import Mark, marked
from service.review.ground import Ground
from service.review.otherwise import Other, other_reading
from service.wording import Say, plain

Record = dict[str, Any]
SURE = 0.9
"""How likely complete a task must be to be offered for acceptance in bulk."""


@dataclass(frozen=True, slots=True)
class Line:
    """A line of the body that can be chosen for a missed task: its place, and its range of the text."""

    left: float
    top: float
    width: float
    height: float
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Sheet:
    """A page; places are in percent of it."""

    number: int
    width: float
    height: float
    marks: tuple[Mark, ...]
    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class TaskCard:
    """A task with what the review knows of it."""

    card: Card
    id: str
    status: str
    revision: int
    origin: str
    sure: bool
    proved: bool
    reason: str
    low: tuple[str, ...]
    other: Other | None


@dataclass(frozen=True, slots=True)
class Screen:
    """All that the review screen shows of a document."""

    fields: tuple[FieldRow, ...]
    cards: tuple[TaskCard, ...]
    relations: tuple[Card, ...]
    omitted: tuple[Card, ...]
    sheets: tuple[Sheet, ...]
    issues: tuple[str, ...]

    @property
    def marks(self) -> list[list[Any]]:
        """The marks of all pages as review.js draws them anew: page, kind, references, title, place."""
        return [
            [sheet.number, one.kind, one.refs, one.title, one.left, one.top, one.width, one.height]
            for sheet in self.sheets
            for one in sheet.marks
        ]

    @property
    def sure(self) -> list[TaskCard]:
        """The pending tasks that can be accepted in bulk."""
        return [one for one in self.cards if one.sure]


def screen(record: Record, say: Say = plain) -> Screen:
    """The screen of a record, in the words of `say`."""
    fields, cards = fields_of(record, "", say), cards_of(record, "", say)
    relations, omitted = relations_of(record, "", say), omitted_of(record, "", say)
    return Screen(
        fields=fields,
        cards=tuple(task_card(task, card, say) for task, card in zip(record["tasks"], cards, strict=True)),
        relations=relations,
        omitted=omitted,
        sheets=_sheets(record, [*fields, *cards, *relations, *omitted]),
        issues=tuple(dict.fromkeys(say(issue["message"]) for issue in record["issues"])),
    )


def task_card(task: Record, card: Card, say: Say = plain) -> TaskCard:
    """A task's card for the review, in the words of `say`."""
    proved = is_proved(task)
    likely = float((task.get("probabilities") or {}).get("complete") or task.get("confidence") or 0.0)
    waits = task["status"] == "proposed"
    return TaskCard(
        card=card,
        id=task["id"],
        status=task["status"],
        revision=task["revision"],
        origin=task["origin"],
        sure=waits and proved and likely >= SURE,
        proved=proved,
        reason=task.get("reason") or "",
        low=_low(task) if waits else (),
        other=other_reading(task, say) if waits else None,
    )


def is_proved(task: Record) -> bool:
    """Whether the task and each of its units has a place on a page."""
    units = [*task["leads"], *task["cooperators"]]
    return bool(task["evidence"]) and all(unit.get("evidence") for unit in units)


_FIELDS = ("text", "leads", "cooperators", "deadline", "nature", "field")
_LOW = 0.7


def _low(task: Record) -> tuple[str, ...]:
    """The fields that are doubtful, for the eye to begin with."""
    known = task.get("probabilities") or {}
    return tuple(name for name in _FIELDS if float(known.get(name, 1.0)) < _LOW)


def _sheets(record: Record, cards: Sequence[Card | FieldRow]) -> tuple[Sheet, ...]:
    sizes = record["source"].get("page_sizes") or []
    lines = _lines(record, sizes)
    return tuple(
        Sheet(number, width, height, marked(cards, number, (width, height)), tuple(lines.get(number, ())))
        for number, (width, height) in enumerate(sizes, 1)
    )


def _lines(record: Record, sizes: Sequence[Sequence[float]]) -> dict[int, list[Line]]:
    found: dict[int, dict[tuple[float, ...], Line]] = {}
    for place, _ in Ground(record).body:
        width, height = sizes[place["page"] - 1]
        x0, y0, x1, y1 = place["box"]
        line = Line(
            round(100 * x0 / width, 3),
            round(100 * y0 / height, 3),
            round(100 * (x1 - x0) / width, 3),
            round(100 * (y1 - y0) / height, 3),
            place["start"],
            place["end"],
        )
        found.setdefault(place["page"], {}).setdefault(tuple(place["box"]), line)
    return {page: list(lines.values()) for page, lines in found.items()}


def chosen(record: Record, start: int, end: int) -> Record:
    """The text and evidence of a range that a person chose on the pages, as a new task's."""
    ground = Ground(record)
    evidence = ground.places([(start, end)])
    path = next(
        (
            clause["path"]
            for clause in record.get("clauses", ())
            if any(place["start"] <= start < place["end"] for place in clause["evidence"])
        ),
        "",
    )
    return {"text": ground.said([(start, end)]), "path": path, "evidence": evidence}
