"""An office's former book over the API: a workbook is read and shown, then entered once the client agrees."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

from fastapi import APIRouter, Depends, Request
from fastapi.exceptions import RequestValidationError
from pydantic import ValidationError
from starlette.concurrency import run_in_threadpool
from starlette.responses import JSONResponse, Response

from service.access.roles import Right
from service.access.viewer import Viewer
from service.api.answers import Here, Responses, problems
from service.api.book_forms import REQUEST, ImportForm, ImportShown, import_shown
from service.importing.reading import NotRead, Wish, understood
from service.spool import wipe
from service.tracking.keeping import Actor
from service.uploads.multipart import Bounds, Form
from service.web.identity import needing
from service.web.problems import Problem
from service.web.sending import form_of
from service.web.state import State

router = APIRouter(tags=["book"])
Follower = Annotated[Viewer, Depends(needing(Right.FOLLOW))]
ROOM = 64 * 1024  # bytes of a request beside the workbook
_ENTERED: Responses = {
    200: {"description": "What an import would do; nothing was entered."},
    201: {"description": "The rows are entered.", "model": ImportShown},
}


@router.post(
    "/book/imports",
    response_model=ImportShown,
    responses=_ENTERED | problems(400, 409, 413, 415),
    openapi_extra=REQUEST,
)
async def imported(request: Request, state: Here, viewer: Follower) -> Response:
    """Reads a workbook in which an office has followed its tasks so far, and shows each row as understood.
    With `dry_run=false` and the `sha256` that was shown as `agreed`, the rows that are new are entered; what
    was entered before stays as it is."""
    settings = state.settings
    bounds = Bounds(settings.duty_file_bytes, 1, settings.duty_file_bytes + ROOM, field_bytes=4000)
    folder: Path = await run_in_threadpool(state.spool.folder)
    try:
        form = await form_of(request, folder, bounds)
        return await run_in_threadpool(_answered, state, viewer, form)
    except NotRead as error:
        title = "Không đọc được thành sổ (not read as a book)"
        raise Problem(422, "not-a-book", title, why=str(error)) from None
    finally:
        await run_in_threadpool(wipe, folder)


def _answered(state: State, viewer: Viewer, form: Form) -> Response:
    try:
        asked = ImportForm.model_validate(form.values)
    except ValidationError as error:
        raise RequestValidationError(error.errors(include_context=False)) from None
    sent = form.files[0]
    if asked.enters and asked.agreed != sent.sha256:
        title = "Sổ này chưa được xem trước (look at this workbook first)"
        raise Problem(409, "not-agreed", title, sha256=sent.sha256)
    wish = Wish(asked.issuer, asked.sheet, asked.columns)
    found = understood(
        state.settings, state.store, state.spool, state.register, sent.name, sent.path.read_bytes(), wish
    )
    if not asked.enters:
        return JSONResponse(import_shown(found, None).model_dump(mode="json"))
    if found.missing:
        title = "Chưa rõ cột nào là gì (columns are missing)"
        raise Problem(422, "columns-missing", title, missing=found.missing)
    with state.store.begin() as work:
        made = work.former.enter(Actor.of(viewer), found.new)
    return JSONResponse(import_shown(found, made).model_dump(mode="json"), 201)
