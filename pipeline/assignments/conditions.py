"""The words under which a task holds ("nếu vượt thẩm quyền", "khi có yêu cầu"): text in, places out."""

from __future__ import annotations

import re
import tomllib
from functools import cache
from importlib.resources import files

from pipeline.text import match_key
from pipeline.types import Span

_REACH = 240  # characters of a condition


@cache
def _table() -> dict[str, str]:
    text = (files("pipeline.assignments") / "conditions.toml").read_text(encoding="utf-8")
    given = tomllib.loads(text) | {"stop": r"[.;:)\]\n]|,\s*"}
    given["openings"] = "|".join(given["openings"])
    given["stop"] = f"{given['stop']}|{given['act']}"
    return {name: match_key(pattern) for name, pattern in given.items()}


@cache
def _pattern(name: str) -> re.Pattern[str]:
    return re.compile(_table()[name])


@cache
def _opening() -> re.Pattern[str]:
    """A whole condition (group "closed"), or what opens one."""
    return re.compile(rf"(?<!\w)(?:(?P<closed>(?:{_table()['closed']})(?!\w))|(?:{_table()['openings']}))")


def find_conditions(text: str) -> tuple[Span, ...]:
    """The conditions that a text states, in order; each ends before the act that hangs on it."""
    key = match_key(text)
    found: list[Span] = []
    at = 0
    while opening := _opening().search(key, at):
        start, at = opening.span()
        if _pattern("bare").match(key, start):
            continue
        closed = opening["closed"]
        if closed is None:
            end = _end(key, start, at)
        elif _pattern("needs").match(closed) or not closed.startswith(("có", "gặp", "còn", "phát", "nảy")):
            end = at
        else:
            continue
        found.append(Span(start, end))
        at = max(at, end)
    return tuple(found)


def _end(key: str, start: int, at: int) -> int:
    """Where a condition ends: at the comma before an act, where an act begins, at the sentence's end."""
    limit = min(len(key), start + _REACH)
    for stop in _pattern("stop").finditer(key, at, limit):
        mark = stop.group()
        if mark == "." and stop.end() < len(key) and not key[stop.end()].isspace():
            continue  # "1.200 tấn"
        if not mark.startswith(",") or not _pattern("goes_on").match(key, stop.end()):
            return _trimmed(key, at, stop.start())
    return _trimmed(key, at, limit if limit == len(key) else key.rfind(" ", at, limit))


def _trimmed(key: str, at: int, end: int) -> int:
    """The end without what closes nothing; never before `at`."""
    while end > at and (key[end - 1].isspace() or key[end - 1] in ',(“"'):
        end -= 1
    return max(at, end)
