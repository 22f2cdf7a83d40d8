"""The office's calendar: a year's days off and swapped days, the office's own added and taken away."""

from __future__ import annotations

import datetime as dt
from typing import Annotated

from fastapi import APIRouter, Depends, Form, Query, Request
from starlette.responses import RedirectResponse, Response

from pipeline.text import nfc
from service.access.roles import Right
from service.access.viewer import Viewer
from service.tracking.calendar import public_days
from service.tracking.forms import WrongForm, day_from
from service.urging.days import Pointless
from service.web.identity import Guest, guest, needing
from service.web.render import page
from service.web.state import State, state_of
from service.web.words import locale_of

router = APIRouter(prefix="/calendar")
Here = Annotated[State, Depends(state_of)]
Who = Annotated[Guest, Depends(guest)]
Follower = Annotated[Viewer, Depends(needing(Right.FOLLOW))]
Text = Annotated[str, Form(max_length=300, pattern=r"^[^\x00]*$")]
Year = Annotated[int | None, Query(ge=1990, le=2100)]


@router.get("")
def calendar(request: Request, state: Here, who: Who, viewer: Follower, year: Year = None) -> Response:
    """A year's days that are not as every week has them."""
    return _shown(request, state, who, year)


@router.post("")
def put(
    request: Request,
    state: Here,
    who: Who,
    viewer: Follower,
    day: Text = "",
    note: Text = "",
    working: Annotated[bool, Form()] = False,
) -> Response:
    """Adds one of the office's own; what was typed stays on the page where it cannot be."""
    try:
        found = day_from(day, "day")
        if found is None or not 1990 <= found.year <= 2100:
            raise WrongForm("Hãy ghi ngày, như 31/12/2026.", "day")
        with state.store.begin() as work:
            work.urging.days.put(viewer, found, " ".join(nfc(note).split()), working=working)
    except (WrongForm, Pointless) as error:
        return _shown(request, state, who, None, error, (day, note, working))
    return RedirectResponse(f"/calendar?year={found.year}", 303)


@router.post("/remove")
def remove(state: Here, viewer: Follower, day: Annotated[dt.date, Form()]) -> Response:
    """Takes one of the office's own away."""
    with state.store.begin() as work:
        work.urging.days.remove(viewer, day)
    return RedirectResponse(f"/calendar?year={day.year}", 303)


def _shown(
    request: Request,
    state: State,
    who: Guest,
    year: int | None,
    error: Exception | None = None,
    typed: tuple[str, str, bool] = ("", "", False),
) -> Response:
    with state.store.reading() as work:
        shown = year or work.book.today().year
        own = {one.day: one for one in work.urging.days.listed(shown)}
    locale = locale_of(request, who.viewer.locale)
    public = {day: (working, name) for day, working, name in public_days(shown, locale)}
    days = [(day, public.get(day), own.get(day)) for day in sorted(public.keys() | own.keys())]
    return page(
        request,
        "calendar.html",
        who,
        status=422 if error else 200,
        year=shown,
        days=days,
        wrong=error,
        pointless=isinstance(error, Pointless),
        typed=typed,
    )
