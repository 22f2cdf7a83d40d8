"""The book as seen from one transaction: duties are entered and moved on; each event is kept and audited.

What a step may do is decided by service/tracking/life.py, who may see a duty by service/access/sight.py.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import exists, insert, select
from sqlalchemy.orm import Session

from service.access.roles import Right, Role
from service.access.sight import duties_seen, is_his
from service.access.viewer import Forbidden, Viewer
from service.audit.log import Audit
from service.review.versions import Missing
from service.tables import Duty, DutyEvent, DutyFile, DutyUnit
from service.tracking.clock import Clock, database_clock
from service.tracking.entering import NewDuty
from service.tracking.entry_rows import TOLD, Past, entry_of, step_kept, words_of
from service.tracking.keeping import Actor, Keeper, Kept
from service.tracking.life import Given, Lead, Life, Rule, Standing, allowed, rules, stepped, without_content
from service.tracking.rows import changes, columns_of, standing_of
from service.tracking.timing import day_of

_NAMES = {Right.REPORT.value: Right.REPORT, Right.FOLLOW.value: Right.FOLLOW}
_INNER = ("carried", "deadline")
_SPAN = ("life", "lead_name", "lead_key", "due_on", "done_on", "reported_at", "counted", "clearance", "field")


class Moved(Exception):  # noqa: N818 - says what happened
    """The duty has changed since its author looked at it; nothing was written."""


@dataclass(frozen=True, slots=True)
class Attached:
    """A document given as evidence, its bytes already kept under their hash (service/files.py)."""

    sha256: str
    name: str
    media_type: str
    size: int


class Book:
    """Duties within one transaction."""

    def __init__(self, session: Session, audit: Audit, clock: Clock = database_clock) -> None:
        self._session = session
        self._keeper = Keeper(session, audit)
        self._clock = clock
        self.settle: Callable[[Duty], None] = lambda _: None

    def after_each_step(self, settle: Callable[[Duty], None]) -> None:
        """What follows from every step of a duty (service/tracking/parts.py brings its whole up to date)."""
        self.settle = settle

    def moment(self) -> float:
        """Now, by this book's clock."""
        return self._clock(self._session)

    def today(self) -> dt.date:
        """The day in Viet Nam."""
        return day_of(self.moment())

    # ------------------------------------------------------------ entering

    def enter(self, actor: Actor, new: NewDuty) -> int:
        """Enters a duty; its id."""
        return self.enter_all(actor, [Past(new)])[0]

    def enter_all(self, actor: Actor, several: Sequence[Past]) -> list[int]:
        """Enters duties, each with the steps that it has behind it; their ids. However many they are, it
        takes few statements. Raises `NotAllowed` for steps that cannot follow each other."""
        at = self.moment()
        entries = [entry_of(one, at) for one in several]
        if not entries:
            return []
        ids = self._keeper.enter([one.row for one in entries])
        placed = list(zip(ids, entries, strict=True))
        self._keeper.name_all([(duty, role, units) for duty, one in placed for role, units in one.units])
        self._keeper.begin_spans([one.row | {"id": duty} for duty, one in placed], at)
        self._keeper.keep(actor, at, *(kept for duty, one in placed for kept in one.kept(duty)))
        return ids

    # ------------------------------------------------------------ moving on

    def act(
        self,
        viewer: Viewer,
        duty: int,
        action: str,
        given: Given,
        *,
        seen: int | None = None,
        files: Sequence[Attached] = (),
    ) -> Standing:
        """Takes a step of transitions.toml; how the duty stands after it. Raises `NotAllowed`, `Forbidden`,
        `Missing`, and `Moved` where it is no longer at the revision `seen`."""
        row = self._held(viewer, duty)
        self._check_right(viewer, row, rules()[action])
        if seen is not None and seen != row.revision:
            raise Moved(str(duty))
        after = self.step(Actor.of(viewer), row, action, given, files)
        self.settle(row)
        return after

    def step(
        self, actor: Actor, row: Duty, action: str, given: Given, files: Sequence[Attached] = ()
    ) -> Standing:
        """The same by whoever it is, for what follows from other steps; `row` is held until the end."""
        at = self.moment()
        before = standing_of(row)
        if row.secret:
            given, files = without_content(given), ()
        after = stepped(before, action, given, day_of(at), wordless=row.secret)
        told = {"reported_at": at} if action in TOLD else {}
        self._write(row, after, told, at)
        if after.lead != before.lead:
            self.name_units(row.id, [after.lead])  # one lead answers (Nghị định 39/2022/NĐ-CP)
        kept = step_kept(row.id, row.document_id, action, given, before, after)
        [event] = self._keeper.keep(actor, at, kept)
        for one in files:
            values = {name: getattr(one, name) for name in Attached.__slots__}
            self._session.execute(insert(DutyFile).values(event_id=event, duty_id=row.id, **values))
        return after

    def amend(
        self,
        actor: Actor,
        row: Duty,
        standing: Standing,
        columns: Mapping[str, Any],
        action: str,
        note: str = "",
    ) -> None:
        """Changes of a duty that are no step of its life (what its document says, its parts); kept and
        audited as well. `row` is held for this transaction."""
        at = self.moment()
        before = standing_of(row)
        changed = changes(before, standing) | {
            name: [getattr(row, name), new] for name, new in columns.items() if getattr(row, name) != new
        }
        if changed or standing != before:
            self._write(row, standing, columns, at)
            shown = {name: pair for name, pair in changed.items() if name not in _INNER}
            kept = Kept(row.id, row.document_id, action, before.life, standing.life, note, shown)
            self._keeper.keep(actor, at, kept)

    def name_units(self, duty: int, leads: Sequence[Lead], cooperators: Sequence[Lead] | None = None) -> None:
        """Who answers and who helps from now on; None leaves the cooperators."""
        self._keeper.name(duty, "lead", leads)
        if cooperators is not None:
            self._keeper.name(duty, "cooperator", cooperators)

    # ------------------------------------------------------------ looking

    def duty(self, viewer: Viewer, duty: int) -> Duty:
        """A duty that he may see; raises `Missing`."""
        found = self._session.scalar(select(Duty).where(Duty.id == duty, duties_seen(viewer)))
        if found is None:
            raise Missing(str(duty))
        return found

    def units(self, duty: int) -> list[DutyUnit]:
        """The units of a duty, leads first."""
        order = (DutyUnit.role.desc(), DutyUnit.position)
        return list(self._session.scalars(select(DutyUnit).where(DutyUnit.duty_id == duty).order_by(*order)))

    def events(self, viewer: Viewer, duty: int) -> list[tuple[DutyEvent, list[DutyFile]]]:
        """What happened to a duty that he may see, oldest first, with what was attached."""
        self.duty(viewer, duty)
        attached: dict[int, list[DutyFile]] = {}
        for one in self._session.scalars(select(DutyFile).where(DutyFile.duty_id == duty)):
            attached.setdefault(one.event_id, []).append(one)
        query = select(DutyEvent).where(DutyEvent.duty_id == duty).order_by(DutyEvent.id)
        return [(event, attached.get(event.id, [])) for event in self._session.scalars(query)]

    def open_to(self, viewer: Viewer, row: Duty) -> list[Rule]:
        """What he may do with a duty as it stands."""
        return [rule for rule in allowed(Life(row.life)) if self._has_right(viewer, row, rule)]

    # ------------------------------------------------------------ rights

    def _held(self, viewer: Viewer, duty: int) -> Duty:
        query = select(Duty).where(Duty.id == duty, duties_seen(viewer)).with_for_update()
        row = self._session.scalar(query)
        if row is None:
            raise Missing(str(duty))
        return row

    def held(self, duty: int) -> Duty | None:
        """A duty for what the product does by itself, held for this transaction."""
        return self._session.scalar(select(Duty).where(Duty.id == duty).with_for_update())

    def _check_right(self, viewer: Viewer, row: Duty, rule: Rule) -> None:
        if not self._has_right(viewer, row, rule):
            raise Forbidden(rule.by)

    def _has_right(self, viewer: Viewer, row: Duty, rule: Rule) -> bool:
        if rule.by == Right.FOLLOW and row.with_leader and viewer.may(Right.DECIDE):
            return True
        if not viewer.may(_NAMES[rule.by]):
            return False
        return viewer.role is not Role.UNIT or self._leads(viewer, row.id)

    def _leads(self, viewer: Viewer, duty: int) -> bool:
        his = exists().where(DutyUnit.duty_id == duty, DutyUnit.role == "lead", is_his(DutyUnit, viewer))
        return bool(self._session.scalar(select(his)))

    # ------------------------------------------------------------ writing

    def _write(self, row: Duty, after: Standing, more: Mapping[str, Any], at: float) -> None:
        columns = columns_of(after) | dict(more)
        moved = any(getattr(row, name) != columns[name] for name in _SPAN if name in columns)
        for name, value in (columns | {"revision": row.revision + 1}).items():
            setattr(row, name, value)
        row.words = words_of(row.text, row.lead_name, row.document_number, row.output)
        self._session.flush()
        if moved:
            self._keeper.begin_span(row, at)
