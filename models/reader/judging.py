"""What every learned reader is, whatever it was learned with: a view of a directive in, a judgement of its
pieces out. models/reader/read.py makes tasks of judgements.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from models.reader.mentions import Mentions, mentions_in
from models.reader.pieces import Piece, pieces_of
from pipeline.types import Directive


@dataclass(frozen=True, slots=True)
class View:
    """A directive's pieces, and the units and deadlines named in each."""

    directive: Directive
    pieces: tuple[Piece, ...]
    mentions: tuple[Mentions, ...]

    @property
    def text(self) -> str:
        """The text that all spans count in."""
        return self.directive.layout.text


def view_of(directive: Directive) -> View:
    """All that is judged of a directive."""
    pieces = pieces_of(directive)
    header = directive.header
    issued_on = header.issued_on or header.issued_about
    return View(directive, pieces, mentions_in(pieces, directive.layout.text, issued_on))


class Judgement(Protocol):
    """What a judge says of a view; tags are those of models/reader/tags.py."""

    @property
    def tags(self) -> Sequence[str]:
        """One of BEGINS, GOES_ON, LEADS_IN and OTHER a piece."""
        ...

    @property
    def likely(self) -> Sequence[float]:
        """How likely a task begins with the piece, 0 to 1."""
        ...

    def units(self, at: int) -> Sequence[str]:
        """LEAD, COOPERATOR or NOTHING for each unit of the piece at this place."""
        ...

    def deadlines(self, at: int) -> Sequence[str]:
        """DUE or NOTHING for each deadline of the piece at this place."""
        ...


class Judge(Protocol):
    """Judges the pieces of a document."""

    def __call__(self, view: View) -> Judgement:
        """The judgement of the whole document, so that neighbours can speak for each other."""
        ...
