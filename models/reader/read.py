"""The learned reader: a directive in, the tasks that it sees there out, without any rule of assignment.

A judge says of each piece whether a task begins there, goes on or is led in, and what the units and deadlines
named in a piece are for it (models/reader/judging.py). What a task does not say itself it takes from its
table row, else from the nearest piece above it that says it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from models.reader.judging import Judge, Judgement, View, view_of
from models.reader.pieces import Piece
from models.reader.tags import BEGINS, COOPERATOR, DUE, GOES_ON, LEAD
from pipeline.deadlines import choose
from pipeline.types import Deadline, Directive, SeenTask, UnitMention


def see(directive: Directive, judge: Judge) -> tuple[SeenTask, ...]:
    """The tasks that a judge sees, in reading order."""
    view = view_of(directive)
    if not view.pieces:
        return ()
    judgement = judge(view)
    sight = _Sight(view, judgement)
    return tuple(sight.task(run, judgement.likely[run[0]]) for run in runs(view.pieces, judgement.tags))


def runs(pieces: Sequence[Piece], tags: Sequence[str]) -> list[range]:
    """The pieces of each task."""
    found: list[range] = []
    for at, tag in enumerate(tags):
        if tag == BEGINS:
            found.append(range(at, at + 1))
        elif tag == GOES_ON and found and found[-1].stop == at and pieces[at].row == pieces[at - 1].row:
            found[-1] = range(found[-1].start, at + 1)
    return found


@dataclass(frozen=True, slots=True)
class _Roles:
    leads: tuple[UnitMention, ...] = ()
    cooperators: tuple[UnitMention, ...] = ()


class _Sight:
    def __init__(self, view: View, judgement: Judgement) -> None:
        self._text, self._pieces, self._mentions = view.text, view.pieces, view.mentions
        self._judgement = judgement
        self._roles: dict[int, _Roles] = {}
        self._due: dict[int, tuple[Deadline, ...]] = {}
        self._rows: dict[int, list[int]] = {}
        for at, piece in enumerate(view.pieces):
            if piece.row is not None:
                self._rows.setdefault(piece.row, []).append(at)

    def task(self, run: range, likely: float) -> SeenTask:
        """What a run of pieces assigns, to whom and until when."""
        spans = tuple(self._pieces[at].span for at in run)
        beside = [at for at in self._rows.get(self._pieces[run[0]].row or 0, ()) if at not in run]
        above = [[at] for at in self._pieces[run[0]].above]
        own = self._all(run)
        places = [list(run), beside, *self._levels(above)]
        leads = own.leads
        cooperators = own.cooperators
        for place in places[1:]:
            if leads and (cooperators or place is not beside):
                break
            found = self._all(place)
            if not cooperators and (not leads or place is beside):
                cooperators = found.cooperators
            leads = leads or found.leads
        due: tuple[Deadline, ...] = ()
        for place in places:
            due = due or tuple(one for at in place for one in self._deadlines(at))
        return SeenTask(spans, leads, cooperators, choose(due, self._text), likely)

    def _levels(self, above: list[list[int]]) -> list[list[int]]:
        """What a task stands under, the addressees together last."""
        named = [one for one in above if self._pieces[one[0]].kind != "addressee"]
        rest = [one[0] for one in above if self._pieces[one[0]].kind == "addressee"]
        return [*named, rest] if rest else named

    def _all(self, places: Sequence[int]) -> _Roles:
        each = [self._units(at) for at in places]
        return _Roles(
            _distinct([one for roles in each for one in roles.leads]),
            _distinct([one for roles in each for one in roles.cooperators]),
        )

    def _units(self, at: int) -> _Roles:
        if at not in self._roles:
            units = self._mentions[at].units
            tags = self._judgement.units(at)
            self._roles[at] = _Roles(
                tuple(unit for unit, tag in zip(units, tags, strict=True) if tag == LEAD),
                tuple(unit for unit, tag in zip(units, tags, strict=True) if tag == COOPERATOR),
            )
        return self._roles[at]

    def _deadlines(self, at: int) -> tuple[Deadline, ...]:
        if at not in self._due:
            deadlines = self._mentions[at].deadlines
            tags = self._judgement.deadlines(at)
            self._due[at] = tuple(one for one, tag in zip(deadlines, tags, strict=True) if tag == DUE)
        return self._due[at]


def _distinct(units: Sequence[UnitMention]) -> tuple[UnitMention, ...]:
    return tuple({unit.name.casefold(): unit for unit in reversed(units)}.values())[::-1]
