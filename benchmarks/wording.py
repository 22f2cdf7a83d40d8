"""A task's words and its label's in, the fewest keys that make the one of the other out.

From the page: `t`, a digit for one of the extents that are offered, arrows for the end, with Shift for the
beginning. In the field: over what stays by Ctrl+Right, away with what goes by Ctrl+Delete, the rest typed.
"""

from __future__ import annotations

import re
import unicodedata
from collections import deque
from collections.abc import Iterator, Mapping, Sequence
from difflib import SequenceMatcher
from typing import Any

from annotation.evaluation.faults import said
from annotation.evaluation.places import locate
from annotation.evaluation.words import SAME_WORDS, bags, dice
from service.review.extents import Choice, choice
from service.review.ground import ITEM, LINE, PHRASE, Word

Task = Mapping[str, Any]
_OUTER = re.compile(r"^[\W_]+|[\W_]+$")
_GRAINS = {"Arrow{}": 0, "Control+Arrow{}": PHRASE}
_SIDES = {1: "Right", -1: "Left"}
_UP_AND_DOWN = {1: "ArrowDown", -1: "ArrowUp"}
_ITEM = {1: "End", -1: "Home"}


def words(record: Mapping[str, Any], task: Task, gold: Task) -> tuple[str, list[str]]:
    """The key that begins ("t", "e"), and those that follow."""
    typed = edited(str(task["text"]), said(gold))
    found = [taken for taken in _taken(record, task, gold) if len(taken) <= len(typed)]
    return ("t", min(found, key=len)) if found else ("e", typed)


def _taken(record: Mapping[str, Any], task: Task, gold: Task) -> Iterator[list[str]]:
    """Ways from the page whose words count as the label's."""
    offered = choice(record, task)
    if offered is None:
        return
    for extent in offered.extents:
        if _same(gold, extent.text):
            yield [str(extent.digit)]
    span = locate(said(gold), record.get("text") or "")
    inside = [at for at, word in enumerate(offered.words) if span and word.end > span.start]
    until = [at for at, word in enumerate(offered.words) if span and word.start < span.end]
    if not inside or not until or inside[0] > until[-1]:
        return
    if not _same(gold, " ".join(word.text for word in offered.words[inside[0] : until[-1] + 1])):
        return
    for keys, first, last in _beginnings(offered):
        if inside[0] <= last:  # the beginning never passes the end
            yield [
                *keys,
                *_moves(offered.words, last, until[-1], ""),
                *_moves_of_start(offered, first, inside),
            ]


def _moves_of_start(offered: Choice, first: int, inside: Sequence[int]) -> list[str]:
    return _moves(offered.words, first, inside[0], "Shift+")


def grown(offered: Choice, name: str, wanted: str) -> list[str] | None:
    """The arrows that make the name of an offered unit the wanted one, as it stands on the page; None where
    they cannot."""
    here, there = _nearest(offered, name), _nearest(offered, wanted)
    if here is None or there is None or there[0] > here[1] or here[0] > there[1]:
        return None
    ends = _moves(offered.all_words, here[1], there[1], "")
    return [*ends, *_moves(offered.all_words, here[0], there[0], "Shift+")]


def _nearest(offered: Choice, name: str) -> tuple[int, int] | None:
    """Where a name stands next to the task's beginning, as the screen looks for it."""
    parts = [_bare(part) for part in name.split()]
    said = [_bare(word.text) for word in offered.all_words]
    found = [at for at in range(len(said) - len(parts) + 1) if said[at : at + len(parts)] == parts]
    first = offered.all_words.index(offered.words[offered.first])
    at = min(found, key=lambda one: abs(one - first), default=None)
    return None if at is None else (at, at + len(parts) - 1)


def _bare(word: str) -> str:
    return _OUTER.sub("", word.lower())


def _beginnings(offered: Choice) -> Iterator[tuple[list[str], int, int]]:
    """The words as they are, and each extent: keys, first and last word."""
    yield [], offered.first, offered.last
    for extent in offered.extents:
        start, end = extent.ranges[0][0], extent.ranges[-1][1]
        inside = [at for at, word in enumerate(offered.words) if word.end > start and word.start < end]
        if inside and len(extent.ranges) == 1:
            yield [str(extent.digit)], inside[0], inside[-1]


def _moves(all_words: Sequence[Word], start: int, goal: int, shift: str) -> list[str]:
    """The fewest arrows from one word to another."""
    came: dict[int, tuple[int, str]] = {start: (start, "")}
    waiting = deque([start])
    while waiting and goal not in came:
        here = waiting.popleft()
        for key, there in _steps(all_words, here, shift):
            if there not in came:
                came[there] = (here, key)
                waiting.append(there)
    keys: list[str] = []
    here = goal
    while here != start:
        here, key = came[here]
        keys.append(key)
    return keys[::-1]


def _steps(all_words: Sequence[Word], here: int, shift: str) -> Iterator[tuple[str, int]]:
    """Each arrow with the word that it leads to, as service/web/static/words.js has it."""
    for by in (1, -1):
        ways = [(name.format(_SIDES[by]), what) for name, what in _GRAINS.items()]
        for key, what in [*ways, (_UP_AND_DOWN[by], LINE), (_ITEM[by], ITEM)]:
            there = here + by
            while 0 < there < len(all_words) - 1 and not _stops(all_words, there, what, bool(shift)):
                there += by
            held = key.replace("Control+", f"Control+{shift}") if "+" in key else shift + key
            yield held, min(max(there, 0), len(all_words) - 1)


def _stops(all_words: Sequence[Word], at: int, what: int, beginning: bool) -> bool:
    return not what or bool(all_words[at - 1 if beginning else at].ends & what)


def _same(gold: Task, text: str) -> bool:
    (wanted,), (given,) = bags([gold], [{"text": text}])
    return dice(wanted, given) >= SAME_WORDS


def edited(now: str, wanted: str) -> list[str]:
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
