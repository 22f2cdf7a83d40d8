"""Documents that may be one: a reviewer joins them or says that they are two, by one key."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Depends, Form, Request
from starlette.responses import RedirectResponse, Response

from service.access.roles import Right
from service.access.viewer import Viewer
from service.review.versions import Filed
from service.web.identity import Guest, guest, needing
from service.web.render import page
from service.web.state import State, state_of

router = APIRouter()
Here = Annotated[State, Depends(state_of)]
Who = Annotated[Guest, Depends(guest)]
Reviewer = Annotated[Viewer, Depends(needing(Right.REVIEW))]


@router.get("/duplicates")
def duplicates(request: Request, state: Here, who: Who, viewer: Reviewer) -> Response:
    """Those that wait, the most alike first; below them those that were joined last."""
    return _list(request, state, who)


@router.post("/duplicates/{twin}/join")
def join(
    request: Request,
    state: Here,
    who: Who,
    viewer: Reviewer,
    twin: int,
    kept: Annotated[str, Form(pattern=r"^\d{0,18}$")] = "",
) -> Response:
    """Makes both one document; where the other is in the book, that is told beside the pair."""
    try:
        with state.store.begin() as work:
            work.twins.join(viewer, twin, int(kept) if kept else None)
    except Filed:
        return _list(request, state, who, twin)
    return RedirectResponse("/duplicates", 303)


@router.post("/duplicates/{twin}/apart")
def keep_apart(state: Here, viewer: Reviewer, twin: int) -> Response:
    """They are two."""
    with state.store.begin() as work:
        work.twins.keep_apart(viewer, twin)
    return RedirectResponse("/duplicates", 303)


@router.post("/duplicates/{twin}/part")
def part(state: Here, viewer: Reviewer, twin: int) -> Response:
    """Takes a joined pair apart again."""
    with state.store.begin() as work:
        work.twins.part(viewer, twin)
    return RedirectResponse("/duplicates", 303)


def _list(request: Request, state: State, who: Guest, filed: int = 0) -> Response:
    with state.store.reading() as work:
        waiting, joined = work.twins.waiting(who.viewer), work.twins.joined(who.viewer)
        status = 422 if filed else 200
        return page(
            request, "duplicates.html", who, status=status, waiting=waiting, joined=joined, filed=filed
        )
