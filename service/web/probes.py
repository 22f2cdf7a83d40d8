"""What the machines around the product ask: whether it lives, is ready, and how it does."""

from __future__ import annotations

import hmac
import logging
from typing import Annotated

from fastapi import Depends, FastAPI, Request
from prometheus_client.exposition import CONTENT_TYPE_LATEST, generate_latest
from starlette.exceptions import HTTPException
from starlette.responses import JSONResponse, PlainTextResponse, Response

from service.metrics.meters import Meters
from service.readiness import failing
from service.web.state import State, state_of

_log = logging.getLogger("dondoc.web")


def install(app: FastAPI) -> None:
    """Adds the three addresses; the API's description leaves them out."""
    for path, answer in (("/livez", live), ("/readyz", ready), ("/metrics", metrics)):
        app.add_api_route(path, answer, include_in_schema=False)


async def live() -> JSONResponse:
    """The process answers."""
    return JSONResponse({"status": "ok"})


def ready(state: Annotated[State, Depends(state_of)]) -> JSONResponse:
    """Whether it can work; if not, what of service/readiness.py fails."""
    if found := failing(state.store.engine, state.settings.data_dir):
        _log.warning("not ready", extra={"failing": found})
        return JSONResponse({"status": "not ready", "failing": found}, 503)
    return JSONResponse({"status": "ok"})


def metrics(request: Request, state: Annotated[State, Depends(state_of)]) -> Response:
    """The figures, for who has the token of the settings; without one there is no such address."""
    token = state.settings.metrics_token.get_secret_value()
    if not token:
        raise HTTPException(404)
    kind, _, given = request.headers.get("authorization", "").partition(" ")
    if kind.lower() != "bearer" or not hmac.compare_digest(given.strip().encode(), token.encode()):
        return PlainTextResponse("DONDOC_METRICS_TOKEN", 401, headers={"www-authenticate": "Bearer"})
    meters: Meters = request.app.state.meters
    return Response(generate_latest(meters.registry), media_type=CONTENT_TYPE_LATEST)
