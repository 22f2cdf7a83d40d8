"""What is wrong with a task in, the keys out that put it right on the review screen (service/web/static).

Typed text counts as Telex has it: a letter with a hook and a tone takes three keys. A unit that is offered
takes a digit. Fields of the form follow each other by Tab: words, words of the page, leads, cooperators,
deadline. A drag with the mouse is no key, and is not counted on.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from annotation.evaluation.comparing import Match, deadline_value
from annotation.evaluation.units import shared
from benchmarks import wording
from benchmarks.wording import telex
from pipeline.text import fold
from pipeline.units.register.register import Register
from service.review import candidates
from service.review.extents import choice
from service.review.forms import NotUnderstood, deadline_from, shown
from service.review.seeking import offered

Task = Mapping[str, Any]
FIELDS = ("text", "leads", "cooperators", "deadline")
_BEGIN = {"text": "e", "leads": "l", "cooperators": "c", "deadline": "d"}
_STOPS = ("e", "t", "l", "c", "d")  # in the order of Tab
_DIGITS = 9


@dataclass(frozen=True)
class Desk:
    """A document at the desk: what typing means there."""

    record: Mapping[str, Any]
    register: Register
    _queries: dict[tuple[str, str], tuple[str, ...]] = field(default_factory=dict)

    @cached_property
    def issued_on(self) -> dt.date | None:
        day = self.record["document"].get("issued_on")
        return dt.date.fromisoformat(day) if day else None

    def unit(self, name: str, task: Task, listed: Sequence[str]) -> tuple[str, ...]:
        """The fewest keys that take a unit by typing; `listed` are those that are offered before."""
        key = (str(task["id"]), name)
        if key not in self._queries:
            self._queries[key] = min(self._ways(name, task, listed), key=len)
        return self._queries[key]

    def _ways(self, name: str, task: Task, listed: Sequence[str]) -> Iterator[tuple[str, ...]]:
        choosable = choice(self.record, task)
        if choosable:
            for place, one in enumerate(listed):
                if more := wording.grown(choosable, one, name):
                    down, up = place + 1, len(listed) - place  # the list goes round
                    yield (*_walk(down, up), *more, "Enter")
        for typed in _queries(name):
            hits = [unit for _, unit in offered(typed, self.record, self.register, task)]
            for place, hit in enumerate(hits):
                down, up = place, len(hits) + 1 - place  # the last is what was typed
                more = wording.grown(choosable, hit, name) if choosable else None
                if shared([name], [hit]):
                    yield (*telex(typed), *_walk(down, up), "Enter")
                    if not place:
                        return
                elif more and more[0].endswith("ArrowRight"):  # ← would move in what was typed
                    yield (*telex(typed), *_walk(down, up), *more, "Enter")
        yield (*telex(name), "ArrowUp", "Enter")


def _walk(down: int, up: int) -> list[str]:
    return ["ArrowDown"] * down if down <= up else ["ArrowUp"] * up


def corrected(desk: Desk, task: Task, gold: Task) -> Desk:
    """The desk once the task's units are right: they are offered for the next ones."""
    right = dict(task)
    for role in ("leads", "cooperators"):
        has = {one["name"]: one for one in task[role]}
        new = [next((name for name in has if shared([one], [name])), one) for one in _names(gold, role)]
        right[role] = [has.get(one) or {"name": one, "unit_id": None, "evidence": []} for one in new]
    tasks = [right if one["id"] == task["id"] else one for one in desk.record["tasks"]]
    return Desk(dict(desk.record) | {"tasks": tasks}, desk.register)


def edit(desk: Desk, task: Task, gold: Task, wrong: Sequence[str]) -> list[str]:
    """The keys that put the wrong fields right and accept; [] where what is right cannot be typed."""
    order = [name for name in FIELDS if name in wrong]
    keys: list[str] = []
    here = ""
    for name in order:
        begin, found = _BEGIN[name], _field(desk, task, gold, name)
        if name == "text":
            begin, found = wording.words(desk.record, task, gold)
        if found is None:
            return []
        keys += ["Tab"] * (_STOPS.index(begin) - _STOPS.index(here)) if here else [begin]
        keys += found
        here = begin
    return [*keys, "Enter"]


def wrong_fields(match: Match) -> list[str]:
    """What a clerk must correct; classes are not counted, as in "complete" of docs/evaluation.md."""
    return [name for name in FIELDS if not getattr(match, name)]


def _field(desk: Desk, task: Task, gold: Task, name: str) -> list[str] | None:
    if name == "text":
        return []
    if name == "deadline":
        return _deadline(desk, task, gold)
    return _units(desk, task, name, _names(gold, name))


def _names(gold: Task, role: str) -> list[str]:
    return [one if isinstance(one, str) else one["name"] for one in gold.get(role) or ()]


def _units(desk: Desk, task: Task, role: str, wanted: Sequence[str]) -> list[str]:
    """Those that are wrong are marked and taken away, the missing ones taken; where one leads, the first
    taken takes its place."""
    present = [one["name"] for one in task[role]]
    kept = [name for name in present if shared([name], wanted)]
    missing = [name for name in wanted if not shared([name], present)]
    near = [name for _, name in candidates.units(desk.record, task, desk.register)[role]]
    replaces = role == "leads" and len(present) == 1 and bool(wanted)
    if replaces and kept:  # it goes with the first that is taken, and is taken again
        missing, kept = [*missing, *kept] if missing else [], []
    keys = [] if replaces else _away(present, kept)
    has = present if replaces else kept
    for name in missing:
        listed = _listed(near, has, present)
        digit, taken = _digit(listed, name)
        has = [*([] if replaces else has), taken]
        replaces = False
        keys += [digit] if digit else desk.unit(name, task, listed)
    return keys


def _away(present: Sequence[str], kept: Sequence[str]) -> list[str]:
    """← marks the last, then the one before; Backspace takes away what is marked, else the last, and marks
    the one before where one was marked."""
    keys: list[str] = []
    left, marked = list(present), -1
    for at in reversed(range(len(present))):
        if present[at] in kept:
            continue
        if marked < 0 and at == len(left) - 1:
            keys.append("Backspace")
            left.pop()
            continue
        here = marked if marked >= 0 else len(left)
        keys += ["ArrowLeft"] * (here - at) + ["Backspace"]
        del left[at]
        marked = at - 1
    return keys


def _listed(near: Sequence[str], has: Sequence[str], had: Sequence[str]) -> list[str]:
    """What is offered, as service/web/static/units.js shows it: nine, those that the task has lost last."""
    out = {one.lower() for one in has}
    free = [one for one in near if one.lower() not in out]
    back = [one for one in free if one in had]
    return [*[one for one in free if one not in had][: max(0, _DIGITS - len(back))], *back]


def _digit(listed: Sequence[str], name: str) -> tuple[str, str]:
    """The digit by which a unit is offered ("" where it is not), and its name as offered."""
    for number, one in enumerate(listed, 1):
        if shared([name], [one]):
            return str(number), one
    return "", name


def _queries(name: str) -> Iterator[str]:
    plain = fold(name)
    parts = plain.split()
    letters = "".join(word[0] for word in parts)
    yield from (letters[:size] for size in range(2, len(letters) + 1))
    yield from (plain[:size] for size in range(3, min(len(plain), 24) + 1))
    yield from (" ".join(parts[at:]) for at in range(1, len(parts)))


def _deadline(desk: Desk, task: Task, gold: Task) -> list[str] | None:
    wanted = deadline_value(gold)
    if wanted is None:
        return ["Delete"]
    now = shown(task.get("deadline"))
    ways = [list(telex(phrase)) for phrase in _phrases(gold["deadline"]) if _reads(desk, phrase, wanted, now)]
    listed = candidates.deadlines(desk.record, task)
    for at, phrase in enumerate(listed):
        if _reads(desk, phrase, wanted, now):
            down, up = at + 1, len(listed) - at  # the list goes round
            ways.append(_walk(down, up))
    return min(ways, key=len, default=None)


def _reads(desk: Desk, phrase: str, wanted: object, now: str) -> bool:
    try:
        read = {"deadline": deadline_from(phrase, desk.issued_on)}
    except NotUnderstood:
        return False
    return phrase != now and deadline_value(read) == wanted


def _phrases(deadline: Mapping[str, Any]) -> Iterator[str]:
    if day := deadline.get("date"):
        year, month, number = str(day).split("-")
        yield f"{int(number)}/{int(month)}"
        yield f"{int(number)}/{int(month)}/{year}"
    if text := deadline.get("text"):
        yield from (fold(text), text)
