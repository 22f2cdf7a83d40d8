"""Inspections within one transaction: planned, changed until they begin, moved on, concluded; audited.

What may be done is decided by service/checking/course.py, who may see one by service/access/sight.py.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import delete, exists, func, insert, select
from sqlalchemy.orm import Session

from service.access.sight import inspections_seen
from service.access.viewer import Viewer
from service.audit.log import Audit
from service.checking.course import State, check_right, open_to, stepped
from service.checking.plan import Conclusion, Plan, check
from service.mapping import search_key
from service.review.versions import Missing
from service.tables import Duty, Finding, FollowUp, Inspection, InspectionUnit
from service.tracking.book import Book, Moved
from service.tracking.life import Lead, Life, NotAllowed

_MOVES = ("start", "close", "cancel")
_ENDED = (Life.DONE.value, Life.CANCELLED.value)


class Inspections:
    """Plans them, moves them on, shows them."""

    def __init__(self, session: Session, book: Book, audit: Audit) -> None:
        self._session = session
        self._book = book
        self._audit = audit

    # ------------------------------------------------------------ planning

    def plan(self, viewer: Viewer, plan: Plan) -> int:
        """Enters an inspection; its id. Raises `Forbidden`, and `NotAllowed` as service/checking/plan.py."""
        check_right(viewer, "amend")
        check(plan)
        values = plan.columns | {"state": State.PLANNED.value, "planned_by": viewer.login, "revision": 1}
        made: int = self._session.execute(
            insert(Inspection).values(values | {"entered_at": self._book.moment()}).returning(Inspection.id)
        ).scalar_one()
        self._name(made, plan.units)
        self._note(viewer, made, "inspection_plan", {}, _told(plan.columns) | _units_told(plan.units))
        return made

    def amend(self, viewer: Viewer, inspection: int, plan: Plan, seen: int | None = None) -> None:
        """Changes the plan. Raises `Missing`, `Forbidden`, `Moved`, and `NotAllowed` also for the "state"."""
        row = self.held(viewer, inspection, "amend", seen)
        check(plan)
        before = [Lead(one.name, one.unit_id or "") for one in self.units([row.id]).get(row.id, [])]
        self._name(row.id, plan.units)
        units = (_units_told(before), _units_told(plan.units))
        self.change(viewer, row, "inspection_amend", plan.columns, units)

    # ------------------------------------------------------------ moving on

    def step(
        self, viewer: Viewer, inspection: int, action: str, note: str = "", seen: int | None = None
    ) -> None:
        """Starts, closes or cancels it. Raises `Missing`, `Forbidden`, `Moved`, and `NotAllowed`: "state",
        "missing", "extra", or "follow_ups" where duties that follow from it are still open."""
        if action not in _MOVES:
            raise Missing(action)
        given = frozenset({"note"} if note else ())
        row = self.held(viewer, inspection, action, seen, given)
        if action == "close" and self._follow_ups_open(row.id):
            raise NotAllowed("follow_ups", str(row.id))
        columns: dict[str, Any] = {"state": stepped(State(row.state), action, given).value}
        if note:
            columns["ended_note"] = note
        self.change(viewer, row, f"inspection_{action}", columns)

    def draft(self, viewer: Viewer, inspection: int, conclusion: Conclusion, seen: int | None = None) -> None:
        """Keeps what the conclusion is going to say, for the notice to be made and signed."""
        row = self.held(viewer, inspection, "draft", seen, conclusion.names)
        self.change(viewer, row, "inspection_draft", conclusion.columns)

    def conclude(
        self, viewer: Viewer, inspection: int, conclusion: Conclusion, seen: int | None = None
    ) -> None:
        """Concludes it; nothing that it found can be changed from now on. Raises as `step`, and `NotAllowed`:
        "unrecorded" where a duty has no result yet, "future" for a day to come."""
        row = self.held(viewer, inspection, "conclude", seen, conclusion.names)
        if conclusion.on and conclusion.on > self._book.today():
            raise NotAllowed("future_conclusion", conclusion.on.isoformat())
        waits = exists().where(Finding.inspection_id == row.id, Finding.result == "")
        if self._session.scalar(select(waits)):
            raise NotAllowed("unrecorded", str(row.id))
        columns = conclusion.columns | {"state": State.CONCLUDED.value}
        self.change(viewer, row, "inspection_conclude", columns)

    def held(
        self,
        viewer: Viewer,
        inspection: int,
        action: str,
        seen: int | None = None,
        given: frozenset[str] = frozenset(),
    ) -> Inspection:
        """An inspection with which he may take this step now, held for this transaction."""
        query = select(Inspection).where(Inspection.id == inspection, inspections_seen(viewer))
        row = self._session.scalar(query.with_for_update())
        if row is None:
            raise Missing(str(inspection))
        check_right(viewer, action)
        if seen is not None and seen != row.revision:
            raise Moved(str(inspection))
        stepped(State(row.state), action, given)
        return row

    def change(
        self,
        viewer: Viewer,
        row: Inspection,
        action: str,
        columns: Mapping[str, Any],
        more: tuple[Mapping[str, Any], Mapping[str, Any]] = ({}, {}),
    ) -> None:
        """Writes columns of a held inspection, and what was changed with them (`more`) into the audit."""
        new = {name: value for name, value in columns.items() if getattr(row, name) != value}
        before = {name: getattr(row, name) for name in new}
        for name, value in (new | {"revision": row.revision + 1}).items():
            setattr(row, name, value)
        self._session.flush()
        self._note(viewer, row.id, action, {**_told(before), **more[0]}, {**_told(new), **more[1]})

    # ------------------------------------------------------------ looking

    def one(self, viewer: Viewer, inspection: int) -> Inspection:
        """An inspection that he may see; raises `Missing`."""
        query = select(Inspection).where(Inspection.id == inspection, inspections_seen(viewer))
        found = self._session.scalar(query)
        if found is None:
            raise Missing(str(inspection))
        return found

    def listed(
        self, viewer: Viewer, states: Sequence[State], before: int | None = None, most: int = 50
    ) -> list[Inspection]:
        """Those in these states (none: all) that he may see, newest first, from behind `before`."""
        query = select(Inspection).where(inspections_seen(viewer))
        if states:
            query = query.where(Inspection.state.in_([one.value for one in states]))
        if before is not None:
            query = query.where(Inspection.id < before)
        return list(self._session.scalars(query.order_by(Inspection.id.desc()).limit(most)))

    def units(self, inspections: Sequence[int]) -> dict[int, list[InspectionUnit]]:
        """The units of many inspections, in the order in which they were named."""
        found: dict[int, list[InspectionUnit]] = {}
        query = select(InspectionUnit).where(InspectionUnit.inspection_id.in_(inspections))
        for one in self._session.scalars(query.order_by(InspectionUnit.position)):
            found.setdefault(one.inspection_id, []).append(one)
        return found

    def open_to(self, viewer: Viewer, row: Inspection) -> list[str]:
        """The actions that he may take with it as it stands."""
        return open_to(viewer, State(row.state))

    # ------------------------------------------------------------ writing

    def _name(self, inspection: int, units: Sequence[Lead]) -> None:
        self._session.execute(delete(InspectionUnit).where(InspectionUnit.inspection_id == inspection))
        rows = [
            {"inspection_id": inspection, "position": place, "name": one.name}
            | {"name_key": search_key(one.name), "unit_id": one.id or None}
            for place, one in enumerate(units)
        ]
        self._session.execute(insert(InspectionUnit), rows)

    def _follow_ups_open(self, inspection: int) -> int:
        query = select(func.count()).select_from(FollowUp).join(Duty, Duty.id == FollowUp.duty_id)
        open_ones = query.where(FollowUp.inspection_id == inspection, Duty.life.not_in(_ENDED))
        return self._session.scalar(open_ones) or 0

    def _note(
        self,
        viewer: Viewer,
        inspection: int,
        action: str,
        before: dict[str, Any],
        after: dict[str, Any],
    ) -> None:
        values = {"before": before, "after": after}
        self._audit.add(viewer.login, action, f"inspection:{inspection}", values)


def _told(columns: Mapping[str, Any]) -> dict[str, Any]:
    """Values as the audit keeps them; what is empty says nothing."""
    return {
        name: value.isoformat() if hasattr(value, "isoformat") else value
        for name, value in columns.items()
        if value not in (None, "")
    }


def _units_told(units: Sequence[Lead]) -> dict[str, Any]:
    return {"units": [one.name for one in units]}
