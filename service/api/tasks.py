"""Tasks: searched over all documents, and each one's course."""

from __future__ import annotations

import datetime as dt
from typing import Annotated, Any, Literal

from fastapi import APIRouter, Query

from service.api.answers import MOST, DocumentId, Here, TaskId, Who, problems
from service.api.documents import Limit, Words, plain
from service.api.paging import Cursor, cursor_of, opened
from service.api.shapes import TaskPage, TaskShown, task_shown
from service.review.desk import Missing
from service.review.finder import TaskOrder, TasksWanted
from service.web.problems import Problem

router = APIRouter(tags=["tasks"])
Status = Literal["proposed", "approved", "rejected", "merged", "split"]
Review = Literal["extracted", "reviewed", "filed"]
Key = Annotated[str, Query(max_length=50)]


@router.get("/tasks", responses=problems(400))
def listed(
    state: Here,
    viewer: Who,
    unit: Annotated[str, Query(max_length=300, description="A register's id, or a unit's whole name.")] = "",
    due_after: Annotated[dt.date | None, Query(description="Due on this day or later.")] = None,
    due_before: Annotated[dt.date | None, Query(description="Due before this day.")] = None,
    status: Annotated[Status | None, Query()] = None,
    nature: Key = "",
    field: Key = "",
    document: Annotated[int | None, Query(ge=1, le=MOST)] = None,
    review: Annotated[Review | None, Query(description="The state of their documents.")] = None,
    q: Words = "",
    sort: TaskOrder = TaskOrder.DUE,
    limit: Limit = 50,
    cursor: Cursor = "",
) -> TaskPage:
    """The tasks that you may see; "dieu" finds "Điều". Without `status`: those that stand."""
    wanted = TasksWanted(
        plain(unit),
        due_after,
        due_before,
        status or "",
        plain(nature),
        plain(field),
        document,
        plain(q),
        sort,
        review or "",
    )
    kinds = (int, int, str) if sort is TaskOrder.NEWEST else (str, int, str)
    after = opened(cursor, *kinds)
    if after and sort is not TaskOrder.NEWEST:
        try:
            dt.date.fromisoformat(after[0])
        except ValueError:
            raise Problem(400, "bad-cursor", "Con trỏ trang không đúng (not a cursor)") from None
    with state.store.reading() as work:
        found = work.finder.tasks(viewer, wanted, after, limit + 1)
    more = cursor_of(*found[limit - 1].place) if len(found) > limit else None
    return TaskPage(items=[task_shown(one.record, one.document) for one in found[:limit]], next=more)


@router.get("/documents/{document}/tasks/{task}", responses=problems(404))
def one(document: DocumentId, task: TaskId, state: Here, viewer: Who) -> TaskShown:
    """A task as it stands."""
    with state.store.reading() as work:
        found = work.places.proof(viewer, document, task)
    if found is None:
        raise Missing(task)
    return task_shown(found[1])


@router.get("/documents/{document}/tasks/{task}/versions", responses=problems(404))
def versions(document: DocumentId, task: TaskId, state: Here, viewer: Who) -> list[dict[str, Any]]:
    """A task's values from the machine's reading to now, oldest first."""
    with state.store.begin() as work:
        found = work.desk.versions(viewer, document, task)
    return [{"revision": one.number, "values": one.values} for one in found]
