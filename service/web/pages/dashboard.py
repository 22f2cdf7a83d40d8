"""Where leaders and monitors start: what is overdue and whose, what is due soon, what waits, the year."""

from __future__ import annotations

from functools import partial
from typing import Annotated

from fastapi import APIRouter, Depends, Request
from starlette.responses import RedirectResponse, Response

from service.access.roles import Right, Role
from service.reporting import charts
from service.tracking.months import Month
from service.tracking.periods import Period
from service.tracking.reports import Asked
from service.tracking.timing import Bucket
from service.web.identity import Guest, guest
from service.web.render import page
from service.web.state import State, state_of
from service.web.words import locale_of, said
from service.wording import REPORT_COLUMNS

router = APIRouter()
Here = Annotated[State, Depends(state_of)]
Who = Annotated[Guest, Depends(guest)]
_SERIES = ("given", "on_time", "late", "no_deadline_done")
_NAMED = 10


@router.get("/dashboard")
def dashboard(request: Request, state: Here, who: Who) -> Response:
    """The overview; a unit's user has his book."""
    viewer, soon = who.viewer, state.settings.due_soon_days
    if viewer.role is Role.UNIT:
        return RedirectResponse("/book", 303)
    with state.store.reading() as work:
        today = work.book.today()
        seen = work.looking.overview(viewer, today, soon)
        asked = Asked(today.replace(month=1, day=1), today, today, soon=soon)
        late = work.reports.longest_overdue(viewer, asked, _NAMED)
        near = work.looking.due_soon(viewer, today, soon, _NAMED)
        waiting = work.looking.waiting(viewer, _NAMED)
    return page(
        request,
        "dashboard.html",
        who,
        today=today,
        seen=seen,
        late=late,
        near=near,
        waiting=waiting,
        tiles=[seen.buckets.get(one, 0) for one in (Bucket.OVERDUE, Bucket.DUE_SOON, Bucket.NO_DEADLINE)],
        period=Period.YEAR.value,
        leads=viewer.may(Right.DECIDE) and not viewer.may(Right.FOLLOW),
        series=_SERIES,
        columns=partial(_columns, seen.months, locale_of(request, viewer.locale)),
    )


def _columns(months: tuple[Month, ...], locale: str, title: str, told: str) -> str:
    """The year's drawing, in the viewer's language."""
    series = [(name, said(locale, REPORT_COLUMNS[name])) for name in _SERIES]
    groups = [(str(one.number), [getattr(one, name) for name in _SERIES]) for one in months]
    return charts.columns(title, told, groups, series)
