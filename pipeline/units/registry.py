"""The register of known units: a name as written, its issuer and date in, a unit's id out."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass
from functools import cache

from pipeline.text import fold, match_key
from pipeline.units.lexicon import lexicon, rows

_TITLE = re.compile(
    r"^(?:đồng chí |ông |bà )?(?:phó )?(?:giám đốc|thủ trưởng|chủ tịch|bộ trưởng|thứ trưởng|tổng cục trưởng"
    r"|cục trưởng|vụ trưởng|chánh thanh tra|chánh|trưởng|thống đốc|người đứng đầu|lãnh đạo)\s+"
)
_MARKS = re.compile(r"[\s,.;:\-–—]+")


@dataclass(frozen=True, slots=True)
class Unit:
    """A registered unit; dates are inclusive, None where unknown. A province's unit exists once in each."""

    id: str
    name: str
    aliases: tuple[str, ...]
    level: str
    valid_from: dt.date | None
    valid_to: dt.date | None
    successors: tuple[str, ...]
    source: str

    def exists_on(self, day: dt.date | None) -> bool:
        """Whether the unit existed on `day`, as far as is known."""
        if day is None:
            return True
        return not ((self.valid_from and day < self.valid_from) or (self.valid_to and day > self.valid_to))


@cache
def registry() -> tuple[Unit, ...]:
    """All registered units, in the file's order."""
    return tuple(_unit(*row) for row in rows("registry.tsv"))


def _unit(
    key: str, name: str, aliases: str, level: str, since: str, until: str, after: str, source: str
) -> Unit:
    split = tuple(a for a in aliases.split("|") if a)
    return Unit(
        key, name, split, level, _day(since), _day(until), tuple(a for a in after.split(" ") if a), source
    )


def _day(text: str) -> dt.date | None:
    return dt.date.fromisoformat(text) if text else None


def _key(name: str) -> str:
    key = re.sub(r"(?<![\w])tp(?![\w])", "thành phố", match_key(name).replace("&", " và "))
    return _MARKS.sub(" ", key).strip()


@cache
def _by_name() -> dict[str, tuple[Unit, ...]]:
    found: dict[str, tuple[Unit, ...]] = {}
    for unit in registry():
        for name in (unit.name, *unit.aliases):
            found[_key(name)] = (*found.get(_key(name), ()), unit)
    return found


def resolve(name: str, issuer: str = "", on_date: dt.date | None = None) -> str | None:
    """The id of the unit that `name` means in a document of `issuer` on a day; None if it is not known.

    A unit of a province bears the province: "so-tai-chinh:hung-yen", or "so-tai-chinh" if the issuer
    names none. A name that outlived its unit still means that unit.
    """
    key = _TITLE.sub("", _key(name))
    place = _province(key)
    matches = _by_name().get(key) or _by_name().get(_without(key, place)) or ()
    if not matches:
        return None
    unit = next((m for m in matches if m.exists_on(on_date)), matches[0])
    if unit.level != "province":
        return unit.id
    where = place or _province(_key(issuer))
    return f"{unit.id}:{fold(where).replace(' ', '-')}" if where else unit.id


def _province(key: str) -> str:
    last = ""
    for word in re.finditer(r"[^\W_]+", key):
        match = lexicon().province.match(key, word.start())
        if match and match.group() != "việt nam":
            last = match.group()
    return last


def _without(key: str, place: str) -> str:
    if not place:
        return key
    return key.removesuffix(place).strip()
