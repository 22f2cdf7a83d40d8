"""A unit as it was typed in, the unit of the register that is meant out.

So its duties reach its users, and stand in one row of the reports.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import TYPE_CHECKING

from service.tracking.life import Lead

if TYPE_CHECKING:
    from pipeline.units.register import Register

Meant = Callable[[Lead], Lead]
"""A typed unit in, the one that is meant out."""


def as_typed(lead: Lead) -> Lead:
    """Where there is no register to ask."""
    return lead


def meant_by(register: Register, issuer: str, on: dt.date) -> Meant:
    """Names are those of a day at the issuer's place; one that could mean several units, or none that is
    listed, keeps its name alone, as does an id that the register does not know."""

    def meant(lead: Lead) -> Lead:
        if lead.id:
            return lead if register.unit(lead.id) else Lead(lead.name)
        found = register.resolve(lead.name, issuer, on) if lead.name else None
        return Lead(lead.name, found.unit.id if found and not found.flags else "")

    return meant
