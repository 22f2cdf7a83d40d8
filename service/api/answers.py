"""What the API's answers share: problem documents as they are described, moments, links."""

from __future__ import annotations

import datetime as dt
from typing import Annotated, Any

from fastapi import Depends, Path
from pydantic import BaseModel, ConfigDict, Field

from service.access.viewer import Viewer
from service.web.identity import viewer
from service.web.state import State, state_of

ROOT = "/api/v1"
MOST = 2**53  # ids that JSON and both databases hold
TYPE = "application/problem+json"

Here = Annotated[State, Depends(state_of)]
Who = Annotated[Viewer, Depends(viewer)]
DocumentId = Annotated[int, Path(ge=1, le=MOST, description="The document's id.")]
TaskId = Annotated[str, Path(min_length=1, max_length=100, description="The task's id in its document.")]


class ProblemDocument(BaseModel):
    """What went wrong, by RFC 9457; `title` is for people (Vietnamese, English in brackets)."""

    model_config = ConfigDict(extra="allow")

    type: str = Field(description="A stable key, as a relative address.", examples=["/problems/not-found"])
    title: str = Field(examples=["Không tìm thấy (not found)"])
    status: int = Field(examples=[404])
    request_id: str = Field(description="Finds the request in the log.", examples=["9f2c51d07a3be846"])


_WHY = {
    400: "The request cannot be understood.",
    401: "Nobody is logged in, or the token is not known.",
    403: "The right for it is missing; `detail` names it.",
    404: "There is no such thing, or it is not yours to see.",
    409: "It cannot be done as things stand; `type` says why.",
    413: "Beyond a bound on bytes or files.",
    415: "Not the media type that is taken.",
    422: "The request does not have the form that is described.",
    429: "Too many tries.",
    503: "The database or a reader does not answer; try again.",
}


Responses = dict[int | str, dict[str, Any]]


def problems(*statuses: int) -> Responses:
    """The described problems of a route; those that every route has come along."""
    wanted = sorted({401, 403, 422, 503, *statuses})
    content = {TYPE: {"schema": {"$ref": "#/components/schemas/ProblemDocument"}}}
    return {status: {"description": _WHY[status], "content": content} for status in wanted}


def moment(seconds: float | None) -> dt.datetime | None:
    """Seconds since 1970 as a moment in UTC."""
    return None if seconds is None else dt.datetime.fromtimestamp(round(seconds, 3), dt.UTC)
