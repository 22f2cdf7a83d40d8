"""Groups by their members: "các sở, ban, ngành" of a province on a day in, the units out.

A group stays one name in the record; this says on demand who is meant. None where that cannot be known:
without the province or the day, where only the matter tells ("các đơn vị liên quan"), or on a day on which
each province was changing. Only kinds that every province has are counted: an office may have more.
"""

from __future__ import annotations

import datetime as dt
import tomllib
from collections.abc import Iterable
from functools import cache
from importlib.resources import files
from typing import Any

from pipeline.units.register.context import Issuer, fits, issuer_of
from pipeline.units.register.keys import compact, named, words
from pipeline.units.register.places import provinces, within
from pipeline.units.register.register import Register, builtin
from pipeline.units.register.units import Unit

_DISTRICT = ("thành phố", "thị xã", "huyện", "quận")
_COMMUNE = ("thị trấn", "đặc khu", "phường", "xã")
_LEVEL_OF = {"tỉnh": "province", "huyện": "district", "xã": "commune"}
_Members = tuple[Unit, ...]


def expand(
    name: str, issuer: str = "", on_date: dt.date | None = None, register: Register | None = None
) -> tuple[Unit, ...] | None:
    """The units that a group's name means in a document of `issuer` on a day; None where it cannot be known.

    A group that had no members then (districts since July 2025) is (); a single unit is no group (None).
    """
    if on_date is None:
        return None
    known = register or builtin()
    parts = " ".join(named(name))
    rules = _rules()
    if any(f" {word} " in f" {parts.removesuffix(' trên địa bàn tỉnh')} " for word in rules["vague"]):
        return None
    bare = _stripped(parts, rules["before"])
    group = _Group(known, issuer_of(issuer, day=on_date), on_date)
    found = group.of_each(bare) if " các " in f" {bare} " or " cấp " in f" {bare} " else None
    if found is None:
        found = group.levels(bare) if bare != parts else None
    if found is None:
        found = group.listed(_without_end(bare, rules["after"]))
    return found if found is not None or bare == parts else group.everywhere(bare)


class _Group:
    """The ways in which a group's words may say its members, each None where they do not."""

    def __init__(self, register: Register, issuer: Issuer, day: dt.date) -> None:
        self.register, self.issuer, self.day = register, issuer, day

    def of_each(self, parts: str) -> _Members | None:
        """A body of each place: "UBND các xã, phường", "Công an cấp huyện"."""
        for word in ("các", "cấp"):
            body, found, places = parts.partition(f" {word} ")
            if found and body:
                return self._bodies(body, self._places(places, whole=word == "cấp"))
        return None

    def levels(self, parts: str) -> _Members | None:
        """Places for their People's Committees: "các xã, phường"."""
        return self._bodies("ủy ban nhân dân", self._places(parts, whole=False))

    def listed(self, parts: str) -> _Members | None:
        """Kinds of body: "sở, ban, ngành", "bộ, cơ quan ngang bộ"."""
        table = _rules()["central" if parts.startswith("bộ") else "province"]
        found: dict[str, Unit] = {}
        while parts:
            word = next(
                (w for w in sorted(table, key=len, reverse=True) if f"{parts} ".startswith(f"{w} ")), None
            )
            members = self._members(table[word]) if word is not None else None
            if word is None or members is None:
                return None
            found |= {unit.id: unit for unit in members}
            parts = parts[len(word) :].strip()
        return tuple(found.values()) or None

    def everywhere(self, parts: str) -> _Members | None:
        """One kind of body in all provinces: "các Sở Công Thương"."""
        kinds = [kind for kind in self._kinds(("province",)) if _named_as(kind, parts)]
        lands = [one.id for one in provinces().values() if one.existed_on(self.day)]
        return self._at(kinds[0], lands) if kinds else None

    def _members(self, rule: dict[str, Any]) -> _Members | None:
        central = "ministry" in rule["levels"]
        found = []
        for kind in self._kinds(("",) if central else ("province",)):
            if kind.level not in rule["levels"] or not kind.name.startswith(rule["name"]):
                continue
            valid = kind.valid_on(self.day)
            if valid is None and kind.changed:
                return None
            if valid and kind.everywhere:
                found.append(kind)
        if central:
            return tuple(found)
        if not self.issuer.province:
            return None
        return tuple(unit for kind in found for unit in self._at(kind, [self.issuer.province]))

    def _bodies(self, body: str, places: tuple[str, list[str]] | None) -> _Members | None:
        if places is None:
            return None
        level, lands = places
        kinds = [kind for kind in self._kinds((level,)) if _named_as(kind, body)]
        return self._at(kinds[0], lands) if kinds else None

    def _places(self, parts: str, *, whole: bool) -> tuple[str, list[str]] | None:
        """The level that words for places say, and the places; `whole`: every place of the level."""
        parts = _without_end(
            parts, ("trực thuộc trung ương", "trên địa bàn tỉnh", "trên địa bàn", "của tỉnh")
        )
        said = _levels(parts)
        if said is None:
            return None
        if "tỉnh" in said:
            return "province", [one.id for one in provinces().values() if one.existed_on(self.day)]
        if not self.issuer.province:
            return None
        district = any(word in _DISTRICT for word in said)
        if district and not all(word in _DISTRICT for word in said):
            return None
        found = [
            one.id
            for one in within(self.issuer.province)
            if one.is_district == district
            and fits(one, self.day)
            and (whole or one.name.lower().startswith(tuple(f"{word} " for word in said)))
        ]
        return "district" if district else "commune", found

    def _kinds(self, scopes: tuple[str, ...]) -> Iterable[Unit]:
        return (unit for unit in self.register.units.values() if unit.scope in scopes)

    def _at(self, kind: Unit, lands: Iterable[str]) -> _Members:
        units = (self.register.unit(f"{kind.id}:{land}") for land in lands)
        return tuple(unit for unit in units if unit is not None and unit.valid_on(self.day) is not False)


def _levels(parts: str) -> list[str] | None:
    """Words for levels and nothing else: "xã phường đặc khu"."""
    said: list[str] = []
    while parts:
        word = next((w for w in ("tỉnh", *_DISTRICT, *_COMMUNE) if f"{parts} ".startswith(f"{w} ")), None)
        if word is None:
            return None
        said.append(word)
        parts = parts[len(word) :].strip()
    return said or None


def _named_as(kind: Unit, body: str) -> bool:
    from pipeline.units.register.stems import stem

    key = compact(tuple(body.split()))
    return any(compact(words(stem(name, kind.scope)[0])) == key for name in (kind.name, *kind.aliases))


def _stripped(parts: str, before: Iterable[str]) -> str:
    for word in sorted(before, key=len, reverse=True):
        if parts.startswith(f"{word} "):
            return parts[len(word) + 1 :]
    return parts


def _without_end(parts: str, after: Iterable[str]) -> str:
    for word in after:
        if parts.endswith(f" {word}"):
            return parts[: -len(word) - 1].rstrip()
    return parts


@cache
def _rules() -> dict[str, Any]:
    return tomllib.loads((files("pipeline.units") / "register" / "groups.toml").read_text(encoding="utf-8"))
