"""Answers to the senders of documents that came by the exchange."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Path
from starlette.responses import Response

from pipeline.exchange.writing import Incomplete
from service.access.roles import Right
from service.api.answers import DocumentId, Here, Responses, Who, problems
from service.exchange.answering import MEDIA_TYPE, NotExchanged
from service.exchange.asked import Asked
from service.review.desk import Missing
from service.web.problems import Problem

router = APIRouter(prefix="/documents", tags=["exchange"])
_ANSWER: Responses = {200: {"description": "The answer as an edXML package.", "content": {MEDIA_TYPE: {}}}}
Wanted = Annotated[
    Asked, Path(description="What is answered; `current` is what the book knows of the document.")
]


@router.get("/{document}/exchange/{status}", responses=_ANSWER | problems(404, 409), response_class=Response)
def answer(document: DocumentId, status: Wanted, state: Here, viewer: Who) -> Response:
    """The answer to the sender of a document that you may open, for the office's gateway to carry."""
    viewer.need(Right.UPLOAD)
    with state.store.reading() as work:
        if not work.shelf.may_open(viewer, document):
            raise Missing(str(document))
        try:
            found = work.answering.answer(document, status, state.settings.office_organ)
        except NotExchanged as error:
            title = "Văn bản không đến qua trục liên thông (did not come by the exchange)"
            raise Problem(409, "not-exchanged", title) from error
        except Incomplete as error:
            title = "Chưa đặt mã cơ quan DONDOC_OFFICE_ID (the office has no id in the exchange)"
            raise Problem(409, "no-office-id", title) from error
    headers = {"content-disposition": f'attachment; filename="{found.name}"'}
    return Response(found.content, media_type=MEDIA_TYPE, headers=headers)
