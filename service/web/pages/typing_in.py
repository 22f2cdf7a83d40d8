"""Duties that no document gave, typed in by hand; those of secret documents, without a word of content."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Annotated, Literal

from fastapi import APIRouter, Depends, Form, Request
from starlette.responses import RedirectResponse, Response

from pipeline.labels import ASSIGNERS, FIELDS
from pipeline.text import nfc
from service.access.roles import Right
from service.access.viewer import Viewer
from service.tracking.entering import NewDuty, Origin
from service.tracking.forms import WrongForm, day_from, due_from, lead_from, term_from
from service.tracking.keeping import Actor
from service.tracking.naming import Meant
from service.tracking.stubs import CLEARANCES
from service.web.identity import Guest, guest, needing
from service.web.naming import naming
from service.web.render import page
from service.web.state import State, state_of

router = APIRouter()
Here = Annotated[State, Depends(state_of)]
Who = Annotated[Guest, Depends(guest)]
Follower = Annotated[Viewer, Depends(needing(Right.FOLLOW))]
Text = Annotated[str, Form(max_length=4000, pattern=r"^[^\x00]*$")]
Line = Annotated[str, Form(max_length=300, pattern=r"^[^\x00]*$")]
_BLANK = dict.fromkeys(
    ("text", "lead", "due", "assigned_on", "note", "document_number", "field", "assigner"), ""
)


@router.get("/book/new")
def blank(request: Request, state: Here, who: Who, viewer: Follower) -> Response:
    """The form of a duty that no document gave."""
    return _form(request, state, who, {}, None)


@router.post("/book/new")
def typed(
    request: Request,
    state: Here,
    who: Who,
    viewer: Follower,
    text: Text = "",
    lead: Text = "",
    due: Text = "",
    assigned_on: Text = "",
    note: Text = "",
    document_number: Text = "",
    field: Annotated[str, Form(max_length=50)] = "other",
    assigner: Annotated[str, Form(max_length=50)] = "other",
) -> Response:
    """Enters it; what was typed stays on the page where something is missing."""
    given = {"text": text, "lead": lead, "due": due, "assigned_on": assigned_on, "note": note}
    given |= {"document_number": document_number, "field": field, "assigner": assigner}
    try:
        with state.store.begin() as work:
            today = work.book.today()
            new = new_duty(given, today, naming(state, work, viewer, today))
            duty = work.book.enter(Actor.of(viewer), new)
    except WrongForm as error:
        return _form(request, state, who, given, error)
    return RedirectResponse(f"/book/{duty}", 303)


@router.get("/book/secret")
def secret_blank(request: Request, state: Here, who: Who, viewer: Follower) -> Response:
    """The form of a secret document's duty."""
    return _secret(request, who, {}, None)


@router.post("/book/secret")
def secret_typed(
    request: Request,
    state: Here,
    who: Who,
    viewer: Follower,
    number: Line = "",
    issued_on: Line = "",
    lead: Line = "",
    due: Line = "",
    level: Annotated[Literal["mat", "toi_mat", "tuyet_mat"], Form()] = "mat",
) -> Response:
    """Enters it without a word of content; nobody types in what he may not see."""
    given = {"number": number, "issued_on": issued_on, "lead": lead, "due": due, "level": level}
    try:
        if CLEARANCES[level] > viewer.clearance:
            raise WrongForm("Bạn không được xem văn bản ở độ mật này.", "level")
        day, unit, name = day_from(issued_on, "issued_on"), lead_from(lead), " ".join(nfc(number).split())
        if day is None or not unit.name or not name:
            raise WrongForm("Cần số, ký hiệu, ngày ban hành và đơn vị.", "number")
        with state.store.begin() as work:
            unit, actor = naming(state, work, viewer, day)(unit), Actor.of(viewer)
            work.stubs.add(name, day, unit, due_from(due, day), level=level, actor=actor)
    except WrongForm as error:
        return _secret(request, who, given, error)
    return RedirectResponse("/book", 303)


def new_duty(given: Mapping[str, str], today: dt.date, meant: Meant) -> NewDuty:
    """A typed duty; raises `WrongForm`."""
    words = " ".join(nfc(given["text"]).split())
    if not words:
        raise WrongForm("Nhiệm vụ phải có lời văn.", "text")
    lead = meant(lead_from(given["lead"]))
    if not lead.name:
        raise WrongForm("Nhiệm vụ phải có đơn vị chủ trì.", "lead")
    assigned_on = day_from(given["assigned_on"], "assigned_on") or today
    deadline = term_from(given["due"], assigned_on)
    return NewDuty(
        words,
        lead,
        assigned_on,
        origin=Origin.TYPED,
        due_on=dt.date.fromisoformat(deadline["date"]) if deadline.get("date") else None,
        deadline=deadline,
        document_number=" ".join(nfc(given["document_number"]).split()),
        field=given["field"] if given["field"] in FIELDS else "other",
        assigner=given["assigner"] if given["assigner"] in ASSIGNERS else "other",
        note=" ".join(nfc(given["note"]).split()),
    )


def _form(
    request: Request, state: State, who: Guest, given: Mapping[str, str], wrong: WrongForm | None
) -> Response:
    return page(
        request,
        "duty_new.html",
        who,
        status=422 if wrong else 200,
        given=_BLANK | dict(given),
        wrong=wrong,
        fields=FIELDS,
        assigners=ASSIGNERS,
    )


def _secret(request: Request, who: Guest, given: Mapping[str, str], wrong: WrongForm | None) -> Response:
    blank = dict.fromkeys(("number", "issued_on", "lead", "due", "level"), "")
    levels = [level for level, least in CLEARANCES.items() if least <= who.viewer.clearance]
    return page(
        request,
        "duty_secret.html",
        who,
        status=422 if wrong else 200,
        given=blank | dict(given),
        wrong=wrong,
        levels=levels,
    )
