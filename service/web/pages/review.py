"""The review screen: a document's pages beside its tasks, and what a reviewer does to them.

Each change answers with the right side of the screen as it is then; htmx puts it in place.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Form, Request
from starlette.responses import HTMLResponse, RedirectResponse, Response

from service.access.roles import Right
from service.exchange.answering import NotExchanged
from service.exchange.asked import Asked
from service.review.changes import Change, Kind
from service.review.sheets import chosen, screen
from service.review.versions import Missing
from service.store import Work
from service.web.identity import Guest, guest
from service.web.render import page, speaker
from service.web.state import State, state_of
from service.wording import REASONS

router = APIRouter()
Here = Annotated[State, Depends(state_of)]
Who = Annotated[Guest, Depends(guest)]
Seen = Annotated[int, Form(ge=1)]


@router.get("/documents/{document}")
def show(request: Request, state: Here, who: Who, document: int) -> Response:
    """The screen."""
    return answer(request, state, who, document, template="review.html")


@router.post("/documents/{document}/tasks/{task}/accept")
def accept(request: Request, state: Here, who: Who, document: int, task: str, seen: Seen) -> Response:
    """Takes a task as it is."""
    change = Change(document, task, seen, {"status": "approved"})
    return _done(request, state, who, Kind.ACCEPT, [change])


@router.post("/documents/{document}/tasks/{task}/reject")
def reject(
    request: Request,
    state: Here,
    who: Who,
    document: int,
    task: str,
    seen: Seen,
    reason: Annotated[str, Form(max_length=300)] = "not_task",
) -> Response:
    """Says that it is no task, and why."""
    change = Change(document, task, seen, {"status": "rejected", "reason": reason})
    return _done(request, state, who, Kind.REJECT, [change])


@router.post("/documents/{document}/tasks/{task}/reopen")
def reopen_task(request: Request, state: Here, who: Who, document: int, task: str, seen: Seen) -> Response:
    """Puts a decided task back to be decided."""
    change = Change(document, task, seen, {"status": "proposed", "reason": None})
    return _done(request, state, who, Kind.REOPEN, [change])


@router.post("/documents/{document}/sure")
def accept_sure(
    request: Request, state: Here, who: Who, document: int, tasks: Annotated[list[str], Form()]
) -> Response:
    """Accepts the sure tasks that the preview showed, each "id~revision"."""
    changes = [
        Change(document, name, int(seen), {"status": "approved"})
        for name, _, seen in (one.rpartition("~") for one in tasks)
    ]
    return _done(request, state, who, Kind.BULK, changes)


@router.post("/documents/{document}/missed")
def missed(
    request: Request,
    state: Here,
    who: Who,
    document: int,
    start: Annotated[int, Form(ge=0)],
    end: Annotated[int, Form(ge=1)],
) -> Response:
    """Adds a task from a range of the text that was chosen on the pages; its leads are those before it."""
    with state.store.begin() as work:
        record = work.shelf.record(who.viewer, document)
        if record is None or not 0 <= start < end <= len(record["text"]):
            raise Missing(str(document))
        work.desk.add(who.viewer, document, [_like_before(record, chosen(record, start, end))])
    return answer(request, state, who, document)


def _like_before(record: dict[str, Any], new: dict[str, Any]) -> dict[str, Any]:
    """A new task with what it most likely shares with the one before it: whom it is for, and the classes."""
    at = new["evidence"][0]["start"] if new["evidence"] else 0
    before = [one for one in record["tasks"] if one["evidence"] and one["evidence"][0]["start"] <= at]
    like = before[-1] if before else {}
    shared = {name: like.get(name) for name in ("leads", "nature", "field") if like.get(name)}
    return {"leads": [], "cooperators": [], "nature": "carry_out", "field": "other"} | shared | new


@router.post("/documents/{document}/tasks/{task}/split")
def split(
    request: Request,
    state: Here,
    who: Who,
    document: int,
    task: str,
    seen: Seen,
    part: Annotated[list[str], Form()],
) -> Response:
    """Makes a task of each part's text."""
    with state.store.begin() as work:
        whole = _task(work, who, document, task)
        parts = [whole | {"text": text.strip(), "status": "proposed"} for text in part if text.strip()]
        if len(parts) > 1:
            work.desk.split(who.viewer, document, task, seen, parts)
    return answer(request, state, who, document)


@router.post("/documents/{document}/tasks/{task}/merge")
def merge(request: Request, state: Here, who: Who, document: int, task: str, seen: Seen) -> Response:
    """Joins a task with the one after it."""
    with state.store.begin() as work:
        tasks = work.shelf.tasks(who.viewer, document)
        at = next((place for place, one in enumerate(tasks) if one["id"] == task), None)
        if at is None or at + 1 >= len(tasks):
            raise Missing(task)
        first, second = tasks[at], tasks[at + 1]
        joined = first | {
            "text": f"{first['text'].rstrip(' ;,.')}; {second['text']}",
            "evidence": [*first["evidence"], *second["evidence"]],
            "deadline": first["deadline"] if (first["deadline"] or {}).get("date") else second["deadline"],
            "status": "proposed",
        }
        work.desk.merge(who.viewer, document, [(task, seen), (second["id"], second["revision"])], [joined])
    return answer(request, state, who, document)


@router.post("/documents/{document}/undo")
def undo(
    request: Request, state: Here, who: Who, document: int, group: Annotated[int | None, Form()] = None
) -> Response:
    """Takes back a group of one's changes, the last where none is named."""
    with state.store.begin() as work:
        if group is None:
            recent = work.desk.recent(who.viewer, document, 1)
            if not recent:
                raise Missing("undo")
            group = recent[0].id
        work.desk.undo(who.viewer, group)
    return answer(request, state, who, document)


@router.get("/documents/{document}/history")
def history(request: Request, state: Here, who: Who, document: int) -> Response:
    """What one did lately, each with its undo."""
    with state.store.reading() as work:
        groups = work.desk.recent(who.viewer, document, 30)
        texts = work.desk.texts(one.id for one in groups)
    return page(request, "history.html", who, groups=groups, texts=texts, document_id=document)


@router.post("/documents/{document}/alike")
def alike(request: Request, state: Here, who: Who, document: int, group: Annotated[int, Form()]) -> Response:
    """Makes the same correction wherever it fits, as one group."""
    with state.store.begin() as work:
        offered = [
            pair for step in work.desk.steps(who.viewer, group) for pair in work.alike.find(who.viewer, step)
        ]
        if offered:
            work.desk.apply(who.viewer, Kind.ALIKE, [change for change, _ in offered])
    return answer(request, state, who, document)


@router.post("/documents/{document}/confirm")
def confirm(state: Here, who: Who, document: int) -> Response:
    """Says that the document assigns nothing."""
    with state.store.begin() as work:
        work.course.confirm(who.viewer, document)
    return RedirectResponse(f"/documents/{document}", 303)


@router.post("/documents/{document}/take")
def take(state: Here, who: Who, document: int, back: Annotated[bool, Form()] = False) -> Response:
    """Takes a document for oneself to review, or gives it back to all."""
    with state.store.begin() as work:
        work.course.assign(who.viewer, document, None if back else who.viewer.id)
    return RedirectResponse(f"/documents/{document}", 303)


@router.post("/documents/{document}/again")
def again(state: Here, who: Who, document: int) -> Response:
    """Says that one has looked again at a document that another person reviewed."""
    with state.store.begin() as work:
        work.course.look_again(who.viewer, document)
    return RedirectResponse(f"/documents/{document}", 303)


@router.post("/documents/{document}/file")
def put_on_file(state: Here, who: Who, document: int) -> Response:
    """Puts the document's tasks into the book, and goes on to the next document."""
    with state.store.begin() as work:
        work.course.file(who.viewer, document)
        following = work.inbox.next_after(who.viewer, document)
    return RedirectResponse(f"/documents/{following}" if following else "/", 303)


@router.post("/documents/{document}/reopen")
def reopen(state: Here, who: Who, document: int) -> Response:
    """Takes a filed document out of the book again."""
    with state.store.begin() as work:
        work.course.reopen(who.viewer, document)
    return RedirectResponse(f"/documents/{document}", 303)


@router.get("/documents/{document}/presence")
def presence(request: Request, state: Here, who: Who, document: int) -> Response:
    """Notes that the viewer is here; tells who else is."""
    with state.store.begin() as work:
        if not work.shelf.may_open(who.viewer, document):
            raise Missing(str(document))
        work.course.here(who.viewer, document)
        others = work.inbox.present(document, who.viewer.id)
    return page(request, "presence.html", who, others=others)


# ---------------------------------------------------------------- answers


def _done(request: Request, state: State, who: Guest, kind: Kind, changes: Sequence[Change]) -> Response:
    """Applies the changes and answers with the whole right side: numbers and counts move with each."""
    with state.store.begin() as work:
        work.desk.apply(who.viewer, kind, changes)
    return answer(request, state, who, changes[0].document if changes else 0)


def _answers(work: Work, who: Guest, document: int) -> list[Asked]:
    """What its sender can be answered, where it came by the exchange and the viewer may."""
    if not who.viewer.may(Right.UPLOAD):
        return []
    try:
        return work.answering.offered(document)
    except NotExchanged:
        return []


def answer(
    request: Request, state: State, who: Guest, document: int, *, template: str = "cards.html", **more: Any
) -> HTMLResponse:
    """The screen, or its right side alone, as it stands now."""
    with state.store.reading() as work:
        record = work.shelf.record(who.viewer, document)
        row = work.shelf.document(who.viewer, document)
        recent = work.desk.recent(who.viewer, document, 1)
        following = work.inbox.next_after(who.viewer, document)
        holder = work.course.holder(who.viewer, row) if row else ""
        people = work.course.reviewers() if who.viewer.may(Right.ASSIGN) else []
        answers = _answers(work, who, document) if record and row else []
        unseen = work.budget.watch.unseen(document)
        twins = work.twins.of(who.viewer, document)
    if record is None or row is None:
        raise Missing(str(document))
    shown = screen(record, speaker(request, who))
    known: dict[str, Any] = {
        "document": row,
        "record": record,
        "answers": answers,
        "shown": shown,
        "marks": json.dumps(shown.marks, ensure_ascii=False, separators=(",", ":")),
        "reasons": REASONS,
        "may_review": who.viewer.may(Right.REVIEW) and row.review not in ("filed", "joined"),
        "may_file": who.viewer.may(Right.FILE),
        "last": recent[0].id if recent else None,
        "following": following,
        "holder": holder,
        "people": people,
        "given": False,
        "offer": None,
        "carried": 0,
        "unseen": unseen,
        "twins": twins,
    }
    return page(request, template, who, **(known | more))


def _task(work: Work, who: Guest, document: int, task: str) -> dict[str, Any]:
    for one in work.shelf.tasks(who.viewer, document):
        if one["id"] == task:
            return one
    raise Missing(task)
