"""A task in, the units and the deadlines that its document offers for it out, the likeliest first.

Units come from wherever the document names one, whether a register knows it or not: first the task's own
words, then what introduces it, then the rest. A name that a scan has spoilt is offered as registered.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from pipeline.deadlines import find_deadlines
from pipeline.types import DeadlineKind
from pipeline.units import find_units
from service.mapping import search_key
from service.review.around import introducing, own
from service.review.ground import Range
from service.review.nearby import Named, named

if TYPE_CHECKING:
    from pipeline.units.register.register import Register

Record = Mapping[str, Any]
MOST = 9  # a digit each
_LONGEST = 60_000  # characters of a document that are looked through, around the task
_FIRST = 3  # units of the task's own words, and of what introduces it, that come first
_STOPS = re.compile(
    r"[;:.()\n]|\s(?:và|có|phải|chủ trì|phối hợp|tổ chức|thực hiện|báo cáo|để|về|trong|chịu trách nhiệm)\s"
)
_NAME, _LONGER = 160, 2  # characters of a name, ways in which one may go on
_MANY = re.compile(r"^(?:các|những|mọi)\s", re.IGNORECASE)
_LIKE = 0.85  # how alike a registered name must be to one that a scan may have spoilt


@dataclass(frozen=True, slots=True)
class Found:
    """A unit that a passage names, and where."""

    name: str
    place: Range


def mentioned(record: Record, ranges: Iterable[Range]) -> Iterator[Found]:
    """The units that ranges of the text name."""
    text = record.get("text") or ""
    for start, end in ranges:
        for mention in find_units(text[start:end]):
            span = mention.span
            yield Found(mention.name, (start + span.start, start + span.end))


def everywhere(record: Record, task: Record | None, most: int = _LONGEST) -> list[Range]:
    """The document's text, of a very long one what is around the task."""
    size = len(record.get("text") or "")
    places = (task or {}).get("evidence") or ()
    middle = places[0]["start"] if places else 0
    begin = max(0, min(middle - most // 2, size - most))
    return [(begin, min(size, begin + most))]


def known(record: Record, task: Record | None, most: int = _LONGEST) -> list[Named]:
    """All units that a document names: those of its tasks, the commonest first, then the others, which are
    not looked up in the register."""
    return _once([*named(record["tasks"]), *_unregistered(record, everywhere(record, task, most))])


def units(record: Record, task: Record, register: Register) -> dict[str, list[Named]]:
    """At most nine units to offer for each role ("leads", "cooperators") of a task; behind them those that it
    has, for one that was taken away may be wanted back, or wanted longer."""
    near = list(_unregistered(record, own(record, task)))
    above = list(_unregistered(record, introducing(record, task)))
    rest = known(record, task)
    found = {}
    for role in ("leads", "cooperators"):
        first = [*_mended(record, task[role], register), *near[:_FIRST], *_before(record, task, role)]
        longer = _longer(record, task[role])
        offered = _once([*first, *above[:_FIRST], *longer, *near[_FIRST:], *above[_FIRST:], *rest])
        present = [(one["unit_id"], one["name"]) for one in task[role]]
        has = {search_key(name) for _, name in present}
        others = [one for one in offered if search_key(one[1]) not in has][:MOST]
        found[role] = [*resolved(record, others, register), *present]
    return found


def deadlines(record: Record, task: Record) -> list[str]:
    """The phrases that may set a task's deadline, but for the one that does: of its own words, of its item or
    row, of what introduces it."""
    text = record.get("text") or ""
    phrases = [str(one["text"]) for one in task.get("other_deadlines") or () if one.get("text")]
    for start, end in own(record, task):
        phrases += [one.text for one in find_deadlines(text[start:end], _day(record))]
    for start, end in introducing(record, task):
        found = find_deadlines(text[start:end], _day(record))
        phrases += [one.text for one in found if one.kind is not DeadlineKind.EVENT]
    squeezed = dict.fromkeys(" ".join(one.split()) for one in phrases)
    now = (task.get("deadline") or {}).get("text")
    return [phrase for phrase in squeezed if phrase != now][:MOST]


def _before(record: Record, task: Record, role: str) -> Iterator[Named]:
    """The units of the task before this one: what follows is mostly for the same."""
    at = next((at for at, one in enumerate(record["tasks"]) if one["id"] == task["id"]), 0)
    for one in record["tasks"][at - 1 : at] if at else ():
        yield from ((unit["unit_id"], unit["name"]) for unit in one[role])


def resolved(record: Record, units: Iterable[Named], register: Register) -> list[Named]:
    """Units with the id that the register has for those which have none."""
    document = record["document"]
    issuer, place = document.get("issuer") or "", document.get("place") or ""
    found = []
    for identifier, name in units:
        meant = None if identifier else register.resolve(name, issuer, _day(record), place)
        found.append((meant.unit.id if meant else identifier, name))
    return found


def _unregistered(record: Record, ranges: Iterable[Range]) -> Iterator[Named]:
    for found in mentioned(record, ranges):
        yield None, " ".join(found.name.split())


def _mended(record: Record, present: Sequence[Record], register: Register) -> Iterator[Named]:
    """The registered names next to those that the register does not hold."""
    from pipeline.units.register.search import search

    issuer = record["document"].get("issuer") or ""
    for unit in present:
        if unit["unit_id"]:
            continue
        for hit in search(_MANY.sub("", unit["name"]), register, issuer, _day(record), 2):
            if hit.similarity >= _LIKE:
                yield hit.unit.id, hit.unit.name


def _day(record: Record) -> dt.date | None:
    day = record["document"].get("issued_on")
    return dt.date.fromisoformat(day) if day else None


def _longer(record: Record, present: Sequence[Record]) -> Iterator[Named]:
    """What stands on the page from where a unit's name begins to where it may end further on, at most to the
    next unit of the task."""
    text = record.get("text") or ""
    spans = [
        (one["evidence"][0]["start"], one["evidence"][-1]["end"], one) for one in present if one["evidence"]
    ]
    for begin, end, unit in spans:
        if search_key(text[begin:end]) != search_key(unit["name"]):  # a part of it is handed down
            continue
        limit = min([begin + _NAME, *(other for other, _, _ in spans if other > begin)])
        stop = _STOPS.search(text, end, limit)
        whole = text[begin : stop.start() if stop else limit if limit < begin + _NAME else begin]
        commas = [found.start() for found in re.finditer(",", whole) if begin + found.start() > end]
        for until in [*commas[: _LONGER - 1], len(whole)]:
            if search_key(whole[:until]) != search_key(unit["name"]) and begin + until > end:
                yield None, " ".join(whole[:until].split()).rstrip(" ,;")


def _once(units: Iterable[Named]) -> list[Named]:
    """Each name once, with the register's id where any of them has it."""
    found: dict[str, Named] = {}
    for identifier, name in units:
        key = search_key(name)
        if key and (key not in found or (identifier and not found[key][0])):
            found[key] = (identifier, found[key][1] if key in found else name)
    return list(found.values())
