"""Units as clients name them in, those of the register that are meant out: as on the pages, but that an id
which the register does not know is a problem, since no person sees what became of it."""

from __future__ import annotations

from collections.abc import Mapping

from service.api.duty_forms import UnitNamed
from service.tracking.life import Lead
from service.tracking.naming import Meant
from service.web.problems import Problem


def leads_of(meant: Meant, named: Mapping[str, UnitNamed]) -> dict[str, Lead]:
    """The units, each by where it stands in the request ("lead", "parts/0/lead"); raises `Problem` that
    names all that are not in the register."""
    found = {where: meant(one.lead) for where, one in named.items()}
    unknown = [where for where, one in named.items() if one.unit_id and not found[where].id]
    if unknown:
        title = "Mã đơn vị không có trong sổ đơn vị (not a unit of the register)"
        raise Problem(422, "unknown-unit", title, errors=[_error(where) for where in unknown])
    return found


def _error(where: str) -> dict[str, object]:
    path = [int(step) if step.isdigit() else step for step in where.split("/")]
    return {"where": ["body", *path, "unit_id"], "message": "not a unit of the register"}
