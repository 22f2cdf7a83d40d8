"""A task's form: units looked up in the register as one types, a deadline read as one types; nothing is lost.

Where another person changed the same fields meanwhile, the form comes back with both values and what was
typed.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import TYPE_CHECKING, Annotated, Any

from fastapi import APIRouter, Depends, Form, Query, Request
from pydantic import BaseModel, Field
from starlette.responses import Response

from pipeline.labels import FIELDS, NATURES
from service.access.roles import Right
from service.mapping import search_key
from service.review.changes import Change, Clashed, Kind
from service.review.forms import NotUnderstood, Typed, reading, shown, values_from
from service.review.nearby import Named, meant, named, spelled
from service.review.values import Clash
from service.review.versions import Missing
from service.web.identity import Guest, guest
from service.web.pages.review import answer
from service.web.render import page
from service.web.state import State, state_of

if TYPE_CHECKING:
    from pipeline.units.register import Register

router = APIRouter()
Here = Annotated[State, Depends(state_of)]
Who = Annotated[Guest, Depends(guest)]
_FOUND = 8  # units offered at a time
_NO_RECORD: Mapping[str, Any] = {"document": {}, "tasks": [], "text": ""}


@router.get("/documents/{document}/tasks/{task}/edit")
def form(request: Request, state: Here, who: Who, document: int, task: str, focus: str = "text") -> Response:
    """The form of a task."""
    who.viewer.need(Right.REVIEW)
    with state.store.reading() as work:
        found = _task(work.shelf.tasks(who.viewer, document), task)
    return _form(request, who, document, found, focus=focus)


class Sent(BaseModel):
    """The form as it is sent."""

    seen: int = Field(ge=1)
    text: str = Field(max_length=20_000)
    nature: str
    field: str
    deadline: str = Field("", max_length=500)
    lead: list[str] = Field(default_factory=list, max_length=200)
    cooperator: list[str] = Field(default_factory=list, max_length=200)
    accept: bool = False

    @property
    def typed(self) -> Typed:
        """What it says of the task."""
        return Typed(self.text, self.lead, self.cooperator, self.deadline, self.nature, self.field)


@router.post("/documents/{document}/tasks/{task}/edit")
def save(
    request: Request, state: Here, who: Who, document: int, task: str, sent: Annotated[Sent, Form()]
) -> Response:
    """Saves the changes, and offers the pending tasks that the same correction fits."""
    if sent.nature not in NATURES or sent.field not in FIELDS:
        raise Missing(sent.nature)
    with state.store.reading() as work:
        row = work.shelf.document(who.viewer, document)
        now = _task(work.shelf.tasks(who.viewer, document), task)
        seen = {one.number: one.values for one in work.desk.versions(who.viewer, document, task)}
    if sent.seen not in seen:
        raise Missing(task)
    try:
        values = values_from(sent.typed, seen[sent.seen], row.issued_on if row else None)
        if sent.accept:
            values["status"] = "approved"
        with state.store.begin() as work:
            group = work.desk.apply(who.viewer, Kind.EDIT, [Change(document, task, sent.seen, values)])
    except NotUnderstood as error:
        wrong, at = str(error), error.field
        return _form(request, who, document, now, typed=sent.typed, wrong=wrong, focus=at, status=422)
    except Clashed as error:
        return _form(request, who, document, now, typed=sent.typed, clashes=error.clashes, status=409)
    with state.store.reading() as work:
        offered = [
            pair for step in work.desk.steps(who.viewer, group) for pair in work.alike.find(who.viewer, step)
        ]
    offer = {"group": group, "tasks": [text for _, text in offered]} if offered else None
    return answer(request, state, who, document, offer=offer)


@router.get("/units")
def units(
    request: Request,
    state: Here,
    who: Who,
    q: Annotated[str, Query(max_length=200)] = "",
    role: Annotated[str, Query(pattern="^(lead|cooperator)$")] = "lead",
    document: int | None = None,
) -> Response:
    """Units that a name in typing may mean: of the document itself, then of the register, as of its day."""
    record: Mapping[str, Any] | None = None
    if document is not None:
        with state.store.reading() as work:
            record = work.shelf.record(who.viewer, document)
    found = offered(q, record or _NO_RECORD, state.register)
    return page(request, "units.html", who, found=found, typed=q.strip(), role=role)


def offered(typed: str, record: Mapping[str, Any], register: Register) -> list[Named]:
    """At most eight units: those of the document's tasks, those of the register, what its text spells out."""
    from pipeline.units.register.search import search

    if not typed.strip():
        return []
    day = record["document"].get("issued_on")
    issued_on = dt.date.fromisoformat(day) if day else None
    hits = search(typed, register, record["document"].get("issuer") or "", issued_on, _FOUND)
    near, spelt = meant(typed, named(record["tasks"])), spelled(typed, record["text"])
    known = [(hit.unit.id, hit.unit.name) for hit in hits]
    found = {
        search_key(unit[1]): unit
        for unit in reversed([*near, *known[: _FOUND - len(near) - len(spelt)], *spelt])
    }
    return list(found.values())[::-1]


@router.get("/deadline")
def deadline(
    request: Request,
    state: Here,
    who: Who,
    deadline: Annotated[str, Query(max_length=500)] = "",
    document: int | None = None,
) -> Response:
    """How a deadline in typing is read, in words."""
    issued_on = None
    if document is not None:
        with state.store.reading() as work:
            row = work.shelf.document(who.viewer, document)
        issued_on = row.issued_on if row else None
    found = reading(deadline, issued_on) if deadline.strip() else None
    return page(request, "deadline.html", who, typed=deadline.strip(), found=found)


def _form(
    request: Request,
    who: Guest,
    document: int,
    task: dict[str, Any],
    *,
    typed: Typed | None = None,
    wrong: str = "",
    clashes: tuple[Clash, ...] = (),
    focus: str = "text",
    status: int = 200,
) -> Response:
    return page(
        request,
        "edit.html",
        who,
        status=status,
        document_id=document,
        task=task,
        typed=typed,
        deadline=typed.deadline if typed else shown(task["deadline"]),
        natures=NATURES,
        fields=FIELDS,
        wrong=wrong,
        clashes=clashes,
        focus=focus,
    )


def _task(tasks: list[dict[str, Any]], name: str) -> dict[str, Any]:
    for one in tasks:
        if one["id"] == name:
            return one
    raise Missing(name)
