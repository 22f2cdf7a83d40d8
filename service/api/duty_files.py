"""Documents attached to steps of duties as evidence: sent in with the step, fetched by who sees the duty."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path as FilePath
from typing import Annotated, Any
from urllib.parse import quote

from fastapi import APIRouter, Path, Request
from fastapi.exceptions import RequestValidationError
from pydantic import ValidationError
from starlette.concurrency import run_in_threadpool
from starlette.responses import FileResponse

from service.api.answers import MOST, Here, Responses, Who, problems
from service.api.duties import DutyId, given_with, opened_duty
from service.api.duty_forms import DutyOpened, StepForm
from service.review.versions import Missing
from service.settings import Settings
from service.spool import wipe
from service.tracking.attaching import NotTaken
from service.tracking.life import rules
from service.uploads.multipart import Bounds, Form
from service.web.problems import Problem
from service.web.sending import form_of
from service.wording import REFUSALS

router = APIRouter(tags=["duties"])
_ROOM = 64 * 1024  # bytes of a request beside its files
_FILE: Responses = {200: {"description": "The file.", "content": {"application/octet-stream": {}}}}
_FORM: dict[str, Any] = {
    "requestBody": {
        "required": True,
        "content": {
            "multipart/form-data": {
                "schema": {
                    "type": "object",
                    "required": ["step", "files"],
                    "properties": {
                        "step": {"type": "string", "description": "What the step's JSON would be."},
                        "files": {
                            "type": "array",
                            "minItems": 1,
                            "items": {"type": "string", "format": "binary"},
                        },
                    },
                }
            }
        },
    }
}


@router.post(
    "/duties/{duty}/steps/{action}/files",
    responses=problems(400, 404, 409, 413, 415),
    openapi_extra=_FORM,
)
async def step(
    duty: DutyId, action: Annotated[str, Path(max_length=50)], request: Request, state: Here, viewer: Who
) -> DutyOpened:
    """Takes a step with documents as evidence. Where one is not taken, "file-not-taken" tells which and why,
    and the step is not taken either."""
    if action not in rules():
        raise Missing(action)

    def taken(form: Form) -> DutyOpened:
        try:
            told = StepForm.model_validate_json(form.values.get("step", ""))
        except ValidationError as error:
            raise RequestValidationError(error.errors(include_context=False)) from None
        with state.store.reading() as work:
            given = given_with(state, work, viewer, duty, told)
        with answered():
            state.attaching.step(viewer, duty, action, given, form.files, told.revision)
        with state.store.reading() as work:
            return opened_duty(work, viewer, duty)

    folder: FilePath = await run_in_threadpool(state.spool.folder)
    try:
        form = await form_of(request, folder, bounds_of(state.settings))
        return await run_in_threadpool(taken, form)
    finally:
        await run_in_threadpool(wipe, folder)


@router.get("/duties/{duty}/files/{file}", responses=_FILE | problems(404), response_class=FileResponse)
def fetched(
    duty: DutyId, file: Annotated[int, Path(ge=1, le=MOST)], state: Here, viewer: Who
) -> FileResponse:
    """A document that was attached, as it came, to be saved; never shown in place."""
    with state.store.reading() as work:
        events = work.book.events(viewer, duty)
    kept = next((one for _, files in events for one in files if one.id == file), None)
    path = state.files.path(kept.sha256) if kept else None
    if kept is None or path is None or not path.exists():
        raise Missing(f"{duty} {file}")
    headers = {
        "content-disposition": f"attachment; filename*=UTF-8''{quote(kept.name, safe='')}",
        "content-security-policy": "default-src 'none'; sandbox",
    }
    return FileResponse(path, media_type="application/octet-stream", headers=headers)


@contextmanager
def answered() -> Iterator[None]:
    """Tells of a file that is not taken as a problem."""
    try:
        yield
    except NotTaken as error:
        why = error.message or REFUSALS.get(error.why, error.why)
        more = {"reason": str(error.why), "file": error.place, "why": why}
        title = "Một tệp không được nhận (a file is not taken)"
        raise Problem(422, "file-not-taken", title, **more) from None


def bounds_of(settings: Settings) -> Bounds:
    """What a step may bring."""
    most = settings.duty_files * settings.duty_file_bytes + _ROOM
    return Bounds(settings.duty_file_bytes, settings.duty_files, most, field_bytes=_ROOM // 2)
