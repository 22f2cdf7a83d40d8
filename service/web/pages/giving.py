"""Giving a document to a person to review: by who assigns, in the queue and beside the document."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Depends, Form, Request
from starlette.responses import RedirectResponse, Response

from service.access.roles import Right
from service.access.viewer import Viewer
from service.review.versions import Missing
from service.web.identity import Guest, guest, needing
from service.web.render import page
from service.web.state import State, state_of

router = APIRouter()
Here = Annotated[State, Depends(state_of)]
Who = Annotated[Guest, Depends(guest)]
Assigner = Annotated[Viewer, Depends(needing(Right.ASSIGN))]


@router.post("/documents/{document}/assignee")
def give(
    request: Request,
    state: Here,
    who: Who,
    viewer: Assigner,
    document: int,
    assignee: Annotated[str, Form(pattern="^[0-9]{0,15}$")] = "",
) -> Response:
    """Gives the document to a person, or back to all: the control as it is then, or the document."""
    with state.store.begin() as work:
        work.course.assign(viewer, document, int(assignee) if assignee else None)
    if "hx-request" not in request.headers:
        return RedirectResponse(f"/documents/{document}", 303)
    with state.store.reading() as work:
        row = work.shelf.document(viewer, document)
        people = work.course.reviewers()
    if row is None:
        raise Missing(str(document))
    return page(request, "give.html", who, document=row, people=people, given=True)
