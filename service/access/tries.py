"""Tries to get in, counted by whom or whence, within one transaction; too many make one wait."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence

from sqlalchemy import delete, func, insert, select, update
from sqlalchemy.orm import Session

from service.database import now
from service.tables import LoginFailure

_PAUSE = 900.0  # seconds until tries are forgotten


class TooMany(Exception):  # noqa: N818 - says what happened
    """Too many tries of this name or from this address: wait."""


class Tries:
    """Counts of the last minutes; `keys` say what is counted, and are kept as hashes only."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def check(self, keys: Sequence[str], most: int) -> None:
        """Raises `TooMany` where one of them was counted `most` times."""
        recent = [LoginFailure.key.in_([_hash(key) for key in keys]), LoginFailure.since > now() - _PAUSE]
        if (self._session.scalar(select(func.max(LoginFailure.count)).where(*recent)) or 0) >= most:
            raise TooMany

    def count(self, keys: Sequence[str]) -> None:
        """One more of each."""
        self._session.execute(delete(LoginFailure).where(LoginFailure.since <= now() - _PAUSE))
        for key in map(_hash, keys):
            counted = self._session.execute(
                update(LoginFailure)
                .where(LoginFailure.key == key)
                .values(count=LoginFailure.count + 1)
                .returning(LoginFailure.key)
            ).first()
            if counted is None:
                self._session.execute(insert(LoginFailure).values(key=key, count=1, since=now()))

    def take_back(self, key: str) -> None:
        """One less: the try came to a good end."""
        mine = [LoginFailure.key == _hash(key), LoginFailure.count > 0]
        self._session.execute(update(LoginFailure).where(*mine).values(count=LoginFailure.count - 1))

    def forget(self, key: str) -> None:
        """None of it any more."""
        self._session.execute(delete(LoginFailure).where(LoginFailure.key == _hash(key)))


def _hash(key: str) -> str:
    return hashlib.sha256(key.encode()).hexdigest()
