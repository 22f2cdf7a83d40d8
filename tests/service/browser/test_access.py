"""axe finds nothing serious on any page, at 1366×768 and at 200 % zoom, in both languages."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from service.hooks.news import Event
from service.tracking.entering import NewDuty
from service.tracking.keeping import Actor
from service.tracking.life import Given, Lead
from service.tracking.rows import lead_key
from service.urging.calls import Channel
from service.urging.causes import Rules

from .conftest import Enter, Person, sync_api

AXE = (Path(__file__).parents[1] / "web" / "vendor" / "axe.min.js").read_text(encoding="utf-8")
PAGES = (
    "/",
    "/?review=all",
    "/?of=mine",
    "/tasks",
    "/book",
    "/book?view=all",
    "/book/1",
    "/book/new",
    "/book/secret",
    "/proposals",
    "/calendar",
    "/reminders",
    "/addresses",
    "/letters",
    "/letters?unit=Sở Y tế",
    "/letters/template",
    "/reports",
    "/users",
    "/users/1",
    "/documents/1/purge",
    "/tokens",
    "/webhooks",
    "/webhooks/1",
    "/audit",
    "/password",
    "/documents/99",
)


DUTY = NewDuty("Rà soát trạm y tế", Lead("Sở Y tế"), dt.date(2026, 3, 1), due_on=dt.date(2026, 4, 1))


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
        webhook, _ = work.hooks.add(viewer, "https://vanphong.example/dondoc", list(Event), private=False)
        work.hooks.test(viewer, webhook)
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
    for path in (*PAGES, "/documents/1"):
        admin.open(path)
        wide, there = admin.page.evaluate("[document.documentElement.scrollWidth, innerWidth]")
        found[path] = [*serious(admin), *(["cut off"] if wide > there else [])]
    assert {path: rules for path, rules in found.items() if rules} == {}
