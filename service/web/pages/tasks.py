"""The tasks that one may see: found, filtered, ordered and paged; the start page of a unit's user."""

from __future__ import annotations

import datetime as dt
from typing import Annotated, Any, Literal
from zoneinfo import ZoneInfo

from fastapi import APIRouter, Depends, Query, Request
from pydantic import BaseModel, Field
from starlette.responses import Response

from pipeline.labels import FIELDS, NATURES
from service.access.roles import Right, Role
from service.api.paging import cursor_of, opened
from service.offered import chosen
from service.pages.proofs import proofs
from service.review.finder import FoundTask, TaskOrder, TasksWanted
from service.web.identity import Guest, guest
from service.web.render import page
from service.web.state import State, state_of
from service.wording import REVIEWS, STATUSES

router = APIRouter()
Here = Annotated[State, Depends(state_of)]
Who = Annotated[Guest, Depends(guest)]
Text = Annotated[str, Query(max_length=200, pattern=r"^[^\x00]*$")]
PAGE = 30
_ZONE = ZoneInfo("Asia/Ho_Chi_Minh")


class Asked(BaseModel):
    """What the page is asked for, as its form sends it."""

    q: str = Field("", max_length=200)
    unit: str = Field("", max_length=200)
    due_before: str = Field("", max_length=20)
    status: Literal["", "proposed", "approved", "rejected"] = ""
    nature: str = Field("", max_length=200)
    field: str = Field("", max_length=200)
    review: Literal["", "extracted", "reviewed", "filed"] = ""
    sort: TaskOrder = TaskOrder.DUE
    after: str = Field("", max_length=600)

    @property
    def filters(self) -> dict[str, Any]:
        """All but the place in the list."""
        return self.model_dump(mode="json", exclude={"after"})

    def wanted(self, due_before: dt.date | None) -> TasksWanted:
        """The tasks that match."""
        name, unit = chosen(self.unit)
        return TasksWanted(
            unit=unit or name,
            due_before=due_before,
            status=self.status,
            nature=self.nature,
            field=self.field,
            words=self.q,
            order=self.sort,
            review=self.review,
        )


@router.get("/tasks")
def tasks(request: Request, state: Here, who: Who, asked: Annotated[Asked, Query()]) -> Response:
    """The list, a page at a time."""
    day, wrong = _day(asked.due_before)
    place = opened(asked.after, *((int, int, str) if asked.sort is TaskOrder.NEWEST else (str, int, str)))
    with state.store.reading() as work:
        found = [] if wrong else work.finder.tasks(who.viewer, asked.wanted(day), place, PAGE + 1)
        openable = work.shelf.openable(who.viewer, {one.document.id for one in found})
    return page(
        request,
        "tasks.html",
        who,
        rows=[_row(one, openable) for one in found[:PAGE]],
        asked=asked.filters,
        wrong=wrong,
        filtered=any(value for name, value in asked.filters.items() if name != "sort"),
        next=cursor_of(*found[PAGE - 1].place) if len(found) > PAGE else "",
        own=who.viewer.role is Role.UNIT,
        may_export=who.viewer.may(Right.EXPORT),
        natures=NATURES,
        fields=FIELDS,
        statuses=STATUSES,
        reviews=REVIEWS,
    )


def _row(found: FoundTask, openable: set[int]) -> dict[str, Any]:
    """What the page shows of a task: its values, what proves them, whether its document may be opened."""
    task = found.record
    due = (task["deadline"] or {}).get("date")
    today = dt.datetime.now(_ZONE).date().isoformat()
    return {
        "task": task,
        "document": found.document,
        "opens": found.document.id in openable,
        "proofs": [one for one in proofs(task) if one.of in ("task", "deadline")],
        "late": bool(due and due < today and task["status"] != "rejected"),
    }


def _day(typed: str) -> tuple[dt.date | None, bool]:
    """A day as people or browsers write it, and whether it is none."""
    for form in ("%d/%m/%Y", "%Y-%m-%d"):
        try:
            return dt.datetime.strptime(typed.strip(), form).date(), False  # noqa: DTZ007 - a day has no zone
        except ValueError:
            continue
    return None, bool(typed.strip())
