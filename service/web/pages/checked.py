"""What a duty's page tells of checking: what inspections found of it, what was done against its unit."""

from __future__ import annotations

from typing import Any

from service.access.viewer import Viewer
from service.checking.course import rules
from service.checking.forms import MeasureTyped
from service.checking.vocabulary import MEASURES
from service.store import Work


def checked(work: Work, viewer: Viewer, duty: int) -> dict[str, Any]:
    """That of a duty as far as he may see it, with the empty form of a measure."""
    return {
        "looked": work.checking.findings.of_duty(viewer, duty),
        "follows_from": work.checking.following.origin(viewer, duty),
        "taken": work.checking.measures.of_duty(viewer, duty),
        "may_measure": any(viewer.may(right) for right in rules()["measure"].by),
        "measure_kinds": MEASURES,
        "measure": MeasureTyped(),
        "of_inspection": "",
        "settling": None,
        "settled": {},
    }
