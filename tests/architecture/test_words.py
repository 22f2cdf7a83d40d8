"""Word lists name a thing once: a double entry is a slip, and hides what somebody else meant by it."""

from __future__ import annotations

import tomllib
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest

from pipeline.text import match_key
from pipeline.units.lexicon import listed_names

ROOT = Path(__file__).resolve().parents[2]
RULES = sorted((ROOT / "pipeline").rglob("*.toml"))
LINES = sorted((ROOT / "pipeline").rglob("*.txt"))


def _lists(value: object, name: str = "") -> Iterator[tuple[str, list[str]]]:
    """The lists of strings in a rule file, with where they stand."""
    if isinstance(value, dict):
        for key, inner in value.items():
            yield from _lists(inner, f"{name}.{key}")
    elif isinstance(value, list):
        if all(isinstance(one, str) for one in value):
            yield name, value
        for place, one in enumerate(value):
            if not isinstance(one, str):
                yield from _lists(one, f"{name}[{place}]")


def _doubles(words: Iterator[str] | list[str]) -> list[str]:
    return [word for word, times in Counter(words).items() if times > 1]


@pytest.mark.parametrize("path", RULES, ids=lambda path: path.name)
def test_a_rule_file_s_list_holds_nothing_twice(path: Path) -> None:
    found = tomllib.loads(path.read_text(encoding="utf-8"))
    assert {name: twice for name, words in _lists(found) if (twice := _doubles(words))} == {}


@pytest.mark.parametrize("path", LINES, ids=lambda path: path.name)
def test_a_list_of_lines_holds_nothing_twice(path: Path) -> None:
    for section in path.read_text(encoding="utf-8").split("\n== "):
        assert (
            _doubles([line for line in section.splitlines() if line.strip() and not line.startswith("#")])
            == []
        )


def test_no_class_lists_a_name_twice_in_one_spelling() -> None:
    assert _doubles([f"{kind}: {match_key(name)}" for kind, name in listed_names()]) == []
