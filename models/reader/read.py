"""The learned reader: a directive in, the tasks that it sees there out, without any rule of assignment.

Three taggers, conditional random fields (J. Lafferty et al., 2001): of pieces (does a task begin here, go on,
or is it led in), of the units named in a piece, of its deadlines. What a task does not say itself it takes
from its table row, else from the nearest piece above it that says it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from models.reader.features import Facts, of_mentions, of_pieces
from models.reader.mentions import Mentions, mentions_in
from models.reader.pieces import Piece, pieces_of
from models.reader.tags import BEGINS, COOPERATOR, DUE, GOES_ON, LEAD
from pipeline.deadlines import choose
from pipeline.types import Deadline, Directive, SeenTask, UnitMention


class Tagger(Protocol):
    """Gives a sequence its tags."""

    def tag(self, sequence: list[Facts]) -> list[str]:
        """One tag a member of the sequence."""
        ...

    def marginals(self, sequence: list[Facts]) -> list[list[float]]:
        """The probability of each tag, by member; tags in the order of `labels`."""
        ...

    def labels(self) -> list[str]:
        """The tags that it knows."""
        ...


@dataclass(frozen=True, slots=True)
class Taggers:
    """What was learned."""

    pieces: Tagger
    units: Tagger
    deadlines: Tagger


def see(directive: Directive, learned: Taggers) -> tuple[SeenTask, ...]:
    """The tasks that the learned reader sees, in reading order."""
    pieces = pieces_of(directive)
    if not pieces:
        return ()
    header = directive.header
    mentions = mentions_in(pieces, directive.layout.text, header.issued_on or header.issued_about)
    facts = of_pieces(directive, pieces, mentions)
    tags = learned.pieces.tag(facts)
    begins = learned.pieces.labels().index(BEGINS)
    likely = [one[begins] for one in learned.pieces.marginals(facts)]
    sight = _Sight(directive.layout.text, pieces, mentions, tags, learned)
    return tuple(sight.task(run, likely[run[0]]) for run in runs(pieces, tags))


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
    def __init__(
        self,
        text: str,
        pieces: Sequence[Piece],
        mentions: Sequence[Mentions],
        tags: Sequence[str],
        learned: Taggers,
    ) -> None:
        self._text, self._pieces, self._mentions, self._tags = text, pieces, mentions, tags
        self._learned = learned
        self._roles: dict[int, _Roles] = {}
        self._due: dict[int, tuple[Deadline, ...]] = {}
        self._rows: dict[int, list[int]] = {}
        for at, piece in enumerate(pieces):
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
            tags = self._judged(self._learned.units, at, units)
            self._roles[at] = _Roles(
                tuple(unit for unit, tag in zip(units, tags, strict=True) if tag == LEAD),
                tuple(unit for unit, tag in zip(units, tags, strict=True) if tag == COOPERATOR),
            )
        return self._roles[at]

    def _deadlines(self, at: int) -> tuple[Deadline, ...]:
        if at not in self._due:
            deadlines = self._mentions[at].deadlines
            tags = self._judged(self._learned.deadlines, at, deadlines)
            self._due[at] = tuple(one for one, tag in zip(deadlines, tags, strict=True) if tag == DUE)
        return self._due[at]

    def _judged(self, tagger: Tagger, at: int, mentions: Sequence[UnitMention | Deadline]) -> list[str]:
        if not mentions:
            return []
        around = "".join(self._tags[max(0, at - 1) : at + 2])
        return tagger.tag(of_mentions(self._pieces[at], self._text, mentions, self._tags[at], around))


def _distinct(units: Sequence[UnitMention]) -> tuple[UnitMention, ...]:
    return tuple({unit.name.casefold(): unit for unit in reversed(units)}.values())[::-1]
