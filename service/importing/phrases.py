"""The words of headings.toml, ready to be compared."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files

from pipeline.text import fold


@dataclass(frozen=True, slots=True)
class Phrases:
    """Phrases by what they mean, folded; similarities of 100 that a heading needs."""

    least: float
    holds: float
    columns: Mapping[str, tuple[str, ...]]
    states: Mapping[str, tuple[str, ...]]
    words: Mapping[str, tuple[str, ...]]
    begin: tuple[str, ...]


@cache
def phrases() -> Phrases:
    """All of them."""
    found = tomllib.loads(files(__package__).joinpath("headings.toml").read_text(encoding="utf-8"))
    return Phrases(
        least=found["least"],
        holds=found["holds"],
        columns=_folded(found["columns"]),
        states=_folded(found["states"]),
        words=_folded(found["words"]),
        begin=tuple(found["units"]["begin"]),
    )


@lru_cache(maxsize=4096)  # a book says the same over and over
def plain(text: str) -> str:
    """A text's words without diacritics, capitals and punctuation."""
    return " ".join(re.findall(r"[a-z0-9]+", fold(text)))


def holds(text: str, phrase: str) -> bool:
    """Whether a folded text holds a folded phrase as whole words."""
    return f" {phrase} " in f" {text} "


def _folded(table: Mapping[str, list[str]]) -> dict[str, tuple[str, ...]]:
    return {name: tuple(plain(one) for one in said) for name, said in table.items()}
