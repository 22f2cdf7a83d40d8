"""What is done within an inspection: duties chosen by filter, findings written down, duties that follow."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from typing import Annotated, Any, Literal

from fastapi import APIRouter, Depends, Form, Query, Request
from pydantic import BaseModel, Field
from starlette.responses import RedirectResponse, Response

from pipeline.labels import ASSIGNERS, FIELDS, TASK_SOURCES
from service.access.roles import Right
from service.access.viewer import Viewer
from service.checking.findings import MOST
from service.checking.forms import follow_up_from, found_from, line
from service.checking.vocabulary import CONTENTS
from service.store import Work
from service.tables import Inspection
from service.tracking.finder import DutiesWanted
from service.tracking.forms import WrongForm, day_from, lead_from
from service.tracking.life import Life, NotAllowed
from service.tracking.timing import bucket
from service.web.identity import Guest, guest, needing
from service.web.naming import naming
from service.web.pages.book import VIEWS
from service.web.pages.inspected import card, inspection_page, opened_inspection
from service.web.pages.inspections import Planner
from service.web.render import page
from service.web.state import State, state_of

router = APIRouter(prefix="/inspections/{inspection}")
Here = Annotated[State, Depends(state_of)]
Who = Annotated[Guest, Depends(guest)]
Follower = Annotated[Viewer, Depends(needing(Right.FOLLOW))]
_TEXT = r"^[^\x00]*$"
_Line = Annotated[str, Field(max_length=300, pattern=_TEXT)]
_View = Literal["open", "overdue", "soon", "waiting", "undated", "done", "all"]


class Chosen(BaseModel):
    """Which duties are offered, as the filter sends it; an empty `unit` means those that are inspected."""

    view: _View = "all"
    q: _Line = ""
    unit: _Line = ""
    field: _Line = ""
    assigner: _Line = ""
    source: _Line = ""
    assigned_from: _Line = ""
    assigned_to: _Line = ""

    def wanted(self, work: Work, row: Inspection) -> DutiesWanted:
        """What is looked for; raises `WrongForm`."""
        lead = lead_from(self.unit)
        inspected = work.checking.inspections.units([row.id]).get(row.id, [])
        return replace(
            VIEWS[self.view],
            wholes=False,
            on=work.book.today(),
            unit=lead.id or lead.name,
            units=() if lead.name else tuple(one.unit_id or one.name for one in inspected),
            role="lead",
            field=self.field,
            assigner=self.assigner,
            source=self.source,
            words=self.q,
            assigned_from=day_from(self.assigned_from, "assigned_from"),
            assigned_to=day_from(self.assigned_to, "assigned_to"),
        )


class FindingForm(BaseModel):
    """A finding as its form sends it."""

    result: Annotated[str, Field(max_length=50)] = ""
    note: Annotated[str, Field(max_length=4000, pattern=_TEXT)] = ""
    progress: Annotated[str, Field(max_length=4000, pattern=_TEXT)] = ""
    reporting: Annotated[str, Field(max_length=4000, pattern=_TEXT)] = ""
    records: Annotated[str, Field(max_length=4000, pattern=_TEXT)] = ""
    seen: int = 0


assert set(CONTENTS) <= set(FindingForm.model_fields), "a content without a field"


@router.get("/duties")
def offered(
    request: Request,
    state: Here,
    who: Who,
    viewer: Planner,
    inspection: int,
    form: Annotated[Chosen, Query()],
) -> Response:
    """The duties that a filter finds, with their number, before they are taken."""
    return _offered(request, state, who, inspection, form)


@router.post("/duties")
def add(
    request: Request,
    state: Here,
    who: Who,
    viewer: Planner,
    inspection: int,
    duty: Annotated[list[int], Form(max_length=MOST)] = [],  # noqa: B006 - FastAPI copies it
) -> Response:
    """Takes them into the inspection."""
    try:
        with state.store.begin() as work:
            work.checking.findings.add(viewer, inspection, duty)
    except NotAllowed as error:
        return _offered(request, state, who, inspection, Chosen(), error)
    return RedirectResponse(f"/inspections/{inspection}", 303)


@router.post("/duties/{duty}/remove")
def remove(request: Request, state: Here, who: Who, viewer: Planner, inspection: int, duty: int) -> Response:
    """Leaves a duty out again."""
    try:
        with state.store.begin() as work:
            work.checking.findings.remove(viewer, inspection, duty)
    except NotAllowed as error:
        return inspection_page(request, state, who, inspection, wrong=error)
    return RedirectResponse(f"/inspections/{inspection}", 303)


@router.post("/duties/{duty}")
def record(
    request: Request,
    state: Here,
    who: Who,
    viewer: Follower,
    inspection: int,
    duty: int,
    form: Annotated[FindingForm, Form()],
) -> Response:
    """Writes down what was found; the page's script gets the duty's part of it back."""
    by_script = "hx-request" in request.headers
    try:
        with state.store.begin() as work:
            words = {key: getattr(form, key) for key in CONTENTS}
            told = found_from(form.result, form.note, words)
            work.checking.findings.record(viewer, inspection, duty, told, form.seen)
    except NotAllowed as error:
        if by_script:
            return card(request, state, who, inspection, duty, error, form.model_dump())
        return inspection_page(request, state, who, inspection, wrong=error)
    if by_script:
        return card(request, state, who, inspection, duty)
    return RedirectResponse(f"/inspections/{inspection}#duty-{duty}", 303)


@router.post("/duties/{duty}/reopen")
def reopen(
    request: Request,
    state: Here,
    who: Who,
    viewer: Follower,
    inspection: int,
    duty: int,
    note: Annotated[str, Form(max_length=4000, pattern=_TEXT)] = "",
) -> Response:
    """Has a closed duty that was not done rightly go on."""
    try:
        with state.store.begin() as work:
            work.checking.findings.reopen(viewer, inspection, duty, line(note))
    except NotAllowed as error:
        return inspection_page(request, state, who, inspection, wrong=error)
    return RedirectResponse(f"/inspections/{inspection}#duty-{duty}", 303)


@router.post("/follow-ups")
def follow_up(
    request: Request,
    state: Here,
    who: Who,
    viewer: Follower,
    inspection: int,
    text: Annotated[str, Form(max_length=4000, pattern=_TEXT)] = "",
    lead: Annotated[str, Form(max_length=300, pattern=_TEXT)] = "",
    due: Annotated[str, Form(max_length=200, pattern=_TEXT)] = "",
    of: Annotated[str, Form(max_length=20, pattern=r"^\d*$")] = "",
) -> Response:
    """Enters a duty that the conclusion asks for."""
    typed = {"text": text, "lead": lead, "due": due, "of": of}
    try:
        with state.store.begin() as work:
            row = opened_inspection(work, viewer, inspection)
            day: dt.date = row.concluded_on or work.book.today()
            new = follow_up_from(text, lead, due, day, naming(state, work, viewer, day))
            work.checking.following.enter(viewer, inspection, new, int(of) if of else None)
    except (WrongForm, NotAllowed) as error:
        more: dict[str, Any] = {"tried": "follow_up", "wrong": error, "follow_up": typed}
        return inspection_page(request, state, who, inspection, **more)
    return RedirectResponse(f"/inspections/{inspection}#follow-ups", 303)


def _offered(
    request: Request,
    state: State,
    who: Guest,
    inspection: int,
    form: Chosen,
    wrong: WrongForm | NotAllowed | None = None,
) -> Response:
    with state.store.reading() as work:
        row = opened_inspection(work, who.viewer, inspection)
        known = {one.duty.id for one in work.checking.findings.of(who.viewer, inspection)}
        try:
            wanted = form.wanted(work, row)
            count = work.duties.count(who.viewer, wanted)
            found = work.duties.find(who.viewer, wanted, most=MOST)
        except WrongForm as error:
            wrong, count, found = error, 0, []
        today = work.book.today()
        rows = [
            (one, bucket(Life(one.life), one.due_on, one.done_on, today, wanted.soon), one.id in known)
            for one in found
        ]
        return page(
            request,
            "inspection_duties.html",
            who,
            status=422 if wrong else 200,
            row=row,
            asked=form.model_dump(),
            rows=rows,
            count=count,
            new=sum(not taken for _, _, taken in rows),
            most=MOST,
            wrong=wrong,
            views=[view for view in VIEWS if view != "leader"],
            fields=FIELDS,
            assigners=ASSIGNERS,
            sources=TASK_SOURCES,
        )
