"""Measures against units, noted beside a duty: taken, answered, taken back."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter, Depends, Form, Request
from starlette.responses import RedirectResponse, Response

from service.checking.forms import MeasureTyped, line, measure_from
from service.tracking.forms import WrongForm, day_from
from service.tracking.life import NotAllowed
from service.web.identity import Guest, guest
from service.web.naming import naming
from service.web.pages.book import duty_page
from service.web.pages.inspections import Planner
from service.web.state import State, state_of

router = APIRouter()
Here = Annotated[State, Depends(state_of)]
Who = Annotated[Guest, Depends(guest)]
_TEXT = r"^[^\x00]*$"
Line = Annotated[str, Form(max_length=300, pattern=_TEXT)]
Text = Annotated[str, Form(max_length=4000, pattern=_TEXT)]


@router.post("/book/{duty}/measures")
def take(
    request: Request,
    state: Here,
    who: Who,
    viewer: Planner,
    duty: int,
    kind: Annotated[str, Form(max_length=50)] = "",
    taken_on: Line = "",
    document_number: Line = "",
    note: Text = "",
    reply_by: Line = "",
    unit: Line = "",
    inspection: Annotated[str, Form(max_length=20, pattern=r"^\d*$")] = "",
) -> Response:
    """Notes a measure; from what an inspection found where its number is given."""
    typed = MeasureTyped(kind, taken_on, document_number, note, reply_by, unit)
    try:
        with state.store.begin() as work:
            row = work.book.duty(viewer, duty)
            meant = naming(state, work, viewer, row.assigned_on, row.issuer)
            of = int(inspection) if inspection else None
            work.checking.measures.take(viewer, duty, measure_from(typed, meant), of)
    except (WrongForm, NotAllowed) as error:
        more: dict[str, Any] = {"measure": typed, "of_inspection": inspection}
        return duty_page(request, state, who, duty, "measure", error=error, **more)
    back = f"/inspections/{inspection}#duty-{duty}" if inspection else f"/book/{duty}"
    return RedirectResponse(back, 303)


@router.post("/measures/{measure}/settle")
def settle(
    request: Request,
    state: Here,
    who: Who,
    viewer: Planner,
    measure: int,
    duty: Annotated[int, Form()],
    settled_on: Line = "",
    note: Text = "",
) -> Response:
    """Notes that the unit answered."""
    try:
        with state.store.begin() as work:
            day = day_from(settled_on, "settled_on")
            work.checking.measures.settle(viewer, measure, day, line(note))
    except (WrongForm, NotAllowed) as error:
        more: dict[str, Any] = {"settling": measure, "settled": {"on": settled_on, "note": note}}
        return duty_page(request, state, who, duty, "settle", error=error, **more)
    return RedirectResponse(f"/book/{duty}#measures", 303)


@router.post("/measures/{measure}/withdraw")
def withdraw(
    request: Request,
    state: Here,
    who: Who,
    viewer: Planner,
    measure: int,
    duty: Annotated[int, Form()],
    note: Text = "",
) -> Response:
    """Takes back what was noted by mistake."""
    try:
        with state.store.begin() as work:
            work.checking.measures.withdraw(viewer, measure, line(note))
    except NotAllowed as error:
        more: dict[str, Any] = {"settling": measure, "settled": {"on": "", "note": note}}
        return duty_page(request, state, who, duty, "withdraw", error=error, **more)
    return RedirectResponse(f"/book/{duty}#measures", 303)
