"""Files that failed, for administrators: why, and another try."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter, Depends, Form, Query, Request
from starlette.responses import RedirectResponse, Response

from pipeline.errors import Reason
from service.access.roles import Right
from service.access.viewer import Viewer
from service.runs.words import decimal
from service.web.identity import Guest, guest, needing
from service.web.render import page
from service.web.state import State, state_of

router = APIRouter()
Here = Annotated[State, Depends(state_of)]
Who = Annotated[Guest, Depends(guest)]
Manager = Annotated[Viewer, Depends(needing(Right.USERS))]
Hash = Annotated[str, Form(pattern="^[0-9a-f]{64}$")]
_PAGE = 100


@router.get("/quarantine")
def quarantine(
    request: Request,
    state: Here,
    who: Who,
    viewer: Manager,
    reason: Annotated[Reason | None, Query()] = None,
    before: Annotated[int | None, Query(ge=1, le=2**53)] = None,
    released: Annotated[int | None, Query(ge=0, le=2**53)] = None,
) -> Response:
    """The latest, a page at a time, all or of one reason."""
    with state.store.reading() as work:
        found = work.quarantine.held(reason=str(reason or ""), before=before, most=_PAGE + 1)
        counts = work.quarantine.counts()
    told: dict[str, Any] = {
        "rows": found[:_PAGE],
        "counts": counts,
        "reason": str(reason or ""),
        "released": released,
    }
    following = found[_PAGE - 1].id if len(found) > _PAGE else None
    return page(
        request, "quarantine.html", who, next=following, whole=lambda count: decimal(count, 0), **told
    )


@router.post("/quarantine/release")
def release(
    state: Here,
    viewer: Manager,
    sha256: Annotated[list[Hash] | None, Form()] = None,
    reason: Annotated[Reason | None, Form()] = None,
    every: Annotated[bool, Form()] = False,
) -> Response:
    """Lets go of those that were chosen; of all of a reason, or of all, where that was asked for."""
    hashes = None if every else sha256 or []
    of = str(reason or "") if every else ""
    with state.store.begin() as work:
        freed = work.quarantine.release(viewer.login, hashes, of)
    return RedirectResponse(f"/quarantine?released={freed}", 303)
