"""axe finds nothing serious on any page, at 1366×768 and at 200 % zoom, in both languages."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from pathlib import Path

import pytest
from archive_runs import run_with_all
from screens import OF_UNITS, addresses

from service.access.roles import Role
from service.access.viewer import Viewer
from service.checking.findings import Found
from service.checking.measures import NewMeasure
from service.checking.plan import Conclusion, Plan
from service.hooks.news import Event
from service.store import Work
from service.tracking.entering import NewDuty
from service.tracking.keeping import Actor
from service.tracking.life import Given, Lead
from service.tracking.rows import lead_key
from service.urging.calls import Channel
from service.urging.causes import Rules

from .conftest import PASSWORD, Enter, Person, Site, sync_api

AXE = (Path(__file__).parents[1] / "web" / "vendor" / "axe.min.js").read_text(encoding="utf-8")
PAGES = (*addresses(), "/documents/99")


DUTY = NewDuty("Rà soát trạm y tế", Lead("Sở Y tế"), dt.date(2026, 3, 1), due_on=dt.date(2026, 4, 1))


def inspect(work: Work, viewer: Viewer) -> None:
    """Two inspections of the same duties, the second of them concluded with all that follows."""
    desk, day = work.checking, dt.date(2026, 4, 2)
    other = work.book.enter(Actor("admin"), replace(DUTY, text="Báo cáo biên chế"))
    plan = Plan("signs", "Kiểm tra", day, day, (DUTY.lead,), ("progress", "records"), ground="Báo cáo sai")
    for number in (1, 2):
        desk.inspections.plan(viewer, plan)
        desk.findings.add(viewer, number, [1, other])
        desk.inspections.step(viewer, number, "start")
        desk.findings.record(
            viewer, number, other, Found("wrongly", {"records": "Thiếu hồ sơ"}, "Cần bổ sung")
        )
    desk.findings.record(viewer, 2, 1, Found("rightly"))
    desk.inspections.conclude(viewer, 2, Conclusion("a", "b", "c", "d", "21/TB-VP", day))
    desk.following.enter(viewer, 2, DUTY, other)
    for kind in ("criticism", "reminder"):
        last = desk.measures.take(viewer, other, NewMeasure(kind, "Báo cáo sai", day, "30/VP"), 2)
    desk.measures.settle(viewer, last, None, "Đã khắc phục")
    desk.measures.withdraw(viewer, last, "Ghi nhầm")


def serious(person: Person) -> list[str]:
    """Rules that a page breaks, with the elements that do."""
    return serious_on(person.page)


def serious_on(page: sync_api.Page) -> list[str]:
    """The same of somebody's who is not logged in."""
    page.evaluate(AXE)
    found = page.evaluate("axe.run(document, {resultTypes: ['violations']})")
    return [
        f"{rule['id']}: {[node['target'] for node in rule['nodes']][:3]}"
        for rule in found["violations"]
        if rule["impact"] in ("serious", "critical")
    ]


@pytest.fixture(params=["vi", "en"])
def admin(enter: Enter, request: pytest.FixtureRequest) -> Person:
    admin = enter("admin")
    cookie = {"name": "dondoc_locale", "value": request.param, "url": admin.site.address}
    admin.page.context.add_cookies([cookie])
    with admin.site.store.begin() as work:
        viewer = next(one for one in map(work.people.viewer, range(1, 9)) if one and one.login == "admin")
        work.book.enter(Actor("admin"), DUTY)
        work.urging.reminders.make(Rules(), lead_key(DUTY.lead), mails=False)
        work.urging.mailbox.put(viewer, DUTY.lead, "vanthu@soyte.example.vn")
        work.urging.calls.note(viewer, 1, Channel.PHONE, None, "hẹn tuần sau")
        work.book.act(viewer, 1, "ask_adjustment", Given(note="mưa lũ", due=dt.date(2026, 12, 31)))
        inspect(work, viewer)
        webhook, _ = work.hooks.add(viewer, "https://vanphong.example/dondoc", list(Event), private=False)
        work.hooks.test(viewer, webhook)
        run_with_all(work)
    return admin


def test_every_plain_page(admin: Person):
    found = {}
    for path in PAGES:
        admin.open(path)
        found[path] = serious(admin)
    admin.page.context.clear_cookies(name="dondoc_session")
    admin.open("/login")
    found["/login"] = serious(admin)
    assert {path: rules for path, rules in found.items() if rules} == {}


def test_the_pages_that_only_units_have(enter: Enter, site: Site):
    rest = {"password": PASSWORD, "must_change": False, "unit_names": ["Sở Y tế"]}
    with site.store.begin() as work:
        work.people.add("y-te", "Sở Y tế", Role.UNIT, **rest)
        work.book.enter(Actor("admin"), DUTY)
    unit = enter("y-te")
    found = {}
    for path in (
        *(one for of in OF_UNITS.values() for one in of),
        "/tasks",
        "/book",
        "/book/1",
        "/reminders",
    ):
        unit.open(path)
        found[path] = serious(unit)
    unit.open("/feed")
    unit.page.locator("main button.primary").click()
    unit.page.wait_for_selector(".once")
    found["its address"] = serious(unit)
    assert {path: rules for path, rules in found.items() if rules} == {}


def test_the_review_screen_in_each_of_its_states(admin: Person):
    admin.review("s03")
    found = {"review": serious(admin)}
    for name, keys in {
        "keys": ["?"],
        "why": ["x"],
        "split": ["s"],
        "edit": ["e"],
        "words": ["t", "ArrowLeft"],
        "offered": ["l", "ArrowLeft"],
        "deadlines": ["d", "ArrowDown"],
        "decided": ["a"],
        "history": ["h"],
    }.items():
        admin.press(*keys)
        found[name] = serious(admin)
        admin.press("Escape")
    admin.press("l")
    admin.type("so y te")
    admin.page.wait_for_selector("#found-lead [role=option]")
    found["units"] = serious(admin)
    assert {state: rules for state, rules in found.items() if rules} == {}


def test_nothing_is_cut_off_at_twice_the_size(admin: Person):
    admin.page.set_viewport_size({"width": 683, "height": 384})
    found = {}
    for path in PAGES:
        admin.open(path)
        wide, there = admin.page.evaluate("[document.documentElement.scrollWidth, innerWidth]")
        found[path] = [*serious(admin), *(["cut off"] if wide > there else [])]
    assert {path: rules for path, rules in found.items() if rules} == {}


def head_of(person: Person) -> int:
    """How many lines the head takes."""
    height, line = person.page.evaluate(
        "[document.querySelector('header.top').clientHeight, document.querySelector('.brand').clientHeight]"
    )
    return round(height / line)


@pytest.mark.parametrize("login", ["lan", "minh", "hoa", "admin"])
def test_the_head_of_every_role_is_one_line(enter: Enter, login: str):
    person = enter(login)
    for path in ("/tasks", "/reports"):
        person.open(path)
        assert head_of(person) == 1, path


def test_the_managing_pages_stand_behind_one_menu_that_keys_open(enter: Enter):
    admin = enter("admin")
    admin.open("/tasks")
    menu = admin.page.locator("details.menu")
    menu.locator("summary").focus()
    admin.press("Enter")
    assert menu.locator("a").count() == 9
    assert serious(admin) == []
    admin.press("Escape")
    assert not menu.evaluate("menu => menu.open")
    assert admin.focused("details.menu summary")
    admin.press("Enter", "Tab")
    admin.leave("Enter")
    assert admin.page.url.endswith("/users")


def test_it_opens_without_scripts_too(enter: Enter, program: sync_api.Browser):
    admin = enter("admin")
    state = admin.page.context.storage_state()
    context = program.new_context(storage_state=state, java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{admin.site.address}/users")
    page.locator("details.menu summary").click()
    page.get_by_role("link", name="Nhật ký").click()
    assert page.url.endswith("/audit")
    context.close()
