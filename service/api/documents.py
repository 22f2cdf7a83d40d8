"""Documents: found, looked at, moved on; the original as it came."""

from __future__ import annotations

from dataclasses import replace
from typing import Annotated, Any, Literal
from urllib.parse import quote

from fastapi import APIRouter, Query
from starlette.responses import FileResponse

from service.access.viewer import Viewer
from service.api.answers import DocumentId, Here, Responses, Who, problems
from service.api.paging import Cursor, cursor_of, opened
from service.api.shapes import DocumentPage, DocumentShown, TaskShown, document_shown, task_shown
from service.review.desk import Missing
from service.review.finder import DocumentOrder, DocumentsWanted
from service.review.inbox import Holder
from service.web.problems import Problem
from service.web.state import State

router = APIRouter(prefix="/documents", tags=["documents"])
Words = Annotated[
    str, Query(max_length=200, description="Words, with or without diacritics; a phrase in quotes.")
]
Name = Annotated[str, Query(max_length=200)]
Limit = Annotated[int, Query(ge=1, le=200)]
_ORIGINAL: Responses = {200: {"description": "The file.", "content": {"application/octet-stream": {}}}}


@router.get("", responses=problems(400))
def listed(
    state: Here,
    viewer: Who,
    review: Annotated[Literal["extracted", "reviewed", "filed"] | None, Query()] = None,
    type: Name = "",
    issuer: Name = "",
    number: Name = "",
    q: Words = "",
    sort: DocumentOrder = DocumentOrder.NEWEST,
    assignee: Annotated[Literal["mine", "others", "nobody"] | None, Query()] = None,
    limit: Limit = 50,
    cursor: Cursor = "",
) -> DocumentPage:
    """The documents that you may know of."""
    wanted = DocumentsWanted(review or "", plain(type), plain(issuer), plain(number), plain(q), sort)
    wanted = replace(wanted, holder=Holder(assignee or ""))
    after = opened(cursor, *((float, int) if sort is DocumentOrder.URGENT else (int,)))
    with state.store.reading() as work:
        found = work.finder.documents(viewer, wanted, after, limit + 1)
    more = cursor_of(*found[limit - 1].place) if len(found) > limit else None
    return DocumentPage(items=[document_shown(one) for one in found[:limit]], next=more)


@router.get("/{document}", responses=problems(404))
def one(document: DocumentId, state: Here, viewer: Who) -> DocumentShown:
    """A document's header and the state of its tasks."""
    return shown(state, viewer, document)


@router.get("/{document}/record", responses=problems(404))
def record(document: DocumentId, state: Here, viewer: Who) -> dict[str, Any]:
    """The whole record of a document that you may open (docs/record.md), tasks as they are now."""
    with state.store.reading() as work:
        found = work.shelf.record(viewer, document)
    if found is None:
        raise Missing(str(document))
    return found


@router.get("/{document}/tasks", responses=problems(404))
def tasks(document: DocumentId, state: Here, viewer: Who) -> list[TaskShown]:
    """Those of its tasks that you may see, in the document's order."""
    with state.store.reading() as work:
        if work.shelf.document(viewer, document) is None:
            raise Missing(str(document))
        found = work.shelf.tasks(viewer, document)
    return [task_shown(one) for one in found]


@router.get("/{document}/original", responses=_ORIGINAL | problems(404), response_class=FileResponse)
def original(
    document: DocumentId,
    state: Here,
    viewer: Who,
    part: Annotated[int, Query(ge=0, le=10_000, description="0: the directive, 1…: its annexes.")] = 0,
) -> FileResponse:
    """The file as it came, to be saved; never shown in place."""
    with state.store.reading() as work:
        kept = next((one for one in work.shelf.files(viewer, document) if one.part == part), None)
    path = state.files.path(kept.sha256) if kept else None
    if kept is None or path is None or not path.exists():
        raise Missing(f"{document} {part}")
    headers = {
        "content-disposition": f"attachment; filename*=UTF-8''{quote(kept.name, safe='')}",
        "content-security-policy": "default-src 'none'; sandbox",
    }
    return FileResponse(path, media_type="application/octet-stream", headers=headers)


def shown(state: State, viewer: Viewer, document: int) -> DocumentShown:
    """The document for him; raises `Missing`."""
    with state.store.reading() as work:
        found = work.finder.document(viewer, document)
    if found is None:
        raise Missing(str(document))
    return document_shown(found)


def plain(text: str) -> str:
    """A text that a database can be asked for."""
    if "\x00" in text:
        raise Problem(422, "invalid", "Yêu cầu không đúng mẫu (a text holds a null character)")
    return text
