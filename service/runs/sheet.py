"""A run in, all that its report says out: page and workbook are filled from the one sheet."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from service.access.viewer import Viewer
from service.runs.book import Count, Line, Told
from service.runs.words import OUTCOMES, REASONS, STATES
from service.store import Work

_SLOWEST = 20


@dataclass(frozen=True, slots=True)
class Sheet:
    """A run with its files by outcome and reason, the slowest, and then every file once."""

    run: Told
    counts: tuple[Count, ...]
    slowest: tuple[Line, ...]
    files: Iterator[Line]

    @property
    def pages(self) -> int:
        """Pages that were read."""
        return sum(one.pages for one in self.counts)

    @property
    def bytes(self) -> int:
        """Bytes of the files that were not refused."""
        return sum(one.bytes for one in self.counts)


def sheet_of(work: Work, run: Told, viewer: Viewer | None, names: Mapping[str, str] | None = None) -> Sheet:
    """The sheet for a viewer, or without one for who runs the machine; `names` tells by digest how the files
    are called that the run book has no name of. To be used within the transaction: the files stream."""
    known = names or {}
    slowest = tuple(_named(one, known) for one in work.runs.slowest(run.id, viewer, _SLOWEST))
    files = (_named(one, known) for one in work.runs.files(run.id, viewer))
    return Sheet(run, tuple(work.runs.counts(run.id)), slowest, files)


def outcome(one: Line | Count) -> str:
    """An outcome in words."""
    return OUTCOMES[one.outcome]


def why(one: Line) -> str:
    """A reason in words, with the plain line that tells more."""
    words = REASONS.get(one.reason, one.reason)
    if one.message.startswith(words):
        return one.message
    return f"{words}: {one.message}" if one.message else words


def called(one: Line) -> str:
    """A file's path, or its hash where it has no name here."""
    return one.path or one.sha256 or "—"


def stands(run: Told) -> str:
    """A run's state in words."""
    return STATES[run.state]


def _named(one: Line, names: Mapping[str, str]) -> Line:
    return replace(one, path=names[one.digest]) if one.digest in names and not one.path else one
