"""Runs over archives, for administrators: the latest, how one stands while it lasts, its report as a file."""

from __future__ import annotations

import tempfile
from typing import IO, Annotated, Any, Literal

from fastapi import APIRouter, Depends, Path, Query, Request
from starlette.background import BackgroundTask
from starlette.responses import Response, StreamingResponse

from service.access.roles import Right
from service.access.viewer import Viewer
from service.review.versions import Missing
from service.runs.book import Told
from service.runs.report import written
from service.runs.sheet import why
from service.runs.states import State as Standing
from service.runs.words import decimal, size
from service.store import Work
from service.web.identity import Guest, guest, needing
from service.web.render import page
from service.web.state import State, state_of

router = APIRouter()
Here = Annotated[State, Depends(state_of)]
Who = Annotated[Guest, Depends(guest)]
Manager = Annotated[Viewer, Depends(needing(Right.USERS))]
RunId = Annotated[int, Path(ge=1, le=2**53)]
_PAGE = 50
_QUICK, _SLOW, _MANY = 2, 10, 50_000  # seconds between two looks at a run, and files from which on it is slow
_TYPES = {
    "html": "text/html; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}


@router.get("/runs")
def runs(
    request: Request,
    state: Here,
    who: Who,
    viewer: Manager,
    before: Annotated[int | None, Query(ge=1, le=2**53)] = None,
) -> Response:
    """The latest, a page at a time."""
    with state.store.reading() as work:
        found = work.runs.recent(before=before, most=_PAGE + 1)
    following = found[_PAGE - 1].id if len(found) > _PAGE else None
    return page(request, "runs.html", who, rows=found[:_PAGE], next=following, whole=_whole)


@router.get("/runs/{run}")
def show(request: Request, state: Here, who: Who, viewer: Manager, run: RunId) -> Response:
    """One run; it brings itself up to date as long as it lasts."""
    return page(request, "run.html", who, **_standing(state, viewer, run))


@router.get("/runs/{run}/standing")
def standing(request: Request, state: Here, who: Who, viewer: Manager, run: RunId) -> Response:
    """How it stands now: the part of the page that is replaced."""
    return page(request, "run_standing.html", who, **_standing(state, viewer, run))


@router.get("/runs/{run}/file/{kind}")
def file(state: Here, viewer: Manager, run: RunId, kind: Literal["html", "xlsx"]) -> Response:
    """Its report; what was not cleared is told by its hash."""
    with state.store.reading() as work:
        made: IO[bytes] = tempfile.TemporaryFile()  # noqa: SIM115 - closed when it has been sent
        try:
            _found(work, run)
            written(work, run, made, kind, viewer)
        except BaseException:
            made.close()
            raise
    made.seek(0)
    headers = {"content-disposition": f'attachment; filename="luot-doc-{run}.{kind}"'}
    end = BackgroundTask(made.close)
    return StreamingResponse(made, media_type=_TYPES[kind], headers=headers, background=end)


def _standing(state: State, viewer: Viewer, run: int) -> dict[str, Any]:
    with state.store.reading() as work:
        told = _found(work, run)
        counts = work.runs.counts(run)
        slowest = work.runs.slowest(run, viewer)
        failures = work.runs.failures(run, viewer)
    took = max(told.seconds, 0.001)
    return {
        "run": told,
        "counts": counts,
        "slowest": slowest,
        "failures": failures,
        "lasts": told.state is Standing.RUNNING,
        "beat": _QUICK if told.done < _MANY else _SLOW,
        "pages": sum(one.pages for one in counts),
        "bytes": sum(one.bytes for one in counts),
        "files_rate": decimal(told.done / took),
        "pages_rate": decimal(sum(one.pages for one in counts) / took),
        "decimal": decimal,
        "whole": _whole,
        "size": size,
        "why": why,
    }


def _found(work: Work, run: int) -> Told:
    told = work.runs.find(run)
    if told is None:
        raise Missing(str(run))
    return told


def _whole(count: int) -> str:
    return decimal(count, 0)
