"""Inspections: planned, their duties and findings, concluded, what follows from them."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Depends, Path, Query, Response

from service.access.viewer import Viewer
from service.api.answers import MOST, Here, Who, problems
from service.api.documents import Limit
from service.api.duties import DutyId, opened_duty
from service.api.duty_forms import DutyOpened
from service.api.inspection_forms import (
    ConcludeForm,
    DraftForm,
    DutiesForm,
    FindingForm,
    FindingShown,
    FollowUpForm,
    InspectionOpened,
    InspectionPage,
    InspectionShown,
    MoveForm,
    NoteForm,
    PlanChanged,
    PlanForm,
)
from service.api.naming import leads_of
from service.api.paging import Cursor, cursor_of, opened
from service.checking.course import State, check_right
from service.checking.findings import Found
from service.store import Work
from service.tables import Finding, Inspection, InspectionUnit
from service.tracking.entering import NewDuty
from service.web.identity import viewer as asking
from service.web.naming import naming

router = APIRouter(prefix="/inspections", tags=["inspections"])
InspectionId = Annotated[int, Path(ge=1, le=MOST, description="The inspection's id.")]


def planner(viewer: Annotated[Viewer, Depends(asking)]) -> Viewer:
    """The viewer, who must be one who plans inspections."""
    check_right(viewer, "amend")
    return viewer


Planner = Annotated[Viewer, Depends(planner)]


@router.get("", responses=problems(400))
def listed(
    state: Here,
    viewer: Who,
    in_state: Annotated[list[State], Query(alias="state")] = [],  # noqa: B006 - FastAPI copies it
    limit: Limit = 50,
    cursor: Cursor = "",
) -> InspectionPage:
    """The inspections that you may see, newest first: a unit's user those of his unit, once concluded."""
    place = opened(cursor, int)
    with state.store.reading() as work:
        desk = work.checking
        found = desk.inspections.listed(viewer, in_state, place[0] if place else None, limit + 1)
        ids = [one.id for one in found[:limit]]
        units, counts = desk.inspections.units(ids), desk.findings.counts(viewer, ids)
        items = [_shown(one, units.get(one.id, []), counts.get(one.id, {})) for one in found[:limit]]
    return InspectionPage(items=items, next=cursor_of(ids[-1]) if len(found) > limit else None)


@router.post("", status_code=201, responses=problems(409))
def plan(state: Here, viewer: Planner, form: PlanForm) -> InspectionOpened:
    """Plans an inspection."""
    with state.store.begin() as work:
        plan = form.plan(naming(state, work, viewer, work.book.today()))
        return _opened(work, viewer, work.checking.inspections.plan(viewer, plan))


@router.get("/{inspection}", responses=problems(404))
def one(inspection: InspectionId, state: Here, viewer: Who) -> InspectionOpened:
    """An inspection, with the steps that you may take."""
    with state.store.reading() as work:
        return _opened(work, viewer, inspection)


@router.put("/{inspection}", responses=problems(404, 409))
def amend(inspection: InspectionId, state: Here, viewer: Planner, form: PlanChanged) -> InspectionOpened:
    """Changes its plan; "moved" where it is no longer at `revision`."""
    with state.store.begin() as work:
        plan = form.plan(naming(state, work, viewer, work.book.today()))
        work.checking.inspections.amend(viewer, inspection, plan, form.revision)
        return _opened(work, viewer, inspection)


@router.post("/{inspection}/steps/{action}", responses=problems(404, 409))
def step(
    inspection: InspectionId,
    action: Annotated[str, Path(max_length=50, description="start, close or cancel")],
    state: Here,
    viewer: Planner,
    form: MoveForm,
) -> InspectionOpened:
    """Starts, closes or cancels it."""
    with state.store.begin() as work:
        work.checking.inspections.step(viewer, inspection, action, form.note.strip(), form.revision)
        return _opened(work, viewer, inspection)


@router.put("/{inspection}/conclusion", responses=problems(404, 409))
def draft(inspection: InspectionId, state: Here, viewer: Planner, form: DraftForm) -> InspectionOpened:
    """Keeps what the conclusion is going to say."""
    with state.store.begin() as work:
        work.checking.inspections.draft(viewer, inspection, form.conclusion, form.revision)
        return _opened(work, viewer, inspection)


@router.post("/{inspection}/conclude", responses=problems(404, 409))
def conclude(inspection: InspectionId, state: Here, viewer: Planner, form: ConcludeForm) -> InspectionOpened:
    """Concludes it; from then on its findings and conclusion cannot be changed."""
    with state.store.begin() as work:
        work.checking.inspections.conclude(viewer, inspection, form.conclusion, form.revision)
        return _opened(work, viewer, inspection)


@router.get("/{inspection}/findings", responses=problems(404))
def findings(inspection: InspectionId, state: Here, viewer: Who) -> list[FindingShown]:
    """Its duties, with what was found of each; a unit's user sees what his unit led."""
    with state.store.reading() as work:
        return [_finding(one.finding) for one in work.checking.findings.of(viewer, inspection)]


@router.post("/{inspection}/duties", responses=problems(404, 409))
def add(inspection: InspectionId, state: Here, viewer: Planner, form: DutiesForm) -> InspectionOpened:
    """Takes duties into it; those that are in it already stay."""
    with state.store.begin() as work:
        work.checking.findings.add(viewer, inspection, form.duties)
        return _opened(work, viewer, inspection)


@router.delete("/{inspection}/duties/{duty}", status_code=204, responses=problems(404, 409))
def remove(inspection: InspectionId, duty: DutyId, state: Here, viewer: Planner) -> Response:
    """Leaves a duty out that has no result yet."""
    with state.store.begin() as work:
        work.checking.findings.remove(viewer, inspection, duty)
    return Response(status_code=204)


@router.put("/{inspection}/duties/{duty}/finding", responses=problems(404, 409))
def record(
    inspection: InspectionId, duty: DutyId, state: Here, viewer: Planner, form: FindingForm
) -> FindingShown:
    """Writes down what was found of a duty, with how it stands now."""
    told = Found(form.result, form.found, form.note.strip())
    with state.store.begin() as work:
        return _finding(work.checking.findings.record(viewer, inspection, duty, told, form.revision))


@router.post("/{inspection}/duties/{duty}/reopen", responses=problems(404, 409))
def reopen(
    inspection: InspectionId, duty: DutyId, state: Here, viewer: Planner, form: NoteForm
) -> DutyOpened:
    """Has a closed duty that was not done rightly go on."""
    with state.store.begin() as work:
        work.checking.findings.reopen(viewer, inspection, duty, form.note.strip())
        return opened_duty(work, viewer, duty)


@router.post("/{inspection}/follow-ups", status_code=201, responses=problems(404, 409))
def follow_up(inspection: InspectionId, state: Here, viewer: Planner, form: FollowUpForm) -> DutyOpened:
    """Enters a duty that the conclusion asks for."""
    with state.store.begin() as work:
        today = work.book.today()
        lead = leads_of(naming(state, work, viewer, today), {"lead": form.lead})["lead"]
        new = NewDuty(form.text, lead, today, due_on=form.due)
        duty = work.checking.following.enter(viewer, inspection, new, form.of)
        return opened_duty(work, viewer, duty)


def _opened(work: Work, viewer: Viewer, inspection: int) -> InspectionOpened:
    desk = work.checking
    row = desk.inspections.one(viewer, inspection)
    units = desk.inspections.units([row.id]).get(row.id, [])
    shown = _shown(row, units, desk.findings.counts(viewer, [row.id]).get(row.id, {}))
    return InspectionOpened(
        **shown.model_dump(),
        actions=desk.inspections.open_to(viewer, row),
        follow_ups=[one.id for one in desk.following.of(viewer, row.id)],
    )


def _shown(row: Inspection, units: list[InspectionUnit], counts: dict[str, int]) -> InspectionShown:
    plain = {name: getattr(row, name) for name in InspectionShown.model_fields if hasattr(row, name)}
    named = [{"name": one.name, "unit_id": one.unit_id} for one in units]
    return InspectionShown(**plain, units=named, counts=counts)


def _finding(one: Finding) -> FindingShown:
    plain = {name: getattr(one, name) for name in FindingShown.model_fields if hasattr(one, name)}
    return FindingShown(**plain, duty=one.duty_id, lead=one.lead_name)
