"""Searching the register: words as typed, with or without accents, in; units, the likeliest first, out."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache

from pipeline.text import fold
from pipeline.units.register.compose import province_unit, territory_unit
from pipeline.units.register.context import issuer_of
from pipeline.units.register.keys import words
from pipeline.units.register.places import Territory, provinces, territories
from pipeline.units.register.register import Register
from pipeline.units.register.units import Unit

LEAST = 0.6
"""Least similarity (letters in common, accents left out) of what is shown."""
_WITHIN = 0.3  # how much more a name counts that holds all the words
_STRONG = 0.75  # where anything is so like, what is less is left out
_POOL = 400  # names looked at closely


@dataclass(frozen=True, slots=True)
class Hit:
    """A unit found: the registered name that was met, and how like it the words are, 0 to 1."""

    unit: Unit
    matched: str
    similarity: float


@dataclass(frozen=True, slots=True)
class _Named:
    """A name to search in; a kind with its province if the issuer's is known."""

    name: str
    plain: str
    unit: Unit | None = None
    place: Territory | None = None


def search(
    text: str, register: Register, issuer: str = "", on_date: dt.date | None = None, limit: int = 20
) -> list[Hit]:
    """At most `limit` units whose names are like `text`; those of the issuer's province, and those that
    existed on the day, first. Kinds of unit are those of the issuer's province, if that is known."""
    plain = _plain(text)
    if not plain:
        return []
    whose = issuer_of(issuer, day=on_date)
    found: dict[str, tuple[tuple[float, ...], Hit]] = {}
    for score, similarity, named in _likest(plain, _names(register)):
        unit = _unit(named, register, whose.province)
        if unit is None:
            continue
        gone = float(unit.valid_on(on_date) is False or (on_date is None and bool(unit.successors)))
        elsewhere = float(bool(whose.province and named.place and named.place.province != whose.province))
        rank = (-round(score, 2), gone + elsewhere, float(len(named.plain)))
        if unit.id not in found or rank < found[unit.id][0]:
            found[unit.id] = (rank, Hit(unit, named.name, similarity))
    meant = register.resolve(text, issuer, on_date)
    if meant and not meant.flags:
        found[meant.unit.id] = ((-2.0, 0.0, 0.0), Hit(meant.unit, meant.matched, 1.0))
    ranked = sorted(found.values(), key=lambda one: (one[0], one[1].unit.id))
    strong = [hit for rank, hit in ranked if -rank[0] >= _STRONG]
    return (strong or [hit for _, hit in ranked])[:limit]


def _likest(plain: str, names: tuple[_Named, ...]) -> Iterator[tuple[float, float, _Named]]:
    """Score and similarity of the names that are likest."""
    from rapidfuzz import fuzz, process

    said = set(plain.split())
    within = [place for place, named in enumerate(names) if said <= set(named.plain.split())]
    close = process.extract(
        plain, [named.plain for named in names], scorer=fuzz.ratio, score_cutoff=100 * LEAST, limit=_POOL
    )
    for place in dict.fromkeys([*within, *(place for _, _, place in close)]):
        similarity = fuzz.ratio(plain, names[place].plain) / 100
        score = similarity + (_WITHIN if said <= set(names[place].plain.split()) else 0)
        yield score, round(similarity, 2), names[place]


def _unit(named: _Named, register: Register, province: str) -> Unit | None:
    if named.place is not None:
        return territory_unit(named.place)
    unit = named.unit
    if unit is not None and unit.scope == "province" and province:
        return register.unit(f"{unit.id}:{province}")
    return unit


def _plain(text: str) -> str:
    return fold(" ".join(words(text)))


def _names(register: Register) -> tuple[_Named, ...]:
    return (*_of_units(register.own), *_of_units(register.units.values()), *_of_places())


def _of_units(units: Iterable[Unit]) -> Iterator[_Named]:
    for unit in units:
        for name in (unit.name, *unit.aliases):
            yield _Named(name, _plain(name), unit)


@cache
def _of_places() -> tuple[_Named, ...]:
    lands = [_Named(one.full_name, _plain(one.full_name), province_unit(one)) for one in provinces().values()]
    return (*lands, *(_Named(one.name, fold(one.name), None, one) for one in territories()))
