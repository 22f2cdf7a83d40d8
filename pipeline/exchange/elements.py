"""Elements of a package found by their names in whatever namespace: several are in use."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from typing import Any

from pipeline.text import nfc

_DATE = re.compile(r"\s*(\d{4})[-/](\d{1,2})[-/](\d{1,2})|\s*(\d{1,2})[-/](\d{1,2})[-/](\d{4})")
_APART = frozenset({"ResponseFor", "ReplacementInfo"})
"""What speaks of other documents in the words of its own: never looked into for those."""


def name_of(element: Any) -> str:
    """An element's name without its namespace or prefix, "Bussiness" however it is spelt."""
    if not isinstance(element.tag, str):  # a comment, an instruction
        return ""
    name: str = element.tag.rpartition("}")[2].rpartition(":")[2]
    return re.sub(r"^Business", "Bussiness", name)


def each(parent: Any, name: str) -> list[Any]:
    """All elements below `parent` with this name."""
    return [] if parent is None else [one for one in parent.iter() if name_of(one) == name]


def first(parent: Any, name: str) -> Any:
    """The nearest such element, or None: a child first, then one deeper down that speaks of this document."""
    if parent is None:
        return None
    child = next((one for one in parent if name_of(one) == name), None)
    return child if child is not None else next((one for one in _below(parent) if name_of(one) == name), None)


def text(parent: Any, name: str) -> str:
    """What the nearest such element says, trimmed; empty without one."""
    return said(first(parent, name))


def said(element: Any) -> str:
    """An element's own words, trimmed."""
    return "" if element is None else nfc("".join(element.itertext())).strip()


def date(written: str) -> dt.date | None:
    """A day as it is written: yyyy/MM/dd, with strokes or hyphens, or day first as some senders do."""
    match = _DATE.match(written)
    if match is None:
        return None
    parts = [int(part) for part in match.groups() if part]
    year, month, day = parts if match.group(1) else reversed(parts)
    try:
        return dt.date(year, month, day)
    except ValueError:
        return None


def _below(parent: Any) -> Iterator[Any]:
    todo = list(parent)[::-1]
    while todo:
        one = todo.pop()
        if name_of(one) not in _APART:
            yield one
            todo += list(one)[::-1]
