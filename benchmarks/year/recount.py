"""The book's figures counted again from the event log alone, by plain loops, without the query layer."""

from __future__ import annotations

import datetime as dt
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from typing import Any

from sqlalchemy import Engine, select
from sqlalchemy.orm import Session

from service.tables import Duty, DutyEvent
from service.tracking.groups import Figures
from service.tracking.reports import document_key
from service.tracking.timing import day_of

_KEPT = ("field", "assigner", "source", "document_number", "assigned_on")
_TOLD = ("acknowledge", "report", "difficulty", "submit")


class Log:
    """All events, read once."""

    def __init__(self, engine: Engine) -> None:
        self._events: dict[int, list[tuple[dt.date, str, str, Mapping[str, Any]]]] = defaultdict(list)
        with Session(engine) as session:
            self._duties = {
                row.id: row
                for row in session.execute(
                    select(
                        Duty.id,
                        Duty.field,
                        Duty.assigner,
                        Duty.source,
                        Duty.document_number,
                        Duty.assigned_on,
                    )
                )
            }
            query = select(
                DutyEvent.duty_id, DutyEvent.at, DutyEvent.action, DutyEvent.after, DutyEvent.changes
            ).order_by(DutyEvent.id)
            for duty, at, action, after, changes in session.execute(query):
                self._events[duty].append((day_of(at), action, after, changes))

    def figures(self, begin: dt.date, on: dt.date, by: str, fresh: int) -> dict[str, Figures]:
        """The figures of a day, by unit's key, field, assigner, source or document."""
        cells: dict[str, Counter[str]] = defaultdict(Counter)
        for duty, now in self._stood(on):
            group = _group(now, begin, on)
            row = self._duties[duty]
            if group is None or row.assigned_on > on:
                continue
            key = _key(row, now, by)
            cells[key][group] += 1
            if group in ("in_time", "overdue", "no_deadline_open") and now["told"]:
                cells[key]["updated"] += (on - now["told"]).days < fresh
        return {key: Figures(**found) for key, found in cells.items()}

    def _stood(self, on: dt.date) -> Iterator[tuple[int, dict[str, Any]]]:
        for duty, events in self._events.items():
            now: dict[str, Any] = dict.fromkeys(("life", "due_on", "done_on", "lead", "lead_id", "told"))
            now["counted"] = True
            for day, action, after, changes in events:
                if day > on:
                    break
                now["life"] = after
                now |= {name: pair[1] for name, pair in changes.items() if name in now}
                if action in _TOLD:
                    now["told"] = day
            if now["life"] and now["counted"]:
                yield duty, now


def _key(row: Any, now: Mapping[str, Any], by: str) -> str:
    if by == "unit":
        return now["lead_id"] or f"~{now['lead']}"
    if by == "document":
        return document_key(row.document_number, row.assigned_on)
    return getattr(row, by)


def _group(now: Mapping[str, Any], begin: dt.date, on: dt.date) -> str | None:
    life, due_on, done_on = now["life"], now["due_on"], now["done_on"]
    if life == "cancelled":
        return None
    if life == "suspended":
        return "paused"
    if life == "done":
        if done_on < begin.isoformat():
            return None
        if due_on is None:
            return "no_deadline_done"
        return "late" if done_on > due_on else "on_time"
    if due_on is None:
        return "no_deadline_open"
    reached = done_on if life == "awaiting" and done_on else on.isoformat()
    return "overdue" if reached > due_on else "in_time"
