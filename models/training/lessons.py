"""A directive and its labelled tasks in, what the learned reader should have said out: tags.

A label says what a clerk would file, not where it stands; the place of a task is the run of pieces whose
words are nearest to its text (Dice's coefficient).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from models.reader.features import tokens
from models.reader.judging import View, view_of
from models.reader.mentions import Mentions
from models.reader.pieces import Piece
from models.reader.tags import BEGINS, COOPERATOR, DUE, GOES_ON, LEAD, LEADS_IN, NOTHING, OTHER
from pipeline.types import Deadline, Directive, UnitMention

_NEAR = 0.6  # a task's text and a run of pieces that are further apart are not the same
_LONGEST = 40  # pieces of one task
_SHARED = 0.5  # of a piece's words that a task's text holds, to begin it


@dataclass(frozen=True, slots=True)
class Lesson:
    """A document and what is right of it: a tag a piece, and a tag a unit and deadline of each piece."""

    view: View
    tags: tuple[str, ...]
    units: tuple[tuple[str, ...], ...]
    deadlines: tuple[tuple[str, ...], ...]
    unplaced: int


def lesson(directive: Directive, tasks: Sequence[Mapping[str, Any]]) -> Lesson:
    """`tasks` as a label file has them."""
    view = view_of(directive)
    bags = [Counter(_words(view.text[one.span.start : one.span.end])) for one in view.pieces]
    teaching = _Teaching(view.pieces, view.mentions, bags)
    for task in tasks:
        teaching.place(task)
    return Lesson(
        view,
        tuple(teaching.tags),
        tuple(map(tuple, teaching.units)),
        tuple(map(tuple, teaching.deadlines)),
        teaching.unplaced,
    )


def _words(text: str) -> list[str]:
    return [one for one in tokens(text) if one.isalnum()]


class _Teaching:
    def __init__(
        self, pieces: Sequence[Piece], mentions: Sequence[Mentions], bags: Sequence[Counter[str]]
    ) -> None:
        self._pieces, self._mentions, self._bags = pieces, mentions, bags
        self.tags = [OTHER] * len(pieces)
        self.units = [[NOTHING] * len(one.units) for one in mentions]
        self.deadlines = [[NOTHING] * len(one.deadlines) for one in mentions]
        self.unplaced = 0

    def place(self, task: Mapping[str, Any]) -> None:
        run = self._run(Counter(_words(task["text"])))
        if not run:
            self.unplaced += 1
            return
        for at in run:
            self.tags[at] = BEGINS if at == run[0] else GOES_ON
        near = self._near(run)
        for role, tag in (("leads", LEAD), ("cooperators", COOPERATOR)):
            for name in task.get(role) or ():
                self._mark_unit(name, tag, run, near)
        self._mark_deadline(task.get("deadline") or {}, run, near)

    def _run(self, wanted: Counter[str]) -> range | None:
        """The pieces that hold the task; free ones only."""
        best, found = _NEAR, None
        size = sum(wanted.values())
        for start, bag in enumerate(self._bags):
            if self.tags[start] != OTHER and self.tags[start] != LEADS_IN:
                continue
            if self._pieces[start].kind in ("addressee", "heads") or not bag:
                continue
            if (bag & wanted).total() < _SHARED * bag.total():
                continue
            held: Counter[str] = Counter()
            for end in range(start, min(len(self._bags), start + _LONGEST)):
                if end > start and not self._joins(start, end):
                    break
                held += self._bags[end]
                total = held.total()
                near = 2 * (held & wanted).total() / (total + size)
                if near > best:
                    best, found = near, range(start, end + 1)
                if total > 2 * size:
                    break
        return found

    def _joins(self, start: int, end: int) -> bool:
        one, other = self._pieces[start], self._pieces[end]
        return one.row == other.row and one.column == other.column and self.tags[end] in (OTHER, LEADS_IN)

    def _near(self, run: range) -> list[int]:
        """Where else a task's units and deadline may stand: its row, then what it stands under."""
        first = self._pieces[run[0]]
        if first.row is not None:
            row = [at for at, one in enumerate(self._pieces) if one.row == first.row and at not in run]
            return [*row, *first.above]
        return list(first.above)

    def _mark_unit(self, name: str, tag: str, run: range, near: Sequence[int]) -> None:
        wanted = Counter(_words(name))
        for places in (run, *([at] for at in near)):
            marked = False
            for at in places:
                for order, one in enumerate(self._mentions[at].units):
                    if self.units[at][order] == NOTHING and _same(wanted, one):
                        self.units[at][order] = tag
                        marked = True
                    elif self.units[at][order] == tag and _same(wanted, one):
                        marked = True
                    if marked:
                        break
                if marked:
                    self._leads_in(at, run)
                    return

    def _mark_deadline(self, due: Mapping[str, Any], run: range, near: Sequence[int]) -> None:
        if (due.get("kind") or "none") == "none":
            return
        for at in (*run, *near):
            for order, one in enumerate(self._mentions[at].deadlines):
                if _same_due(due, one):
                    self.deadlines[at][order] = DUE
                    self._leads_in(at, run)
                    return

    def _leads_in(self, at: int, run: range) -> None:
        if at not in run and self.tags[at] == OTHER:
            self.tags[at] = LEADS_IN


def _same(wanted: Counter[str], one: UnitMention) -> bool:
    return any(
        2 * (wanted & bag).total() >= 0.85 * (wanted.total() + bag.total())
        for bag in (Counter(_words(one.name)), Counter(_words(one.text)))
    )


def _same_due(due: Mapping[str, Any], one: Deadline) -> bool:
    if due["kind"] != one.kind.value:
        return False
    if due["kind"] == "date":
        return one.date is not None and due.get("date") == one.date.isoformat()
    return True
