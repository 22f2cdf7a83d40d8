"""A task's form: words, units and deadlines offered as the document has them, looked up as one types.

Where another person changed the same fields meanwhile, the form comes back with both values and what was
typed: nothing is lost. What was chosen or typed and stands on a page gets its place there.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Form, Query, Request
from pydantic import BaseModel, Field
from starlette.responses import Response

from pipeline.labels import FIELDS, NATURES
from service.access.roles import Right
from service.mapping import Record
from service.review import candidates
from service.review.changes import Change, Clashed, Kind
from service.review.extents import Choice, choice, parsed
from service.review.forms import NotUnderstood, Typed, reading, shown, values_from
from service.review.otherwise import taken
from service.review.proving import Prover
from service.review.seeking import offered
from service.review.values import Clash
from service.review.versions import Missing
from service.web.identity import Guest, guest
from service.web.pages.review import answer
from service.web.render import page
from service.web.state import State, state_of

router = APIRouter()
Here = Annotated[State, Depends(state_of)]
Who = Annotated[Guest, Depends(guest)]
_NO_RECORD: Mapping[str, Any] = {"document": {}, "tasks": [], "text": ""}


@router.get("/documents/{document}/tasks/{task}/edit")
def form(request: Request, state: Here, who: Who, document: int, task: str, focus: str = "text") -> Response:
    """The form of a task."""
    who.viewer.need(Right.REVIEW)
    record = _record(state, who, document)
    return _form(request, state, who, document, record, task, focus=focus)


class Sent(BaseModel):
    """The form as it is sent."""

    seen: int = Field(ge=1)
    text: str = Field(max_length=20_000)
    nature: str
    field: str
    deadline: str = Field("", max_length=500)
    lead: list[str] = Field(default_factory=list, max_length=200)
    cooperator: list[str] = Field(default_factory=list, max_length=200)
    ranges: str = Field("", max_length=2_000, pattern=r"^(\d{1,9}-\d{1,9}(,\d{1,9}-\d{1,9})*)?$")
    accept: bool = False

    @property
    def typed(self) -> Typed:
        """What it says of the task."""
        units = (self.lead, self.cooperator)
        return Typed(self.text, *units, self.deadline, self.nature, self.field, self.ranges)


@router.post("/documents/{document}/tasks/{task}/edit")
def save(
    request: Request, state: Here, who: Who, document: int, task: str, sent: Annotated[Sent, Form()]
) -> Response:
    """Saves the changes, and offers the pending tasks that the same correction fits."""
    if sent.nature not in NATURES or sent.field not in FIELDS:
        raise Missing(sent.nature)
    record = _record(state, who, document)
    with state.store.reading() as work:
        row = work.shelf.document(who.viewer, document)
        seen = {one.number: one.values for one in work.desk.versions(who.viewer, document, task)}
    if sent.seen not in seen:
        raise Missing(task)
    before = seen[sent.seen]
    try:
        values = values_from(sent.typed, before, row.issued_on if row else None)
        prover = Prover(record, _task(record, task) | before, state.register)
        values = prover.proved(values, parsed(sent.ranges))
        if sent.accept:
            values["status"] = "approved"
        with state.store.begin() as work:
            group = work.desk.apply(who.viewer, Kind.EDIT, [Change(document, task, sent.seen, values)])
    except NotUnderstood as error:
        how: dict[str, Any] = {"wrong": str(error), "focus": error.field, "status": 422}
        return _form(request, state, who, document, record, task, typed=sent.typed, **how)
    except Clashed as error:
        how = {"clashes": error.clashes, "status": 409}
        return _form(request, state, who, document, record, task, typed=sent.typed, **how)
    return _corrected(request, state, who, document, group)


@router.post("/documents/{document}/tasks/{task}/other")
def take_other(
    request: Request,
    state: Here,
    who: Who,
    document: int,
    task: str,
    seen: Annotated[int, Form(ge=1)],
    field: Annotated[str, Form(max_length=20)],
) -> Response:
    """Takes a field as the second reader has it: a correction like any other."""
    who.viewer.need(Right.REVIEW)
    record = _record(state, who, document)
    try:
        values = taken(_task(record, task), field)
    except LookupError as error:
        raise Missing(field) from error
    with state.store.begin() as work:
        group = work.desk.apply(who.viewer, Kind.EDIT, [Change(document, task, seen, values)])
    return _corrected(request, state, who, document, group)


def _corrected(request: Request, state: State, who: Guest, document: int, group: int) -> Response:
    """The right side after a correction; the pending tasks that it fits as well are offered, and how many
    followed it is told."""
    with state.store.reading() as work:
        alike = [
            pair for step in work.desk.steps(who.viewer, group) for pair in work.alike.find(who.viewer, step)
        ]
        carried = work.desk.carried(who.viewer, group)
    offer = {"group": group, "tasks": [text for _, text in alike]} if alike else None
    return answer(request, state, who, document, offer=offer, carried=carried)


@router.get("/units")
def units(
    request: Request,
    state: Here,
    who: Who,
    q: Annotated[str, Query(max_length=200)] = "",
    role: Annotated[str, Query(pattern="^(lead|cooperator)$")] = "lead",
    document: int | None = None,
    task: Annotated[str, Query(max_length=100)] = "",
) -> Response:
    """Units that a name in typing may mean: of the document itself, then of the register, as of its day."""
    record: Mapping[str, Any] | None = None
    if document is not None:
        with state.store.reading() as work:
            record = work.shelf.record(who.viewer, document)
    record = record or _NO_RECORD
    near = next((one for one in record["tasks"] if one["id"] == task), None)
    found = offered(q, record, state.register, near)
    return page(request, "units.html", who, found=found, typed=q.strip(), role=role)


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
    state: State,
    who: Guest,
    document: int,
    record: Record,
    name: str,
    *,
    typed: Typed | None = None,
    wrong: str = "",
    clashes: tuple[Clash, ...] = (),
    focus: str = "text",
    status: int = 200,
) -> Response:
    task = _task(record, name)
    choosable = choice(record, task)
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
        choice=choosable,
        words=_words(choosable),
        near=candidates.units(record, task, state.register),
        phrases=candidates.deadlines(record, task),
    )


def _words(choosable: Choice | None) -> str:
    """The words around a task as words.js reads them."""
    words = choosable.all_words if choosable else ()
    plain = [[word.start, word.end, word.ends, word.text] for word in words]
    return json.dumps(plain, ensure_ascii=False, separators=(",", ":"))


def _record(state: State, who: Guest, document: int) -> Record:
    """A document that the viewer may open; raises `Missing`."""
    with state.store.reading() as work:
        record = work.shelf.record(who.viewer, document)
    if record is None:
        raise Missing(str(document))
    return record


def _task(record: Record, name: str) -> Record:
    for one in record["tasks"]:
        if one["id"] == name:
            found: Record = one
            return found
    raise Missing(name)
