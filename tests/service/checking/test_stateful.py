"""Whatever is done with inspections, and in whatever order: no finding is lost, nothing concluded changes."""

from __future__ import annotations

import datetime as dt
import tempfile
from pathlib import Path
from typing import Any

from checking_office import CONCLUSION, PLAN, Checked, changed, opened_for_checking
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule
from sqlalchemy import select
from sqlalchemy.orm import Session

from service.checking.course import State, rules
from service.checking.findings import Found
from service.checking.vocabulary import RESULTS
from service.database import open_engine
from service.migrations import migrate
from service.review.versions import Missing
from service.store import Store
from service.tables import Finding, Inspection
from service.tracking.life import NotAllowed

DUTIES = st.integers(0, 1)
_MOVES = ("state", "revision", "ended_note")
WORDS = st.sampled_from(["", "Thiếu hồ sơ", "Báo cáo chậm"])


class Inspecting(RuleBasedStateMachine):
    """Steps with any values; the model knows what was found, and what each concluded inspection said."""

    @initialize()
    def begin(self) -> None:
        self.folder = tempfile.TemporaryDirectory()
        engine = open_engine(f"sqlite:///{Path(self.folder.name) / 'dondoc.sqlite3'}")
        migrate(engine)
        self.office: Checked = opened_for_checking(Store(engine))
        self.office.today = dt.date(2026, 3, 12)
        self.duties = (self.office.clinics, self.office.staff)
        self.inspection = self.office.plan()
        self.found: dict[tuple[int, int], tuple[str, str]] = {}
        self.sealed: dict[int, Any] = {}

    def teardown(self) -> None:
        if hasattr(self, "office"):
            self.office.store.engine.dispose()
            self.folder.cleanup()

    def state(self) -> State:
        return State(self.office.seen(self.office.monitor, self.inspection).state)

    def tried(self, action: str, attempt: Any) -> bool:
        """Whether it was done; where the state forbids it, it must not be."""
        before = self.state()
        try:
            attempt()
        except (NotAllowed, Missing):
            return False
        assert before in rules()[action].begins
        return True

    @rule(which=DUTIES)
    def add(self, which: int) -> None:
        def attempt() -> None:
            with self.office.store.begin() as work:
                work.checking.findings.add(self.office.monitor, self.inspection, [self.duties[which]])

        self.tried("choose", attempt)

    @rule(which=DUTIES)
    def remove(self, which: int) -> None:
        def attempt() -> None:
            with self.office.store.begin() as work:
                work.checking.findings.remove(self.office.monitor, self.inspection, self.duties[which])

        if self.tried("choose", attempt):
            assert (self.inspection, self.duties[which]) not in self.found

    @rule(which=DUTIES, result=st.sampled_from([*RESULTS]), note=WORDS)
    def record(self, which: int, result: str, note: str) -> None:
        duty = self.duties[which]
        told = Found(result, note=note)
        if self.tried("find", lambda: self.office.record(self.inspection, duty, told)):
            self.found[self.inspection, duty] = (result, note)

    @rule(action=st.sampled_from(["start", "cancel", "close"]), note=WORDS)
    def step(self, action: str, note: str) -> None:
        self.tried(action, lambda: self.office.step(self.inspection, action, note))

    @rule()
    def conclude(self) -> None:
        if self.tried("conclude", lambda: self.office.conclude(self.inspection, CONCLUSION)):
            self.sealed[self.inspection] = self.all_of(self.inspection)

    @rule(title=st.sampled_from(["Một", "Hai"]))
    def amend(self, title: str) -> None:
        def attempt() -> None:
            with self.office.store.begin() as work:
                work.checking.inspections.amend(
                    self.office.monitor, self.inspection, changed(PLAN, title=title)
                )

        self.tried("amend", attempt)

    @rule()
    def another(self) -> None:
        self.inspection = self.office.plan()

    @rule(which=DUTIES)
    def reopen(self, which: int) -> None:
        def attempt() -> None:
            with self.office.store.begin() as work:
                work.checking.findings.reopen(self.office.monitor, self.inspection, self.duties[which])

        if self.tried("reopen", attempt):
            assert self.found[self.inspection, self.duties[which]][0] != "rightly"

    def all_of(self, inspection: int) -> Any:
        """An inspection with its findings as they lie in the store, without what closing changes."""
        own = [one for one in Inspection.__table__.columns if one.name not in _MOVES]
        with Session(self.office.store.engine) as session:
            row = session.execute(select(*own).where(Inspection.id == inspection)).one()
            query = select(*Finding.__table__.columns).where(Finding.inspection_id == inspection)
            return row, session.execute(query.order_by(Finding.id)).all()

    @invariant()
    def no_finding_is_lost(self) -> None:
        if not hasattr(self, "office"):
            return
        with Session(self.office.store.engine) as session:
            rows = session.scalars(select(Finding).where(Finding.result != ""))
            kept = {(one.inspection_id, one.duty_id): (one.result, one.note) for one in rows}
        assert kept == self.found

    @invariant()
    def nothing_concluded_changes(self) -> None:
        if hasattr(self, "office"):
            assert {one: self.all_of(one) for one in self.sealed} == self.sealed


TestInspecting = Inspecting.TestCase
TestInspecting.settings = settings(
    max_examples=12, stateful_step_count=25, deadline=None, suppress_health_check=list(HealthCheck)
)
