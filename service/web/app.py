"""Settings in, the whole product as one FastAPI application out (`dondoc serve`)."""

from __future__ import annotations

import threading
from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager

from fastapi import FastAPI, Request
from starlette.concurrency import run_in_threadpool
from starlette.responses import Response
from starlette.staticfiles import StaticFiles
from starlette.types import ASGIApp

from service.api import described
from service.api import routers as api_routers
from service.audit.signing import Signing
from service.bootstrap import READER, open_store
from service.logs import REQUEST_ID
from service.metrics.meters import Meters
from service.metrics.stock import Stock
from service.settings import Settings
from service.web import probes, problems
from service.web.following import Followed
from service.web.headers import Guarded
from service.web.identity import Guest
from service.web.pages import routers
from service.web.render import page
from service.web.state import opened
from service.web.words import locale_of, told


class _Application(FastAPI):
    """Followed and guarded from the outside: an error nobody foresaw is answered beyond all other layers."""

    def __init__(self, meters: Meters, life: Callable[[FastAPI], AbstractAsyncContextManager[None]]) -> None:
        super().__init__(
            title="dondoc",
            description="Văn bản chỉ đạo, nhiệm vụ, rà soát (directives, tasks, review).",
            version="1",
            openapi_url="/api/v1/openapi.json",
            docs_url=None,
            redoc_url=None,
            lifespan=life,
        )
        self.state.meters = meters

    def build_middleware_stack(self) -> ASGIApp:
        """The layers around the routes."""
        return Followed(Guarded(super().build_middleware_stack()), self.state.meters)


def create(
    settings: Settings, *, readers: int | None = 0, reader: str = READER, warm: bool = False
) -> FastAPI:
    """The application; its store is opened, and brought up to date, when it starts. `readers` workers read
    uploads in this process, with the reader of this name; `warm` loads the register of units before the first
    person looks for one."""
    meters = Meters()

    @asynccontextmanager
    async def life(app: FastAPI) -> AsyncIterator[None]:
        store = open_store(settings)
        state = opened(settings, store, readers, reader, meters.read)
        app.state.dondoc = state
        stock = Stock(settings, store)
        meters.registry.register(stock)
        if warm:
            threading.Thread(target=state.warm, name="warm", daemon=True).start()
        signing = Signing(store, settings.audit_key, 60.0 * settings.audit_sign_minutes)
        signing.start()
        yield
        meters.registry.unregister(stock)
        await run_in_threadpool(state.close)
        await run_in_threadpool(signing.stop)
        store.engine.dispose()

    app = _Application(meters, life)
    app.state.leaving = threading.Event()  # set once the server is told to end: what lasts leaves off
    problems.install(app, _problem_page)
    app.mount("/static", StaticFiles(packages=[("service.web", "static")]), name="static")
    probes.install(app)
    for router in api_routers():
        app.include_router(router, prefix="/api/v1")
    for router in routers():
        app.include_router(router, include_in_schema=False)
    described.install(app)
    return app


async def _problem_page(request: Request, status: int, key: str, title: str) -> Response:
    guest: Guest | None = getattr(request.state, "guest", None)
    locale = locale_of(request, guest.viewer.locale if guest else None)
    told_of = {"code": status, "problem": key, "title": told(locale, title), "request_id": REQUEST_ID.get()}
    return page(request, "problem.html", guest, status=status, **told_of)
