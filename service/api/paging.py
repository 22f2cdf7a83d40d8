"""Keyset paging: the place of the last row in, an opaque cursor out, and back."""

from __future__ import annotations

import base64
import binascii
import datetime as dt
import json
from typing import Annotated, Any

from fastapi import Query

from service.web.problems import Problem

_MOST = 2**53  # numbers that both databases hold
Cursor = Annotated[str, Query(max_length=600, description="`next` of the page before.")]


def cursor_of(*place: Any) -> str:
    """The cursor behind a row whose place in the order this is."""
    return base64.urlsafe_b64encode(json.dumps(place).encode()).decode().rstrip("=")


def opened_day(cursor: str) -> tuple[dt.date, int] | None:
    """The place of a row in an order by day, then by id; None for an empty cursor."""
    place = opened(cursor, str, int)
    return (_day(place[0]), place[1]) if place else None


def opened_digest(cursor: str) -> tuple[int, dt.date, int] | None:
    """The place of a row in an order by digest, then by day, then by id; None for an empty cursor."""
    place = opened(cursor, int, str, int)
    return (place[0], _day(place[1]), place[2]) if place else None


def opened(cursor: str, *kinds: type) -> tuple[Any, ...] | None:
    """The place that a cursor names; None for an empty one. A problem where it was not made here."""
    if not cursor:
        return None
    try:
        place = json.loads(base64.urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4)))
        if not isinstance(place, list) or len(place) != len(kinds):
            raise ValueError
        if not all(isinstance(value, kind) for value, kind in zip(place, kinds, strict=True)):
            raise ValueError
        if any(abs(value) > _MOST for value in place if isinstance(value, int)):
            raise ValueError
    except (ValueError, binascii.Error, RecursionError):
        raise Problem(400, "bad-cursor", "Con trỏ trang không đúng (not a cursor)") from None
    return tuple(place)


def _day(iso: str) -> dt.date:
    try:
        return dt.date.fromisoformat(iso)
    except ValueError:
        raise Problem(400, "bad-cursor", "Con trỏ trang không đúng (not a cursor)") from None
