"""A record in, what its pages hold out: the words that can be chosen, the places of any range of its text.

A record keeps places line by line; a range that holds a part of a line gets that part of its box.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

Record = Mapping[str, Any]
Place = Mapping[str, Any]
Range = tuple[int, int]

LINE, PHRASE, ITEM, OUTSIDE = 1, 2, 4, 8
"""What ends with a word: a line of the page, a part of a sentence, an item of the text. OUTSIDE is no word of
the body: of a page's head, a cell of a table."""
_PHRASE_ENDS = tuple(".,;:…!?")
_TRAILING = " \t\n;,"
_CLOSING = re.compile(r"[.,;:…!?)”\"]+(?=\s|$)")  # what a line of a clause may leave off at its end
_SIGN = re.compile(r"[\W_]+|[^\W_]{1,3}[.)]")  # of an item, between items


@dataclass(frozen=True, slots=True)
class Word:
    """A word of the body: its range of the text, and what ends with it (LINE, PHRASE, …, added up)."""

    start: int
    end: int
    text: str
    ends: int


class Ground:
    """What a document's pages hold."""

    def __init__(self, record: Record) -> None:
        self._record = record
        self.text: str = record.get("text") or ""

    @cached_property
    def body(self) -> Sequence[tuple[Place, str]]:
        """The lines of the body in reading order, each with what tells its item from others."""
        return _body(self._record)

    @cached_property
    def words(self) -> Sequence[Word]:
        """The words of the body in reading order; headings, page numbers and item signs are none of it."""
        found: list[Word] = []
        last = -1
        for line, path, after in _followed(self.body):
            begin = max(line["start"], last)  # a clause may be read twice
            inside = list(re.finditer(r"\S+", self.text[begin : line["end"]]))
            for at, word in enumerate(inside):
                start, end = begin + word.start(), begin + word.end()
                closing = _CLOSING.match(self.text, end)
                said = word.group() + (closing.group() if closing else "")
                ends = PHRASE if said.endswith(_PHRASE_ENDS) else 0
                if at + 1 == len(inside):
                    ends |= LINE | (ITEM | PHRASE if path != after else 0)
                found.append(Word(start, end, said, ends))
                last = end
        return found

    def within(self, start: int, end: int) -> Sequence[Word]:
        """The words of the body that a range of the text touches."""
        first = bisect_right(self.words, start, key=lambda word: word.end)
        return self.words[first : bisect_left(self.words, end, key=lambda word: word.start)]

    def all_words(self, start: int, end: int) -> list[Word]:
        """All words of a range of the text, those outside the body among them."""
        found: list[Word] = []
        last = start
        for word in self.within(start, end):
            found += [*self._outside(last, word.start), word]
            last = word.end
        return [*found, *self._outside(last, end)]

    def _outside(self, start: int, end: int) -> Iterator[Word]:
        for found in re.finditer(r"\S+", self.text[start:end]):
            if _SIGN.fullmatch(found.group()):
                continue
            ends = OUTSIDE | (PHRASE if found.group().endswith(_PHRASE_ENDS) else 0)
            yield Word(start + found.start(), start + found.end(), found.group(), ends)

    def said(self, ranges: Iterable[Range]) -> str:
        """The words of ranges of the text, as a task says them."""
        chosen = [word.text for start, end in ranges for word in self.within(start, end)]
        return " ".join(chosen).rstrip(_TRAILING)

    def places(self, ranges: Iterable[Range]) -> list[dict[str, Any]]:
        """Where ranges of the text stand, a place a line."""
        return [
            self._part(line, max(start, line["start"]), min(end, line["end"]))
            for start, end in ranges
            for line in self._lines
            if line["start"] < end and start < line["end"]
        ]

    def _part(self, line: Place, start: int, end: int) -> dict[str, Any]:
        """The place of a part of a line: as the record has it, else its share of the box, for letters count
        as equally wide."""
        if measured := self._known.get((start, end)):
            return dict(measured)
        x0, y0, x1, y1 = line["box"]
        wide = (x1 - x0) / max(1, line["end"] - line["start"])
        left, right = x0 + (start - line["start"]) * wide, x0 + (end - line["start"]) * wide
        box = [round(left, 2), y0, round(right, 2), y1]
        return {"page": line["page"], "box": box, "start": start, "end": end}

    @cached_property
    def _known(self) -> dict[Range, Place]:
        return {(place["start"], place["end"]): place for place in _known(self._record)}

    @cached_property
    def _lines(self) -> list[Place]:
        """All lines that the record knows a place of, also those outside the body; none twice."""
        kept: list[Place] = []
        for (_, end), place in sorted(self._known.items(), key=lambda one: (one[0][0], -one[0][1])):
            if not kept or end > kept[-1]["end"]:
                kept.append(place)
        return kept


def _body(record: Record) -> list[tuple[Place, str]]:
    """The lines of clauses and tasks, each with its item, as they follow each other in the text; a paragraph
    that stands in no item is one."""
    lines: dict[Range, tuple[Place, str]] = {}
    for number, clause in enumerate(record.get("clauses") or ()):
        for place in clause["evidence"]:
            lines[place["start"], place["end"]] = (place, clause["path"] or f"#{number}")
    for task in record["tasks"]:  # its words may go on where no clause does
        for place in task.get("evidence") or ():
            lines.setdefault((place["start"], place["end"]), (place, ""))
    found: list[tuple[Place, str]] = []
    for key in sorted(lines):
        place, item = lines[key]
        found.append((place, item or (found[-1][1] if found else "")))
    return found


def _followed(lines: Sequence[tuple[Place, str]]) -> Iterator[tuple[Place, str, str | None]]:
    """Each line with its path and that of the next."""
    for at, (line, path) in enumerate(lines):
        yield line, path, lines[at + 1][1] if at + 1 < len(lines) else None


def _known(record: Record) -> Iterator[Place]:
    for clause in record.get("clauses") or ():
        yield from clause["evidence"]
    for task in record["tasks"]:
        yield from task.get("evidence") or ()
        for unit in (*task["leads"], *task["cooperators"]):
            yield from unit.get("evidence") or ()
        yield from (task.get("deadline") or {}).get("evidence") or ()
    for places in (record["document"].get("evidence") or {}).values():
        yield from places
