"""The audit for people: who changed what and when, before and after."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Query, Request
from starlette.responses import Response

from service.access.roles import Right
from service.access.viewer import Viewer
from service.audit.log import Asked, Told
from service.web.identity import Guest, guest, needing
from service.web.render import page
from service.web.state import State, state_of
from service.wording import ACTIONS

router = APIRouter()
Here = Annotated[State, Depends(state_of)]
Who = Annotated[Guest, Depends(guest)]
Auditor = Annotated[Viewer, Depends(needing(Right.AUDIT))]
Word = Annotated[str, Query(max_length=100, pattern=r"^[^\x00]*$")]
PAGE = 50
_DOCUMENT = re.compile(r"document:(\d+)")
_USER = re.compile(r"user:(\d+)$")


@dataclass(frozen=True, slots=True)
class Line:
    """An entry as it is shown: where its subject can be looked at; `rows` of field, before and after;
    `hidden` where its values are gone ("erased") or not the viewer's to see ("unseen")."""

    told: Told
    link: str
    rows: Sequence[tuple[str, Any, Any]]
    hidden: str


@router.get("/audit")
def audit(
    request: Request,
    state: Here,
    who: Who,
    viewer: Auditor,
    subject: Word = "",
    actor: Word = "",
    action: Word = "",
    before: Annotated[int | None, Query(ge=1, le=2**53)] = None,
) -> Response:
    """The entries that match, newest first, a page at a time."""
    asked = Asked(subject.strip(), actor.strip(), action, before)
    with state.store.reading() as work:
        found = work.audit.page(asked, PAGE + 1)
        named = {int(one[1]) for told in found if (one := _DOCUMENT.match(told.subject))}
        seen = work.shelf.openable(viewer, named)
        known = work.shelf.existing(named)
    lines = [_line(one, seen, known) for one in found[:PAGE]]
    following = found[PAGE - 1].seq if len(found) > PAGE else None
    return page(request, "audit.html", who, lines=lines, asked=asked, actions=ACTIONS, following=following)


def _line(told: Told, seen: set[int], known: set[int]) -> Line:
    document = _DOCUMENT.match(told.subject)
    number = int(document[1]) if document else None
    link = f"/documents/{number}" if number in seen else ""
    if user := _USER.match(told.subject):
        link = f"/users/{user[1]}"
    if told.values is None:
        return Line(told, link, (), "erased")
    if number in known and number not in seen:
        return Line(told, "", (), "unseen")
    return Line(told, link, _rows(told.values), "")


def _rows(values: dict[str, Any]) -> list[tuple[str, Any, Any]]:
    """Field, before and after; what was only told of (a purge's list) as its plain values."""
    before, after = values.get("before") or {}, values.get("after") or {}
    rows = [(name, before.get(name), after.get(name)) for name in dict.fromkeys([*before, *after])]
    removed = values.get("removed") or {}
    return rows + [(name, count, None) for name, count in (removed.get("rows") or {}).items() if count]
