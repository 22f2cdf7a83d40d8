"""Pages of documents as pictures, and what proves a task's values."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated, Any

from fastapi import APIRouter, Path, Query, Request
from starlette.responses import Response

from pipeline.errors import Reason
from service.api.answers import DocumentId, Here, Responses, TaskId, Who, problems
from service.pages.gallery import DPIS, MEDIA_TYPES, Picture, Undrawable, Wish
from service.pages.proofs import proofs
from service.reader import Part
from service.review.desk import Missing
from service.review.places import Leaves
from service.web.problems import Problem
from service.web.state import State

router = APIRouter(tags=["pictures"])
Dpi = Annotated[int, Query(ge=36, le=DPIS[-1], description=f"Dots an inch, rounded up to one of {DPIS}.")]
Number = Annotated[int, Path(ge=1, le=100_000)]
_PICTURES: Responses = {
    200: {"description": "The picture.", "content": {one: {} for one in MEDIA_TYPES.values()}},
    304: {"description": "The picture that you have is still the right one."},
}
_EVIDENCE = "/documents/{document}/tasks/{task}/evidence"
_AS_IT_IS: dict[str, Any] = {"response_class": Response}
_ALIAS = _AS_IT_IS | {"include_in_schema": False}
"""For software that wants an ending; the media type tells the truth. Decorators register upwards."""
_BUSY = (Reason.TIMEOUT, Reason.CRASHED, Reason.MEMORY)


@router.get("/documents/{document}/pages/{number}", responses=_PICTURES | problems(404), **_AS_IT_IS)
@router.get("/documents/{document}/pages/{number}.png", **_ALIAS)
@router.get("/documents/{document}/pages/{number}.jpg", **_ALIAS)
def page(
    document: DocumentId, number: Number, request: Request, state: Here, viewer: Who, dpi: Dpi = 110
) -> Response:
    """A page of a document that you may open, in whatever type shows it best (PNG, JPEG or SVG)."""
    with state.store.reading() as work:
        leaves = work.places.leaves(viewer, document)
    if leaves is None or number > leaves.pages:
        raise Missing(str(document))
    return _answer(request, _drawn(state, leaves, Wish(number, dpi)))


@router.get(f"{_EVIDENCE}/{{k}}", responses=_PICTURES | problems(404), **_AS_IT_IS)
@router.get(f"{_EVIDENCE}/{{k}}.png", **_ALIAS)
@router.get(f"{_EVIDENCE}/{{k}}.jpg", **_ALIAS)
def evidence(
    document: DocumentId,
    task: TaskId,
    k: Annotated[int, Path(ge=0, le=10_000, description="The proof's number, as in the task's `proofs`.")],
    request: Request,
    state: Here,
    viewer: Who,
    dpi: Dpi = 110,
) -> Response:
    """What proves a value of a task that you may see; without the document only the proving lines."""
    with state.store.reading() as work:
        found = work.places.proof(viewer, document, task)
    if found is None:
        raise Missing(task)
    leaves, record, opens = found
    wanted = next((one for one in proofs(record) if one.k == k), None)
    if wanted is None:
        raise Missing(f"{task} {k}")
    wish = Wish(wanted.page, dpi, wanted.boxes, veiled=not opens)
    return _answer(request, _drawn(state, leaves, wish))


def _drawn(state: State, leaves: Leaves, wish: Wish) -> Picture:
    def parts() -> Sequence[Part]:
        return [Part(one.name, state.files.get(one.sha256)) for one in leaves.files]

    try:
        return state.gallery.picture(leaves.key, parts, wish)
    except FileNotFoundError:
        raise Problem(404, "no-original", "Không còn tệp gốc (the original is gone)") from None
    except Undrawable as error:
        status = 503 if error.reason in _BUSY else 404
        title = "Không vẽ được trang này (no picture of this page)"
        raise Problem(status, "no-picture", title, reason=error.reason) from None


def _answer(request: Request, picture: Picture) -> Response:
    headers = {
        "etag": picture.tag,
        "cache-control": "private, no-cache",
        "content-security-policy": "default-src 'none'; style-src 'unsafe-inline'; sandbox",
    }
    if request.headers.get("if-none-match") == picture.tag:
        return Response(status_code=304, headers=headers)
    return Response(picture.content, media_type=picture.media_type, headers=headers)
