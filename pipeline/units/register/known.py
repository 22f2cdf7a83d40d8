"""Every registered name in a text, by one pass of an Aho-Corasick automaton: a text in, names with spans out.

The automaton holds the names of some 15,000 bodies, kinds of body, provinces, districts and communes;
building it takes a tenth of a second, once. Longest names first, none inside another, whole words only.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import Any

import ahocorasick

from pipeline.text import match_key
from pipeline.types import Span
from pipeline.units.lexicon import rows
from pipeline.units.register.keys import compact, words
from pipeline.units.register.places import (
    Territory,
    by_name,
    place_key,
    province_keys,
    provinces,
    territories,
)
from pipeline.units.register.stems import stem
from pipeline.units.register.units import Unit, listed

_CITY = ("thành phố", "tp.", "tp")
_SHORT = 8  # letters of a short form at most


@dataclass(frozen=True, slots=True)
class Known:
    """A registered name at `span`: a body or kind of body (`unit`), a province's id, or the districts or
    communes that bear the name (`places`)."""

    span: Span
    unit: Unit | None = None
    province: str = ""
    places: tuple[Territory, ...] = ()


def find_known(text: str) -> tuple[Known, ...]:
    """All registered names in `text`, left to right, in time linear in its length."""
    key = match_key(text)
    found: list[Known] = []
    end = 0
    for start, stop, name in _longest(key):
        if start >= end and _whole(key, start, stop) and _as_written(text, name, start, stop):
            end = stop
            found.append(_known(name, start, stop))
    return tuple(found)


def long_names(key: str) -> dict[int, int]:
    """Where names of bodies that are no short forms begin in a text's matching key, and where they end."""
    found: dict[int, int] = {}
    for last, (size, name) in automaton().iter(key):
        start = last + 1 - size
        if size > _SHORT and name[0] == "unit" and _whole(key, start, last + 1):
            found[start] = last + 1  # of those that begin here the longest comes last
    return found


def _longest(key: str) -> list[tuple[int, int, Any]]:
    hits = [(last + 1 - size, last + 1, name) for last, (size, name) in automaton().iter(key)]
    return sorted(hits, key=lambda hit: (hit[0], -hit[1]))


def _whole(key: str, start: int, stop: int) -> bool:
    before, after = key[start - 1 : start], key[stop : stop + 1]
    return not (before.isalnum() or before == "_" or after.isalnum() or after == "_")


def _as_written(text: str, name: tuple[str, Any], start: int, stop: int) -> bool:
    """Places and short forms need their capitals: "hòa bình" is peace, "cp" no Government."""
    if name[0] == "unit":
        short = stop - start <= _SHORT and " " not in text[start:stop]
        return not short or sum(c.isupper() for c in text[start:stop]) >= 2
    parts = text[start:stop].split()
    return parts[-1][0].isupper() or parts[-1][0].isdigit()


def _known(name: tuple[str, Any], start: int, stop: int) -> Known:
    kind, value = name
    span = Span(start, stop)
    match kind:
        case "unit":
            return Known(span, unit=value)
        case "province":
            return Known(span, province=value)
        case _:
            return Known(span, places=by_name()[value])


@cache
def automaton() -> Any:
    """The automaton of all names, by their matching keys."""
    machine = ahocorasick.Automaton()
    for name, value in _names().items():
        machine.add_word(name, (len(name), value))
    machine.make_automaton()
    return machine


def _names() -> dict[str, tuple[str, Any]]:
    found: dict[str, tuple[str, Any]] = {}
    for one in territories():
        found[one.name.lower()] = ("place", place_key(one.name))
    for name, _lists, *_rest in rows("provinces.tsv"):
        province = province_keys().get(compact(words(name)))
        if province:
            city = provinces()[province].kind in ("city", "both")
            said = (name, f"tỉnh {name}", *(f"{word} {name}" for word in _CITY if city))
            found |= {match_key(one): ("province", province) for one in said}
    for unit in listed():
        for name in (unit.name, *unit.aliases):
            found.setdefault(match_key(stem(name, unit.scope)[0]), ("unit", unit))
    return found
