"""A header and the words of the head in, how urgent the document is out (urgency.toml)."""

from __future__ import annotations

import re
import tomllib
from functools import cache
from importlib.resources import files

from pipeline.text import fold
from pipeline.types import DocumentType, Header, Urgency

_ORDER = list(Urgency)
_REACH = 3000  # characters of a head


@cache
def _said() -> tuple[tuple[Urgency, re.Pattern[str]], ...]:
    text = (files("pipeline.classes") / "urgency.toml").read_text(encoding="utf-8")
    rows = tomllib.loads(text)["said"]
    return tuple((Urgency(row["urgency"]), re.compile(row["pattern"], re.MULTILINE)) for row in rows)


def urgency_of(header: Header, head: str) -> Urgency:
    """The strongest of the mark, the head's words, and the kind: a công điện is an urgent telegram."""
    key = fold(head[:_REACH])
    spoken = next((urgency for urgency, pattern in _said() if pattern.search(key)), Urgency.NORMAL)
    kind = Urgency.KHAN if header.type is DocumentType.CONG_DIEN else Urgency.NORMAL
    return max(header.urgency, spoken, kind, key=_ORDER.index)
