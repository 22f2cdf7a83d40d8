"""What is wrong with a task in, the keys out that put it right on the review screen (service/web/static).

Typed text counts as Telex has it: a letter with a hook and a tone takes three keys. Fields of the form follow
each other by Tab: words, leads, cooperators, deadline.
"""

from __future__ import annotations

import datetime as dt
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from difflib import SequenceMatcher
from functools import cached_property
from typing import Any

from annotation.evaluation.comparing import Match, deadline_value
from annotation.evaluation.faults import said
from annotation.evaluation.units import shared
from pipeline.text import fold
from pipeline.units.register import Register
from service.review.forms import NotUnderstood, deadline_from, shown
from service.web.pages.edit import offered

Task = Mapping[str, Any]
FIELDS = ("text", "leads", "cooperators", "deadline")
_BEGIN = {"text": "e", "leads": "l", "cooperators": "c", "deadline": "d"}


@dataclass(frozen=True)
class Desk:
    """A document at the desk: what typing means there."""

    record: Mapping[str, Any]
    register: Register
    _queries: dict[str, tuple[str, ...]] = field(default_factory=dict)

    @cached_property
    def issued_on(self) -> dt.date | None:
        day = self.record["document"].get("issued_on")
        return dt.date.fromisoformat(day) if day else None

    def unit(self, name: str) -> tuple[str, ...]:
        """The fewest keys that take a unit."""
        if name not in self._queries:
            self._queries[name] = min(self._ways(name), key=len)
        return self._queries[name]

    def _ways(self, name: str) -> Iterator[tuple[str, ...]]:
        for typed in _queries(name):
            hits = [unit for _, unit in offered(typed, self.record, self.register)]
            for place, hit in enumerate(hits):
                if shared([name], [hit]):
                    down, up = place, len(hits) + 1 - place  # the list goes round, its last is what was typed
                    walk = ["ArrowDown"] * down if down <= up else ["ArrowUp"] * up
                    yield (*telex(typed), *walk, "Enter")
                    if not place:
                        return
                    break
        yield (*telex(name), "ArrowUp", "Enter")


def edit(desk: Desk, task: Task, gold: Task, wrong: Sequence[str]) -> list[str]:
    """The keys that put the wrong fields right and accept; [] where what is right cannot be typed."""
    order = [name for name in FIELDS if name in wrong]
    keys = [_BEGIN[order[0]]]
    for place, name in enumerate(order):
        if place:
            keys += ["Tab"] * (FIELDS.index(name) - FIELDS.index(order[place - 1]))
        found = _field(desk, task, gold, name)
        if found is None:
            return []
        keys += found
    return [*keys, "Enter"]


def wrong_fields(match: Match) -> list[str]:
    """What a clerk must correct; classes are not counted, as in "complete" of docs/evaluation.md."""
    return [name for name in FIELDS if not getattr(match, name)]


def _field(desk: Desk, task: Task, gold: Task, name: str) -> list[str] | None:
    if name == "text":
        return _words(task["text"], said(gold))
    if name == "deadline":
        return _deadline(desk, task, gold)
    return _units(desk, [one["name"] for one in task[name]], _names(gold, name), replaces=name == "leads")


def _names(gold: Task, role: str) -> list[str]:
    return [one if isinstance(one, str) else one["name"] for one in gold.get(role) or ()]


def _units(desk: Desk, present: list[str], wanted: list[str], *, replaces: bool) -> list[str]:
    """Backspace takes away the last; where one leads, the first taken takes its place."""
    keep = 0
    while keep < min(len(present), len(wanted)) and shared([wanted[keep]], [present[keep]]):
        keep += 1
    replaces = replaces and len(present) == 1 and bool(wanted)
    keep = 0 if replaces else keep
    keys = [] if replaces else ["Backspace"] * (len(present) - keep)
    for name in wanted[keep:]:
        keys += desk.unit(name)
    return keys


def _queries(name: str) -> Iterator[str]:
    plain = fold(name)
    letters = "".join(word[0] for word in plain.split())
    yield from (letters[:size] for size in range(2, len(letters) + 1))
    yield from (plain[:size] for size in range(3, min(len(plain), 24) + 1))


def _deadline(desk: Desk, task: Task, gold: Task) -> list[str] | None:
    wanted = deadline_value(gold)
    if wanted is None:
        return ["Delete"]
    now = shown(task.get("deadline"))
    for phrase in _phrases(gold["deadline"]):
        try:
            read = {"deadline": deadline_from(phrase, desk.issued_on)}
        except NotUnderstood:
            continue
        if phrase != now and deadline_value(read) == wanted:
            return list(telex(phrase))
    return None


def _phrases(deadline: Mapping[str, Any]) -> Iterator[str]:
    if day := deadline.get("date"):
        year, month, number = str(day).split("-")
        yield f"{int(number)}/{int(month)}"
        yield f"{int(number)}/{int(month)}/{year}"
    if text := deadline.get("text"):
        yield from (fold(text), text)


def _words(now: str, wanted: str) -> list[str]:
    """From the start of the field: over what stays by Ctrl+Right, away with what goes by Ctrl+Delete."""
    keys: list[str] = []
    a, b = now.split(), wanted.split()
    steps = SequenceMatcher(None, a, b, autojunk=False).get_opcodes()
    for place, (what, start, end, other, last) in enumerate(steps):
        if what == "equal":
            rest = place + 1 == len(steps)
            keys += [] if rest else ["Control+ArrowRight"] * (end - start)
            continue
        if place + 1 == len(steps) and what == "delete" and end - start > 1:
            keys += ["Control+Shift+End", "Delete"]
            continue
        keys += ["Control+Delete"] * (end - start) + list(telex(" ".join(b[other:last])))
    return keys


def telex(text: str) -> Iterator[str]:
    """The keys of a text on a keyboard that types Vietnamese by Telex."""
    for char in text:
        if char in "đĐ":
            yield from "dd"
            continue
        base, *marks = unicodedata.normalize("NFD", char)
        yield base
        yield from ("+" for _ in marks)
