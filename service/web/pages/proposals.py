"""Changes of duties that newer documents propose: seen with the clause that says so, agreed to by one key."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Depends, Form, Request
from starlette.responses import RedirectResponse, Response

from service.access.roles import Right
from service.access.viewer import Viewer
from service.tracking.forms import WrongForm, due_from
from service.tracking.life import NotAllowed
from service.tracking.relations import Incomplete
from service.web.identity import Guest, guest, needing
from service.web.render import page
from service.web.state import State, state_of

router = APIRouter()
Here = Annotated[State, Depends(state_of)]
Who = Annotated[Guest, Depends(guest)]
Follower = Annotated[Viewer, Depends(needing(Right.FOLLOW))]


@router.get("/proposals")
def proposals(request: Request, state: Here, who: Who, viewer: Follower) -> Response:
    """Those that wait, oldest first."""
    return _list(request, state, who)


@router.post("/proposals/{proposal}/accept")
def accept(
    request: Request,
    state: Here,
    who: Who,
    viewer: Follower,
    proposal: int,
    due: Annotated[str, Form(max_length=200, pattern=r"^[^\x00]*$")] = "",
    whole: Annotated[str, Form(pattern=r"^\d{0,18}$")] = "",
) -> Response:
    """Agrees; what stands in the way is told beside the proposal."""
    try:
        with state.store.begin() as work:
            day = due_from(due, work.book.today())
            work.relations.accept(viewer, proposal, day, int(whole) if whole else None)
    except WrongForm as error:
        return _list(request, state, who, proposal, str(error))
    except Incomplete:
        return _list(request, state, who, proposal, "", key="incomplete")
    except NotAllowed as error:
        return _list(request, state, who, proposal, "", key=error.why)
    return RedirectResponse("/proposals", 303)


@router.post("/proposals/{proposal}/decline")
def decline(request: Request, state: Here, who: Who, viewer: Follower, proposal: int) -> Response:
    """Leaves the duty as it is."""
    with state.store.begin() as work:
        work.relations.decline(viewer, proposal)
    return RedirectResponse("/proposals", 303)


def _list(
    request: Request, state: State, who: Guest, wrong: int = 0, said: str = "", key: str = ""
) -> Response:
    with state.store.reading() as work:
        rows = work.relations.waiting(who.viewer)
        return page(
            request,
            "proposals.html",
            who,
            status=422 if wrong else 200,
            rows=rows,
            wrong=wrong,
            said=said,
            key=key,
        )
