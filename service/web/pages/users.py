"""Users and the tokens of other software, for who may manage them; secrets are shown in one answer only."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Form, Query, Request
from starlette.responses import RedirectResponse, Response

from pipeline.text import nfc
from service.access.accounts import HIGHEST, Given, LastAdministrator, Taken
from service.access.roles import Right, Role, rights_of
from service.access.viewer import Viewer
from service.offered import chosen
from service.tables import User
from service.web.identity import Guest, guest, needing
from service.web.naming import home
from service.web.render import page
from service.web.state import State, state_of

router = APIRouter()
Here = Annotated[State, Depends(state_of)]
Who = Annotated[Guest, Depends(guest)]
Manager = Annotated[Viewer, Depends(needing(Right.USERS))]
Login = Annotated[str, Form(min_length=1, max_length=100, pattern=r"^[^\s\x00]+$")]
Name = Annotated[str, Form(min_length=1, max_length=200, pattern=r"^[^\x00]+$")]
Clearance = Annotated[int, Form(ge=0, le=HIGHEST)]
Units = Annotated[list[str], Form(max_length=50)]
Identity = Annotated[str | None, Form(max_length=200, pattern=r"^[^\x00]*$")]
_OFFERED = 12  # units at a time


@router.get("/users")
def users(request: Request, state: Here, who: Who, viewer: Manager) -> Response:
    """All users, and the form for another."""
    return _list(request, state, who)


@router.post("/users")
def add(
    request: Request,
    state: Here,
    who: Who,
    viewer: Manager,
    login: Login,
    name: Name,
    role: Annotated[Role, Form()],
    clearance: Clearance = 0,
    unit: Units = [],  # noqa: B006 - FastAPI copies it
    identity: Identity = None,
) -> Response:
    """A new user; his one-time password is shown in this answer only."""
    given = Given(
        nfc(name).strip(), role, _units(state, unit), clearance, identity=_identity(state, identity)
    )
    try:
        with state.store.begin() as work:
            _, password = work.accounts.add(viewer, nfc(login), given)
    except Taken as error:
        return _list(request, state, who, status=409, taken=str(error))
    return _list(request, state, who, shown=(login, password))


@router.get("/users/{user}")
def form(request: Request, state: Here, who: Who, viewer: Manager, user: int) -> Response:
    """A user's form."""
    return _one(request, state, who, user)


@router.post("/users/{user}")
def change(
    request: Request,
    state: Here,
    who: Who,
    viewer: Manager,
    user: int,
    name: Name,
    role: Annotated[Role, Form()],
    clearance: Clearance = 0,
    unit: Units = [],  # noqa: B006
    active: Annotated[bool, Form()] = False,
    identity: Identity = None,
) -> Response:
    """Changes a user."""
    given = Given(nfc(name).strip(), role, _units(state, unit), clearance, active, _identity(state, identity))
    try:
        with state.store.begin() as work:
            work.accounts.change(viewer, user, given)
    except LastAdministrator:
        return _one(request, state, who, user, status=409, last=True)
    except Taken as error:
        return _one(request, state, who, user, status=409, taken=str(error))
    return RedirectResponse("/users", 303)


@router.post("/users/{user}/reset")
def reset(request: Request, state: Here, who: Who, viewer: Manager, user: int) -> Response:
    """A new one-time password, shown in this answer only."""
    with state.store.begin() as work:
        password = work.accounts.reset(viewer, user)
    return _one(request, state, who, user, password=password)


@router.post("/users/{user}/release")
def release(state: Here, viewer: Manager, user: int) -> Response:
    """Unbinds a user from who he was at the OpenID provider."""
    with state.store.begin() as work:
        work.accounts.release(viewer, user)
    return RedirectResponse(f"/users/{user}", 303)


@router.get("/tokens")
def tokens(request: Request, state: Here, who: Who, viewer: Manager) -> Response:
    """All tokens, and the form for another."""
    return _tokens(request, state, who)


@router.post("/tokens")
def issue(
    request: Request,
    state: Here,
    who: Who,
    viewer: Manager,
    name: Name,
    user: Annotated[int, Form()],
    scope: Annotated[list[Right], Form()] = [],  # noqa: B006
) -> Response:
    """A new token, shown in this answer only."""
    with state.store.begin() as work:
        token = work.accounts.issue(viewer, user, nfc(name).strip(), scope)
    return _tokens(request, state, who, shown=token)


@router.post("/tokens/{token}/revoke")
def revoke(state: Here, viewer: Manager, token: int) -> Response:
    """Ends a token."""
    with state.store.begin() as work:
        work.accounts.revoke(viewer, token)
    return RedirectResponse("/tokens", 303)


@router.get("/units/options")
def options(
    request: Request,
    state: Here,
    who: Who,
    unit: Annotated[str, Query(max_length=200)] = "",
    lead: Annotated[str, Query(max_length=200)] = "",
) -> Response:
    """Units of the register that a name in typing may mean, to choose from."""
    from pipeline.units.register.search import search

    with state.store.reading() as work:
        issuer = home(work, who.viewer)
    typed = (unit or lead).strip()
    found = [hit.unit for hit in search(typed, state.register, issuer, limit=_OFFERED)] if typed else []
    return page(request, "options.html", who, found=found)


# ---------------------------------------------------------------- answers


def _list(request: Request, state: State, who: Guest, *, status: int = 200, **more: Any) -> Response:
    with state.store.reading() as work:
        found = work.accounts.all(who.viewer)
    rows = [(one, _named(state, one)) for one in found]
    known: dict[str, Any] = {"rows": rows, "roles": list(Role), "highest": HIGHEST, "taken": ""}
    known |= {"shown": None, "provider": state.provider}
    return page(request, "users.html", who, status=status, **(known | more))


def _one(
    request: Request, state: State, who: Guest, user: int, *, status: int = 200, **more: Any
) -> Response:
    with state.store.reading() as work:
        row = work.accounts.one(who.viewer, user)
        identity = work.accounts.identity(who.viewer, user)
    known: dict[str, Any] = {"one": row, "units": _said(state, row), "roles": list(Role), "highest": HIGHEST}
    known |= {"last": False, "password": "", "taken": "", "identity": identity, "provider": state.provider}
    return page(request, "user.html", who, status=status, **(known | more))


def _tokens(request: Request, state: State, who: Guest, *, shown: str = "") -> Response:
    with state.store.reading() as work:
        rows = work.accounts.tokens(who.viewer)
        found = [(one, rights_of(Role(one.role))) for one in work.accounts.all(who.viewer) if one.active]
    return page(request, "tokens.html", who, rows=rows, users=found, rights=list(Right), shown=shown)


def _identity(state: State, typed: str | None) -> str | None:
    """The name at the OpenID provider; None, which changes nothing, where there is no provider."""
    return nfc(typed or "").strip() if state.provider else None


def _units(state: State, typed: Sequence[str]) -> list[tuple[str, str]]:
    """Id and name of each line: "Sở Y tế tỉnh Hưng Yên (so-y-te:hung-yen)" as offered, an id, or a name that
    the register does not know."""
    found = []
    for line in (nfc(one).strip() for one in typed):
        _, unit = chosen(line)
        known = state.register.unit(unit or line)
        if known:
            found.append((known.id, known.name))
        elif line:
            found.append(("", line))
    return found


def _named(state: State, user: User) -> list[str]:
    """The names of a user's units; those that the register does not know by what they are searched by."""
    from service.mapping import search_key

    names = [unit.name for unit in map(state.register.unit, user.units) if unit]
    known = [search_key(name) for name in names]
    return names + [key for key in user.unit_keys if not any(one.startswith(key) for one in known)]


def _said(state: State, user: User) -> list[str]:
    """A user's units as they are typed in."""
    from service.mapping import search_key

    units = [unit for unit in map(state.register.unit, user.units) if unit]
    named = {search_key(unit.name) for unit in units}
    return [f"{unit.name} ({unit.id})" for unit in units] + [
        key for key in user.unit_keys if key not in named
    ]
