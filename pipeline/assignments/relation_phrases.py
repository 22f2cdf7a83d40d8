"""The acts and phrases of relations.toml, compiled once; patterns run over `text.match_key`."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

from pipeline.text import match_key
from pipeline.types import RelationKind


@dataclass(frozen=True, slots=True)
class Act:
    """What may be done to an earlier document; `reach` are the characters within which it must be named,
    `weak` says that the verb orders too."""

    kind: RelationKind
    rule: str
    pattern: str
    reach: int
    weak: bool


@cache
def _table() -> dict[str, Any]:
    text = (files("pipeline.assignments") / "relations.toml").read_text(encoding="utf-8")
    return tomllib.loads(text)


@cache
def acts() -> tuple[Act, ...]:
    """The acts in the order in which they are tried."""
    return tuple(
        Act(
            RelationKind(row["kind"]),
            row["rule"],
            match_key(row["pattern"]),
            row["reach"],
            row.get("weak", False),
        )
        for row in _table()["act"]
    )


@cache
def phrase(name: str) -> re.Pattern[str]:
    """A pattern of [phrases]."""
    return re.compile(match_key(_table()["phrases"][name]))


@cache
def any_act() -> re.Pattern[str]:
    """Any act, each a group by its place in `acts()` ("a0", "a1" …)."""
    groups = (rf"(?P<a{number}>{act.pattern})" for number, act in enumerate(acts()))
    return re.compile(rf"(?:{'|'.join(groups)})(?!\w)")


def act_of(match: re.Match[str]) -> Act:
    """The act that a match of `any_act` (or of a pattern that holds it) found."""
    return next(act for number, act in enumerate(acts()) if match[f"a{number}"] is not None)
