"""Mail that came in, for administrators: what was taken of each, what became of its documents."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Depends, Query, Request
from starlette.responses import Response

from service.access.roles import Right
from service.access.viewer import Viewer
from service.incoming.fetcher import server_of
from service.web.identity import Guest, guest, needing
from service.web.render import page, speaker
from service.web.state import State, state_of
from service.wording import REFUSALS

router = APIRouter()
Here = Annotated[State, Depends(state_of)]
Who = Annotated[Guest, Depends(guest)]
Manager = Annotated[Viewer, Depends(needing(Right.USERS))]
_PAGE = 50


@router.get("/mails")
def mails(
    request: Request,
    state: Here,
    who: Who,
    viewer: Manager,
    before: Annotated[int | None, Query(ge=1, le=2**62)] = None,
) -> Response:
    """The latest, a page at a time."""
    with state.store.reading() as work:
        found = work.mails.recent(viewer, before=before, most=_PAGE + 1)
    server = server_of(state.settings)
    return page(
        request,
        "mails.html",
        who,
        rows=found[:_PAGE],
        next=found[_PAGE - 1].mail.id if len(found) > _PAGE else None,
        account=server.account if server else "",
        refusals=REFUSALS,
        say=speaker(request, who),
        taker=state.settings.imap_as,
    )
