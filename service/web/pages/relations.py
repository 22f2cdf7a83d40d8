"""How a document hangs together with others: the chain of directives and what each does to the other."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import Annotated

from fastapi import APIRouter, Depends, Request
from starlette.responses import Response

from service.reporting.chains import chain
from service.review.versions import Missing
from service.tables import Document
from service.tracking.graph import Branch, Direction
from service.tracking.relations import CARRIES_OUT
from service.web.identity import Guest, guest
from service.web.render import page
from service.web.state import State, state_of

router = APIRouter()
Here = Annotated[State, Depends(state_of)]
Who = Annotated[Guest, Depends(guest)]


@router.get("/documents/{document}/relations")
def relations(request: Request, state: Here, who: Who, document: int) -> Response:
    """The page."""
    viewer = who.viewer
    with state.store.reading() as work:
        links = work.graph.of(viewer, document)
        row = work.shelf.document(viewer, document)
        if row is None:
            raise Missing(str(document))
        above = work.graph.chain(viewer, document, CARRIES_OUT, Direction.OUT)
        below = work.graph.chain(viewer, document, CARRIES_OUT, Direction.IN)
        return page(
            request,
            "relations.html",
            who,
            document=row,
            does=[one for one in links if one.direction is Direction.OUT],
            suffers=[one for one in links if one.direction is Direction.IN],
            above=above,
            below=below,
            drawing=partial(_drawing, row, above, below),
        )


def _drawing(row: Document, above: Sequence[Branch], below: Sequence[Branch], title: str, told: str) -> str:
    """The chain as a picture, in the viewer's language."""
    return chain(title, told, row.number or row.name, above, below)
