"""Logging in and out, changing one's password, choosing the language."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter, Depends, Form, Request
from starlette.responses import RedirectResponse, Response

from service.access.passwords import LEAST
from service.access.people import SESSION_SECONDS, Elsewhere, LoggedIn
from service.access.roles import Role
from service.web.identity import COOKIE, Guest, guest
from service.web.render import page
from service.web.state import State, state_of
from service.web.words import COOKIE as LOCALE_COOKIE
from service.web.words import LOCALES
from service.wording import LOGIN_PROBLEMS

router = APIRouter()
Here = Annotated[State, Depends(state_of)]
Who = Annotated[Guest, Depends(guest)]
_OVERSEERS = (Role.LEADER, Role.MONITOR)  # who start with the overview, not with the queue


@router.get("/login")
def form(
    request: Request, state: Here, next: str = "/", local: bool = False, problem: str = "", out: bool = False
) -> Response:
    """The ways in; `local` shows the form where it is for administrators alone, `problem` says why one was
    not let in, `out` that one has just logged out who came by the OpenID provider."""
    told = problem if problem in LOGIN_PROBLEMS else ""
    return _page(request, state, inside(next), local=local, problem=told, out=out)


@router.post("/login")
def login(
    request: Request,
    state: Here,
    login: Annotated[str, Form(max_length=200)],
    password: Annotated[str, Form(max_length=1000)],
    next: Annotated[str, Form()] = "/",
) -> Response:
    """A session, or the form again."""
    roles = {Role.ADMINISTRATOR} if _only_vouched(state) else set(Role)
    try:
        with state.store.begin() as work:
            entered = work.people.login(login, password, address_of(request), roles)
            if entered:
                work.people.logout(request.cookies.get(COOKIE, ""))
                work.audit.add(entered.viewer.login, "login", f"user:{entered.viewer.id}", {})
    except Elsewhere:
        return _page(request, state, inside(next), status=403, problem="elsewhere")
    if entered is None:
        return _page(request, state, inside(next), status=401, local=True, wrong=True, login=login)
    start = "/dashboard" if entered.viewer.role in _OVERSEERS and next == "/" else inside(next)
    return with_cookie(RedirectResponse(start, 303), entered, state)


@router.post("/logout")
def logout(request: Request, state: Here, who: Who) -> Response:
    """Ends the session; who came by the OpenID provider is still known there, and told so."""
    with state.store.begin() as work:
        work.people.logout(request.cookies.get(COOKIE, ""))
    response = RedirectResponse("/login?out=1" if who.viewer.vouched else "/login", 303)
    response.delete_cookie(COOKIE)
    return response


@router.get("/session")
def session(who: Who) -> dict[str, str]:
    """The token that the forms of this session carry: a page whose session was renewed goes on with it."""
    return {"login": who.viewer.login, "csrf": who.csrf}


@router.get("/password")
def password_form(request: Request, who: Who) -> Response:
    """The form for a new password."""
    return page(request, "password.html", who, wrong="", least=LEAST)


@router.post("/password")
def change_password(
    request: Request,
    state: Here,
    who: Who,
    old: Annotated[str, Form(max_length=1000)],
    new: Annotated[str, Form(max_length=1000)],
) -> Response:
    """Changes one's own password; the session goes on under a new cookie."""
    wrong = "" if len(new) >= LEAST else "short"
    with state.store.begin() as work:
        if not wrong and not work.people.knows(who.viewer.id, old):
            wrong = "old"
        if not wrong:
            work.people.change_password(who.viewer.id, new)
            entered = work.people.open_session(who.viewer.id)
            work.audit.add(who.viewer.login, "password", f"user:{who.viewer.id}", {})
    if wrong:
        return page(request, "password.html", who, status=400, wrong=wrong, least=LEAST)
    return with_cookie(RedirectResponse("/", 303), entered, state)


@router.post("/language")
def language(
    request: Request, locale: Annotated[str, Form()], next: Annotated[str, Form()] = "/"
) -> Response:
    """Remembers the language in a cookie."""
    response = RedirectResponse(inside(next), 303)
    if locale in LOCALES:
        response.set_cookie(LOCALE_COOKIE, locale, max_age=31_536_000, httponly=True, samesite="lax")
    return response


def with_cookie(response: Response, entered: LoggedIn, state: State) -> Response:
    """The answer, with the new session's cookie."""
    response.set_cookie(
        COOKIE,
        entered.cookie,
        max_age=int(SESSION_SECONDS),
        httponly=True,
        samesite="lax",
        secure=state.settings.secure_cookies,
    )
    return response


def inside(address: str) -> str:
    """An address of this site, or its start page."""
    return address if address.startswith("/") and not address.startswith(("//", "/\\")) else "/"


def address_of(request: Request) -> str:
    """Where the browser is, for tries to be counted."""
    return request.client.host if request.client else ""


def _only_vouched(state: State) -> bool:
    """Whether only administrators log in by password."""
    return state.provider is not None and state.settings.oidc_only


def _page(request: Request, state: State, next: str, *, status: int = 200, **values: Any) -> Response:
    known: dict[str, Any] = {"local": False, "problem": "", "out": False, "wrong": False, "login": ""}
    known |= values | {"next": next, "provider": state.provider, "provider_name": state.settings.oidc_name}
    known["form"] = known["local"] or not _only_vouched(state)
    return page(request, "login.html", status=status, **known)
