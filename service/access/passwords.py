"""Passwords in, argon2id hashes out, and back: whether one fits."""

from __future__ import annotations

import functools
import secrets

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

LEAST = 12
"""Characters that a password must have."""


@functools.cache
def _hasher() -> PasswordHasher:
    return PasswordHasher()


def hashed(password: str) -> str:
    """The hash to store."""
    return _hasher().hash(password)


def fits(password: str, stored: str | None) -> bool:
    """Whether the password is that of the hash; without a hash it takes as long, so that nobody can tell."""
    try:
        return _hasher().verify(stored or _nobodys(), password) and stored is not None
    except (VerificationError, InvalidHashError):
        return False


def outdated(stored: str) -> bool:
    """Whether the hash was made with weaker parameters than today's."""
    return _hasher().check_needs_rehash(stored)


def one_time() -> str:
    """A password to be changed at the first login, easy to copy by hand."""
    letters = "abcdefghjkmnpqrstuvwxyz23456789"
    return "-".join("".join(secrets.choice(letters) for _ in range(5)) for _ in range(4))


@functools.cache
def _nobodys() -> str:
    return _hasher().hash(secrets.token_hex(16))
