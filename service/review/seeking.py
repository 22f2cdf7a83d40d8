"""What is typed for a unit in, the units that it may mean out: the document's, then registered ones."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from service.mapping import search_key
from service.review.candidates import known, resolved
from service.review.nearby import Named, meant, spelled, with_committees

if TYPE_CHECKING:
    from pipeline.units.register.register import Register

FOUND = 8  # units offered at a time
_AROUND = 20_000  # characters that are looked through at each letter typed


def offered(
    typed: str, record: Mapping[str, Any], register: Register, task: Mapping[str, Any] | None = None
) -> list[Named]:
    """At most eight units: those that the document names, those of the register, what its text spells out."""
    from pipeline.units.register.search import search

    if not typed.strip():
        return []
    day = record["document"].get("issued_on")
    issued_on = dt.date.fromisoformat(day) if day else None
    hits = search(typed, register, record["document"].get("issuer") or "", issued_on, FOUND)
    near = resolved(record, meant(typed, known(record, task, _AROUND)), register)
    spelt = spelled(typed, record["text"])
    registered = with_committees((hit.unit.id, hit.unit.name) for hit in hits)
    found: dict[str, Named] = {}
    for unit in [*near, *list(registered)[: max(0, FOUND - len(near) - len(spelt))], *spelt]:
        found.setdefault(search_key(unit[1]), unit)
    return list(found.values())
