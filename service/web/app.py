"""Settings in, the whole product as one FastAPI application out (`dondoc serve`)."""

from __future__ import annotations

import threading
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from fastapi import FastAPI, Request
from sqlalchemy import text
from starlette.concurrency import run_in_threadpool
from starlette.responses import JSONResponse, Response
from starlette.staticfiles import StaticFiles
from starlette.types import ASGIApp

from service.api import described
from service.api import routers as api_routers
from service.audit.signing import Signing
from service.bootstrap import READER, open_store
from service.logs import REQUEST_ID
from service.settings import Settings
from service.web import problems
from service.web.following import Followed
from service.web.headers import Guarded
from service.web.identity import Guest
from service.web.pages import routers
from service.web.render import page
from service.web.state import opened
from service.web.words import locale_of, told


class _Application(FastAPI):
    """Followed and guarded from the outside: an error nobody foresaw is answered beyond all other layers."""

    def build_middleware_stack(self) -> ASGIApp:
        """The layers around the routes."""
        return Followed(Guarded(super().build_middleware_stack()))


def create(settings: Settings, *, readers: int = 0, reader: str = READER, warm: bool = False) -> FastAPI:
    """The application; its store is opened, and brought up to date, when it starts. `readers` workers read
    uploads in this process, with the reader of this name; `warm` loads the register of units before the first
    person looks for one."""

    @asynccontextmanager
    async def life(app: FastAPI) -> AsyncIterator[None]:
        store = open_store(settings)
        state = opened(settings, store, readers, reader)
        app.state.dondoc = state
        if warm:
            threading.Thread(target=state.warm, name="warm", daemon=True).start()
        signing = Signing(store, settings.audit_key, 60.0 * settings.audit_sign_minutes)
        signing.start()
        yield
        await run_in_threadpool(state.close)
        await run_in_threadpool(signing.stop)
        store.engine.dispose()

    app = _Application(
        title="dondoc",
        description="Văn bản chỉ đạo, nhiệm vụ, rà soát (directives, tasks, review).",
        version="1",
        openapi_url="/api/v1/openapi.json",
        docs_url=None,
        redoc_url=None,
        lifespan=life,
    )
    problems.install(app, _problem_page)
    app.mount("/static", StaticFiles(packages=[("service.web", "static")]), name="static")
    app.add_api_route("/livez", _livez, include_in_schema=False)
    app.add_api_route("/readyz", _readyz, include_in_schema=False)
    for router in api_routers():
        app.include_router(router, prefix="/api/v1")
    for router in routers():
        app.include_router(router, include_in_schema=False)
    described.install(app)
    return app


def _livez() -> JSONResponse:
    return JSONResponse({"status": "ok"})


def _readyz(request: Request) -> JSONResponse:
    """Whether the store answers."""
    with request.app.state.dondoc.store.engine.connect() as connection:
        connection.execute(text("SELECT 1"))
    return JSONResponse({"status": "ok"})


async def _problem_page(request: Request, status: int, key: str, title: str) -> Response:
    guest: Guest | None = getattr(request.state, "guest", None)
    locale = locale_of(request, guest.viewer.locale if guest else None)
    told_of = {"code": status, "problem": key, "title": told(locale, title), "request_id": REQUEST_ID.get()}
    return page(request, "problem.html", guest, status=status, **told_of)
