"""Answers to the senders of documents that came by the exchange, taken away as packages."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Depends, Query
from starlette.responses import Response

from pipeline.exchange.writing import Incomplete
from pipeline.text import nfc
from service.access.roles import Right
from service.access.viewer import Viewer
from service.exchange.answering import MEDIA_TYPE, NotExchanged
from service.exchange.asked import Asked
from service.review.versions import Missing
from service.web.identity import needing
from service.web.problems import Problem
from service.web.state import State, state_of

router = APIRouter()
Here = Annotated[State, Depends(state_of)]
Sender = Annotated[Viewer, Depends(needing(Right.UPLOAD))]


@router.get("/documents/{document}/answer")
def answer(
    state: Here,
    viewer: Sender,
    document: int,
    status: Asked = Asked.CURRENT,
    words: Annotated[str, Query(max_length=500, pattern=r"^[^\x00]*$")] = "",
) -> Response:
    """One of the answers that the document's page offers."""
    with state.store.reading() as work:
        if not work.shelf.may_open(viewer, document):
            raise Missing(str(document))
        try:
            if status not in work.answering.offered(document):
                raise Problem(
                    409, "not-offered", "Sổ chưa cho trả lời như vậy (the book does not bear it out)"
                )
            said = nfc(words).strip()
            found = work.answering.answer(document, status, state.settings.office_organ, said)
        except NotExchanged:
            title = "Văn bản không đến qua trục liên thông (did not come by the exchange)"
            raise Problem(409, "not-exchanged", title) from None
        except Incomplete:
            title = "Chưa đặt mã cơ quan DONDOC_OFFICE_ID (the office has no id in the exchange)"
            raise Problem(409, "no-office-id", title) from None
    headers = {"content-disposition": f'attachment; filename="{found.name}"'}
    return Response(found.content, media_type=MEDIA_TYPE, headers=headers)
