"""Units put together from a kind and where it belongs, and what became of them: ids in, units out."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from dataclasses import replace

from pipeline.units.register.context import Issuer
from pipeline.units.register.places import Province, Territory, by_id, provinces
from pipeline.units.register.scopes import commune_of, district_of, province_of, tail_of
from pipeline.units.register.stems import stem
from pipeline.units.register.units import Unit

_MAX_STEPS = 6  # successors of successors


def unit(units: Mapping[str, Unit], key: str) -> Unit | None:
    """The unit of an id such as "so-tai-chinh:hung-yen" or "hung-yen/xa-luong-bang"; None without one."""
    kind_id, colon, where = key.partition(":")
    if not colon:
        return _land(key)
    kind = units.get(kind_id)
    if kind is None or not kind.scope:
        return None
    if kind.scope in ("ministry", "department"):
        owner = units.get(where) or (unit(units, where) if kind.scope == "department" else None)
        return None if owner is None or owner.scope else replace(
            kind, id=key, name=_joined(kind, owner.name), aliases=(), scope="", parent=owner.id
        )  # fmt: skip
    land = _land(where)
    if land is None or land.level != kind.scope:
        return None
    return _at(kind, land, key)


def _at(kind: Unit, land: Unit, key: str) -> Unit:
    """A kind at its place: it lived while both did."""
    since = max((day for day in (kind.valid_from, land.valid_from) if day), default=None)
    until = min((day for day in (kind.valid_to, land.valid_to) if day), default=None)
    source = (
        kind.source
        if kind.source and (since or until) in (None, kind.valid_from, kind.valid_to)
        else land.source
    )
    parent = f"{kind.parent}:{land.id}" if kind.parent and kind.scope == "province" else kind.parent
    return replace(
        kind,
        id=key,
        name=_joined(kind, _with_level(land)),
        aliases=(),
        scope="",
        parent=parent,
        valid_from=since,
        valid_to=until,
        successors=tuple(_next(kind, land)),
        source=source,
    )


def _next(kind: Unit, land: Unit) -> Iterator[str]:
    for successor in kind.successors or ((kind.id,) if land.successors else ()):
        for where in land.successors or (land.id,):
            yield f"{successor}:{where}"


def _joined(kind: Unit, owner: str) -> str:
    base, _ = stem(kind.name, kind.scope)
    return f"{base} {owner}"


def _with_level(land: Unit) -> str:
    level, _, rest = land.name.partition(" ")
    return f"{level.lower()} {rest}"


def _land(key: str) -> Unit | None:
    province = provinces().get(key)
    if province is not None:
        return province_unit(province)
    found = by_id(key) if "/" in key else None
    return territory_unit(found) if found else None


def province_unit(one: Province) -> Unit:
    """A province as a unit."""
    return Unit(
        id=one.id,
        name=one.full_name,
        aliases=(one.name,),
        level="province",
        valid_from=one.valid_from,
        valid_to=one.valid_to,
        successors=one.successors,
        source=one.source,
    )


def territory_unit(one: Territory) -> Unit:
    """A district or commune as a unit."""
    parent = one.province if one.is_district or one.today else one.id.rpartition("/")[0]
    return Unit(
        id=one.id,
        name=one.name,
        level="district" if one.is_district else "commune",
        parent=parent,
        valid_from=one.valid_from,
        valid_to=one.valid_to,
        successors=tuple(after.id for after in one.successors),
        source=one.source,
    )


def territory(parts: tuple[str, ...], whose: Issuer, day: dt.date | None) -> Unit | None:
    """The province, district or commune that a name as a whole says with its level ("Thành phố Hà Nội")."""
    tail = tail_of(parts)
    if tail is None or not tail.entries or not all(level and name for level, name in tail.entries[:1]):
        return None
    province = province_of(tail, whose, day)
    if province:
        return province_unit(provinces()[province])
    found = district_of(tail, whose, day) or commune_of(tail, whose, day)
    return territory_unit(found) if found else None


def today(units: Mapping[str, Unit], gone: Unit) -> tuple[Unit, ...]:
    """The units that do a gone unit's work today, through all changes; () for one that is not gone."""
    found: dict[str, Unit] = {}
    waiting = [(key, 1) for key in gone.successors]
    while waiting:
        key, steps = waiting.pop(0)
        one = units.get(key) or unit(units, key)
        if one is None or key in found or steps > _MAX_STEPS:
            continue
        if one.successors:
            waiting += [(further, steps + 1) for further in one.successors]
        else:
            found[key] = one
    return tuple(found.values())


def final(units: Mapping[str, Unit], one: Unit) -> tuple[str, ...]:
    """The ids of who does a unit's work today, its own if it still exists."""
    return tuple(other.id for other in today(units, one)) or (one.id,)
