"""What the register says of a unit: rows of its files in, values out (cached).

Dates are inclusive and None where no source gives them. Some changes fell on a day of each province's own:
there only the first and last possible day are known (`changed`).
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from functools import cache

from pipeline.units.lexicon import REGISTER, rows

SCOPES = ("", "ministry", "province", "department", "district", "commune")


@dataclass(frozen=True, slots=True)
class Unit:
    """A unit, or a kind of unit that exists once in each member of its `scope` ("so-tai-chinh", in each
    province; "so-tai-chinh:hung-yen" is the unit itself, its scope empty).

    `everywhere` is False for kinds that not every province has. One with `successors` is gone; they took
    its work over, though a part may have gone elsewhere.
    """

    id: str
    name: str
    aliases: tuple[str, ...] = ()
    level: str = ""
    scope: str = ""
    everywhere: bool = True
    parent: str = ""
    valid_from: dt.date | None = None
    valid_to: dt.date | None = None
    changed: tuple[dt.date, dt.date] | None = None
    successors: tuple[str, ...] = ()
    source: str = ""

    def valid_on(self, day: dt.date | None) -> bool | None:
        """Whether the unit existed on `day`; None where the day, or the day of its change, is not known."""
        if day is None:
            return None
        if (self.valid_from and day < self.valid_from) or (self.valid_to and day > self.valid_to):
            return False
        if self.changed is None:
            return None if self.successors and self.valid_to is None else True
        first, last = self.changed
        if first <= day < last:
            return None
        return (day < first) == bool(self.successors)

    def began_after(self, day: dt.date | None) -> bool:
        """Whether the unit did not exist yet on `day`: no document of that day can mean it."""
        if day is None:
            return False
        begins = bool(self.changed) and not self.successors
        return bool(
            (self.valid_from and day < self.valid_from) or (begins and self.changed and day < self.changed[0])
        )


@dataclass(frozen=True, slots=True)
class Resolution:
    """Which unit a name means, and how that is known.

    `matched` is the registered name that was met, `similarity` 1.0 if it was written so; else `flags` holds
    "fuzzy". The flag "kind_only" says that the province (or ministry) is not known: the id is the kind's.
    `valid` says whether the unit existed on the document's day, `successors` who does its work today.
    """

    unit: Unit
    matched: str
    similarity: float = 1.0
    valid: bool | None = None
    successors: tuple[Unit, ...] = ()
    flags: tuple[str, ...] = ()


@cache
def listed() -> tuple[Unit, ...]:
    """All units and kinds of unit of the register's files, in their order."""
    return tuple(
        _unit(*row, *[""] * (12 - len(row))) for name in REGISTER for row in rows(f"register/{name}.tsv")
    )


def _unit(
    key: str,
    name: str,
    aliases: str,
    level: str,
    scope: str,
    where: str,
    parent: str,
    since: str,
    until: str,
    changed: str,
    after: str,
    source: str,
) -> Unit:
    first, _, last = changed.partition("/")
    return Unit(
        id=key,
        name=name,
        aliases=tuple(a for a in aliases.split("|") if a),
        level=level,
        scope=scope,
        everywhere=where != "some",
        parent=parent,
        valid_from=_day(since),
        valid_to=_day(until),
        changed=(dt.date.fromisoformat(first), dt.date.fromisoformat(last)) if changed else None,
        successors=tuple(a for a in after.split(" ") if a),
        source=source,
    )


def _day(text: str) -> dt.date | None:
    return dt.date.fromisoformat(text) if text else None
