"""The start page: what waits to be reviewed, and where files are sent in."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Query, Request
from starlette.responses import RedirectResponse, Response

from service.access.roles import Right, Role
from service.review.inbox import COUNTED, PAGE, Holder, Waiting, Wanted
from service.web.identity import Guest, guest
from service.web.render import page
from service.web.state import State, state_of

router = APIRouter()
Here = Annotated[State, Depends(state_of)]
Who = Annotated[Guest, Depends(guest)]
STATES = ("extracted", "reviewed", "filed", "")


@router.get("/")
def inbox(
    request: Request,
    state: Here,
    who: Who,
    review: Annotated[str, Query(pattern="^(extracted|reviewed|filed|all)$")] = "extracted",
    of: Holder = Holder.ANYONE,
    again: bool = False,
    after: Annotated[str, Query(pattern=r"^([0-9.]+~[0-9]+)?$")] = "",
) -> Response:
    """The queue, a page at a time."""
    if who.viewer.role is Role.UNIT:
        return RedirectResponse("/tasks", 303)
    wanted = Wanted(
        state="" if review == "all" or again else review,
        holder=of,
        second_look=again,
        after=_position(after),
    )
    with state.store.reading() as work:
        rows = work.inbox.page(who.viewer, wanted)
        counts = work.inbox.counts(who.viewer)
        mine = work.inbox.mine(who.viewer) if who.viewer.may(Right.REVIEW) else None
        people = work.course.reviewers() if who.viewer.may(Right.ASSIGN) else []
        returned = work.handing.returned(who.viewer)
        duplicates = work.twins.count(who.viewer) if who.viewer.may(Right.REVIEW) else 0
        stop = work.budget.stops.current() if who.viewer.may(Right.USERS) else None
    asked: dict[str, Any] = {"review": review, "of": of.value, "again": again, "next": _next(rows)}
    asked |= {"stop": stop, "duplicates": duplicates, "returned": returned}
    return page(
        request,
        "inbox.html",
        who,
        rows=rows,
        counts=counts,
        counted=COUNTED,
        mine=mine,
        people=people,
        may_upload=who.viewer.may(Right.UPLOAD),
        **asked,
    )


def _next(rows: Sequence[Waiting]) -> str:
    last = rows[-1].document if len(rows) == PAGE else None
    return f"{last.rank}~{last.id}" if last else ""


def _position(after: str) -> tuple[float, int] | None:
    rank, _, last = after.partition("~")
    return (float(rank), int(last)) if last else None
