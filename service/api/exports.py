"""Exports: a table of tasks is asked for, made in the background, and fetched by a link."""

from __future__ import annotations

import datetime as dt
from typing import Annotated, Literal

from fastapi import APIRouter, Depends, Path
from pydantic import BaseModel, ConfigDict, Field
from starlette.responses import FileResponse, JSONResponse, Response

from service.access.roles import Right
from service.access.viewer import Viewer
from service.api.answers import MOST, ROOT, Here, Responses, moment, problems
from service.api.forms import Form, Text
from service.exports.book import DONE
from service.review.desk import Missing
from service.review.finder import TaskOrder, TasksWanted
from service.tables import Export
from service.web.identity import needing
from service.web.problems import Problem
from service.web.state import State

router = APIRouter(prefix="/exports", tags=["exports"])
Taker = Annotated[Viewer, Depends(needing(Right.EXPORT))]
ExportId = Annotated[str, Path(pattern="^[0-9a-f]{32}$")]
Format = Literal["csv", "xlsx", "jsonl"]
Status = Literal["proposed", "approved", "rejected", "merged", "split"]
Review = Literal["extracted", "reviewed", "filed"]
Short = Annotated[Text, Field(max_length=300)]
Day = Annotated[dt.date | None, Field(strict=False)]
_TYPES = {
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "jsonl": "application/jsonl",
}
_NARROWER = "Quyền xem đã đổi từ khi tạo bảng, hãy xuất lại (your rights have changed since, export again)"
_ACCEPTED: Responses = {202: {"headers": {"Location": {"schema": {"type": "string"}}}}}
_FILE: Responses = {
    200: {"description": "The table.", "content": {kind.partition(";")[0]: {} for kind in _TYPES.values()}}
}


class ExportForm(Form):
    """What is wanted; the filters are those of `GET /tasks`."""

    model_config = ConfigDict(
        json_schema_extra={"examples": [{"format": "xlsx", "status": "approved", "q": "kinh phí"}]}
    )

    format: Format
    unit: Short = ""
    due_after: Day = None
    due_before: Day = None
    status: Status | None = None
    nature: Short = ""
    field: Short = ""
    document: Annotated[int, Field(ge=1, le=MOST)] | None = None
    review: Review | None = None
    q: Annotated[Text, Field(max_length=200)] = ""


class ExportShown(BaseModel):
    """An export on its way; `file` links to it once it is done."""

    id: str
    format: Format
    state: Literal["waiting", "making", "done", "failed"]
    rows: int
    message: str
    created_at: dt.datetime | None
    finished_at: dt.datetime | None
    links: dict[str, str]


@router.post("", status_code=202, response_model=ExportShown, responses=_ACCEPTED | problems())
def ask(form: ExportForm, state: Here, viewer: Taker) -> Response:
    """Asks for a table of the tasks that you may see."""
    filters = form.model_dump(exclude={"format", "q", "status", "review"})
    filters |= {"words": form.q, "status": form.status or "", "review": form.review or ""}
    wanted = TasksWanted(**filters, order=TaskOrder.NEWEST)
    with state.store.begin() as work:
        identifier = work.exports.add(viewer, form.format, wanted)
    body = _shown(_found(state, viewer, identifier)).model_dump(mode="json")
    return JSONResponse(body, 202, headers={"location": f"{ROOT}/exports/{identifier}"})


@router.get("", responses=problems())
def listed(state: Here, viewer: Taker) -> list[ExportShown]:
    """Your own, newest first."""
    with state.store.reading() as work:
        return [_shown(one) for one in work.exports.listed(viewer)]


@router.get("/{export}", responses=problems(404))
def one(export: ExportId, state: Here, viewer: Taker) -> ExportShown:
    """How far it is."""
    return _shown(_found(state, viewer, export))


@router.get("/{export}/file", responses=_FILE | problems(404, 409), response_class=FileResponse)
def file(export: ExportId, state: Here, viewer: Taker) -> FileResponse:
    """The table, once it is done, and while you may still see all that it holds."""
    found = _found(state, viewer, export)
    if found.state != DONE:
        raise Problem(409, "not-done", "Chưa xong (not done yet)")
    with state.store.reading() as work:
        if not work.exports.may_fetch(viewer, export):
            raise Problem(409, "rights-changed", _NARROWER)
    path = state.exporter.path(found.id, found.format)
    if not path.exists():
        raise Missing(export)
    name = f"nhiem-vu-{found.id[:8]}.{found.format}"
    return FileResponse(path, media_type=_TYPES[found.format], filename=name)


@router.delete("/{export}", status_code=204, responses=problems(404))
def remove(export: ExportId, state: Here, viewer: Taker) -> None:
    """Removes it and its file."""
    with state.store.begin() as work:
        if not work.exports.remove(viewer, export):
            raise Missing(export)
        state.exporter.wipe(export)


def _found(state: State, viewer: Viewer, export: str) -> Export:
    with state.store.reading() as work:
        found = work.exports.one(viewer, export)
    if found is None:
        raise Missing(export)
    return found


def _shown(one: Export) -> ExportShown:
    here = f"{ROOT}/exports/{one.id}"
    links = {"self": here} | ({"file": f"{here}/file"} if one.state == DONE else {})
    plain = {name: getattr(one, name) for name in ("id", "format", "state", "rows", "message")}
    times = {"created_at": moment(one.created_at), "finished_at": moment(one.finished_at)}
    return ExportShown.model_validate(plain | times | {"links": links})
