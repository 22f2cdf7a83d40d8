"""Decisions on tasks: each names the revision that it was made on, is one group, and can be taken back."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Path
from pydantic import BaseModel, ConfigDict, Field

from service.access.roles import Right
from service.access.viewer import Viewer
from service.api.answers import MOST, DocumentId, Here, TaskId, moment, problems
from service.api.documents import shown
from service.api.forms import Form, NewTaskForm, Seen, TaskName, Text, ValuesForm
from service.api.shapes import DocumentShown
from service.review.changes import Change, Kind
from service.store import Work
from service.web.identity import needing
from service.web.problems import Problem
from service.web.state import State

router = APIRouter(tags=["decisions"])
Reviewer = Annotated[Viewer, Depends(needing(Right.REVIEW))]
Filer = Annotated[Viewer, Depends(needing(Right.FILE))]
GroupId = Annotated[int, Path(ge=1, le=MOST)]
_WRONG = problems(404, 409)
_ONE = "/documents/{document}/tasks/{task}"


_EDIT: Any = {
    "revision": 1,
    "values": {
        "leads": [{"name": "Sở Y tế", "unit_id": "so-y-te:hung-yen"}],
        "deadline": {"kind": "date", "date": "2026-04-30", "text": "trước ngày 30/4/2026"},
    },
}


class Decided(BaseModel):
    """The group of changes that was made; `POST /decisions/{group}/undo` takes it back."""

    group: int


class Decision(BaseModel):
    """One of your groups of changes."""

    group: int
    kind: str
    at: dt.datetime | None
    reason: str


class SeenForm(Form):
    """What you looked at."""

    revision: Seen


class EditForm(SeenForm):
    """New values, and what you looked at."""

    model_config = ConfigDict(json_schema_extra={"examples": [_EDIT]})

    values: ValuesForm


class RejectForm(SeenForm):
    """Why it is no task."""

    model_config = ConfigDict(json_schema_extra={"examples": [{"revision": 1, "reason": "lời dẫn"}]})

    reason: Annotated[Text, Field(min_length=1, max_length=1000)]


class SplitForm(SeenForm):
    """The tasks that it is."""

    parts: Annotated[list[NewTaskForm], Field(min_length=2, max_length=50)]


class SeenTask(SeenForm):
    """A task of the document."""

    task: TaskName


class MergeForm(Form):
    """The tasks that are one, and that one."""

    tasks: Annotated[list[SeenTask], Field(min_length=2, max_length=50)]
    result: NewTaskForm


class BulkTask(SeenTask):
    """A task of any document."""

    document: Annotated[int, Field(ge=1, le=MOST)]


class BulkForm(Form):
    """Sure tasks, accepted together; one without evidence stops them all."""

    model_config = ConfigDict(
        json_schema_extra={"examples": [{"accept": [{"document": 1, "task": "3f2a", "revision": 1}]}]}
    )

    accept: Annotated[list[BulkTask], Field(min_length=1, max_length=500)]


@router.post(f"{_ONE}/accept", responses=_WRONG)
def accept(document: DocumentId, task: TaskId, form: SeenForm, state: Here, viewer: Reviewer) -> Decided:
    """Says that a task is right."""
    return _apply(state, viewer, Kind.ACCEPT, Change(document, task, form.revision, {"status": "approved"}))


@router.post(f"{_ONE}/edit", responses=_WRONG)
def edit(document: DocumentId, task: TaskId, form: EditForm, state: Here, viewer: Reviewer) -> Decided:
    """Corrects a task and accepts it; where another person changed the same fields: 409 with both."""
    values = _values(form.values) | {"status": "approved"}
    return _apply(state, viewer, Kind.EDIT, Change(document, task, form.revision, values))


@router.post(f"{_ONE}/reject", responses=_WRONG)
def reject(document: DocumentId, task: TaskId, form: RejectForm, state: Here, viewer: Reviewer) -> Decided:
    """Says that it is no task."""
    values = {"status": "rejected", "reason": form.reason}
    return _apply(state, viewer, Kind.REJECT, Change(document, task, form.revision, values))


@router.post(f"{_ONE}/split", responses=_WRONG)
def split(document: DocumentId, task: TaskId, form: SplitForm, state: Here, viewer: Reviewer) -> Decided:
    """Makes several tasks of one."""
    parts = [_values(part) for part in form.parts]
    return _done(state, lambda work: work.desk.split(viewer, document, task, form.revision, parts))


@router.post("/documents/{document}/tasks/merge", responses=_WRONG)
def merge(document: DocumentId, form: MergeForm, state: Here, viewer: Reviewer) -> Decided:
    """Makes one task of several."""
    tasks = [(one.task, one.revision) for one in form.tasks]
    if len({name for name, _ in tasks}) < len(tasks):
        raise Problem(422, "invalid", "Một nhiệm vụ được nêu hai lần (a task is named twice)")
    return _done(state, lambda work: work.desk.merge(viewer, document, tasks, [_values(form.result)]))


@router.post("/documents/{document}/tasks", status_code=201, responses=_WRONG)
def add(document: DocumentId, form: NewTaskForm, state: Here, viewer: Reviewer) -> Decided:
    """Adds a task that the machine missed."""
    task = _values(form) | {"status": "approved"}

    def added(work: Work) -> int:
        known = work.finder.document(viewer, document)
        if known is None:
            raise Problem(404, "not-found", "Không tìm thấy (not found)")
        if known.document.review == "filed":
            raise Problem(
                409, "filed", "Văn bản đã vào sổ, hãy mở lại trước (reopen the filed document first)"
            )
        return work.desk.add(viewer, document, [task])

    return _done(state, added)


@router.post("/decisions/bulk", responses=_WRONG)
def bulk(form: BulkForm, state: Here, viewer: Reviewer) -> Decided:
    """Accepts many tasks in one step."""
    if len({(one.document, one.task) for one in form.accept}) < len(form.accept):
        raise Problem(422, "invalid", "Một nhiệm vụ được nêu hai lần (a task is named twice)")
    changes = [Change(one.document, one.task, one.revision, {"status": "approved"}) for one in form.accept]
    return _apply(state, viewer, Kind.BULK, *changes)


@router.get("/decisions", responses=problems())
def recent(state: Here, viewer: Reviewer) -> list[Decision]:
    """Your latest decisions that can be taken back, newest first."""
    with state.store.reading() as work:
        found = work.desk.recent(viewer)
    return [Decision(group=one.id, kind=one.kind, at=moment(one.at), reason=one.reason) for one in found]


@router.post("/decisions/{group}/undo", responses=_WRONG)
def undo(group: GroupId, state: Here, viewer: Reviewer) -> Decided:
    """Takes one of your decisions back; what others changed since stays."""
    return _done(state, lambda work: work.desk.undo(viewer, group))


@router.post("/documents/{document}/confirm", responses=_WRONG)
def confirm(document: DocumentId, state: Here, viewer: Reviewer) -> DocumentShown:
    """Says that a document without tasks has none."""
    with state.store.begin() as work:
        work.course.confirm(viewer, document)
    return shown(state, viewer, document)


@router.post("/documents/{document}/file", responses=_WRONG)
def file(document: DocumentId, state: Here, viewer: Filer) -> DocumentShown:
    """Puts a reviewed document into the book; from now on its units see their tasks."""
    with state.store.begin() as work:
        work.course.file(viewer, document)
    return shown(state, viewer, document)


@router.post("/documents/{document}/reopen", responses=_WRONG)
def reopen(document: DocumentId, state: Here, viewer: Filer) -> DocumentShown:
    """Takes it out again, to be changed."""
    with state.store.begin() as work:
        work.course.reopen(viewer, document)
    return shown(state, viewer, document)


def _apply(state: State, viewer: Viewer, kind: Kind, *changes: Change) -> Decided:
    reason = str(changes[0].values.get("reason") or "")
    return _done(state, lambda work: work.desk.apply(viewer, kind, changes, reason))


def _done(state: State, decide: Callable[[Work], int]) -> Decided:
    with state.store.begin() as work:
        return Decided(group=decide(work))


def _values(form: ValuesForm) -> dict[str, Any]:
    try:
        return form.values()
    except ValueError as error:
        title = "Yêu cầu không đúng mẫu (invalid value)"
        raise Problem(422, "invalid", title, errors=[{"where": ["body", str(error)]}]) from None
