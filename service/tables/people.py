"""Who may use the product: users, who they are at another server, sessions, tokens, failed logins."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Float, ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from service.tables.base import BIG, NEVER_REUSED, Base


class User(Base):
    """A person with a role. `login_key` is the login without case; `password_hash` argon2's, None where
    another server vouches; `units` the register's ids and `unit_keys` the folded names of the units that a
    user of the role "unit" speaks for; `clearance` the highest of documents that he may see, apart from the
    role."""

    __tablename__ = "users"
    __table_args__ = NEVER_REUSED

    id: Mapped[int] = mapped_column(BIG, primary_key=True)
    login: Mapped[str]
    login_key: Mapped[str] = mapped_column(unique=True)
    name: Mapped[str]
    password_hash: Mapped[str | None]
    role: Mapped[str]
    units: Mapped[list[Any]]
    unit_keys: Mapped[list[Any]]
    clearance: Mapped[int]
    locale: Mapped[str]
    active: Mapped[bool]
    must_change: Mapped[bool]
    created_at: Mapped[float] = mapped_column(Float(53))


class Identity(Base):
    """Who a user is at the OpenID provider: `name` is what an administrator expects there (`name_key` without
    case), `issuer` and `subject` what the first login under it bound the user to."""

    __tablename__ = "identities"
    __table_args__ = (UniqueConstraint("issuer", "subject"),)

    user_id: Mapped[int] = mapped_column(ForeignKey("users.id", ondelete="CASCADE"), primary_key=True)
    name: Mapped[str]
    name_key: Mapped[str] = mapped_column(unique=True)
    issuer: Mapped[str | None]
    subject: Mapped[str | None]
    bound_at: Mapped[float | None] = mapped_column(Float(53))


class LoginAttempt(Base):
    """A login under way at the OpenID provider, by the hash of the cookie of the browser that began it, used
    once; `next` is where that wanted to go."""

    __tablename__ = "login_attempts"

    id_hash: Mapped[str] = mapped_column(String(64), primary_key=True)
    next: Mapped[str]
    expires_at: Mapped[float] = mapped_column(Float(53), index=True)


class WebSession(Base):
    """A browser that is logged in, by the hash of its cookie; `csrf` must come with each change; `vouched`
    where the OpenID provider said who it is, not a password."""

    __tablename__ = "sessions"

    id_hash: Mapped[str] = mapped_column(String(64), primary_key=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("users.id", ondelete="CASCADE"), index=True)
    csrf: Mapped[str]
    vouched: Mapped[bool] = mapped_column(default=False)
    created_at: Mapped[float] = mapped_column(Float(53))
    seen_at: Mapped[float] = mapped_column(Float(53))
    expires_at: Mapped[float] = mapped_column(Float(53))


class ClientToken(Base):
    """A token of other software, by its hash; it acts as its user, within its scopes."""

    __tablename__ = "client_tokens"
    __table_args__ = NEVER_REUSED

    id: Mapped[int] = mapped_column(BIG, primary_key=True)
    name: Mapped[str]
    user_id: Mapped[int] = mapped_column(ForeignKey("users.id", ondelete="CASCADE"), index=True)
    hash: Mapped[str] = mapped_column(String(64), unique=True)
    scopes: Mapped[list[Any]]
    created_at: Mapped[float] = mapped_column(Float(53))
    used_at: Mapped[float | None] = mapped_column(Float(53))
    revoked_at: Mapped[float | None] = mapped_column(Float(53))


class CalendarFeed(Base):
    """The secret address of a user's calendar, by its hash."""

    __tablename__ = "calendar_feeds"
    __table_args__ = NEVER_REUSED

    id: Mapped[int] = mapped_column(BIG, primary_key=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("users.id", ondelete="CASCADE"), index=True)
    hash: Mapped[str] = mapped_column(String(64), unique=True)
    created_at: Mapped[float] = mapped_column(Float(53))
    used_at: Mapped[float | None] = mapped_column(Float(53))
    revoked_at: Mapped[float | None] = mapped_column(Float(53))


class LoginFailure(Base):
    """Failed logins since `since` of one login or one address (`key`, hashed)."""

    __tablename__ = "login_failures"

    key: Mapped[str] = mapped_column(String(64), primary_key=True)
    count: Mapped[int]
    since: Mapped[float] = mapped_column(Float(53))
