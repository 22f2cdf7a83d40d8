"""An office's former book from a workbook: columns matched, every row shown as understood, then entered.

Nothing is kept between the two: the page's script sends the workbook again with what the user decided.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Request
from starlette.concurrency import run_in_threadpool
from starlette.responses import JSONResponse, Response

from service.access.roles import Right
from service.access.viewer import Viewer
from service.api.book import ROOM
from service.importing.columns import ROLES
from service.importing.reading import NotRead, Wish, understood
from service.review.finder import DocumentsWanted
from service.spool import wipe
from service.tracking.keeping import Actor
from service.uploads.multipart import Bounds, Form
from service.web.identity import Guest, guest, needing
from service.web.problems import Problem
from service.web.render import page, speaker
from service.web.sending import form_of
from service.web.state import State, state_of

router = APIRouter()
Here = Annotated[State, Depends(state_of)]
Who = Annotated[Guest, Depends(guest)]
Follower = Annotated[Viewer, Depends(needing(Right.FOLLOW))]


@router.get("/book/import")
def blank(request: Request, state: Here, who: Who, viewer: Follower) -> Response:
    """The form."""
    return page(request, "book_import.html", who, issuer=_place(state, viewer))


@router.post("/book/import/preview")
async def looked(request: Request, state: Here, who: Who, viewer: Follower) -> Response:
    """What an import would do; nothing is entered."""
    return await _answered(request, state, who, enter=False)


@router.post("/book/import")
async def entered(request: Request, state: Here, who: Who, viewer: Follower) -> Response:
    """Enters the rows, by the columns that the user saw."""
    return await _answered(request, state, who, enter=True)


async def _answered(request: Request, state: State, who: Guest, *, enter: bool) -> Response:
    settings = state.settings
    bounds = Bounds(settings.duty_file_bytes, 1, settings.duty_file_bytes + ROOM)
    folder: Path = await run_in_threadpool(state.spool.folder)
    try:
        form = await form_of(request, folder, bounds)
        values = await run_in_threadpool(_done, state, who.viewer, form, enter)
    except NotRead as error:
        raise Problem(422, "not-a-book", speaker(request, who)(str(error))) from None
    finally:
        await run_in_threadpool(wipe, folder)
    shown = page(request, "book_import_rows.html", who, roles=ROLES, **values)
    return JSONResponse({"html": bytes(shown.body).decode()})


def _done(state: State, viewer: Viewer, form: Form, enter: bool) -> dict[str, Any]:
    sheet = form.values.get("sheet", "")
    columns = _columns(form.values) if form.values.get("of_sheet") == sheet else {}
    wish = Wish(form.values.get("issuer", ""), sheet, columns)
    name, content = form.files[0].name, form.files[0].path.read_bytes()
    found = understood(state.settings, state.store, state.spool, state.register, name, content, wish)
    made: list[int] = []
    enter = enter and form.values.get("seen") == found.sha256  # else another workbook was chosen meanwhile
    if enter:
        with state.store.begin() as work:
            made = work.former.enter(Actor.of(viewer), found.new)
    return {"found": found, "made": made, "entered": enter}


def _columns(values: Mapping[str, str]) -> dict[str, int]:
    given = {role: values.get(f"column_{role}", "") for role in ROLES}
    return {role: int(column) for role, column in given.items() if column.isdecimal()}


def _place(state: State, viewer: Viewer) -> str:
    """Whose province's bodies are meant: that of the latest document."""
    with state.store.reading() as work:
        latest = work.finder.documents(viewer, DocumentsWanted(), most=1)
    return (latest[0].document.issuer or "") if latest else ""
