"""Uploads: documents are sent in, read in the background, and followed to their end."""

from __future__ import annotations

import asyncio
import datetime as dt
import json
import time
from collections.abc import AsyncIterator
from typing import Annotated, Any, Literal

from fastapi import APIRouter, Depends, Header, Path, Query, Request
from pydantic import BaseModel, Field
from starlette.concurrency import run_in_threadpool
from starlette.responses import JSONResponse, Response, StreamingResponse

from service.access.roles import Right
from service.access.viewer import Viewer
from service.api.answers import ROOT, Here, Responses, moment, problems
from service.api.paging import Cursor, cursor_of, opened
from service.review.desk import Missing
from service.settings import Settings
from service.spool import wipe
from service.uploads.book import Progress, Reused
from service.uploads.multipart import Bounds
from service.uploads.receiving import admitted, documents
from service.web.identity import needing
from service.web.problems import Problem
from service.web.sending import form_of
from service.web.state import State

router = APIRouter(tags=["uploads"])
Sender = Annotated[Viewer, Depends(needing(Right.UPLOAD))]
UploadId = Annotated[str, Path(pattern="^[0-9a-f]{32}$")]
State_ = Literal["received", "waiting", "reading", "done", "failed", "refused"]

_POLL, _HEARTBEAT = 0.5, 15.0  # seconds
_TRUE = {"1", "true", "on", "yes"}


class Upload(BaseModel):
    """A document on its way; `done`, `failed`, `refused` are ends. Outcomes, reasons: docs/outcomes.md."""

    id: str = Field(examples=["0f8b7c1d2e3f4a5b8c9d0e1f2a3b4c5d"])
    batch: str = Field(description="Shared by the documents of one request.")
    state: State_
    outcome: str = Field(examples=["done"], description="Empty until the end.")
    reason: str = Field(examples=[""], description="Why it failed, from a closed list.")
    message: str = Field(description="The same for people; or why it was refused.")
    stage: Literal["", "opening", "pages", "tasks"] = Field(
        examples=["pages"], description="What is being done while it is `reading`; else empty."
    )
    page: int = Field(examples=[3], description="How many pages are read, in the stage `pages`.")
    pages: int = Field(examples=[12], description="Of how many; 0 where that is not known.")
    files: int
    size: int
    document: int | None = Field(description="The document, where you may open it.")
    tasks: int | None = Field(description="How many tasks it has.")
    created_at: dt.datetime
    finished_at: dt.datetime | None
    links: dict[str, str]


class Accepted(BaseModel):
    """The documents of a request, in order."""

    uploads: list[Upload]


class UploadPage(BaseModel):
    """A page of uploads, newest first; `next` leads to the following page."""

    items: list[Upload]
    next: str | None


_FORM: dict[str, Any] = {
    "requestBody": {
        "required": True,
        "content": {
            "multipart/form-data": {
                "schema": {
                    "type": "object",
                    "required": ["files"],
                    "properties": {
                        "files": {
                            "type": "array",
                            "minItems": 1,
                            "items": {"type": "string", "format": "binary"},
                        },
                        "bundle": {
                            "type": "string",
                            "enum": ["false", "true"],
                            "description": "All files are one document: the directive, then its annexes.",
                        },
                    },
                }
            }
        },
    }
}


_ACCEPTED: Responses = {202: {"headers": {"Location": {"schema": {"type": "string"}}}}}
_EVENTS: Responses = {
    200: {
        "description": "Events `progress`, one a change, until the end.",
        "content": {"text/event-stream": {}},
    }
}


@router.post(
    "/uploads",
    status_code=202,
    response_model=Accepted,
    responses=_ACCEPTED | problems(400, 413, 415),
    openapi_extra=_FORM,
)
async def send(
    request: Request,
    state: Here,
    viewer: Sender,
    idempotency_key: Annotated[
        str | None,
        Header(
            min_length=1, max_length=200, description="The same key with the same bytes: the same upload."
        ),
    ] = None,
) -> Response:
    """Takes one or many files; each is a document unless they are bundled. Follow it at `Location`."""
    folder = await run_in_threadpool(state.spool.folder)
    try:
        form = await form_of(request, folder, _bounds(state.settings))
        bundles = documents(form.files, bundle=form.values.get("bundle", "").lower() in _TRUE)
        found = await run_in_threadpool(
            admitted, state.store, state.folders, viewer, bundles, idempotency_key
        )
    except Reused:
        title = "Idempotency-Key đã dùng cho tệp khác (key was used for other bytes)"
        raise Problem(422, "idempotency-key-reused", title) from None
    finally:
        await run_in_threadpool(wipe, folder)
    if state.readers:
        for _ in found:
            state.readers.wake()
    one = f"{ROOT}/uploads/{found[0].id}"
    location = one if len(found) == 1 else f"{ROOT}/uploads?batch={found[0].batch}"
    body = Accepted(uploads=[_shown(each) for each in found])
    return JSONResponse(body.model_dump(mode="json"), 202, headers={"location": location})


@router.get("/uploads", response_model=UploadPage, responses=problems(400))
def listed(
    state: Here,
    viewer: Sender,
    batch: Annotated[str, Query(pattern="^([0-9a-f]{32})?$")] = "",
    progress: Annotated[State_ | None, Query(alias="state")] = None,
    limit: Annotated[int, Query(ge=1, le=200)] = 50,
    cursor: Cursor = "",
) -> UploadPage:
    """Your own uploads, newest first."""
    before, before_id = opened(cursor, float, str) or (None, "")
    with state.store.reading() as work:
        found = work.uploads.listed(
            viewer, batch=batch, state=progress or "", before=before, before_id=before_id, most=limit + 1
        )
    shown = found[:limit]
    more = cursor_of(shown[-1].created_at, shown[-1].id) if len(found) > limit else None
    return UploadPage(items=[_shown(one) for one in shown], next=more)


@router.get("/uploads/{upload}", response_model=Upload, responses=problems(404))
def one(upload: UploadId, state: Here, viewer: Sender) -> Upload:
    """How far an upload is."""
    return _shown(_found(state, viewer, upload))


@router.get(
    "/uploads/{upload}/events",
    response_class=StreamingResponse,
    responses=_EVENTS | problems(404),
)
async def events(upload: UploadId, request: Request, state: Here, viewer: Sender) -> StreamingResponse:
    """The same as server-sent events; each `data` is the upload as JSON. Ends with it or the server."""
    first = await run_in_threadpool(_found, state, viewer, upload)
    return StreamingResponse(_told(request, state, viewer, first), media_type="text/event-stream")


async def _told(request: Request, state: State, viewer: Viewer, first: Progress) -> AsyncIterator[str]:
    shown: Progress | None = None
    now: Progress | None = first
    spoke = time.monotonic()
    while now is not None:
        if now != shown:
            shown, spoke = now, time.monotonic()
            body = json.dumps(_shown(now).model_dump(mode="json"), ensure_ascii=False)
            yield f"event: progress\ndata: {body}\n\n"
        if now.ended or request.app.state.leaving.is_set() or await request.is_disconnected():
            return
        if time.monotonic() - spoke > _HEARTBEAT:
            spoke = time.monotonic()
            yield ": still here\n\n"
        await asyncio.sleep(_POLL)
        now = await run_in_threadpool(_looked, state, viewer, first.id)


def _bounds(settings: Settings) -> Bounds:
    return Bounds(settings.max_bytes, settings.max_upload_files, settings.max_upload_bytes)


def _looked(state: State, viewer: Viewer, upload: str) -> Progress | None:
    """How far it is now; None once the viewer may not see it any more."""
    with state.store.reading() as work:
        still = work.people.viewer(viewer.id)
        return work.uploads.one(viewer, upload) if still and still.role is viewer.role else None


def _found(state: State, viewer: Viewer, upload: str) -> Progress:
    with state.store.reading() as work:
        found = work.uploads.one(viewer, upload)
    if found is None:
        raise Missing(upload)
    return found


def _shown(one: Progress) -> Upload:
    links = {"self": f"{ROOT}/uploads/{one.id}", "events": f"{ROOT}/uploads/{one.id}/events"}
    if one.document is not None:
        links["document"] = f"{ROOT}/documents/{one.document}"
    shared = {name: getattr(one, name) for name in type(one).__slots__}
    times = {"created_at": moment(one.created_at), "finished_at": moment(one.finished_at)}
    return Upload(**shared | times, links=links)
