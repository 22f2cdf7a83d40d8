"""What the path says of a document in Vietnamese in, the same in English out (english.toml): how a deadline
was read, where a value stands. What it quotes of the document stays as it is.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Sequence
from functools import cache
from importlib.resources import files
from typing import Any

from pipeline.text import match_key

_VIETNAMESE = re.compile(r"[^\x00-\x7F→]")


@cache
def _table() -> dict[str, Any]:
    return tomllib.loads(files("pipeline").joinpath("english.toml").read_text(encoding="utf-8"))


@cache
def _quoting() -> Sequence[tuple[re.Pattern[str], str]]:
    return [(re.compile(row["reading"]), row["english"]) for row in _table()["quoting"]]


@cache
def _words() -> Sequence[tuple[re.Pattern[str], str]]:
    return [(re.compile(vietnamese), english) for vietnamese, english in _table()["table"]["words"]]


@cache
def _steps() -> Sequence[tuple[str, str]]:
    return [(match_key(vietnamese), english) for vietnamese, english in _table()["table"]["steps"]]


def reading_in_english(words: str) -> str | None:
    """How a deadline was read ("hằng tháng, ngày 25 → …" → "monthly, on day 25 → …"); None for what no rule
    of the path has said."""
    for pattern, english in _quoting():
        found = pattern.fullmatch(words)
        if found:
            parts = found.groupdict()
            said = _plain(parts["said"]) if "said" in parts else ""
            return None if said is None else english.format(**parts | {"said": said})
    return _plain(words)


def path_in_english(path: str) -> str:
    """Where something stands ("Điều 2 › khoản 1" → "Article 2 › clause 1"); labels stay."""
    return " › ".join(_step(step) for step in path.split(" › "))


def _plain(words: str) -> str | None:
    for pattern, english in _words():
        words = pattern.sub(english, words)
    return None if _VIETNAMESE.search(words) else words


def _step(step: str) -> str:
    key = match_key(step)
    for vietnamese, english in _steps():
        if key == vietnamese or key.startswith(f"{vietnamese} "):
            said = english + step[len(vietnamese) :]
            return said[:1].upper() + said[1:] if step[:1].isupper() else said
    return step
