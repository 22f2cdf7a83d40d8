"""Tokens of other software: each acts as the user who made it, within its scopes; only its hash is kept."""

from __future__ import annotations

import datetime as dt
from typing import Annotated

from fastapi import APIRouter, Path
from pydantic import BaseModel, Field

from service.access.roles import Right
from service.access.viewer import Forbidden, Viewer
from service.api.answers import MOST, Here, Who, moment, problems
from service.api.forms import Form, Text
from service.review.desk import Missing

router = APIRouter(prefix="/tokens", tags=["tokens"])


class TokenForm(Form):
    """What it is for, and what it may do: no more than you may yourself."""

    name: Annotated[Text, Field(min_length=1, max_length=200, examples=["Phần mềm một cửa"])]
    scopes: Annotated[list[Annotated[Right, Field(strict=False)]], Field(min_length=1, max_length=len(Right))]


class TokenMade(BaseModel):
    """A new token, shown this once."""

    id: int
    token: str


class TokenShown(BaseModel):
    """A token without its secret."""

    id: int
    name: str
    scopes: list[str]
    created_at: dt.datetime | None
    used_at: dt.datetime | None
    revoked_at: dt.datetime | None


@router.post("", status_code=201, responses=problems())
def add(form: TokenForm, state: Here, viewer: Who) -> TokenMade:
    """Makes one; only a person in a browser can, not a token."""
    _in_person(viewer)
    for scope in form.scopes:
        viewer.need(scope)
    with state.store.begin() as work:
        token = work.people.issue_token(viewer.id, form.name, set(form.scopes))
        identifier = max(one.id for one in work.people.tokens(viewer.id))
        work.audit.add(viewer.login, "token", f"token:{identifier}", {"scopes": sorted(form.scopes)})
    return TokenMade(id=identifier, token=token)


@router.get("", responses=problems())
def listed(state: Here, viewer: Who) -> list[TokenShown]:
    """Your own."""
    with state.store.reading() as work:
        found = work.people.tokens(viewer.id)
    return [
        TokenShown(
            id=one.id,
            name=one.name,
            scopes=one.scopes,
            created_at=moment(one.created_at),
            used_at=moment(one.used_at),
            revoked_at=moment(one.revoked_at),
        )
        for one in found
    ]


@router.delete("/{token}", status_code=204, responses=problems(404))
def revoke(token: Annotated[int, Path(ge=1, le=MOST)], state: Here, viewer: Who) -> None:
    """Ends one of your own."""
    _in_person(viewer)
    with state.store.begin() as work:
        if token not in {one.id for one in work.people.tokens(viewer.id)}:
            raise Missing(str(token))
        work.people.revoke(token)
        work.audit.add(viewer.login, "token_revoked", f"token:{token}", {})


def _in_person(viewer: Viewer) -> None:
    if viewer.scopes is not None:
        raise Forbidden("tokens")
