"""Checking: inspections, what each found of a duty, the duties that follow, measures against units."""

from __future__ import annotations

import datetime as dt
from typing import Any

from sqlalchemy import Float, ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from service.tables.base import BIG, NEVER_REUSED, Base


class Inspection(Base):
    """An inspection from its plan to its conclusion: `kind` and `contents` are keys of
    service/checking/vocabulary.toml, `state` one of course.toml. It is grounded on a document (its number and
    day) or on words; it checks what was done from `period_begin` to `period_end`, and takes place from
    `begins_on` to `ends_on`. `nature` to `responsibility` are its conclusion (Quyết định 42/2014/QĐ-TTg),
    `concluded_number` and `concluded_on` the document that states it; `ended_note` what was said when it
    was cancelled or closed; `revision` counts its changes."""

    __tablename__ = "inspections"
    __table_args__ = (Index("ix_inspections_state", "state", "id"), NEVER_REUSED)

    id: Mapped[int] = mapped_column(BIG, primary_key=True)
    kind: Mapped[str]
    title: Mapped[str]
    ground_number: Mapped[str]
    ground_on: Mapped[dt.date | None]
    ground: Mapped[str]
    period_begin: Mapped[dt.date | None]
    period_end: Mapped[dt.date | None]
    begins_on: Mapped[dt.date]
    ends_on: Mapped[dt.date]
    contents: Mapped[list[Any]]
    members: Mapped[str]
    state: Mapped[str]
    nature: Mapped[str] = mapped_column(default="")
    degree: Mapped[str] = mapped_column(default="")
    cause: Mapped[str] = mapped_column(default="")
    responsibility: Mapped[str] = mapped_column(default="")
    concluded_number: Mapped[str] = mapped_column(default="")
    concluded_on: Mapped[dt.date | None]
    ended_note: Mapped[str] = mapped_column(default="")
    planned_by: Mapped[str]
    entered_at: Mapped[float] = mapped_column(Float(53))
    revision: Mapped[int] = mapped_column(default=1)


class InspectionUnit(Base):
    """A unit that is inspected; `name_key` is the name without diacritics."""

    __tablename__ = "inspection_units"
    __table_args__ = (
        UniqueConstraint("inspection_id", "position"),
        Index("ix_inspection_units_unit", "unit_id", "inspection_id"),
    )

    id: Mapped[int] = mapped_column(BIG, primary_key=True)
    inspection_id: Mapped[int] = mapped_column(ForeignKey("inspections.id", ondelete="CASCADE"))
    position: Mapped[int]
    name: Mapped[str]
    name_key: Mapped[str] = mapped_column(index=True)
    unit_id: Mapped[str | None]


class Finding(Base):
    """A duty that an inspection looks at, and what it found of it: `result` is a key of vocabulary.toml, ""
    until something is written down; `found` holds words by content, `snapshot` how the duty stood on
    `found_on`, `lead_name` and `lead_key` who answered then (service/tracking/rows.py). `revision` is 0 until
    the first result."""

    __tablename__ = "findings"
    __table_args__ = (UniqueConstraint("inspection_id", "duty_id"), NEVER_REUSED)

    id: Mapped[int] = mapped_column(BIG, primary_key=True)
    inspection_id: Mapped[int] = mapped_column(ForeignKey("inspections.id", ondelete="CASCADE"))
    duty_id: Mapped[int] = mapped_column(ForeignKey("duties.id", ondelete="CASCADE"), index=True)
    result: Mapped[str] = mapped_column(default="")
    found: Mapped[dict[str, Any]]
    note: Mapped[str] = mapped_column(default="")
    snapshot: Mapped[dict[str, Any]]
    lead_name: Mapped[str] = mapped_column(default="")
    lead_key: Mapped[str] = mapped_column(default="", index=True)
    found_on: Mapped[dt.date | None]
    found_by: Mapped[str] = mapped_column(default="")
    revision: Mapped[int] = mapped_column(default=0)


class FollowUp(Base):
    """A duty that was entered because of a conclusion; of one finding, or of the whole."""

    __tablename__ = "follow_ups"

    duty_id: Mapped[int] = mapped_column(ForeignKey("duties.id", ondelete="CASCADE"), primary_key=True)
    inspection_id: Mapped[int] = mapped_column(ForeignKey("inspections.id", ondelete="CASCADE"), index=True)
    finding_id: Mapped[int | None] = mapped_column(ForeignKey("findings.id", ondelete="SET NULL"), index=True)


class Measure(Base):
    """What was done against a unit for a duty: `kind` is a key of vocabulary.toml; `taken_on` its day,
    `noted_at` when it was written down, `withdrawn_at` when it was taken back: reports of any day count what
    was noted by then and not yet taken back. `settled_on` is the day on which the unit answered."""

    __tablename__ = "measures"
    __table_args__ = (Index("ix_measures_unit", "unit_key", "taken_on"), NEVER_REUSED)

    id: Mapped[int] = mapped_column(BIG, primary_key=True)
    duty_id: Mapped[int] = mapped_column(ForeignKey("duties.id", ondelete="CASCADE"), index=True)
    finding_id: Mapped[int | None] = mapped_column(ForeignKey("findings.id", ondelete="SET NULL"), index=True)
    unit_name: Mapped[str]
    unit_key: Mapped[str]
    kind: Mapped[str]
    taken_on: Mapped[dt.date] = mapped_column(index=True)
    document_number: Mapped[str]
    note: Mapped[str]
    reply_by: Mapped[dt.date | None]
    taken_by: Mapped[str]
    noted_at: Mapped[float] = mapped_column(Float(53))
    settled_on: Mapped[dt.date | None]
    settled_note: Mapped[str] = mapped_column(default="")
    withdrawn_at: Mapped[float | None] = mapped_column(Float(53))
    withdrawn_note: Mapped[str] = mapped_column(default="")
