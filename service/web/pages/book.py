"""The book of duties: the list, one duty with its course and the steps that may be taken, a typed duty."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import replace
from typing import Annotated, Any, Literal

from fastapi import APIRouter, Depends, Form, Query, Request
from pydantic import BaseModel, Field
from starlette.responses import RedirectResponse, Response

from pipeline.labels import ASSIGNERS, FIELDS, TASK_SOURCES
from pipeline.text import nfc
from service.access.roles import Right, Role
from service.access.viewer import Viewer
from service.api.paging import cursor_of, opened_day
from service.review.versions import Missing
from service.store import Work
from service.tables import Duty
from service.tracking.calendar import counted_otherwise
from service.tracking.entering import Origin
from service.tracking.evidence_types import ENDINGS
from service.tracking.finder import DutiesWanted
from service.tracking.forms import Typed, WrongForm, day_from, given_from, lead_from, parts_from
from service.tracking.graph import Direction
from service.tracking.keeping import Actor
from service.tracking.life import OPEN, Life, NotAllowed, rules
from service.tracking.linking import is_linked
from service.tracking.relations import CARRIES_OUT
from service.tracking.timing import Bucket, bucket
from service.urging.calls import Channel
from service.web.identity import Guest, guest, needing
from service.web.naming import naming
from service.web.pages.checked import checked
from service.web.render import page
from service.web.state import State, state_of

router = APIRouter()
Here = Annotated[State, Depends(state_of)]
Who = Annotated[Guest, Depends(guest)]
Follower = Annotated[Viewer, Depends(needing(Right.FOLLOW))]
Text = Annotated[str, Form(max_length=4000, pattern=r"^[^\x00]*$")]
Line = Annotated[str, Form(max_length=300, pattern=r"^[^\x00]*$")]
PAGE = 40
_WAITING = (Life.AWAITING, Life.ADJUSTMENT_ASKED, Life.REFUSED)
VIEWS: Mapping[str, DutiesWanted] = {
    "open": DutiesWanted(buckets=(Bucket.IN_TIME, Bucket.DUE_SOON, Bucket.OVERDUE, Bucket.NO_DEADLINE)),
    "overdue": DutiesWanted(buckets=(Bucket.OVERDUE,)),
    "soon": DutiesWanted(buckets=(Bucket.DUE_SOON,)),
    "waiting": DutiesWanted(lives=_WAITING),
    "leader": DutiesWanted(with_leader=True),
    "undated": DutiesWanted(buckets=(Bucket.NO_DEADLINE,)),
    "done": DutiesWanted(lives=(Life.DONE,)),
    "all": DutiesWanted(wholes=True),
}
"""What the tabs of the list show."""


class Asked(BaseModel):
    """What the list is asked for, as its form sends it."""

    view: Literal["open", "overdue", "soon", "waiting", "leader", "undated", "done", "all"] = "open"
    q: str = Field("", max_length=200, pattern=r"^[^\x00]*$")
    unit: str = Field("", max_length=300, pattern=r"^[^\x00]*$")
    field: str = Field("", max_length=50)
    assigner: str = Field("", max_length=50)
    source: str = Field("", max_length=50)
    after: str = Field("", max_length=200)

    @property
    def filters(self) -> dict[str, Any]:
        """All but the place in the list."""
        return self.model_dump(mode="json", exclude={"after"})


@router.get("/book")
def book(request: Request, state: Here, who: Who, asked: Annotated[Asked, Query()]) -> Response:
    """The list, a page at a time."""
    after = opened_day(asked.after)
    with state.store.reading() as work:
        today = work.book.today()
        wanted = _wanted(asked, today)
        rows = work.duties.find(who.viewer, wanted, after, PAGE + 1)
        units = work.duties.units([one.id for one in rows])
        urged = work.urging.calls.counts([one.id for one in rows])
    last = rows[PAGE - 1] if len(rows) > PAGE else None
    return page(
        request,
        "book.html",
        who,
        rows=[(one, units.get(one.id, []), _bucket(one, today, wanted.soon)) for one in rows[:PAGE]],
        asked=asked.filters,
        views=[view for view in VIEWS if view != "leader" or who.viewer.may(Right.DECIDE)],
        next=cursor_of(last.due_key.isoformat(), last.id) if last else "",
        may_type=who.viewer.may(Right.FOLLOW),
        own=who.viewer.role is Role.UNIT,
        urged=urged,
        fields=FIELDS,
        assigners=ASSIGNERS,
        sources=TASK_SOURCES,
        today=today,
    )


@router.get("/book/{duty}")
def one(
    request: Request,
    state: Here,
    who: Who,
    duty: int,
    inspection: Annotated[str, Query(max_length=20, pattern=r"^\d*$")] = "",
) -> Response:
    """A duty, its course, and what may be done with it; a measure from what an `inspection` found."""
    return duty_page(request, state, who, duty, of_inspection=inspection)


@router.post("/book/{duty}/steps/{action}")
def step(
    request: Request,
    state: Here,
    who: Who,
    duty: int,
    action: str,
    seen: Annotated[int, Form()],
    note: Text = "",
    due: Text = "",
    text: Text = "",
    lead: Text = "",
    percent: Text = "",
    done_on: Text = "",
    approval_number: Text = "",
    approval_on: Text = "",
) -> Response:
    """Takes a step; what was typed stays on the page where it cannot be taken."""
    given = Typed(note, due, text, lead, percent, done_on, approval_number, approval_on)
    try:
        with state.store.begin() as work:
            row = work.book.duty(who.viewer, duty)
            if action not in rules():
                raise Missing(action)
            meant = naming(state, work, who.viewer, row.assigned_on, row.issuer)
            told = given_from(given, rules()[action], row.assigned_on, meant)
            work.book.act(who.viewer, duty, action, told, seen=seen)
    except (WrongForm, NotAllowed) as error:
        return duty_page(request, state, who, duty, action, given, error)
    return RedirectResponse(f"/book/{duty}", 303)


@router.post("/book/{duty}/parts")
def divide(
    request: Request,
    state: Here,
    who: Who,
    viewer: Follower,
    duty: int,
    seen: Annotated[int, Form()],
    parts: Annotated[str, Form(max_length=20_000, pattern=r"^[^\x00]*$")] = "",
    down: Annotated[bool, Form()] = False,
) -> Response:
    """Divides a duty among units, one a line."""
    try:
        with state.store.begin() as work:
            row = work.book.duty(viewer, duty)
            meant = naming(state, work, viewer, row.assigned_on, row.issuer)
            wanted = parts_from(parts, row.assigned_on, meant)
            origin = Origin.HANDED_DOWN if down else Origin.PART
            work.parts.divide(Actor.of(viewer), row, wanted, origin, seen=seen)
    except (WrongForm, NotAllowed) as error:
        return duty_page(request, state, who, duty, "divide", Typed(text=parts), error)
    return RedirectResponse(f"/book/{duty}", 303)


@router.post("/book/{duty}/unlink")
def unlink(request: Request, state: Here, who: Who, viewer: Follower, duty: int) -> Response:
    """Takes a duty away from the central one under which it was put."""
    try:
        with state.store.begin() as work:
            work.linking.unlink(viewer, duty)
    except NotAllowed as error:
        return duty_page(request, state, who, duty, error=error)
    return RedirectResponse(f"/book/{duty}", 303)


@router.post("/book/{duty}/urge")
def urge(
    request: Request,
    state: Here,
    who: Who,
    viewer: Follower,
    duty: int,
    channel: Annotated[Channel, Form()] = Channel.PHONE,
    urged_on: Text = "",
    note: Text = "",
) -> Response:
    """Notes that its unit was urged on."""
    try:
        on = day_from(urged_on, "urged_on")
        with state.store.begin() as work:
            work.urging.calls.note(viewer, duty, channel, on, " ".join(nfc(note).split()))
    except (WrongForm, NotAllowed) as error:
        typed = Typed(note, text=channel.value, done_on=urged_on)
        return duty_page(request, state, who, duty, "urge", typed, error)
    return RedirectResponse(f"/book/{duty}", 303)


def _wanted(asked: Asked, today: dt.date) -> DutiesWanted:
    bracketed = lead_from(asked.unit)
    return replace(
        VIEWS[asked.view],
        on=today,
        unit=bracketed.id or bracketed.name,
        field=asked.field,
        assigner=asked.assigner,
        source=asked.source,
        words=asked.q,
    )


def _bucket(duty: Duty, today: dt.date, soon: int) -> Bucket:
    return bucket(Life(duty.life), duty.due_on, duty.done_on, today, soon)


def duty_page(
    request: Request,
    state: State,
    who: Guest,
    duty: int,
    action: str = "",
    given: Typed | None = None,
    error: WrongForm | NotAllowed | None = None,
    **more: Any,
) -> Response:
    """A duty's page; what was typed stays on it where `error` says that it cannot be used."""
    with state.store.reading() as work:
        row = work.book.duty(who.viewer, duty)
        return page(
            request,
            "duty.html",
            who,
            status=422 if error else 200,
            **_shown(work, who.viewer, row),
            channels=list(Channel),
            tried=action,
            endings=ENDINGS,
            most_files=state.settings.duty_files,
            given=given or Typed(),
            wrong=error,
            **(checked(work, who.viewer, duty) | more),
        )


def _shown(work: Work, viewer: Viewer, row: Duty) -> dict[str, Any]:
    """A duty with all that its page tells of it."""
    today, soon = work.book.today(), DutiesWanted().soon
    parts = work.duties.find(viewer, DutiesWanted(parent=row.id), most=None)
    follows = viewer.may(Right.FOLLOW)
    opens = row.document_id is not None and bool(work.shelf.openable(viewer, {row.document_id}))
    links = work.graph.of(viewer, row.document_id, (CARRIES_OUT,)) if opens and row.document_id else []
    return {
        "duty": row,
        "bucket": _bucket(row, today, soon),
        "units": work.book.units(row.id),
        "events": work.book.events(viewer, row.id),
        "steps": work.book.open_to(viewer, row),
        "proposed": work.relations.waiting(viewer, row.id) if follows else [],
        "parts": [(one, _bucket(one, today, soon)) for one in parts],
        "otherwise": counted_otherwise(
            row.deadline, row.assigned_on, row.due_on, work.urging.days.calendar()
        ),
        "urged": work.urging.calls.counts([row.id]).get(row.id, 0),
        "may_divide": follows and Life(row.life) in OPEN,
        "may_unlink": follows and is_linked(row),
        "opens": opens,
        "carried": [one for one in links if one.direction is Direction.OUT],
        "carriers": [one for one in links if one.direction is Direction.IN],
    }
