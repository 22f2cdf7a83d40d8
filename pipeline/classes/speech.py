"""Sentences in, who says in them that something is to be done out, with the level that he is of."""

from __future__ import annotations

import datetime as dt
import re
import tomllib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from itertools import islice
from typing import Any

from pipeline.text import fold, match_key, nfc

_MOST = 24  # speakers of one sentence that are looked at
_REACH = 80  # characters from a speaker to what he does
_BEFORE = 90  # characters before him that tell whether he is only spoken of
_TAIL = 30  # characters behind a committee's name that may name its place


@dataclass(frozen=True, slots=True)
class Speech:
    """A speaker's level ("chair", "committee" and "council" without their place), the words behind his name
    that may tell the place, and what he says as written."""

    level: str
    tail: str
    words: str


@cache
def content() -> dict[str, Any]:
    """What assigners.toml knows."""
    return tomllib.loads((files("pipeline.classes") / "assigners.toml").read_text(encoding="utf-8"))


@cache
def _speakers() -> tuple[tuple[str, re.Pattern[str]], ...]:
    rows = content()["speaker"]
    return tuple((row["level"], re.compile(rf"(?<!\w)(?:{row['pattern']})(?!\w)")) for row in rows)


@cache
def _speech(name: str) -> re.Pattern[str]:
    return re.compile(content()["speech"][name])


def speakers_in(key: str) -> Iterator[tuple[str, int, int]]:
    """Level and place of each speaker that folded words name, in order; of two at one the first listed."""
    taken: list[tuple[str, int, int]] = []
    for level, pattern in _speakers():
        for match in pattern.finditer(key):
            if not any(start < match.end() and match.start() < end for _, start, end in taken):
                taken.append((level, match.start(), match.end()))
    return iter(sorted(taken, key=lambda one: one[1]))


def speeches(sentences: Sequence[str], *, passing: bool) -> tuple[Speech, ...]:
    """Who speaks, in order. `passing`: an office writes, that may pass on whose will it is ("Văn phòng …
    truyền đạt ý kiến của Chủ tịch …")."""
    found: list[Speech] = []
    for sentence in sentences:
        words = nfc(sentence)
        key = fold(words)
        for level, start, end in islice(speakers_in(key), _MOST):
            verb = _verb(key, match_key(words), start, end)
            passed = passing and _passed_on(key, start)
            if verb or passed:
                said = words[start : verb or end] if len(words) == len(key) else key[start : verb or end]
                found.append(Speech(level, key[end : end + _TAIL], said))
    return tuple(found)


def _verb(key: str, accented: str, start: int, end: int) -> int:
    """Where what the speaker does ends; 0 where he is only spoken of."""
    if _speech("spoken_of").search(accented[max(0, start - _BEFORE) : start]):
        return 0
    behind = re.split(r"[.;:]", key[end : end + _REACH], maxsplit=1)[0]
    match = re.search(rf"\b(?:{content()['speech']['verbs']})(?!\w)", behind)
    if match is None:
        return 0
    gap = accented[end : end + match.start()]
    if _speech("other").search(gap) or _speech("earlier").search(gap):
        return 0
    if _speech("cited").match(accented, end + match.end()):
        return 0
    return end + match.end()


def _passed_on(key: str, start: int) -> bool:
    before = key[max(0, start - _BEFORE) : start]
    return re.search(rf"(?:{content()['speech']['passed_on']})$", before) is not None


def concluder(subject: str) -> Speech | None:
    """Whose conclusion a notice conveys, by its subject ("Kết luận của Phó Chủ tịch … tại cuộc họp …")."""
    words = nfc(subject)
    key = fold(words)
    match = _speech("concluded").search(key)
    if match is None:
        return None
    for level, start, end in speakers_in(key):
        if match.end() <= start <= match.end() + _REACH and not re.search(
            r"\btai\b", key[match.end() : start]
        ):
            said = words if len(words) == len(key) else key
            return Speech(level, key[end : end + _TAIL], said[match.start() : end])
    return None


def scope_of(words: str, day: dt.date | None) -> str:
    """Of what sort the place is that folded words name first: "province", "local", "city" (without its
    name, so that it may be either), or ""."""
    places = content()["places"]
    found = [(m.start(), m.end(), kind) for kind in places if (m := re.search(places[kind], words))]
    if not found:
        return ""
    _, end, kind = min(found)
    return _city(words[end:], day) if kind == "city" else kind


def _city(name: str, day: dt.date | None) -> str:
    name = re.sub(r"^[\W_]+", "", name)
    for city in content()["city"]:
        if name.startswith(city["name"]):
            central = "since" not in city or (day is not None and day >= city["since"])
            return "province" if central else "local"
    return "local" if re.match(r"(?!(?:co|yeu|giao|chi|de|da|ket|thong|dong)\b)[a-z]", name) else "city"
