"""Roles in, what each may do out: the one table of rights."""

from __future__ import annotations

from enum import StrEnum


class Role(StrEnum):
    """What a user is in the office (docs/glossary.md)."""

    CLERK = "clerk"  # văn thư: uploads
    REVIEWER = "reviewer"  # người rà soát
    MONITOR = "monitor"  # theo dõi, đôn đốc, kiểm tra
    UNIT = "unit"  # đơn vị thực hiện
    LEADER = "leader"  # lãnh đạo
    ADMINISTRATOR = "administrator"


class Right(StrEnum):
    """What may be done; also the scopes of a client's token."""

    READ = "read"
    UPLOAD = "upload"
    REVIEW = "review"
    FILE = "file"
    ASSIGN = "assign"
    REPORT = "report"
    FOLLOW = "follow"
    DECIDE = "decide"
    EXPORT = "export"
    WEBHOOKS = "webhooks"
    AUDIT = "audit"
    USERS = "users"
    PURGE = "purge"


_READING = frozenset({Right.READ, Right.EXPORT})
_OF_ROLE: dict[Role, frozenset[Right]] = {
    Role.CLERK: _READING | {Right.UPLOAD},
    Role.REVIEWER: _READING | {Right.UPLOAD, Right.REVIEW, Right.FILE},
    Role.MONITOR: _READING
    | {Right.UPLOAD, Right.REVIEW, Right.FILE, Right.ASSIGN, Right.REPORT, Right.FOLLOW},
    Role.UNIT: _READING | {Right.REPORT},
    Role.LEADER: _READING | {Right.DECIDE},
    Role.ADMINISTRATOR: frozenset(Right),
}


def rights_of(role: Role) -> frozenset[Right]:
    """All that a role may do."""
    return _OF_ROLE[role]
