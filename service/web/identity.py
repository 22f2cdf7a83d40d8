"""A request in, who sends it out: a browser by its cookie, other software by its bearer token.

The session is also where cross-site requests are stopped: each change from a browser must carry the session's
token in a form field or header, and come from this site. Requests with a bearer token need neither, since no
browser sends one by itself.
"""

from __future__ import annotations

import hmac
from collections.abc import Callable
from dataclasses import dataclass
from typing import Annotated
from urllib.parse import urlsplit

from fastapi import Depends, Request
from starlette.concurrency import run_in_threadpool

from service.access.roles import Right
from service.access.viewer import Viewer
from service.web.state import State, state_of

COOKIE = "dondoc_session"
_FORM = "application/x-www-form-urlencoded"
_SAFE = {"GET", "HEAD", "OPTIONS"}
_BEFORE = {"/password", "/logout", "/session"}  # what one may do with a one-time password


class LoginNeeded(Exception):  # noqa: N818 - says what is needed
    """Nobody is logged in; `expired` where somebody was."""

    def __init__(self, *, expired: bool = False) -> None:
        super().__init__("login needed")
        self.expired = expired


class PasswordNeeded(Exception):  # noqa: N818 - says what is needed
    """The one-time password must be changed before anything else."""


class ForeignRequest(Exception):  # noqa: N818 - says what it is
    """A change that did not come from a page of this session."""


@dataclass(frozen=True, slots=True)
class Guest:
    """Who asks, and the token that the forms of his pages carry; empty for other software."""

    viewer: Viewer
    csrf: str = ""


async def guest(request: Request, state: Annotated[State, Depends(state_of)]) -> Guest:
    """Who asks, in a browser or by token; raises `LoginNeeded`, `PasswordNeeded`, `ForeignRequest`."""
    kind, _, token = request.headers.get("authorization", "").partition(" ")
    if kind.lower() == "bearer":
        return await run_in_threadpool(_by_token, state, token.strip())
    cookie = request.cookies.get(COOKIE, "")
    found = await run_in_threadpool(_by_cookie, state, cookie) if cookie else None
    if found is None:
        raise LoginNeeded(expired=bool(cookie))
    request.state.guest = found  # a page that tells of a problem stays his
    if request.method not in _SAFE:
        await _check_origin(request, found.csrf)
    if found.viewer.must_change and request.url.path not in _BEFORE:
        raise PasswordNeeded
    return found


async def viewer(guest: Annotated[Guest, Depends(guest)]) -> Viewer:
    """The one who asks."""
    return guest.viewer


def needing(right: Right) -> Callable[..., Viewer]:
    """A dependency for routes: the viewer, who must have the right."""

    def checked(viewer: Annotated[Viewer, Depends(viewer)]) -> Viewer:
        viewer.need(right)
        return viewer

    return checked


def _by_token(state: State, token: str) -> Guest:
    with state.store.begin() as work:
        found = work.people.bearer(token)
        if found is None:
            raise LoginNeeded(expired=True)
        work.people.note_use(token)
    return Guest(found)


def _by_cookie(state: State, cookie: str) -> Guest | None:
    with state.store.reading() as work:
        visit = work.people.visit(cookie)
        stale = visit is not None and work.people.is_stale(cookie)
    if visit is None:
        return None
    if stale:
        with state.store.begin() as work:
            work.people.touch(cookie)
    return Guest(visit.viewer, visit.csrf)


async def _check_origin(request: Request, csrf: str) -> None:
    origin = request.headers.get("origin")
    if origin and urlsplit(origin).netloc != request.headers.get("host"):
        raise ForeignRequest
    given = request.headers.get("x-csrf-token") or ""
    if not given and request.headers.get("content-type", "").startswith(
        _FORM
    ):  # a file's form uses the header
        given = str((await request.form()).get("csrf") or "")
    if not hmac.compare_digest(given.encode(), csrf.encode()):
        raise ForeignRequest
