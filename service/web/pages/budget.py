"""The budget of errors for administrators: the promise, how it stands, the curve that it was found from."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter, Depends, Form, Request
from markupsafe import Markup
from starlette.responses import RedirectResponse, Response

from annotation.budget.thresholds import Level, chosen, curve
from service.access.roles import Right
from service.access.viewer import Viewer
from service.budget.book import LEAST_AUDIT, LEAST_WRONG, MOST_AUDIT, MOST_WRONG
from service.budget.charts import drawn
from service.report.charts import percent
from service.web.identity import Guest, guest, needing
from service.web.render import page, speaker
from service.web.state import State, state_of
from service.wording import Say

router = APIRouter()
Here = Annotated[State, Depends(state_of)]
Who = Annotated[Guest, Depends(guest)]
Manager = Annotated[Viewer, Depends(needing(Right.USERS))]
Wrong = Annotated[float, Form(ge=100 * LEAST_WRONG, le=100 * MOST_WRONG)]
Audit = Annotated[float, Form(ge=100 * LEAST_AUDIT, le=100 * MOST_AUDIT)]
_WRONG, _AUDIT = 0.01, 0.1  # what is offered first


@router.get("/budget")
def show(request: Request, state: Here, who: Who, viewer: Manager) -> Response:
    """How it stands, and the form."""
    with state.store.reading() as work:
        row = work.budget.book.current()
        standing = work.budget.watch.standing(row)
        reviewed = work.budget.evidence.reviewed()
    promise = row.wrong_share if row else _WRONG
    levels = curve(reviewed.tasks)
    found = chosen(reviewed.tasks, promise)
    known: dict[str, Any] = {
        "standing": standing,
        "row": row,
        "levels": levels,
        "every": len(reviewed.tasks),
        "documents": len(reviewed.documents),
        "found": found,
        "promise": promise,
        "audit_share": row.audit_share if row else _AUDIT,
        "drawing": _drawing(speaker(request, who), levels, promise, found),
        "percent": percent,
    }
    return page(request, "budget.html", who, **known)


@router.get("/budget/stopped")
def stopped(request: Request, state: Here, who: Who, viewer: Manager) -> Response:
    """Whether it has stopped by itself, for the menu of every page."""
    with state.store.reading() as work:
        stop = work.budget.stops.current()
    return page(request, "stopped.html", who, stop=stop)


@router.post("/budget")
def switch_on(state: Here, viewer: Manager, wrong: Wrong, audit: Audit) -> Response:
    """Promises anew; shares come in percent."""
    with state.store.begin() as work:
        work.budget.book.switch_on(viewer.login, wrong / 100, audit / 100)
    return RedirectResponse("/budget", 303)


@router.post("/budget/off")
def switch_off(state: Here, viewer: Manager) -> Response:
    """Nothing more is accepted unseen."""
    with state.store.begin() as work:
        work.budget.book.switch_off(viewer.login)
    return RedirectResponse("/budget", 303)


def _drawing(say: Say, levels: list[Level], promise: float, found: Level | None) -> Markup:
    if not levels:
        return Markup("")
    title = say("Tỷ lệ sai theo số nhiệm vụ được tự nhận")
    told = say("Số liệu như trong bảng bên dưới.")
    sides = say("Phần nhiệm vụ được tự nhận"), say("Tỷ lệ sai")
    svg = drawn(title, told, sides, levels, promise, found.threshold if found else None)
    return Markup(svg)  # noqa: S704 - numbers and escaped words
