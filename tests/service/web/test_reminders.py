"""Reminders in a browser: a unit's bell, a mail that did not arrive, addresses."""

from __future__ import annotations

import datetime as dt
import re

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient

from service.access.roles import Role
from service.store import Store
from service.tracking.entering import NewDuty, Origin
from service.tracking.keeping import SYSTEM
from service.tracking.life import Lead
from service.urging.causes import Rules
from service.urging.mailbox import MailFault

LEAD = Lead("Sở Y tế", "so-y-te:hung-yen")
PASSWORD = "mot mat khau dai"


def csrf(browser: TestClient, path: str) -> dict[str, str]:
    found = re.search(r'name="csrf" value="([^"]*)"', browser.get(path).text)
    assert found
    return {"csrf": found[1]}


@pytest.fixture
def health(app: FastAPI, desk_store: Store) -> TestClient:
    with desk_store.begin() as work:
        work.people.add("yte", "Sở", Role.UNIT, password=PASSWORD, must_change=False, units=[LEAD.id])
    browser = TestClient(app)
    browser.post("/login", data={"login": "yte", "password": PASSWORD}).raise_for_status()
    return browser


@pytest.fixture
def boss(enter) -> TestClient:
    return enter("quantri", Role.ADMINISTRATOR)


def reminded(store: Store) -> int:
    """The digest of a duty that is long overdue."""
    new = NewDuty("Rà soát trạm y tế", LEAD, dt.date(2020, 1, 6), Origin.TYPED, due_on=dt.date(2020, 3, 2))
    with store.begin() as work:
        work.book.enter(SYSTEM, new)
        made = work.urging.reminders.make(Rules(), LEAD.id, mails=True)
    assert made
    return made


def test_a_unit_hears_its_bell_until_it_has_looked(health: TestClient, desk_store: Store):
    assert ">1<" not in health.get("/reminders/count").text
    reminded(desk_store)
    assert ">1<" in health.get("/reminders/count").text
    page = health.get("/reminders").text
    assert "Rà soát trạm y tế" in page
    assert "quá hạn" in page
    assert "1 lời nhắc mới" in page
    newest = re.search(r'name="newest" value="(\d+)"', page)
    assert newest
    health.post("/reminders/seen", data=csrf(health, "/reminders") | {"newest": newest[1]}).raise_for_status()
    assert ">1<" not in health.get("/reminders/count").text
    assert "Rà soát trạm y tế" in health.get("/reminders").text


def test_the_list_goes_page_by_page(health: TestClient, desk_store: Store, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr("service.web.pages.reminders.PAGE", 2)
    with desk_store.begin() as work:
        for number in range(3):
            new = NewDuty(f"Việc số {number}", LEAD, dt.date(2020, 1, 6), due_on=dt.date(2020, 3, 2 + number))
            work.book.enter(SYSTEM, new)
        work.urging.reminders.make(Rules(), LEAD.id, mails=False)
    first = health.get("/reminders").text
    onward = re.search(r'rel="next" href="([^"]*)"', first)
    assert onward
    second = health.get(onward[1]).text
    assert [n for n in range(3) if f"Việc số {n}" in first] == [0, 1]
    assert [n for n in range(3) if f"Việc số {n}" in second] == [2]
    assert 'rel="next"' not in second
    assert all("3 lời nhắc mới" in page for page in (first, second))
    assert health.get("/reminders?after=x").status_code == 400


def test_addresses_are_kept_and_wrong_ones_stay_in_the_form(boss: TestClient, health: TestClient):
    data = csrf(boss, "/addresses") | {"unit": "Sở Y tế (so-y-te:hung-yen)", "address": "vanthu"}
    wrong = boss.post("/addresses", data=data)
    assert wrong.status_code == 422
    assert 'value="vanthu"' in wrong.text
    page = boss.post("/addresses", data=data | {"address": "vanthu@soyte.example.vn"}).text
    assert "vanthu@soyte.example.vn" in page
    assert "vanthu@soyte" not in boss.post("/addresses", data=data | {"address": ""}).text
    assert health.get("/addresses").status_code == 403
    assert health.post("/addresses", data=csrf(health, "/password") | data).status_code == 403


def test_a_mail_that_did_not_arrive_is_told_and_sent_again(
    boss: TestClient, health: TestClient, desk_store: Store
):
    with desk_store.begin() as work:
        viewer = work.people.viewer(1)
        assert viewer
        work.urging.mailbox.put(viewer, LEAD, "vanthu@soyte.example.vn")
    digest = reminded(desk_store)
    with desk_store.begin() as work:
        post = work.urging.mailbox.claim()
        assert post
        work.urging.mailbox.settle(post, MailFault.ADDRESS)
    assert "máy chủ thư không nhận địa chỉ này" in boss.get("/reminders").text
    assert "máy chủ thư" not in health.get("/reminders").text
    theirs = csrf(health, "/reminders")
    assert health.post(f"/reminders/{digest}/resend", data=theirs).status_code == 403
    mine = csrf(boss, "/reminders")
    assert "chờ gửi thư" in boss.post(f"/reminders/{digest}/resend", data=mine).text
    assert boss.post(f"/reminders/{digest}/resend", data=mine).status_code == 404
