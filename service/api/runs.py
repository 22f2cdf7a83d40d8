"""Runs over archives: how each stands, for administrators."""

from __future__ import annotations

import datetime as dt
from typing import Annotated

from fastapi import APIRouter, Depends, Path, Query
from pydantic import BaseModel, Field

from service.access.roles import Right
from service.access.viewer import Viewer
from service.api.answers import MOST, ROOT, Here, moment, problems
from service.api.paging import Cursor, cursor_of, opened
from service.review.versions import Missing
from service.runs.book import Count, Line, Told
from service.runs.states import State
from service.web.identity import needing

router = APIRouter(prefix="/runs", tags=["runs"])
Manager = Annotated[Viewer, Depends(needing(Right.USERS))]
Most = Annotated[int, Query(ge=1, le=200, description="At most so many.")]


class RunShown(BaseModel):
    """A run: `files`, `bytes`, `pages` planned as far as they are known; `seconds_left` while it lasts."""

    id: int
    state: State
    who: str
    roots: list[str]
    engine: str = Field(examples=["processes:2"])
    version: str
    files: int
    bytes: int
    pages: int
    done: int = Field(description="Files that have their outcome.")
    failed: int
    counted: bool = Field(description="An old run: its files are no longer told one by one.")
    begun_at: dt.datetime | None
    seconds: float = Field(description="How long it has run, or until its last sign of life.")
    seconds_left: float | None
    links: dict[str, str]


class RunsShown(BaseModel):
    """A page of runs; `next` is the cursor of the following one."""

    runs: list[RunShown]
    next: str | None


class OutcomeShown(BaseModel):
    """Files of one outcome and reason; `earlier` of them were settled by an earlier run."""

    outcome: str = Field(examples=["failed"])
    reason: str = Field(examples=["timeout"])
    files: int
    earlier: int
    pages: int
    bytes: int
    seconds: float


class FileShown(BaseModel):
    """A file of a run; `path` and `document` where it was cleared and is yours to see."""

    sha256: str
    path: str
    document: int | None
    outcome: str
    reason: str
    message: str
    pages: int
    seconds: float


class RunDetailed(RunShown):
    """A run with its files by outcome, the slowest and the latest failures."""

    outcomes: list[OutcomeShown]
    slowest: list[FileShown]
    failures: list[FileShown]


@router.get("", responses=problems(400))
def listed(state: Here, viewer: Manager, cursor: Cursor = "", limit: Most = 50) -> RunsShown:
    """The latest first."""
    place = opened(cursor, int)
    with state.store.reading() as work:
        found = work.runs.recent(before=place[0] if place else None, most=limit + 1)
    following = cursor_of(found[limit - 1].id) if len(found) > limit else None
    return RunsShown(runs=[_shown(one) for one in found[:limit]], next=following)


@router.get("/{run}", responses=problems(404))
def show(state: Here, viewer: Manager, run: Annotated[int, Path(ge=1, le=MOST)]) -> RunDetailed:
    """One run, as it stands now."""
    with state.store.reading() as work:
        told = work.runs.find(run)
        if told is None:
            raise Missing(str(run))
        return RunDetailed(
            **_shown(told).model_dump(),
            outcomes=[_outcome(one) for one in work.runs.counts(run)],
            slowest=[_file(one) for one in work.runs.slowest(run, viewer)],
            failures=[_file(one) for one in work.runs.failures(run, viewer)],
        )


def _shown(run: Told) -> RunShown:
    return RunShown(
        id=run.id,
        state=run.state,
        who=run.plan.who,
        roots=list(run.plan.roots),
        engine=run.plan.engine,
        version=run.plan.version,
        files=run.plan.files,
        bytes=run.sign.bytes,
        pages=run.sign.pages,
        done=run.done,
        failed=run.failed,
        counted=run.counted,
        begun_at=moment(run.begun_at),
        seconds=run.seconds,
        seconds_left=run.sign.left if run.state is State.RUNNING else None,
        links={"self": f"{ROOT}/runs/{run.id}", "page": f"/runs/{run.id}"},
    )


def _outcome(one: Count) -> OutcomeShown:
    return OutcomeShown(**{name: getattr(one, name) for name in OutcomeShown.model_fields})


def _file(one: Line) -> FileShown:
    return FileShown(**{name: getattr(one, name) for name in FileShown.model_fields})
