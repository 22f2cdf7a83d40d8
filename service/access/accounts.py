"""Managing who gets in, within one transaction: users, their roles, units and clearances, tokens; audited.

Passwords and tokens are made here, given back once, and kept as hashes only.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import delete, func, insert, select, update
from sqlalchemy.orm import Session

from service.access.passwords import hashed, one_time
from service.access.people import People
from service.access.roles import Right, Role, rights_of
from service.access.viewer import Viewer
from service.audit.log import Audit
from service.mapping import search_key
from service.tables import ClientToken, Identity, User, WebSession

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
    and the name; `identity` the name by which the OpenID provider knows him ("" where it does not, None to
    leave it as it is)."""

    name: str
    role: Role
    units: Sequence[tuple[str, str]] = ()
    clearance: int = 0
    active: bool = True
    identity: str | None = None


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
    """Users and tokens as an administrator manages them; `release` puts back what a user may have no longer
    (service/review/handing.py)."""

    def __init__(
        self, session: Session, people: People, audit: Audit, release: Callable[[Viewer, int], int]
    ) -> None:
        self._session = session
        self._people = people
        self._audit = audit
        self._release = release

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
        """A new user's id and one-time password; "" for who logs in by the OpenID provider and is no
        administrator. Raises `Taken`."""
        viewer.need(Right.USERS)
        if self._session.scalar(select(User.id).where(User.login_key == login.casefold())) is not None:
            raise Taken(login)
        password = "" if given.identity and given.role is not Role.ADMINISTRATOR else one_time()
        secret: dict[str, Any] = {"password": password or None, "must_change": bool(password)}
        user = self._people.add(login, given.name, given.role, clearance=given.clearance, **secret)
        row = self._session.get_one(User, user)
        self._write(row, given)
        values = {"before": None, "after": {"login": login} | self._values(row)}
        self._audit.add(viewer.login, "user_add", f"user:{user}", values)
        return user, password

    def change(self, viewer: Viewer, user: int, given: Given) -> None:
        """Changes a user; who is no longer active is logged out, and what he had to review and may no longer
        is back in the queue. Raises `NoUser`, `LastAdministrator`,
        `Taken`."""
        row = self.one(viewer, user)
        before = self._values(row)
        self._write(row, given)
        self._session.flush()
        if not self._is_managed():
            raise LastAdministrator
        if not given.active:
            self._session.execute(delete(WebSession).where(WebSession.user_id == user))
        after = self._values(row)
        changed = [name for name in after if before[name] != after[name]]
        if changed:
            values = {"before": {one: before[one] for one in changed}} | {
                "after": {one: after[one] for one in changed}
            }
            self._audit.add(viewer.login, "user_change", f"user:{user}", values)
            self._release(viewer, user)

    def reset(self, viewer: Viewer, user: int) -> str:
        """A new one-time password; the user's sessions end. Raises `NoUser`."""
        return self._reset(viewer.login, self.one(viewer, user))

    def reset_from_outside(self, who: str, login: str) -> str:
        """The same for a login, by somebody at the server itself: the way in where no administrator has one.
        Raises `NoUser` where there is none or he may not log in."""
        query = select(User).where(User.login_key == login.casefold(), User.active)
        row = self._session.scalar(query)
        if row is None:
            raise NoUser(login)
        return self._reset(who, row)

    def _reset(self, who: str, row: User) -> str:
        password = one_time()
        row.password_hash, row.must_change = hashed(password), True
        self._session.execute(delete(WebSession).where(WebSession.user_id == row.id))
        self._audit.add(who, "user_reset", f"user:{row.id}", {})
        return password

    def identity(self, viewer: Viewer, user: int) -> Identity | None:
        """Who the user is at the OpenID provider."""
        viewer.need(Right.USERS)
        return self._session.get(Identity, user)

    def release(self, viewer: Viewer, user: int) -> None:
        """Unbinds a user from who he was at the provider: the next login under his name there binds him anew.
        What he has open ends. Raises `NoUser`."""
        self.one(viewer, user)
        row = self._session.get(Identity, user)
        if row is None or row.subject is None:
            return
        values = {"before": {"issuer": row.issuer, "subject": row.subject}}
        row.issuer = row.subject = row.bound_at = None
        self._session.execute(delete(WebSession).where(WebSession.user_id == user))
        self._audit.add(viewer.login, "identity_released", f"user:{user}", values)

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
        if given.identity is not None:
            self._name(row.id, given.identity)

    def _name(self, user: int, name: str) -> None:
        """Says who the user is at the provider; another name is another person there, not yet bound."""
        known = self._session.get(Identity, user)
        if (known.name if known else "") == name:
            return
        key = name.casefold()
        others = select(Identity.user_id).where(Identity.name_key == key, Identity.user_id != user)
        if name and self._session.scalar(others) is not None:
            raise Taken(name)
        self._session.execute(delete(Identity).where(Identity.user_id == user))
        if name:
            self._session.execute(insert(Identity).values(user_id=user, name=name, name_key=key))
        self._session.expire_all()

    def _is_managed(self) -> bool:
        query = select(func.count()).where(User.active, User.role == Role.ADMINISTRATOR.value)
        return bool(self._session.scalar(query))

    def _values(self, row: User) -> dict[str, Any]:
        name = self._session.scalar(select(Identity.name).where(Identity.user_id == row.id))
        return {field: getattr(row, field) for field in _FIELDS} | {"identity": name or ""}
