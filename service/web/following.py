"""A request in, an id for it that its answer, its problem document and all its log lines share."""

from __future__ import annotations

import re
import secrets

from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from service.logs import REQUEST_ID

HEADER = "x-request-id"
_WELL_FORMED = re.compile(r"[A-Za-z0-9._-]{8,64}")


class Followed:
    """An application whose requests have ids: the one that came with it where it is well-formed, else a new
    one. It is not taken back at the end: the server's own line about a request that broke comes after it, and
    the next request, even on the same connection, has its own."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """One request, or the application's life."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        name = named(Headers(scope=scope).get(HEADER, ""))
        REQUEST_ID.set(name)

        async def answered(message: Message) -> None:
            if message["type"] == "http.response.start":
                MutableHeaders(scope=message)[HEADER] = name
            await send(message)

        await self._app(scope, receive, answered)


def named(given: str) -> str:
    """The id of a request that came with this one."""
    return given if _WELL_FORMED.fullmatch(given) else secrets.token_hex(8)
