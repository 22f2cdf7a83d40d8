"""One part of an item in, the parts that have a deadline of their own out.

Milestones before a final date stay one task; a part that recurs beside one that is due on a day, or two
rhythms, are different tasks (labelling guide, "Where one task ends").
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from pipeline.assignments.deliveries import delivers
from pipeline.assignments.lexicon import lexicon
from pipeline.assignments.scope import same_due
from pipeline.deadlines import choose, find_deadlines
from pipeline.text import match_key
from pipeline.types import Deadline, DeadlineKind, Span

_FOR = re.compile(r"(?: \([^()]*\))? (?:đối với|\((?:đối với|với)?) ?")
_AND = re.compile(r"(?:,| và|;)\s*$")
_CLAUSE_END = re.compile(r"[;.]\s+(?:đồng thời,?\s+)?")


@dataclass(frozen=True, slots=True)
class Timed:
    """A part, its deadline and the further ones that it names; offsets count in the text given."""

    span: Span
    deadline: Deadline | None
    others: tuple[Deadline, ...] = ()


def timed_parts(text: str, issued_on: dt.date | None) -> tuple[Timed, ...]:
    """The parts of `text` that differ in deadline, each with its own; usually one."""
    readings = find_deadlines(text, issued_on)
    whole = Span(0, len(text))
    if len(readings) < 2:
        return (_timed(whole, readings, text),)
    key = match_key(text)
    cuts = [0]
    inner = {*(m.end() for m in _CLAUSE_END.finditer(key)), *_shared_out(readings, key)}
    clauses = [0, *sorted(inner), len(text)]
    current: Deadline | None = None
    for start, end in pairwise(clauses):
        inside = [r for r in readings if start <= r.span.start < end]
        if not inside:
            continue
        chosen = choose(inside, text)
        if chosen is None:
            continue
        if (
            current is not None
            and start
            and _differ(current, chosen)
            and (lexicon().action.match(key, start) or lexicon().timed.match(key, start))
        ):
            cuts.append(start)
        current = chosen
    return tuple(
        _part(text, readings, start, end) for start, end in zip(cuts, [*cuts[1:], len(text)], strict=True)
    )


def _shared_out(readings: Sequence[Deadline], key: str) -> Iterator[int]:
    """Where a second day begins that is for another thing: "trước A đối với X và trước B đối với Y"."""
    for one, other in pairwise(readings):
        between = key[one.span.end : other.span.start]
        if _FOR.match(between) and _AND.search(between) and _FOR.match(key, other.span.end):
            yield other.span.start


def due_apart(words: str, above: str, issued_on: dt.date | None) -> bool:
    """Whether a paragraph asks for a report until a day below an item `above` that orders without a time."""
    if not delivers(words) or not lexicon().action.match(match_key(above)):
        return False
    if find_deadlines(above, issued_on):
        return False
    chosen = choose(find_deadlines(words, issued_on), words)
    return chosen is not None and chosen.kind is DeadlineKind.DATE


def _differ(one: Deadline, other: Deadline) -> bool:
    if one.kind is other.kind:
        return (one.kind is DeadlineKind.RECURRING and one.rrule != other.rrule) or (
            one.kind is DeadlineKind.DATE and one.date != other.date
        )
    return one.kind is DeadlineKind.RECURRING or other.kind is DeadlineKind.RECURRING


def _part(text: str, readings: tuple[Deadline, ...], start: int, end: int) -> Timed:
    while end > start and text[end - 1] in " ;":
        end -= 1
    inside = [r for r in readings if start <= r.span.start < end]
    return _timed(Span(start, end), inside, text)


def _timed(span: Span, readings: Sequence[Deadline], text: str) -> Timed:
    chosen = choose(readings, text)
    return Timed(span, chosen, others(readings, chosen))


def others(readings: Sequence[Deadline], chosen: Deadline | None) -> tuple[Deadline, ...]:
    """The readings besides the chosen one that fall due otherwise, each value once."""
    if chosen is None:
        return ()
    joined = chosen.parts if chosen.rule == "joined" else ()
    found: list[Deadline] = []
    for reading in readings:
        if reading.rule not in joined and not any(same_due(reading, known) for known in (chosen, *found)):
            found.append(reading)
    return tuple(found)
