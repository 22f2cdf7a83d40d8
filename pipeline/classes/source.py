"""A header and the sentences before the first task in, what sort of document assigns out (sources.toml)."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

from pipeline.text import fold
from pipeline.types import Header


@dataclass(frozen=True, slots=True)
class _Row:
    key: str
    types: frozenset[str]
    number: re.Pattern[str] | None
    subject: re.Pattern[str] | None
    said: re.Pattern[str] | None
    unnumbered: bool


@cache
def _rows() -> tuple[_Row, ...]:
    text = (files("pipeline.classes") / "sources.toml").read_text(encoding="utf-8")
    return tuple(
        _Row(
            row["key"],
            frozenset(row.get("types", ())),
            _pattern(row, "number"),
            _pattern(row, "subject"),
            _pattern(row, "said"),
            row.get("unnumbered", False),
        )
        for row in tomllib.loads(text)["source"]
    )


def _pattern(row: dict[str, Any], name: str) -> re.Pattern[str] | None:
    return re.compile(row[name]) if name in row else None


def source_of(header: Header, opening: Sequence[str] = ()) -> str:
    """A key of `TASK_SOURCES` (pipeline/labels.py); "other" where the document is none of these."""
    number = fold(header.number.text) if header.number else ""
    subject = " ".join(fold(header.subject.text).split()) if header.subject else ""
    kind = header.type.value if header.type else "none"
    said = [fold(words) for words in opening]
    for row in _rows():
        if row.types and kind not in row.types:
            continue
        if row.unnumbered and number:
            continue
        if row.number and not row.number.search(number):
            continue
        if row.subject and not row.subject.search(subject):
            continue
        if row.said and not any(row.said.search(words) for words in said):
            continue
        return row.key
    return "other"
