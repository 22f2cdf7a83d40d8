"""Logins by the OpenID provider as seen from one transaction: begun, ended once, and whose account it is.

An account is opened by the provider only where an administrator said under which name its user is known
there. The first login under that name binds the account to the provider's `sub`, which alone counts from then
on: who takes the name there later does not get in.
"""

from __future__ import annotations

import hashlib
import re
from enum import StrEnum
from typing import TYPE_CHECKING, Any

from sqlalchemy import delete, insert, select, update
from sqlalchemy.orm import Session

from service.access.people import LoggedIn, People
from service.access.roles import Role
from service.access.tries import Tries
from service.audit.log import Audit
from service.database import now
from service.tables import Identity, LoginAttempt, User

if TYPE_CHECKING:
    from service.oidc.provider import Vouched

ATTEMPT_SECONDS = 600.0
LEAST_ROLE = Role.UNIT
"""The role of an account that a first login makes: one without units sees nothing."""
_MOST = 60  # logins from one address that were begun and came to no good end
_LOGIN = re.compile(r"[^\s\x00]{1,100}")


class Refusal(StrEnum):
    """Why somebody whom the provider vouches for is not let in (service/wording.py `LOGIN_PROBLEMS`)."""

    UNKNOWN = "unknown"
    LOCKED = "locked"
    BOUND = "bound"
    TAKEN = "taken"


class Identities:
    """Whose accounts the provider opens."""

    def __init__(self, session: Session, people: People, audit: Audit) -> None:
        self._session, self._people, self._audit = session, people, audit
        self._tries = Tries(session)

    def begin(self, secret: str, next: str, address: str) -> None:
        """Notes that a browser at this address begins to log in; raises `TooMany`."""
        self._tries.check([_from(address)], _MOST)
        self._tries.count([_from(address)])
        self._session.execute(delete(LoginAttempt).where(LoginAttempt.expires_at < now()))
        row = {"id_hash": _hash(secret), "next": next, "expires_at": now() + ATTEMPT_SECONDS}
        self._session.execute(insert(LoginAttempt).values(row))

    def end(self, secret: str) -> str | None:
        """Where that browser wanted to go; None where it began nothing, too long ago, or has ended it."""
        mine = [LoginAttempt.id_hash == _hash(secret), LoginAttempt.expires_at > now()]
        return self._session.scalar(delete(LoginAttempt).where(*mine).returning(LoginAttempt.next))

    def enter(self, vouched: Vouched, address: str, *, new_users: bool) -> LoggedIn | Refusal:
        """A session of the user whom the provider means; `new_users` makes an account for who has none."""
        known = [Identity.issuer == vouched.issuer, Identity.subject == vouched.subject]
        user = self._session.scalar(select(Identity.user_id).where(*known))
        found = user if user is not None else self._bound(vouched, new_users=new_users)
        if isinstance(found, Refusal):
            return found
        row = self._session.get_one(User, found)
        if not row.active:
            self._audit.add(
                row.login, "login_refused", f"user:{found}", {"after": {"why": Refusal.LOCKED.value}}
            )
            return Refusal.LOCKED
        self._tries.take_back(_from(address))
        entered = self._people.open_session(found, vouched=True)
        self._audit.add(row.login, "login", f"user:{found}", {"after": {"issuer": vouched.issuer}})
        return entered

    def _bound(self, vouched: Vouched, *, new_users: bool) -> int | Refusal:
        """The account that this login is the first of."""
        if not vouched.login:
            return Refusal.UNKNOWN
        expected = select(Identity).where(Identity.name_key == vouched.login.casefold()).with_for_update()
        row = self._session.scalar(expected)
        if row is None:
            return self._made(vouched) if new_users else Refusal.UNKNOWN
        user = self._session.get_one(User, row.user_id)
        if row.subject is not None:
            why = {"why": Refusal.BOUND.value, "subject": vouched.subject}
            self._audit.add(user.login, "login_refused", f"user:{user.id}", {"after": why})
            return Refusal.BOUND
        if user.active:
            self._bind(user, vouched)
        return user.id

    def _made(self, vouched: Vouched) -> int | Refusal:
        """A new account of the least role."""
        if not _LOGIN.fullmatch(vouched.login):
            return Refusal.UNKNOWN
        taken = select(User.id).where(User.login_key == vouched.login.casefold())
        if self._session.scalar(taken) is not None:
            return Refusal.TAKEN
        name = (vouched.name or vouched.login)[:200]
        user = self._people.add(vouched.login, name, LEAST_ROLE, must_change=False)
        after = {"login": vouched.login, "name": name, "role": LEAST_ROLE.value, "clearance": 0}
        self._audit.add(vouched.login, "user_add", f"user:{user}", {"before": None, "after": after})
        row = {"user_id": user, "name": vouched.login, "name_key": vouched.login.casefold()}
        self._session.execute(insert(Identity).values(row))
        self._bind(self._session.get_one(User, user), vouched)
        return user

    def _bind(self, user: User, vouched: Vouched) -> None:
        values: dict[str, Any] = {"issuer": vouched.issuer, "subject": vouched.subject}
        mine = Identity.user_id == user.id
        self._session.execute(update(Identity).where(mine).values(values | {"bound_at": now()}))
        self._audit.add(user.login, "identity_bound", f"user:{user.id}", {"after": values})


def _from(address: str) -> str:
    return f"oidc address {address}"


def _hash(secret: str) -> str:
    return hashlib.sha256(secret.encode()).hexdigest()
