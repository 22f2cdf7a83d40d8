"""The judge that ships: three conditional random fields over named features (J. Lafferty et al., 2001), of
pieces, of the units named in a piece, and of its deadlines.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from models.reader.features import Facts, of_mentions, of_pieces
from models.reader.judging import Judgement, View
from models.reader.tags import BEGINS
from pipeline.types import Deadline, UnitMention


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
    """What was learned; a `models.reader.judging.Judge`."""

    pieces: Tagger
    units: Tagger
    deadlines: Tagger

    def __call__(self, view: View) -> Judgement:
        """The pieces are tagged at once, units and deadlines where they are asked for."""
        facts = of_pieces(view.directive, view.pieces, view.mentions)
        begins = self.pieces.labels().index(BEGINS)
        likely = [one[begins] for one in self.pieces.marginals(facts)]
        return _Tagged(view, self.pieces.tag(facts), likely, self)


@dataclass(frozen=True, slots=True)
class _Tagged:
    view: View
    tags: Sequence[str]
    likely: Sequence[float]
    learned: Taggers

    def units(self, at: int) -> Sequence[str]:
        return self._tag(self.learned.units, at, self.view.mentions[at].units)

    def deadlines(self, at: int) -> Sequence[str]:
        return self._tag(self.learned.deadlines, at, self.view.mentions[at].deadlines)

    def _tag(self, tagger: Tagger, at: int, mentions: Sequence[UnitMention | Deadline]) -> Sequence[str]:
        if not mentions:
            return []
        around = "".join(self.tags[max(0, at - 1) : at + 2])
        piece = self.view.pieces[at]
        return tagger.tag(of_mentions(piece, self.view.text, mentions, self.tags[at], around))
