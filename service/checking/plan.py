"""What is said of an inspection when it is planned, and when it is concluded; whether it can be."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, fields
from typing import Any

from service.checking.vocabulary import CONTENTS, INSPECTION_KINDS
from service.tracking.life import Lead, NotAllowed

_YEARS = range(2000, 2100)


@dataclass(frozen=True, slots=True)
class Plan:
    """An inspection before it has a row: `kind` and `contents` are keys of vocabulary.toml. It rests on a
    document (`ground_number`, `ground_on`) or on words (`ground`: a proposal, what points to a breach)."""

    kind: str
    title: str
    begins_on: dt.date
    ends_on: dt.date
    units: tuple[Lead, ...]
    contents: tuple[str, ...]
    ground_number: str = ""
    ground_on: dt.date | None = None
    ground: str = ""
    period_begin: dt.date | None = None
    period_end: dt.date | None = None
    members: str = ""

    @property
    def columns(self) -> dict[str, Any]:
        """Its row's values, without the units."""
        values = {one.name: getattr(self, one.name) for one in fields(self) if one.name != "units"}
        return values | {"contents": list(self.contents)}


@dataclass(frozen=True, slots=True)
class Conclusion:
    """What an inspection states (Quyết định 42/2014/QĐ-TTg: nature, degree, cause and responsibility), and
    the document that states it; "" and None where it is still open."""

    nature: str = ""
    degree: str = ""
    cause: str = ""
    responsibility: str = ""
    number: str = ""
    on: dt.date | None = None

    @property
    def names(self) -> frozenset[str]:
        """What is said."""
        return frozenset(one.name for one in fields(self) if getattr(self, one.name))

    @property
    def columns(self) -> dict[str, Any]:
        """Its row's values."""
        words = {name: getattr(self, name) for name in ("nature", "degree", "cause", "responsibility")}
        return words | {"concluded_number": self.number, "concluded_on": self.on}


def check(plan: Plan) -> None:
    """Raises `NotAllowed`: "missing" with what, "order" for days in the wrong order, "years", "twice" for
    a unit named again."""
    if plan.kind not in INSPECTION_KINDS:
        raise NotAllowed("missing", "kind")
    for name in ("title", "units", "contents"):
        if not getattr(plan, name):
            raise NotAllowed("missing", name)
    if not plan.ground and not (plan.ground_number and plan.ground_on):
        raise NotAllowed("missing", "ground")
    if not {*plan.contents} <= {*CONTENTS}:
        raise NotAllowed("missing", "contents")
    if len({*plan.units}) < len(plan.units):
        raise NotAllowed("twice", "units")
    days = (plan.begins_on, plan.ends_on, plan.period_begin, plan.period_end, plan.ground_on)
    if any(one.year not in _YEARS for one in days if one):
        raise NotAllowed("years", "begins_on")
    if plan.begins_on > plan.ends_on:
        raise NotAllowed("order", "ends_on")
    if plan.period_begin and plan.period_end and plan.period_begin > plan.period_end:
        raise NotAllowed("order", "period_end")
