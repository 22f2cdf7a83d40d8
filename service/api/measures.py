"""Measures against units for duties that were not done, or done wrongly."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Path

from service.api.answers import MOST, Here, Who, problems
from service.api.duties import DutyId
from service.api.inspection_forms import MeasureForm, MeasureShown, NoteForm, SettleForm
from service.api.inspections import Planner
from service.api.naming import leads_of
from service.checking.measures import NewMeasure, Taken
from service.web.naming import naming

router = APIRouter(tags=["inspections"])
MeasureId = Annotated[int, Path(ge=1, le=MOST, description="The measure's id.")]


@router.get("/duties/{duty}/measures", responses=problems(404))
def measures(duty: DutyId, state: Here, viewer: Who) -> list[MeasureShown]:
    """What was done for a duty, oldest first; a unit's user sees what was done against his unit."""
    with state.store.reading() as work:
        work.book.duty(viewer, duty)
        return [_shown(one) for one in work.checking.measures.of_duty(viewer, duty)]


@router.post("/duties/{duty}/measures", status_code=201, responses=problems(404, 409))
def take(duty: DutyId, state: Here, viewer: Planner, form: MeasureForm) -> MeasureShown:
    """Notes a measure."""
    with state.store.begin() as work:
        row = work.book.duty(viewer, duty)
        meant = naming(state, work, viewer, row.assigned_on, row.issuer)
        unit = leads_of(meant, {"unit": form.unit})["unit"] if form.unit else None
        new = NewMeasure(form.kind, form.note.strip(), form.on, form.document_number, unit, form.reply_by)
        made = work.checking.measures.take(viewer, duty, new, form.inspection)
        taken = work.checking.measures.of_duty(viewer, duty)
        return _shown(next(one for one in taken if one.measure.id == made))


@router.post("/measures/{measure}/settle", responses=problems(404, 409))
def settle(measure: MeasureId, state: Here, viewer: Planner, form: SettleForm) -> MeasureShown:
    """Notes that the unit answered."""
    with state.store.begin() as work:
        return _shown(work.checking.measures.settle(viewer, measure, form.on, form.note.strip()))


@router.post("/measures/{measure}/withdraw", responses=problems(404, 409))
def withdraw(measure: MeasureId, state: Here, viewer: Planner, form: NoteForm) -> MeasureShown:
    """Takes back what was noted by mistake; it is counted no more from now on."""
    with state.store.begin() as work:
        return _shown(work.checking.measures.withdraw(viewer, measure, form.note.strip()))


def _shown(taken: Taken) -> MeasureShown:
    one = taken.measure
    plain = {name: getattr(one, name) for name in MeasureShown.model_fields if hasattr(one, name)}
    return MeasureShown(
        **plain,
        duty=one.duty_id,
        unit=one.unit_name,
        on=one.taken_on,
        withdrawn=one.withdrawn_at is not None,
    )
