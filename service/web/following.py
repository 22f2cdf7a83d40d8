"""A request in, an id that its answer, problem document and log lines share out; it is counted and timed."""

from __future__ import annotations

import re
import secrets
import time

from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from service.api.answers import ROOT
from service.logs import REQUEST_ID
from service.metrics.meters import Meters

HEADER = "x-request-id"
_WELL_FORMED = re.compile(r"[A-Za-z0-9._-]{8,64}")


class Followed:
    """An application whose requests have ids: the one that came with it where it is well-formed, else a new
    one. It is not taken back at the end: the server's own line about a request that broke comes after it, and
    the next request, even on the same connection, has its own."""

    def __init__(self, app: ASGIApp, meters: Meters) -> None:
        self._app, self._meters = app, meters

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """One request, or the application's life."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        name = named(Headers(scope=scope).get(HEADER, ""))
        REQUEST_ID.set(name)
        began, status = time.monotonic(), 0

        async def answered(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
                MutableHeaders(scope=message)[HEADER] = name
            await send(message)

        try:
            await self._app(scope, receive, answered)
        finally:
            seconds = time.monotonic() - began
            self._meters.answered(template(scope), scope["method"], status, seconds)


def named(given: str) -> str:
    """The id of a request that came with this one."""
    return given if _WELL_FORMED.fullmatch(given) else secrets.token_hex(8)


def template(scope: Scope) -> str:
    """The template of the route that answered, with its names for ids in braces; "static" for the pages' own
    files, "none" where no route fits."""
    path, route = scope["path"], getattr(scope.get("route"), "path", "")
    if not route:
        return "static" if path.startswith("/static/") else "none"
    below = path.startswith(f"{ROOT}/") and not route.startswith(ROOT)  # of a router, without its prefix
    return f"{ROOT}{route}" if below else route
