"""Values that a person gave in, the same with their places on the pages out: what stands there is proved.

A unit or deadline that was chosen or typed is looked for in the task's own words, then in what introduces
it, then in the whole document; there the place nearest before the task counts.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import islice
from typing import TYPE_CHECKING, Any

from pipeline.text import fold, match_key
from service.review.around import introducing, own
from service.review.candidates import everywhere, mentioned
from service.review.ground import Ground, Range

if TYPE_CHECKING:
    from pipeline.units.register.register import Register

Record = Mapping[str, Any]
Values = dict[str, Any]


@dataclass(frozen=True)
class Prover:
    """Finds places in a document for the values of one of its tasks."""

    record: Record
    task: Record
    register: Register

    @cached_property
    def _ground(self) -> Ground:
        return Ground(self.record)

    def proved(self, values: Mapping[str, Any], ranges: Sequence[Range] = ()) -> Values:
        """The values with places; `ranges` are those of the text that were taken for the task's words.
        What has a place, or stands nowhere, stays as it is."""
        done = dict(values)
        task = self.task
        if "text" in done and not ranges:
            ranges = self._typed(done["text"])
        if ranges and (places := self._ground.places(ranges)):
            task = dict(task) | {"evidence": places}
            if places != self.task.get("evidence"):
                done["evidence"] = places
        for role in ("leads", "cooperators"):
            if role in done:
                done[role] = [self._unit(one, task) for one in done[role]]
        due = done.get("deadline")
        if due and not due.get("evidence"):
            done["deadline"] = due | {"evidence": self._at(_written(due["text"], self._passages(task)))}
        return done

    def _typed(self, text: str) -> list[Range]:
        """Where words that were typed stand as a whole; nowhere where they were changed."""
        whole = _Passage(self.record.get("text") or "", everywhere(self.record, self.task))
        own_words = next(self._passages(self.task))
        return list(islice(_written(text, [own_words, whole], accents=True), 1))

    def _unit(self, unit: Record, task: Record) -> dict[str, Any]:
        if unit.get("evidence"):
            return dict(unit)
        return dict(unit) | {"evidence": self._at(self._named(unit, task))}

    def _at(self, found: Iterator[Range]) -> list[dict[str, Any]]:
        return next(filter(None, (self._ground.places([place]) for place in found)), [])

    def _named(self, unit: Record, task: Record) -> Iterator[Range]:
        """Where the unit is named, the likeliest first: by its own name, then by another name of the same."""
        for passage in self._passages(task):
            yield from _written(unit["name"], [passage])
            if unit.get("unit_id"):
                found = mentioned(self.record, passage.ranges)
                same = (one.place for one in found if self._meant(one.name) == unit["unit_id"])
                yield from reversed(list(same)) if passage.backwards else same

    def _meant(self, name: str) -> str | None:
        document = self.record["document"]
        day = document.get("issued_on")
        issued_on = dt.date.fromisoformat(day) if day else None
        place = document.get("place") or ""
        found = self.register.resolve(name, document.get("issuer") or "", issued_on, place)
        return found.unit.id if found else None

    def _passages(self, task: Record) -> Iterator[_Passage]:
        """What is looked through, a passage after the other; the text before the task from its end."""
        text = self.record.get("text") or ""
        at = min((place["start"] for place in task.get("evidence") or ()), default=0)
        ((start, end),) = everywhere(self.record, task)
        yield _Passage(text, own(self.record, task))
        yield _Passage(text, introducing(self.record, task))
        yield _Passage(text, [(start, at)] if start < at else [], backwards=True)
        yield _Passage(text, [(max(start, at), end)])


@dataclass(frozen=True, slots=True)
class _Passage:
    text: str
    ranges: Sequence[Range]
    backwards: bool = False


def _written(name: str, passages: Iterable[_Passage], accents: bool = False) -> Iterator[Range]:
    """Where words stand: with their accents, else, if they may lack them, without."""
    for passage in passages:
        for plain in (match_key,) if accents else (match_key, fold):
            words, whole = re.findall(r"\w+", plain(name)), plain(passage.text)
            if not words or len(whole) != len(passage.text):
                continue
            pattern = re.compile(r"\b" + r"\W+".join(map(re.escape, words)) + r"\b")
            for start, end in passage.ranges:
                found = [one.span() for one in pattern.finditer(whole, start, end)]
                yield from reversed(found) if passage.backwards else found
