"""Logging in by the OpenID provider: sent there, come back, and out there too.

The way there and back is links and redirects alone: the pages' policy lets no form lead to another site.
"""

from __future__ import annotations

import hmac
import logging
from typing import Annotated

from fastapi import APIRouter, Depends, Query, Request
from sqlalchemy.exc import IntegrityError
from starlette.responses import RedirectResponse, Response

from service.access.identities import ATTEMPT_SECONDS, Refusal
from service.access.people import LoggedIn
from service.oidc.attempt import Attempt, begun
from service.oidc.provider import Away, Distrusted, Provider, Vouched
from service.web.identity import COOKIE
from service.web.pages.login import address_of, inside, with_cookie
from service.web.problems import Problem
from service.web.state import State, state_of

router = APIRouter(prefix="/login/oidc")
Here = Annotated[State, Depends(state_of)]
Word = Annotated[str, Query(max_length=4096)]
_ATTEMPT = "dondoc_login"
_PATH = "/login/oidc"
_log = logging.getLogger("dondoc.web")


def provider(state: Here) -> Provider:
    """The provider; where none is configured there is no such page."""
    if state.provider is None:
        raise Problem(404, "not-found", "Không tìm thấy (not found)")
    return state.provider


There = Annotated[Provider, Depends(provider)]


@router.get("")
def begin(request: Request, state: Here, provider: There, next: Word = "/") -> Response:
    """Sends the browser to the provider; its cookie holds the secret of this login."""
    attempt = begun()
    try:
        there = provider.leads_to(attempt)
    except Away as error:
        return _refused("away", error)
    with state.store.begin() as work:
        work.identities.begin(attempt.secret, inside(next), address_of(request))
    response = RedirectResponse(there, 303)
    response.set_cookie(
        _ATTEMPT,
        attempt.secret,
        max_age=int(ATTEMPT_SECONDS),
        path=_PATH,
        httponly=True,
        samesite="lax",  # "strict" would keep it from the way back
        secure=state.settings.secure_cookies,
    )
    return response


@router.get("/callback")
def callback(
    request: Request,
    state: Here,
    provider: There,
    code: Word = "",
    given: Annotated[str, Query(alias="state", max_length=4096)] = "",
    error: Word = "",
    iss: Word = "",
) -> Response:
    """What the browser brings back from the provider: a session, or the login page and why not."""
    attempt = Attempt(request.cookies.get(_ATTEMPT, ""))
    with state.store.begin() as work:
        next = work.identities.end(attempt.secret)
    if next is None or not hmac.compare_digest(given.encode(), attempt.state.encode()):
        return _refused("expired")
    if iss and iss != provider.configuration.issuer:  # RFC 9207
        return _refused("distrusted", Distrusted("another issuer answered"))
    if error or not code:
        return _refused("denied", Distrusted(error[:100]))
    try:
        vouched = provider.vouched(attempt, code)
    except Away as why:
        return _refused("away", why)
    except Distrusted as why:
        return _refused("distrusted", why)
    entered = _entered(request, state, vouched)
    if isinstance(entered, Refusal):
        return _refused(entered.value)
    return _forgotten(with_cookie(RedirectResponse(next, 303), entered, state))


@router.get("/logout")
def logout(provider: There) -> Response:
    """Sends the browser to where it logs out at the provider."""
    try:
        there = provider.ends_at()
    except Away as error:
        return _refused("away", error)
    return RedirectResponse(there, 303) if there else _refused("stays")


def _entered(request: Request, state: State, vouched: Vouched) -> LoggedIn | Refusal:
    for last in (False, True):
        try:
            with state.store.begin() as work:
                work.people.logout(request.cookies.get(COOKIE, ""))
                new_users = state.settings.oidc_new_users
                return work.identities.enter(vouched, address_of(request), new_users=new_users)
        except IntegrityError:  # the same person's first login twice at once: now it is the second
            if last:
                raise
    raise AssertionError("not reached")


def _refused(key: str, why: Exception | None = None) -> Response:
    """The login page, under an address without the code that was brought along."""
    if why:
        _log.warning("no login by the provider", extra={"problem": key, "why": str(why)})
    return _forgotten(RedirectResponse(f"/login?problem={key}", 303))


def _forgotten(response: Response) -> Response:
    response.delete_cookie(_ATTEMPT, path=_PATH)
    return response
