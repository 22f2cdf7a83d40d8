"""An office that inspects: two units with a duty each, one of them done; short ways to say what is done."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, replace

from people import task
from tracking_office import HEALTH, HOME, Office, due, opened

from service.access.viewer import Viewer
from service.checking.findings import Found, Looked
from service.checking.measures import NewMeasure, Taken
from service.checking.plan import Conclusion, Plan
from service.store import Store
from service.tables import Duty, Inspection
from service.tracking.entering import NewDuty
from service.tracking.life import Given, Lead

SO_Y_TE, SO_NOI_VU = Lead("Sở Y tế", HEALTH["unit_id"]), Lead("Sở Nội vụ", HOME["unit_id"])
PLAN = Plan(
    kind="plan",
    title="Kiểm tra việc thực hiện nhiệm vụ quý I",
    begins_on=dt.date(2026, 3, 9),
    ends_on=dt.date(2026, 3, 11),
    units=(SO_Y_TE, SO_NOI_VU),
    contents=("progress", "reporting", "records"),
    ground_number="15/KH-UBND",
    ground_on=dt.date(2026, 1, 12),
    members="Ông Lê Văn Minh, trưởng đoàn",
)
CONCLUSION = Conclusion(
    nature="Chậm báo cáo",
    degree="Một trong hai nhiệm vụ",
    cause="Thiếu người theo dõi",
    responsibility="Giám đốc Sở Nội vụ",
    number="21/TB-VP",
    on=dt.date(2026, 3, 12),
)
RIGHT, WRONG = Found("rightly"), Found("wrongly", {"reporting": "Báo cáo chậm 12 ngày"}, "Cần làm lại")


@dataclass
class Checked(Office):
    """The office with its two duties: that of the department of health is open, the other's is done."""

    clinics: int = 0
    staff: int = 0

    def plan(self, plan: Plan = PLAN, *duties: int, by: Viewer | None = None) -> int:
        with self.store.begin() as work:
            made = work.checking.inspections.plan(by or self.monitor, plan)
            if duties:
                work.checking.findings.add(by or self.monitor, made, duties)
        return made

    def step(self, inspection: int, action: str, note: str = "", by: Viewer | None = None) -> None:
        with self.store.begin() as work:
            work.checking.inspections.step(by or self.monitor, inspection, action, note)

    def record(self, inspection: int, duty: int, found: Found, by: Viewer | None = None) -> None:
        with self.store.begin() as work:
            work.checking.findings.record(by or self.monitor, inspection, duty, found)

    def conclude(
        self, inspection: int, conclusion: Conclusion = CONCLUSION, by: Viewer | None = None
    ) -> None:
        with self.store.begin() as work:
            work.checking.inspections.conclude(by or self.monitor, inspection, conclusion)

    def concluded(self) -> int:
        """An inspection of both duties: the open one was found right, the done one wrong."""
        made = self.plan(PLAN, self.clinics, self.staff)
        self.step(made, "start")
        self.today = dt.date(2026, 3, 12)
        self.record(made, self.clinics, RIGHT)
        self.record(made, self.staff, WRONG)
        self.conclude(made)
        return made

    def take(self, duty: int, new: NewMeasure, inspection: int | None = None) -> int:
        with self.store.begin() as work:
            return work.checking.measures.take(self.monitor, duty, new, inspection)

    def follow_up(self, inspection: int, new: NewDuty, of: int | None = None) -> int:
        with self.store.begin() as work:
            return work.checking.following.enter(self.monitor, inspection, new, of)

    def seen(self, viewer: Viewer, inspection: int) -> Inspection:
        with self.store.reading() as work:
            return work.checking.inspections.one(viewer, inspection)

    def findings(self, viewer: Viewer, inspection: int) -> list[Looked]:
        with self.store.reading() as work:
            return work.checking.findings.of(viewer, inspection)

    def measures(self, viewer: Viewer, duty: int) -> list[Taken]:
        with self.store.reading() as work:
            return list(work.checking.measures.of_duty(viewer, duty))

    def one(self, duty: int) -> Duty:
        with self.store.reading() as work:
            return work.book.duty(self.monitor, duty)


def opened_for_checking(store: Store) -> Checked:
    made = Checked(**vars(opened(store)))
    made.store = Store(store.engine, clock=replace_clock(made))
    made.file(
        task("a", "Rà soát trạm y tế", HEALTH, deadline=due("2026-03-31")),
        task("b", "Báo cáo biên chế", HOME, deadline=due("2026-03-03")),
    )
    made.clinics, made.staff = made.duty("Rà soát").id, made.duty("biên chế").id
    made.act(made.home, made.staff, "submit", Given(note="đã gửi báo cáo", done_on=dt.date(2026, 3, 4)))
    made.act(made.monitor, made.staff, "confirm")
    made.act(made.health, made.clinics, "report", Given(note="đã xong 3 trạm", percent=30))
    return made


def replace_clock(office: Checked):
    from service.tracking.timing import start_of

    return lambda _: start_of(office.today) + 10 * 3600


def changed(plan: Plan = PLAN, **values: object) -> Plan:
    return replace(plan, **values)
