"""Where a unit belongs: words after a body's name and the issuer in, province, district or commune out.

"Công an | tỉnh", "UBND | xã Lương Bằng, huyện Kim Động", "Bưu điện | Hưng Yên". What is not told apart stays
unknown: a commune without a province that it can be looked for in, a district that the name leaves open.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from pipeline.units.register.context import Issuer, fits, one_of
from pipeline.units.register.keys import compact
from pipeline.units.register.places import Territory, by_name, province_keys, provinces

_DISTRICT = ("huyện", "quận", "thị xã", "thành phố")
_COMMUNE = ("xã", "phường", "thị trấn", "đặc khu")
_LEVELS = tuple(tuple(level.split()) for level in (*_DISTRICT, *_COMMUNE, "tỉnh"))
_MANY = frozenset(("các", "cấp", "những", "mọi", "mỗi", "từng"))
_CLOSING = (("trên", "địa", "bàn"), ("trực", "thuộc"))

Entry = tuple[str, str]
"""A level's word ("" for a bare name) and a place's compact name ("" for none)."""


@dataclass(frozen=True, slots=True)
class Tail:
    """The places that the words after a body's name say, innermost first."""

    entries: tuple[Entry, ...]

    @property
    def level(self) -> str:
        """The innermost level's word; "" if only a name stands there, or nothing."""
        return self.entries[0][0] if self.entries else ""


def tail_of(parts: tuple[str, ...]) -> Tail | None:
    """The places that `parts` say; None for words that say none, or more than one of a kind ("các xã")."""
    if not _MANY.isdisjoint(parts):
        return None
    for closing in _CLOSING:
        at = next((i for i in range(len(parts)) if parts[i : i + len(closing)] == closing), len(parts))
        parts = parts[:at]
    if parts[:1] == ("của",):
        parts = parts[1:]
    entries: list[Entry] = []
    at = 0
    while at < len(parts):
        level = next((words for words in _LEVELS if parts[at : at + len(words)] == words), ())
        at += len(level)
        start = at
        while at < len(parts) and not (at > start and _opens(parts, at)):
            at += 1
        entries.append((" ".join(level), compact(parts[start:at])))
    return Tail(tuple(entries))


def _opens(parts: tuple[str, ...], at: int) -> bool:
    return any(parts[at : at + len(words)] == words for words in _LEVELS)


def province_of(tail: Tail, issuer: Issuer, day: dt.date | None) -> str | None:
    """The province that a tail means ("" where the issuer's is not known); None if it means no province."""
    if not tail.entries:
        return issuer.province
    if len(tail.entries) > 1:
        return None
    level, name = tail.entries[0]
    if not name:
        return _issuers(level, issuer)
    found = province_keys().get(name)
    if found is None or level not in ("", "tỉnh", "thành phố"):
        return None
    city = provinces()[found].kind
    return None if (level == "thành phố" and not city) or (level == "tỉnh" and city == "city") else found


def _issuers(level: str, issuer: Issuer) -> str | None:
    """The issuer's province as "tỉnh" or "thành phố"; a city may also be a district of a province."""
    if level not in ("tỉnh", "thành phố"):
        return None
    if level == "tỉnh" or not issuer.province:
        return issuer.province if level == "tỉnh" else None
    return issuer.province if provinces()[issuer.province].kind and not issuer.district else None


def district_of(tail: Tail, issuer: Issuer, day: dt.date | None) -> Territory | None:
    """The one district that a tail means, or None."""
    if not tail.entries:
        return issuer.district
    level, name = tail.entries[0]
    if level not in (*_DISTRICT, ""):
        return None
    if not name:
        said = issuer.district.name.lower() if issuer.district else ""
        return issuer.district if said.startswith(f"{level} ") else None
    keys = [compact(tuple((level or word).split())) + name for word in ((level,) if level else _DISTRICT)]
    found = [one for key in keys for one in by_name().get(key, ()) if one.is_district and fits(one, day)]
    return _told_apart(found, tail.entries[1:], issuer, day)


def commune_of(tail: Tail, issuer: Issuer, day: dt.date | None) -> Territory | None:
    """The one commune that a tail means, or None; without a province it may be anywhere."""
    if not tail.entries:
        return issuer.commune
    level, name = tail.entries[0]
    if level not in _COMMUNE:
        return None
    if not name:
        said = issuer.commune.name.lower() if issuer.commune else ""
        return issuer.commune if said.startswith(f"{level} ") else None
    key = compact(tuple(level.split())) + name
    found = [one for one in by_name().get(key, ()) if not one.is_district and fits(one, day)]
    return _told_apart(found, tail.entries[1:], issuer, day, commune=True)


def _told_apart(
    found: list[Territory],
    outer: tuple[Entry, ...],
    issuer: Issuer,
    day: dt.date | None,
    *,
    commune: bool = False,
) -> Territory | None:
    """The one that lies where the further places, or the issuer, say."""
    province, district = "", issuer.district.name if issuer.district else ""
    for level, name in outer:
        province = province_keys().get(name, province) if level in ("", "tỉnh", "thành phố") else province
        inside = [
            one for key in by_name().get(compact(tuple(level.split())) + name, ()) if (one := key).is_district
        ]
        district = inside[0].name if inside else district
    province = province or issuer.province
    if province:
        found = [one for one in found if one.province == province]
    elif commune:
        return None
    narrowed = [one for one in found if one.district == district] if commune and district else []
    return one_of(tuple(narrowed or found))
