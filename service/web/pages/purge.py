"""Removing a document for good, after it was said what that means."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Depends, Request
from starlette.responses import Response

from service.access.roles import Right
from service.access.viewer import Viewer
from service.purging.purge import Purge, told
from service.review.versions import Missing
from service.web.identity import Guest, guest, needing
from service.web.render import page
from service.web.state import State, state_of

router = APIRouter()
Here = Annotated[State, Depends(state_of)]
Who = Annotated[Guest, Depends(guest)]
Purger = Annotated[Viewer, Depends(needing(Right.PURGE))]


@router.get("/documents/{document}/purge")
def ask(request: Request, state: Here, who: Who, viewer: Purger, document: int) -> Response:
    """Asks first."""
    with state.store.reading() as work:
        row = work.shelf.document(viewer, document)
    if row is None:
        raise Missing(str(document))
    return page(request, "purge.html", who, document=row, lines=None)


@router.post("/documents/{document}/purge")
def purge(request: Request, state: Here, who: Who, viewer: Purger, document: int) -> Response:
    """Removes it; the answer lists what went."""
    with state.store.reading() as work:
        if work.shelf.document(viewer, document) is None:
            raise Missing(str(document))
    removed = Purge(state.settings, state.store).purge(viewer.login, document)
    if removed is None:
        raise Missing(str(document))
    return page(request, "purge.html", who, document=None, lines=told(removed))
