"""Users, their sessions and tokens, as seen from one transaction; secrets are kept as hashes only."""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Container, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import delete, insert, or_, select, update
from sqlalchemy.orm import Session

from service.access.passwords import fits, hashed, one_time, outdated
from service.access.roles import Right, Role
from service.access.tries import Tries
from service.access.viewer import Viewer
from service.database import now
from service.mapping import search_key
from service.tables import ClientToken, User, WebSession

SESSION_SECONDS = 12 * 3600.0
IDLE_SECONDS = 2 * 3600.0
_FAILURES = 8  # failed logins of one name or address
_SEEN_EVERY = 60.0  # seconds between two notes that a session is alive
TOKEN_PREFIX = "dondoc_"  # noqa: S105 - so that a leaked token is known for what it is


class Elsewhere(Exception):  # noqa: N818 - says where to go
    """The password is right, but who has this role does not log in by password."""


@dataclass(frozen=True, slots=True)
class LoggedIn:
    """A browser's new session: the cookie's value, and what each change must carry."""

    cookie: str
    csrf: str
    viewer: Viewer


@dataclass(frozen=True, slots=True)
class Visit:
    """A browser's session as it comes back."""

    viewer: Viewer
    csrf: str


class People:
    """Accounts within one transaction."""

    def __init__(self, session: Session) -> None:
        self._session = session
        self._tries = Tries(session)

    # ------------------------------------------------------------ accounts

    def any(self) -> bool:
        """Whether there is a user at all."""
        return self._session.scalar(select(User.id).limit(1)) is not None

    def add(
        self,
        login: str,
        name: str,
        role: Role,
        *,
        password: str | None = None,
        must_change: bool = True,
        units: Sequence[str] = (),
        unit_names: Iterable[str] = (),
        clearance: int = 0,
        locale: str = "vi",
    ) -> int:
        """The id of a new user; `units` and `unit_names` are those that he speaks for in the role "unit"."""
        values = {
            "login": login,
            "login_key": login.casefold(),
            "name": name,
            "password_hash": hashed(password) if password else None,
            "role": role.value,
            "units": list(units),
            "unit_keys": [search_key(one) for one in unit_names],
            "clearance": clearance,
            "locale": locale,
            "active": True,
            "must_change": must_change,
            "created_at": now(),
        }
        return self._session.execute(insert(User).values(values).returning(User.id)).scalar_one()

    def first_administrator(self) -> str | None:
        """The one-time password of a new user "admin"; None where there are users already."""
        if self.any():
            return None
        password = one_time()
        self.add("admin", "Quản trị", Role.ADMINISTRATOR, password=password, clearance=9)
        return password

    def viewer(self, user_id: int) -> Viewer | None:
        """An active user as a viewer."""
        user = self._session.get(User, user_id)
        return viewer_of(user) if user and user.active else None

    def called(self, login: str) -> Viewer | None:
        """An active user by his login, as a viewer."""
        query = select(User).where(User.login_key == login.casefold(), User.active)
        user = self._session.scalar(query)
        return viewer_of(user) if user else None

    def knows(self, user_id: int, password: str) -> bool:
        """Whether it is the user's password."""
        return fits(password, self._session.get_one(User, user_id).password_hash)

    def change_password(self, user_id: int, password: str) -> None:
        """Sets a new password and ends the user's sessions."""
        values: dict[str, Any] = {"password_hash": hashed(password), "must_change": False}
        self._session.execute(update(User).where(User.id == user_id).values(values))
        self._session.execute(delete(WebSession).where(WebSession.user_id == user_id))

    # ------------------------------------------------------------ browsers

    def login(
        self, login: str, password: str, address: str, roles: Container[Role] = frozenset(Role)
    ) -> LoggedIn | None:
        """A new session; None where name and password do not fit. Raises `TooMany`, and `Elsewhere` for who
        has none of the `roles`."""
        keys = [f"name {login.casefold()}", f"address {address}"]
        self._tries.check(keys, _FAILURES)
        query = select(User).where(User.login_key == login.casefold(), User.active)
        user = self._session.scalar(query)
        if not fits(password, user.password_hash if user else None) or user is None:
            self._tries.count(keys)
            return None
        if Role(user.role) not in roles:
            raise Elsewhere
        self._tries.forget(keys[0])
        if user.password_hash and outdated(user.password_hash):
            user.password_hash = hashed(password)
        return self.open_session(user.id)

    def open_session(self, user_id: int, *, vouched: bool = False) -> LoggedIn:
        """A session of a user whose identity is proved, by the OpenID provider where that `vouched`."""
        user = self._session.get_one(User, user_id)
        cookie, csrf = secrets.token_urlsafe(32), secrets.token_urlsafe(24)
        moment = float(self._session.scalar(select(now())) or 0.0)
        times = {"created_at": moment, "seen_at": moment, "expires_at": moment + SESSION_SECONDS}
        self._session.execute(
            insert(WebSession).values(
                id_hash=_hash(cookie), user_id=user_id, csrf=csrf, vouched=vouched, **times
            )
        )
        self._session.execute(delete(WebSession).where(WebSession.expires_at < moment))
        return LoggedIn(cookie, csrf, viewer_of(user, vouched=vouched))

    def visit(self, cookie: str) -> Visit | None:
        """The session of a cookie, unless it has expired or was idle too long."""
        query = (
            select(WebSession, User)
            .join(User, User.id == WebSession.user_id)
            .where(
                WebSession.id_hash == _hash(cookie),
                WebSession.expires_at > now(),
                WebSession.seen_at > now() - IDLE_SECONDS,
                User.active,
            )
        )
        row = self._session.execute(query).tuples().first()
        return Visit(viewer_of(row[1], vouched=row[0].vouched), row[0].csrf) if row else None

    def is_stale(self, cookie: str) -> bool:
        """Whether it is time to `touch` the session."""
        which = [WebSession.id_hash == _hash(cookie), WebSession.seen_at < now() - _SEEN_EVERY]
        return self._session.scalar(select(WebSession.user_id).where(*which)) is not None

    def touch(self, cookie: str) -> None:
        """Notes that the session is alive, now and then."""
        self._session.execute(
            update(WebSession)
            .where(WebSession.id_hash == _hash(cookie), WebSession.seen_at < now() - _SEEN_EVERY)
            .values(seen_at=now())
        )

    def logout(self, cookie: str) -> None:
        """Ends the session."""
        self._session.execute(delete(WebSession).where(WebSession.id_hash == _hash(cookie)))

    # ------------------------------------------------------------ other software

    def issue_token(self, user_id: int, name: str, scopes: Iterable[Right]) -> str:
        """A new token of a client that acts as the user, shown this once."""
        token = TOKEN_PREFIX + secrets.token_urlsafe(32)
        values = {"name": name, "user_id": user_id, "hash": _hash(token), "created_at": now()}
        granted = sorted(scope.value for scope in scopes)
        self._session.execute(insert(ClientToken).values(values | {"scopes": granted}))
        return token

    def bearer(self, token: str) -> Viewer | None:
        """The viewer of a token; None where it is unknown or revoked."""
        query = (
            select(ClientToken.scopes, User)
            .join(User, User.id == ClientToken.user_id)
            .where(ClientToken.hash == _hash(token), ClientToken.revoked_at.is_(None), User.active)
        )
        row = self._session.execute(query).tuples().first()
        return viewer_of(row[1], frozenset(map(Right, row[0]))) if row else None

    def note_use(self, token: str) -> None:
        """Notes when a token was last used, now and then."""
        stale = or_(ClientToken.used_at.is_(None), ClientToken.used_at < now() - _SEEN_EVERY)
        which = [ClientToken.hash == _hash(token), stale]
        self._session.execute(update(ClientToken).where(*which).values(used_at=now()))

    def tokens(self, user_id: int) -> Sequence[ClientToken]:
        """The tokens of a user, revoked ones too."""
        query = select(ClientToken).where(ClientToken.user_id == user_id).order_by(ClientToken.id)
        return self._session.scalars(query).all()

    def revoke(self, token_id: int) -> None:
        """Ends a token."""
        self._session.execute(update(ClientToken).where(ClientToken.id == token_id).values(revoked_at=now()))


def viewer_of(user: User, scopes: frozenset[Right] | None = None, *, vouched: bool = False) -> Viewer:
    """A user's row as a viewer; who came by the OpenID provider has no password to change."""
    return Viewer(
        id=user.id,
        login=user.login,
        name=user.name,
        role=Role(user.role),
        units=tuple(user.units),
        unit_keys=tuple(user.unit_keys),
        clearance=user.clearance,
        locale=user.locale,
        must_change=user.must_change and not vouched,
        vouched=vouched,
        has_password=user.password_hash is not None,
        scopes=scopes,
    )


def _hash(secret: str) -> str:
    return hashlib.sha256(secret.encode()).hexdigest()
