"""Urging: the office's own days, reminders and the digests that carry them, where units get their mail."""

from __future__ import annotations

import datetime as dt

from sqlalchemy import Float, ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from service.tables.base import BIG, NEVER_REUSED, Base


class OfficeDay(Base):
    """A day on which the office works though the country does not (`working`), or the other way round."""

    __tablename__ = "office_days"

    day: Mapped[dt.date] = mapped_column(primary_key=True)
    working: Mapped[bool]
    note: Mapped[str]


class Digest(Base):
    """What a unit is reminded of on a day, told once; `unit_key` as in service/tracking/rows.py, "" for
    duties that no unit leads. `mail` is how its message stands ("" where none is sent, "waiting", "done",
    "failed"), `address` where it goes, `fault` why it did not arrive."""

    __tablename__ = "digests"
    __table_args__ = (
        UniqueConstraint("unit_key", "day"),
        Index("ix_digests_mail", "mail", "next_attempt_at"),
        NEVER_REUSED,
    )

    id: Mapped[int] = mapped_column(BIG, primary_key=True)
    unit_key: Mapped[str]
    unit_name: Mapped[str]
    day: Mapped[dt.date] = mapped_column(index=True)
    created_at: Mapped[float] = mapped_column(Float(53))
    mail: Mapped[str]
    address: Mapped[str]
    attempts: Mapped[int]
    next_attempt_at: Mapped[float] = mapped_column(Float(53))
    sent_at: Mapped[float | None] = mapped_column(Float(53))
    fault: Mapped[str]


class Reminder(Base):
    """A duty of which its unit was reminded, once for each cause: `kind` "before", "overdue" or "undated",
    `cause_on` the day that gave the cause (service/urging/causes.py), `due_on` its deadline then."""

    __tablename__ = "reminders"
    __table_args__ = (UniqueConstraint("duty_id", "kind", "cause_on"), NEVER_REUSED)

    id: Mapped[int] = mapped_column(BIG, primary_key=True)
    duty_id: Mapped[int] = mapped_column(ForeignKey("duties.id", ondelete="CASCADE"))
    kind: Mapped[str]
    cause_on: Mapped[dt.date]
    due_on: Mapped[dt.date | None]
    digest_id: Mapped[int] = mapped_column(ForeignKey("digests.id", ondelete="CASCADE"), index=True)


class RemindersSeen(Base):
    """The last reminder that a user has looked at."""

    __tablename__ = "reminders_seen"

    user_id: Mapped[int] = mapped_column(ForeignKey("users.id", ondelete="CASCADE"), primary_key=True)
    last: Mapped[int] = mapped_column(BIG)


class UnitAddress(Base):
    """Where a unit gets its mail."""

    __tablename__ = "unit_addresses"

    unit_key: Mapped[str] = mapped_column(primary_key=True)
    unit_name: Mapped[str]
    address: Mapped[str]
