"""An inspection from its plan to its conclusion: who may do what, what it keeps, what nobody can change."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest
from checking_office import CONCLUSION, PLAN, RIGHT, SO_NOI_VU, WRONG, Checked, changed
from people import user

from service.access.roles import Role
from service.access.viewer import Forbidden
from service.checking.course import State, rules
from service.checking.findings import Found
from service.checking.plan import Conclusion
from service.checking.vocabulary import INSPECTION_STATES
from service.review.versions import Missing
from service.tracking.book import Moved
from service.tracking.entering import NewDuty
from service.tracking.life import NotAllowed


def test_a_finding_keeps_how_the_duty_stood_that_day(office: Checked):
    made = office.plan(PLAN, office.clinics)
    office.step(made, "start")
    office.record(made, office.clinics, Found("not_kept_up", {"records": "Thiếu biên bản"}))
    office.act(office.monitor, office.clinics, "suspend", given_note("chờ chỉ đạo"))
    (looked,) = office.findings(office.monitor, made)
    assert (looked.finding.result, looked.finding.found) == ("not_kept_up", {"records": "Thiếu biên bản"})
    assert (looked.finding.lead_name, looked.finding.found_on) == ("Sở Y tế", dt.date(2026, 3, 5))
    assert looked.finding.snapshot["life"] == "in_progress"
    assert looked.finding.snapshot["due_on"] == "2026-03-31"
    assert looked.finding.snapshot["last_report"] == {
        "on": "2026-03-05",
        "action": "report",
        "note": "đã xong 3 trạm",
    }


def given_note(note: str):
    from service.tracking.life import Given

    return Given(note=note)


def test_a_conclusion_needs_all_that_it_has_to_state(office: Checked):
    made = office.plan(PLAN, office.clinics)
    office.step(made, "start")
    for name in ("nature", "degree", "cause", "responsibility", "number"):
        with pytest.raises(NotAllowed, match=f"missing: {name}"):
            office.conclude(made, replace(CONCLUSION, **{name: ""}))
    with pytest.raises(NotAllowed, match="future_conclusion"):
        office.conclude(made)
    office.today = dt.date(2026, 3, 12)
    with pytest.raises(NotAllowed, match="unrecorded"):
        office.conclude(made)
    office.record(made, office.clinics, RIGHT)
    office.conclude(made)
    row = office.seen(office.monitor, made)
    assert (row.state, row.cause, row.concluded_number) == ("concluded", "Thiếu người theo dõi", "21/TB-VP")


def test_what_is_concluded_cannot_be_changed(office: Checked):
    made = office.concluded()
    for attempt in (
        lambda: office.record(made, office.clinics, WRONG),
        lambda: office.conclude(made),
        lambda: office.step(made, "cancel", "nhầm"),
        lambda: office.step(made, "start"),
        lambda: amended(office, made),
        lambda: removed(office, made, office.clinics),
        lambda: added(office, made, office.clinics),
        lambda: drafted(office, made),
    ):
        with pytest.raises(NotAllowed, match="state"):
            attempt()


def amended(office: Checked, inspection: int, seen: int | None = None, title: str = "Khác") -> None:
    with office.store.begin() as work:
        work.checking.inspections.amend(office.monitor, inspection, changed(title=title), seen)


def removed(office: Checked, inspection: int, duty: int) -> None:
    with office.store.begin() as work:
        work.checking.findings.remove(office.monitor, inspection, duty)


def added(office: Checked, inspection: int, *duties: int) -> int:
    with office.store.begin() as work:
        return work.checking.findings.add(office.monitor, inspection, duties)


def drafted(office: Checked, inspection: int) -> None:
    with office.store.begin() as work:
        work.checking.inspections.draft(office.monitor, inspection, Conclusion(nature="x"))


def test_duties_come_and_go_until_something_was_found(office: Checked):
    made = office.plan()
    assert added(office, made, office.clinics, office.staff) == 2
    assert added(office, made, office.clinics) == 0
    removed(office, made, office.staff)
    office.step(made, "start")
    office.record(made, office.clinics, WRONG)
    with pytest.raises(NotAllowed, match="recorded"):
        removed(office, made, office.clinics)
    with pytest.raises(Missing):
        added(office, made, 999)


def test_a_duty_done_wrongly_goes_on_by_its_own_step(office: Checked):
    made = office.concluded()
    with office.store.begin() as work:
        work.checking.findings.reopen(office.monitor, made, office.staff)
        with pytest.raises(NotAllowed, match="missing"):  # found done rightly
            work.checking.findings.reopen(office.monitor, made, office.clinics)
    assert office.one(office.staff).life == "in_progress"
    with office.store.reading() as work:
        (event, _) = work.book.events(office.home, office.staff)[-1]
    assert (event.action, event.note) == ("reopen", "Theo kết luận kiểm tra số 21/TB-VP: Cần làm lại")


def test_duties_that_follow_are_in_the_book_and_known_from_both_sides(office: Checked):
    made = office.concluded()
    new = NewDuty("Khắc phục chế độ báo cáo", SO_NOI_VU, office.today, due_on=dt.date(2026, 4, 15))
    duty = office.follow_up(made, new, office.staff)
    row = office.one(duty)
    assert (row.origin, row.document_number, row.assigned_on) == ("finding", "21/TB-VP", CONCLUSION.on)
    with office.store.reading() as work:
        assert [one.id for one in work.checking.following.of(office.home, made)] == [duty]
        found = work.checking.following.origin(office.home, duty)
        assert found is not None
        assert found.id == made
    with pytest.raises(NotAllowed, match="follow_ups"):
        office.step(made, "close")
    office.act(office.home, duty, "submit", given_note("đã xong"))
    office.act(office.monitor, duty, "confirm")
    office.step(made, "close", by=office.leader)
    assert office.seen(office.monitor, made).state == "closed"


@pytest.mark.parametrize(
    ("values", "why"),
    [
        ({"title": ""}, "missing: title"),
        ({"units": ()}, "missing: units"),
        ({"contents": ()}, "missing: contents"),
        ({"contents": ("money",)}, "missing: contents"),
        ({"kind": "visit"}, "missing: kind"),
        ({"ground_on": None}, "missing: ground"),
        ({"ends_on": dt.date(2026, 3, 1)}, "order: ends_on"),
        ({"begins_on": dt.date(26, 3, 1)}, "years"),
        ({"units": (SO_NOI_VU, SO_NOI_VU)}, "twice"),
        ({"period_begin": dt.date(2026, 3, 1), "period_end": dt.date(2026, 2, 1)}, "order: period_end"),
    ],
)
def test_a_plan_that_cannot_be_says_why(office: Checked, values: dict, why: str):
    with pytest.raises(NotAllowed, match=why):
        office.plan(changed(**values))


def test_words_are_ground_enough_for_signs_of_breach(office: Checked):
    signs = changed(kind="signs", ground_number="", ground_on=None, ground="Ba lần báo cáo sai số liệu")
    assert office.plan(signs, by=office.leader)


def test_two_who_change_a_plan_at_once_do_not_undo_each_other(office: Checked):
    made = office.plan()
    amended(office, made, seen=1, title="Một")
    with pytest.raises(Moved):
        amended(office, made, seen=1, title="Hai")
    assert office.seen(office.monitor, made).title == "Một"


def test_units_and_clerks_plan_nothing(office: Checked):
    clerk = user(office.store, "vanthu", Role.CLERK)
    for person in (office.health, clerk):
        with pytest.raises(Forbidden):
            office.plan(by=person)
    made = office.plan(PLAN, office.clinics)
    office.step(made, "start", by=office.leader)
    with pytest.raises(Forbidden):  # a leader concludes, and leaves looking to those who follow
        office.record(made, office.clinics, RIGHT, by=office.leader)
    with pytest.raises(Missing):
        office.record(made, office.clinics, RIGHT, by=office.health)
    with pytest.raises(Missing):
        office.seen(clerk, made)


def test_a_unit_is_shown_its_own_once_it_is_concluded(office: Checked):
    made = office.plan(PLAN, office.clinics, office.staff)
    office.step(made, "start")
    office.record(made, office.clinics, RIGHT)
    office.record(made, office.staff, WRONG)
    with pytest.raises(Missing):
        office.seen(office.health, made)
    office.today = dt.date(2026, 3, 12)
    office.conclude(made, by=office.leader)
    for unit, duty in ((office.health, office.clinics), (office.home, office.staff)):
        assert [one.duty.id for one in office.findings(unit, made)] == [duty]
    stranger = user(office.store, "taichinh", Role.UNIT, units=("so-tai-chinh:hung-yen",))
    with pytest.raises(Missing):
        office.seen(stranger, made)


def test_what_a_unit_led_is_its_own_whoever_leads_it_since(office: Checked):
    from service.tracking.life import Given, Lead

    made = office.plan(changed(units=(Lead("Sở Nội vụ"),)), office.clinics)
    office.step(made, "start")
    office.record(made, office.clinics, WRONG)
    office.today = dt.date(2026, 3, 12)
    office.conclude(made)
    office.act(office.monitor, office.clinics, "transfer", Given(lead=SO_NOI_VU, note="đúng chức năng"))
    assert [one.duty.id for one in office.findings(office.health, made)] == [office.clinics]


def test_nobody_is_shown_what_is_beyond_his_clearance(office: Checked):
    cleared = user(office.store, "theodoimat", Role.MONITOR, clearance=3)
    with office.store.begin() as work:
        work.stubs.add("7/UBND", dt.date(2026, 3, 1), SO_NOI_VU, dt.date(2026, 3, 4), level="mat")
    with office.store.reading() as work:
        from service.tracking.finder import DutiesWanted

        (secret,) = [one.id for one in work.duties.find(cleared, DutiesWanted()) if one.secret]
    made = office.plan(PLAN, office.clinics)
    with pytest.raises(Missing):
        added(office, made, secret)
    with office.store.begin() as work:
        work.checking.findings.add(cleared, made, [secret])
    office.step(made, "start")
    office.record(made, secret, Found("not_done", {"progress": "chiendich"}, "chiendich"), by=cleared)
    assert [one.duty.id for one in office.findings(office.monitor, made)] == [office.clinics]
    (kept,) = [one.finding for one in office.findings(cleared, made) if one.duty.id == secret]
    assert (kept.result, kept.found, kept.note) == ("not_done", {}, "")
    with office.store.reading() as work:
        assert work.checking.findings.counts(office.monitor, [made]) == {made: {"": 1}}


def test_every_change_is_audited(office: Checked):
    made = office.concluded()
    with office.store.reading() as work:
        told = [one.action for one in work.audit.of(f"inspection:{made}")]
        duty = work.audit.of(f"document:1/duty:{office.staff}")[-1]
    assert told == ["inspection_plan", "inspection_choose", "inspection_start", "inspection_conclude"]
    assert (duty.action, duty.values["after"]["result"]) == ("finding", "wrongly")


def test_every_state_is_named_and_can_be_reached():
    assert {*INSPECTION_STATES} == {one.value for one in State}
    reached = {rule.to for rule in rules().values() if rule.to}
    assert reached | {State.PLANNED} == {*State}
    backwards = {State.PLANNED, State.UNDER_WAY, State.CANCELLED}
    for rule in rules().values():
        assert not (rule.begins & {State.CONCLUDED, State.CLOSED} and rule.to in backwards)
