"""Provinces, districts and communes, before and since July 2025: names in, territories out (read when asked).

A commune's name is told apart by its province only; where a province has two of one name, by its district.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from functools import cache
from typing import NamedTuple

from pipeline.text import fold
from pipeline.units.lexicon import rows
from pipeline.units.register.keys import compact, words

LAST_DAY = dt.date(2025, 6, 30)
FIRST_DAY = dt.date(2025, 7, 1)
DISTRICTS_END = "Nghị quyết 203/2025/QH15"
COMMUNES_BEGIN = "34 nghị quyết của Ủy ban Thường vụ Quốc hội ngày 16/06/2025 (1654 đến 1687/NQ-UBTVQH15)"


@dataclass(frozen=True, slots=True)
class Province:
    """A province or centrally run city; `kind` is "city", "both" (a province that became one) or ""."""

    id: str
    name: str
    kind: str
    valid_from: dt.date | None
    valid_to: dt.date | None
    successors: tuple[str, ...]
    source: str
    lists: str

    @property
    def full_name(self) -> str:
        """The name with its level."""
        return f"{'Thành phố' if self.kind == 'city' else 'Tỉnh'} {self.name}"

    def existed_on(self, day: dt.date | None) -> bool:
        """Whether it is on the list of that day; without a day, on today's."""
        return ("34" if day is None or day >= FIRST_DAY else "63") in self.lists


class Territory(NamedTuple):
    """A district (`district` empty) or commune. `codes` are official codes: of a commune of today its own,
    of an earlier one those of its successors; `today` says which. `kept`: it went over unchanged."""

    name: str
    province: str
    district: str = ""
    codes: tuple[str, ...] = ()
    today: bool = False
    kept: bool = False
    is_district: bool = False

    @property
    def id(self) -> str:
        """Its id: "hung-yen/xa-luong-bang", "hung-yen/huyen-kim-dong"; earlier communes under theirs."""
        own = slug(self.name)
        if self.today and self.codes[0] in _doubles(self.province):
            own = f"{own}-{self.codes[0]}"
        return "/".join(part for part in (self.province, slug(self.district), own) if part)

    @property
    def successors(self) -> tuple[Territory, ...]:
        """The communes of today that an earlier territory went into."""
        return () if self.today else tuple(_by_code()[code] for code in self.codes)

    @property
    def valid_from(self) -> dt.date | None:
        """The first day, where a source gives it."""
        return FIRST_DAY if self.today and not self.kept else None

    @property
    def valid_to(self) -> dt.date | None:
        """The last day, for a territory of before July 2025."""
        return None if self.today else LAST_DAY

    @property
    def source(self) -> str:
        """What the day is taken from; "" without one."""
        return DISTRICTS_END if not self.today else "" if self.kept else COMMUNES_BEGIN


def slug(name: str) -> str:
    """A name as part of an id: "Hưng Yên" → "hung-yen"."""
    return "-".join("".join(c if c.isalnum() else " " for c in fold(name)).split())


@cache
def provinces() -> dict[str, Province]:
    """All provinces by id, those of before July 2025 too."""
    found = {}
    for name, lists, *rest in rows("provinces.tsv"):
        kind, since, until, after, source = (rest + [""] * 5)[:5]
        if kind in ("spelling", "country"):
            continue
        successors = tuple(slug(one) for one in after.split("|") if one)
        key = slug(name)
        found[key] = Province(key, name, kind, _day(since), _day(until), successors, source, lists)
    return found


@cache
def province_keys() -> dict[str, str]:
    """Province ids by the compact key of each way to write their names."""
    found = {compact(words(province.name)): key for key, province in provinces().items()}
    for name, _lists, *rest in rows("provinces.tsv"):
        if rest and rest[0] == "spelling":
            found[compact(words(name))] = slug(rest[3])
    return found


@cache
def territories() -> tuple[Territory, ...]:
    """All communes of today, then all districts and communes of before."""
    today = [
        Territory(name, province, codes=(code,), today=True, kept=kept == "yes")
        for province, code, name, kept in rows("register/communes.tsv")
    ]
    return (*today, *_before())


def _before() -> list[Territory]:
    found = []
    for province, district, listed in rows("register/districts.tsv"):
        communes = []
        for one in listed.split("|") if listed else ():
            name, _, codes = one.partition("=")
            communes.append(Territory(name, province, district, tuple(codes.split(",")) if codes else ()))
        after = dict.fromkeys(code for commune in communes for code in commune.codes)
        found += [Territory(district, province, codes=tuple(after), is_district=True), *communes]
    return found


@cache
def by_name() -> dict[str, tuple[Territory, ...]]:
    """Territories by the compact key of their name with its level."""
    found: dict[str, list[Territory]] = {}
    for one in territories():
        found.setdefault(place_key(one.name), []).append(one)
    return {key: tuple(them) for key, them in found.items()}


def by_id(key: str) -> Territory | None:
    """The territory of an id, or None."""
    return _of_province(key.partition("/")[0]).get(key)


@cache
def within(province: str) -> tuple[Territory, ...]:
    """The territories of a province, today's first."""
    return tuple(one for one in territories() if one.province == province)


@cache
def _of_province(province: str) -> dict[str, Territory]:
    return {one.id: one for one in within(province)}


def place_key(name: str) -> str:
    """The compact key of a territory's name as the files write it (quicker than `words`, and the same)."""
    name = name.lower()
    if " 0" in name or " và" in name or "-" in name or "'" in name or "’" in name:
        return compact(words(name))
    return name.replace(" ", "")


@cache
def _by_code() -> dict[str, Territory]:
    return {one.codes[0]: one for one in territories() if one.today}


@cache
def _doubles(province: str) -> frozenset[str]:
    """Codes of communes whose names differ from another's of their province by accents only."""
    seen: dict[str, list[str]] = {}
    for one in within(province):
        if one.today:
            seen.setdefault(slug(one.name), []).append(one.codes[0])
    return frozenset(code for codes in seen.values() if len(codes) > 1 for code in codes)


def _day(text: str) -> dt.date | None:
    return dt.date.fromisoformat(text) if text else None
