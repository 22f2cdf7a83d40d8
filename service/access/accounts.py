"""Managing who gets in, within one transaction: users, their roles, units and clearances, tokens; audited.

Passwords and tokens are made here, given back once, and kept as hashes only.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import delete, func, select, update
from sqlalchemy.orm import Session

from service.access.passwords import hashed, one_time
from service.access.people import People
from service.access.roles import Right, Role, rights_of
from service.access.viewer import Viewer
from service.audit.log import Audit
from service.mapping import search_key
from service.tables import ClientToken, User, WebSession

HIGHEST = 9
"""The highest clearance."""
_FIELDS = ("name", "role", "units", "unit_keys", "clearance", "active")


class Taken(Exception):  # noqa: N818 - says what is the case
    """Another user has this login."""


class LastAdministrator(Exception):  # noqa: N818 - says who it is
    """Nobody would be left to manage users."""


class NoUser(LookupError):  # noqa: N818 - says what is the case
    """There is no such user or token."""


@dataclass(frozen=True, slots=True)
class Given:
    """What an administrator says of a user; `units` are pairs of the register's id ("" where it has none)
    and the name."""

    name: str
    role: Role
    units: Sequence[tuple[str, str]] = ()
    clearance: int = 0
    active: bool = True


@dataclass(frozen=True, slots=True)
class Token:
    """A token of other software as it is listed."""

    id: int
    name: str
    user: str
    scopes: tuple[str, ...]
    created_at: float
    used_at: float | None
    revoked_at: float | None


class Accounts:
    """Users and tokens as an administrator manages them."""

    def __init__(self, session: Session, people: People, audit: Audit) -> None:
        self._session = session
        self._people = people
        self._audit = audit

    def all(self, viewer: Viewer) -> Sequence[User]:
        """All users, those who may log in first."""
        viewer.need(Right.USERS)
        return self._session.scalars(select(User).order_by(User.active.desc(), User.login_key)).all()

    def one(self, viewer: Viewer, user: int) -> User:
        """A user; raises `NoUser`."""
        viewer.need(Right.USERS)
        found = self._session.get(User, user)
        if found is None:
            raise NoUser(str(user))
        return found

    def add(self, viewer: Viewer, login: str, given: Given) -> tuple[int, str]:
        """A new user's id and one-time password; raises `Taken`."""
        viewer.need(Right.USERS)
        if self._session.scalar(select(User.id).where(User.login_key == login.casefold())) is not None:
            raise Taken(login)
        password = one_time()
        user = self._people.add(login, given.name, given.role, password=password, clearance=given.clearance)
        row = self._session.get_one(User, user)
        self._write(row, given)
        values = {"before": None, "after": {"login": login} | _values(row)}
        self._audit.add(viewer.login, "user_add", f"user:{user}", values)
        return user, password

    def change(self, viewer: Viewer, user: int, given: Given) -> None:
        """Changes a user; who is no longer active is logged out. Raises `NoUser`, `LastAdministrator`."""
        row = self.one(viewer, user)
        before = _values(row)
        self._write(row, given)
        self._session.flush()
        if not self._is_managed():
            raise LastAdministrator
        if not given.active:
            self._session.execute(delete(WebSession).where(WebSession.user_id == user))
        after = _values(row)
        changed = [name for name in _FIELDS if before[name] != after[name]]
        if changed:
            values = {"before": {one: before[one] for one in changed}} | {
                "after": {one: after[one] for one in changed}
            }
            self._audit.add(viewer.login, "user_change", f"user:{user}", values)

    def reset(self, viewer: Viewer, user: int) -> str:
        """A new one-time password; the user's sessions end. Raises `NoUser`."""
        row = self.one(viewer, user)
        password = one_time()
        row.password_hash, row.must_change = hashed(password), True
        self._session.execute(delete(WebSession).where(WebSession.user_id == user))
        self._audit.add(viewer.login, "user_reset", f"user:{user}", {})
        return password

    def tokens(self, viewer: Viewer) -> list[Token]:
        """All tokens, newest first."""
        viewer.need(Right.USERS)
        query = select(ClientToken, User.login).join(User, User.id == ClientToken.user_id)
        return [
            Token(one.id, one.name, login, tuple(one.scopes), one.created_at, one.used_at, one.revoked_at)
            for one, login in self._session.execute(query.order_by(ClientToken.id.desc())).tuples()
        ]

    def issue(self, viewer: Viewer, user: int, name: str, scopes: Sequence[Right]) -> str:
        """A new token of a client that acts as the user, within what he may do."""
        row = self.one(viewer, user)
        granted = rights_of(Role(row.role)) & frozenset(scopes)
        token = self._people.issue_token(user, name, granted)
        values = {"after": {"name": name, "scopes": sorted(one.value for one in granted)}}
        self._audit.add(viewer.login, "token", f"user:{user}", values)
        return token

    def revoke(self, viewer: Viewer, token: int) -> None:
        """Ends a token; raises `NoUser`."""
        viewer.need(Right.USERS)
        row = self._session.get(ClientToken, token)
        if row is None:
            raise NoUser(str(token))
        if row.revoked_at is None:
            self._people.revoke(token)
            values = {"before": {"name": row.name, "scopes": row.scopes}}
            self._audit.add(viewer.login, "token_revoked", f"user:{row.user_id}", values)

    def _write(self, row: User, given: Given) -> None:
        values: dict[str, Any] = {
            "name": given.name,
            "role": given.role.value,
            "units": [unit for unit, _ in given.units if unit],
            "unit_keys": [search_key(name) for _, name in given.units],
            "clearance": given.clearance,
            "active": given.active,
        }
        self._session.execute(update(User).where(User.id == row.id).values(values))
        self._session.refresh(row)

    def _is_managed(self) -> bool:
        query = select(func.count()).where(User.active, User.role == Role.ADMINISTRATOR.value)
        return bool(self._session.scalar(query))


def _values(row: User) -> dict[str, Any]:
    return {name: getattr(row, name) for name in _FIELDS}
