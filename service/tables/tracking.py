"""The book of duties: tasks that are followed, what happened to each, how each stood at any moment."""

from __future__ import annotations

import datetime as dt
from typing import Any

from sqlalchemy import Float, ForeignKey, Index, String, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from service.tables.base import BIG, Base
from service.tables.documents import NEVER

_CARRIED = text("origin = 'document'")
_GOING = text("life <> 'done' AND life <> 'cancelled' AND life <> 'suspended'")
_ENDED = text("until IS NOT NULL")  # else SQLite would read what stands now through it, row by row


def _counted(name: str, *columns: str, which: str) -> Index:
    """An index of what is counted that holds all that is asked of it; `which` and what is never counted are
    written as the queries write them (service/tracking/buckets.py)."""
    of_all = f"{which} AND counted IS {{}} AND secret IS {{}}"
    return Index(
        name,
        *columns,
        sqlite_where=text(of_all.format(1, 0)),
        postgresql_where=text(of_all.format("true", "false")),
    )


class Duty(Base):
    """A task in the book. `origin` says where it came from (service/tracking/entering.py); `document_id` and
    `task_id` name the reviewed task that it carries, `parent_id` the duty of which it is a part or an
    occurrence, `period` which occurrence.

    The document's header is kept beside, so that typed and imported duties read the same; `carried` is what
    its task said when it was last filed; `secret` ones hold no content. `life` to `with_leader` are its
    present standing (service/tracking/life.py); `counted` is false where its parts stand for it; `recurs`
    says that it comes back; `reported_at` is when its unit last told of it; `due_key` the day to sort by;
    `revision` counts its changes.
    """

    __tablename__ = "duties"
    __table_args__ = (
        Index(
            "uq_duties_task",
            "document_id",
            "task_id",
            unique=True,
            sqlite_where=_CARRIED,
            postgresql_where=_CARRIED,
        ),
        UniqueConstraint("parent_id", "period"),
        Index("ix_duties_open", "life", "due_key", "id"),
        Index("ix_duties_due", "due_key", "id"),
        Index("ix_duties_going", "due_key", "id", sqlite_where=_GOING, postgresql_where=_GOING),
        Index("ix_duties_lead", "lead_key", "life", "due_key", "id"),
        _counted(
            "ix_duties_waiting",
            *("due_key", "id", "with_leader", "clearance"),
            which="life IN ('awaiting', 'adjustment_asked', 'refused')",
        ),
        {"sqlite_autoincrement": True},
    )

    id: Mapped[int] = mapped_column(BIG, primary_key=True)
    origin: Mapped[str]
    document_id: Mapped[int | None] = mapped_column(
        ForeignKey("documents.id", ondelete="CASCADE"), index=True
    )
    task_id: Mapped[str | None]
    parent_id: Mapped[int | None] = mapped_column(ForeignKey("duties.id", ondelete="CASCADE"), index=True)
    period: Mapped[str | None]
    document_number: Mapped[str]
    number_key: Mapped[str] = mapped_column(index=True)
    document_on: Mapped[dt.date | None]
    document_type: Mapped[str]
    issuer: Mapped[str]
    assigned_on: Mapped[dt.date]
    output: Mapped[str]
    nature: Mapped[str]
    field: Mapped[str]
    source: Mapped[str]
    assigner: Mapped[str]
    urgency: Mapped[str]
    deadline: Mapped[dict[str, Any]]
    carried: Mapped[dict[str, Any]]
    recurs: Mapped[bool] = mapped_column(default=False, index=True)
    starred: Mapped[bool] = mapped_column(default=False)
    clearance: Mapped[int] = mapped_column(default=0)
    secret: Mapped[bool] = mapped_column(default=False)
    entered_at: Mapped[float] = mapped_column(Float(53))
    words: Mapped[str] = mapped_column(default="")
    counted: Mapped[bool] = mapped_column(default=True)
    revision: Mapped[int] = mapped_column(default=1)
    reported_at: Mapped[float | None] = mapped_column(Float(53))

    life: Mapped[str]
    lead_name: Mapped[str]
    lead_key: Mapped[str]
    due_on: Mapped[dt.date | None]
    due_key: Mapped[dt.date] = mapped_column(default=NEVER)
    text: Mapped[str]
    percent: Mapped[int | None]
    done_on: Mapped[dt.date | None]
    before: Mapped[str | None]
    asked: Mapped[dict[str, Any] | None]
    with_leader: Mapped[bool] = mapped_column(default=False)


class DutyUnit(Base):
    """A unit in its role ("lead", "cooperator") in a duty; `name_key` is the name without diacritics."""

    __tablename__ = "duty_units"
    __table_args__ = (
        UniqueConstraint("duty_id", "role", "position"),
        Index("ix_duty_units_unit", "unit_id", "duty_id"),
    )

    id: Mapped[int] = mapped_column(BIG, primary_key=True)
    duty_id: Mapped[int] = mapped_column(ForeignKey("duties.id", ondelete="CASCADE"), index=True)
    role: Mapped[str]
    position: Mapped[int]
    name: Mapped[str]
    name_key: Mapped[str] = mapped_column(index=True)
    unit_id: Mapped[str | None]


class DutyEvent(Base):
    """What happened to a duty: an action of service/tracking/transitions.toml, or how it came into the book
    ("enter"), was divided ("divide") or changed by its document ("follow_document"). `changes` holds the old
    and the new value of each thing that changed; rows are only added, but for a purge."""

    __tablename__ = "duty_events"
    __table_args__ = (Index("ix_duty_events_duty", "duty_id", "id"), {"sqlite_autoincrement": True})

    id: Mapped[int] = mapped_column(BIG, primary_key=True)
    duty_id: Mapped[int] = mapped_column(ForeignKey("duties.id", ondelete="CASCADE"))
    at: Mapped[float] = mapped_column(Float(53))
    actor_id: Mapped[int | None] = mapped_column(BIG)
    actor: Mapped[str]
    action: Mapped[str]
    before: Mapped[str]
    after: Mapped[str]
    note: Mapped[str]
    changes: Mapped[dict[str, Any]]
    approval: Mapped[dict[str, Any] | None]


class DutyFile(Base):
    """A document attached to an event as evidence; its bytes lie under their sha256."""

    __tablename__ = "duty_files"

    id: Mapped[int] = mapped_column(BIG, primary_key=True)
    event_id: Mapped[int] = mapped_column(ForeignKey("duty_events.id", ondelete="CASCADE"), index=True)
    duty_id: Mapped[int] = mapped_column(ForeignKey("duties.id", ondelete="CASCADE"), index=True)
    sha256: Mapped[str] = mapped_column(String(64), index=True)
    name: Mapped[str]
    media_type: Mapped[str]
    size: Mapped[int] = mapped_column(BIG)


class DutyStanding(Base):
    """How a duty stood from `since` until before `until` (null: still), as reports of any day count it."""

    __tablename__ = "duty_standings"
    __table_args__ = (
        Index("ix_duty_standings_duty", "duty_id", "since"),
        Index(
            "ix_duty_standings_span",
            *("until", "since"),
            sqlite_where=_ENDED,
            postgresql_where=_ENDED,
        ),
        _counted(
            "ix_duty_standings_open",
            *("due_on", "life", "done_on", "assigned_on", "lead_name", "lead_key", "duty_id", "clearance"),
            which="until IS NULL AND life <> 'done' AND life <> 'cancelled'",
        ),
    )

    id: Mapped[int] = mapped_column(BIG, primary_key=True)
    duty_id: Mapped[int] = mapped_column(ForeignKey("duties.id", ondelete="CASCADE"))
    since: Mapped[float] = mapped_column(Float(53))
    until: Mapped[float | None] = mapped_column(Float(53))
    life: Mapped[str]
    lead_name: Mapped[str]
    lead_key: Mapped[str]
    assigned_on: Mapped[dt.date]
    due_on: Mapped[dt.date | None]
    done_on: Mapped[dt.date | None]
    reported_at: Mapped[float | None] = mapped_column(Float(53))
    field: Mapped[str]
    assigner: Mapped[str]
    source: Mapped[str]
    document_number: Mapped[str]
    clearance: Mapped[int]
    secret: Mapped[bool]
    counted: Mapped[bool]


class DutyMonth(Base):
    """How many of the duties that are counted were given, or done ("on_time", "late", "no_deadline_done"), in
    a month (`month` is its first day), by lead and clearance: sums over what stands now, kept in the
    transaction of each change (service/tracking/months.py)."""

    __tablename__ = "duty_months"

    month: Mapped[dt.date] = mapped_column(primary_key=True)
    kind: Mapped[str] = mapped_column(primary_key=True)
    lead_key: Mapped[str] = mapped_column(primary_key=True)
    clearance: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    number: Mapped[int] = mapped_column(BIG)
