"""A task in, other extents that its words may have out: each kind has its digit on the review screen.

What the machine took for one task may be half an item, or an item and a remark behind it: the natural other
extents are offered, so that nobody types what stands on the page.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from service.review.ground import OUTSIDE, Ground, Range, Word
from service.wording import EXTENTS

Record = Mapping[str, Any]
_AROUND = 400  # words that can be chosen before and behind the task's own
_BEHIND = 2_000  # characters behind the last of them, where the cells of a table may stand
_CLOSING = ("distribution", "contact", "transmission")  # a letter's end is no part of its last item
_JUNK = 3  # words; fewer between two parts of an item are a page's number
_OPENING = 160  # characters in which a task may name who does it, before what
_SENTENCE = re.compile(r"(?<=[.;!?])\s+(?=[^\Wa-zà-ỹ\d_])")
_LEAD = re.compile(r"^[^:;.]{3,160}:\s+")


@dataclass(frozen=True, slots=True)
class Extent:
    """Other words for a task: its digit, its kind (of `EXTENTS`), the ranges of the text, the words."""

    digit: int
    kind: str
    ranges: tuple[Range, ...]
    text: str

    @property
    def value(self) -> str:
        """The ranges as the form sends them: "812-960,970-1002"."""
        return ",".join(f"{start}-{end}" for start, end in self.ranges)


@dataclass(frozen=True, slots=True)
class Choice:
    """What a task's words, and the names in them, can be: the words around, the task's first and last among
    those of the body, the natural extents."""

    all_words: Sequence[Word]
    first: int
    last: int
    extents: Sequence[Extent]

    @property
    def words(self) -> list[Word]:
        """Those of the body."""
        return [word for word in self.all_words if not word.ends & OUTSIDE]


def choice(record: Record, task: Record) -> Choice | None:
    """The choice for a task; None for one that has no place on a page."""
    ground = Ground(record)
    places = task.get("evidence") or ()
    if not places:
        return None
    start, end = min(one["start"] for one in places), max(one["end"] for one in places)
    inside = [at for at, word in enumerate(ground.words) if word.start < end and start < word.end]
    if not inside:
        return None
    begin, until = max(0, inside[0] - _AROUND), min(len(ground.words), inside[-1] + 1 + _AROUND)
    behind = ground.words[until].start if until < len(ground.words) else len(ground.text)
    around = ground.all_words(ground.words[begin].start, min(behind, ground.words[until - 1].end + _BEHIND))
    return Choice(around, inside[0] - begin, inside[-1] - begin, extents(record, task, ground))


def extents(record: Record, task: Record, ground: Ground) -> list[Extent]:
    """The other extents of a task's words, each once and none that it has already."""
    places = task["evidence"]
    now = (min(one["start"] for one in places), max(one["end"] for one in places))
    found: list[Extent] = []
    known = {_plain(ground.said([now])), _plain(" ".join(str(task["text"]).split()))}
    for kind, ranges in _kinds(record, task, now, ground):
        text = ground.said(ranges)
        if text and _plain(text) not in known and kind not in {one.kind for one in found}:
            known.add(_plain(text))
            found.append(Extent(1 + list(EXTENTS).index(kind), kind, tuple(ranges), text))
    return sorted(found, key=lambda one: one.digit)


def _plain(text: str) -> str:
    return text.strip(" .,;:/")


def parsed(value: str) -> list[Range]:
    """The ranges of a form's value."""
    pairs = (pair.split("-") for pair in value.split(",") if pair)
    return [(int(start), int(end)) for start, end in pairs]


def _kinds(record: Record, task: Record, now: Range, ground: Ground) -> Iterator[tuple[str, list[Range]]]:
    clauses = _clauses(record)
    mine = [at for at, one in enumerate(clauses) if one.start < now[1] and now[0] < one.end]
    if mine:
        yield from _of_clauses(clauses, mine, now)
    yield from _of_sentences(now, ground)
    if lead := _LEAD.match(ground.text[slice(*now)]):
        yield "bare", [(now[0] + lead.end(), now[1])]
    places = [place for unit in task["leads"] for place in unit.get("evidence") or ()]
    ends = [one["end"] for one in places if now[0] <= one["start"] < min(now[0] + _OPENING, now[1])]
    if ends and max(ends) < now[1]:
        yield "bare", [(max(ends), now[1])]


@dataclass(frozen=True, slots=True)
class _Clause:
    start: int
    end: int
    path: str
    role: str
    size: int  # in words


def _clauses(record: Record) -> list[_Clause]:
    found = {
        (clause["evidence"][0]["start"], clause["evidence"][-1]["end"]): clause
        for clause in record.get("clauses") or ()
        if clause["evidence"] and clause["role"] not in _CLOSING
    }
    return [
        _Clause(*key, found[key]["path"], found[key]["role"], len(found[key]["text"].split()))
        for key in sorted(found)
    ]


def _of_clauses(
    clauses: Sequence[_Clause], mine: Sequence[int], now: Range
) -> Iterator[tuple[str, list[Range]]]:
    first, last = mine[0], mine[-1]
    path = clauses[first].path
    begin, end = first, last
    while path and begin and clauses[begin - 1].path == path:
        begin -= 1
    while path and end + 1 < len(clauses) and clauses[end + 1].path == path:
        end += 1
    yield "item", [(clauses[begin].start, clauses[end].end)]
    below = end
    while below + 1 < len(clauses) and _within(clauses[below + 1].path, path):
        below += 1
    yield "below", [(clauses[begin].start, clauses[below].end)]
    before = next((one for one in reversed(clauses[:first]) if one.size > _JUNK), None)
    if before:
        yield "before", [(before.start, now[1])]
    after = next((one for one in clauses[last + 1 :] if one.size > _JUNK), None)
    if after:
        yield "after", [(now[0], after.end)]
    lead_in = next((one for one in reversed(clauses[:first]) if _within(path, one.path)), None)
    if lead_in and lead_in != before:
        yield "lead_in", [(lead_in.start, lead_in.end), now]


def _within(path: str, above: str) -> bool:
    return bool(above) and path.startswith(f"{above} › ")


def _of_sentences(now: Range, ground: Ground) -> Iterator[tuple[str, list[Range]]]:
    text = ground.text[slice(*now)]
    ends = [(now[0] + found.start(), now[0] + found.end()) for found in _SENTENCE.finditer(text)]
    if ends:
        yield "but_last", [(now[0], ends[-1][0])]
        yield "but_first", [(ends[0][1], now[1])]
        yield "first", [(now[0], ends[0][0])]
