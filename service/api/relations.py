"""How documents hang together: what one does to earlier ones, what later ones do to it."""

from __future__ import annotations

import datetime as dt
from typing import Annotated, Literal

from fastapi import APIRouter, Query
from pydantic import BaseModel, Field

from service.api.answers import ROOT, DocumentId, Here, Who, problems
from service.tracking.graph import Direction, Link

router = APIRouter(prefix="/documents/{document}", tags=["documents"])
Kind = Literal["extends", "amends", "replaces", "revokes", "carries_out"]


class RelationShown(BaseModel):
    """A relation; `document` the other one, where it is there and you may open it."""

    direction: Direction = Field(
        description="`out`: this document does it to an earlier one, `in`: a later one to this."
    )
    kind: Kind
    number: str = Field(examples=["15/CT-TTg"], description="The other document's.")
    issued_on: dt.date | None
    item: str = Field(examples=["mục 3"], description="The part of the earlier one that is meant, or empty.")
    due_on: dt.date | None = Field(description="The new day that an extension sets.")
    text: str = Field(description="The clause that says so.")
    document: int | None
    links: dict[str, str]


@router.get("/relations", responses=problems(404))
def relations(
    document: DocumentId,
    state: Here,
    viewer: Who,
    kind: Annotated[list[Kind], Query(description="Only these; all where left out.")] = [],  # noqa: B006
    direction: Annotated[Direction | None, Query()] = None,
) -> list[RelationShown]:
    """Its relations, first what it does itself; of other documents only those that you may open."""
    with state.store.reading() as work:
        found = work.graph.of(viewer, document, kind, [direction] if direction else tuple(Direction))
        return [_shown(one) for one in found]


def _shown(link: Link) -> RelationShown:
    relation, other = link.relation, link.document
    issued_on = other.issued_on if other else relation.issued_on
    return RelationShown(
        direction=link.direction,
        kind=relation.kind,  # type: ignore[arg-type]
        number=link.number,
        issued_on=issued_on,
        item=relation.item,
        due_on=relation.due_on,
        text=relation.text,
        document=other.id if other else None,
        links={"document": f"{ROOT}/documents/{other.id}"} if other else {},
    )
