"""The number or bullet that opens an item: text in, marker class and label out (rules: markers.toml)."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from pipeline.types import BlockKind

_CAPITAL = "[A-ZÀÁẢÃẠĂẰẮẲẴẶÂẦẤẨẪẬĐÈÉẺẼẸÊỀẾỂỄỆÌÍỈĨỊÒÓỎÕỌÔỒỐỔỖỘƠỜỚỞỠỢÙÚỦŨỤƯỪỨỬỮỰỲÝỶỸỴ]"


@dataclass(frozen=True, slots=True)
class Marker:
    """`name` is the marker's class, `label` the words as printed, `end` where the item's text starts.

    `rank` orders structural markers; None for those that nest by first appearance.
    """

    name: str
    kind: BlockKind
    label: str
    end: int
    rank: int | None = None


@cache
def _rules() -> tuple[tuple[str, BlockKind, int | None, re.Pattern[str]], ...]:
    table = tomllib.loads((files("pipeline.structure") / "markers.toml").read_text(encoding="utf-8"))
    return tuple(
        (
            rule["name"],
            BlockKind(rule["kind"]),
            rule.get("rank"),
            re.compile(rule["pattern"].replace(r"\p", _CAPITAL)),
        )
        for rule in table["marker"]
    )


def find_marker(text: str) -> Marker | None:
    """The marker at the start of a paragraph's text, or None; a decimal's class counts its levels."""
    for name, kind, rank, pattern in _rules():
        match = pattern.match(text)
        if match:
            label = match.group().strip(" _")
            if name == "decimal":
                levels = label.strip(".):/").count(".") + 1
                return Marker(f"decimal{levels}", kind, label, _past_spaces(text, match.end()), rank)
            return Marker(name, kind, label, _past_spaces(text, match.end()), rank)
    return None


def _past_spaces(text: str, at: int) -> int:
    while at < len(text) and text[at] in " \t":
        at += 1
    return at


def ordinal(marker: Marker) -> int | None:
    """The number that a marker's label states ("3." → 3, "c)" → 3), None for bullets and roman labels."""
    digits = re.findall(r"\d+", marker.label)
    if digits:
        return int(digits[-1])
    letters = re.sub(r"[^a-zđ]", "", marker.label)
    if marker.name.startswith("letter") and len(letters) == 1:
        return "abcdđeghiklmnopqrstuvxy".find(letters) + 1 or None
    return None
