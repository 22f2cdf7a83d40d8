"""A unit's calendar: the page where its secret address is made and taken back, and the calendar itself."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Depends, Path, Request
from starlette.responses import Response

from service.access.roles import Right, Role
from service.access.viewer import Forbidden
from service.reporting.calendar import to_ics
from service.review.versions import Missing
from service.tracking.finder import DutiesWanted
from service.tracking.life import OPEN
from service.web.identity import Guest, guest
from service.web.render import page
from service.web.state import State, state_of

router = APIRouter()
Here = Annotated[State, Depends(state_of)]
Who = Annotated[Guest, Depends(guest)]
Token = Annotated[str, Path(pattern=r"^[A-Za-z0-9_-]{20,100}$")]


@router.get("/feed")
def feed(request: Request, state: Here, who: Who) -> Response:
    """Whether there is an address, and the buttons for a new one and none."""
    return _page(request, state, who)


@router.post("/feed")
def issue(request: Request, state: Here, who: Who) -> Response:
    """A new address, shown in this answer only."""
    with state.store.begin() as work:
        token = work.feeds.issue(who.viewer)
    return _page(request, state, who, f"{_address(request, state)}/feeds/{token}.ics")


@router.post("/feed/revoke")
def revoke(request: Request, state: Here, who: Who) -> Response:
    """None any more."""
    with state.store.begin() as work:
        work.feeds.revoke(who.viewer)
    return _page(request, state, who)


@router.get("/feeds/{token}.ics")
def calendar(state: Here, token: Token, kind: str = "event") -> Response:
    """The open duties of the unit whose user has this address, as a calendar; `kind=todo` as tasks."""
    with state.store.reading() as work:
        viewer = work.feeds.reader(token)
        if viewer is None:
            raise Missing("feed")
        duties = work.duties.find(viewer, DutiesWanted(lives=tuple(sorted(OPEN))), most=None)
        changed = work.duties.changed([one.id for one in duties])
    with state.store.begin() as work:
        work.feeds.note_use(token)
    content = to_ics(duties, changed, state.settings.public_url.rstrip("/"), todo=kind == "todo")
    return Response(content, media_type="text/calendar; charset=utf-8")


def _page(request: Request, state: State, who: Guest, shown: str = "") -> Response:
    if who.viewer.role is not Role.UNIT:
        raise Forbidden(Right.REPORT.value)
    with state.store.reading() as work:
        found = work.feeds.current(who.viewer)
    return page(request, "feed.html", who, found=found, shown=shown)


def _address(request: Request, state: State) -> str:
    return state.settings.public_url.rstrip("/") or str(request.base_url).rstrip("/")
