"""The patterns of columns.toml, compiled once; they run over `text.match_key`."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

from pipeline.text import fold, match_key


@dataclass(frozen=True, slots=True)
class ColumnRule:
    """A head's pattern and what its column holds; `weak` when the head alone does not tell, `one_cell` when
    it is no pattern for the cells of several head rows together."""

    name: str
    pattern: re.Pattern[str]
    weak: bool
    one_cell: bool


@cache
def _table() -> dict[str, Any]:
    return tomllib.loads((files("pipeline.assignments") / "columns.toml").read_text(encoding="utf-8"))


@cache
def column_rules() -> tuple[ColumnRule, ...]:
    """The rules of heads, the surest first."""
    return tuple(
        ColumnRule(
            c["name"], re.compile(match_key(c["pattern"])), c.get("weak", False), c.get("one_cell", False)
        )
        for c in _table()["column"]
    )


@cache
def table_pattern(name: str) -> re.Pattern[str]:
    """A pattern for cells or lists ("same", "blank", "people" …)."""
    return re.compile(match_key(_table()["cells"][name]))


@cache
def plain_heads() -> tuple[tuple[str, str], ...]:
    """What columns hold, and common heads without accents and spaces, to compare misread heads with."""
    return tuple((name, plain(head)) for name, heads in _table()["misread"].items() for head in heads)


def plain(words: str) -> str:
    """Words without accents and spaces."""
    return "".join(fold(words).split())
