"""The calendar in a browser: the office's own days are added and taken away; nobody else's business."""

from __future__ import annotations

import datetime as dt
import re

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient
from people import document, filed, task, unit

from service.access.roles import Role
from service.review.changes import Change, Kind
from service.review.forms import deadline_from
from service.store import Store

PASSWORD = "mot mat khau dai"


def csrf(browser: TestClient, path: str = "/calendar") -> dict[str, str]:
    found = re.search(r'name="csrf" value="([^"]*)"', browser.get(path).text)
    assert found
    return {"csrf": found[1]}


@pytest.fixture
def monitor(enter) -> TestClient:
    return enter("theodoi", Role.MONITOR)


def test_days_are_added_and_taken_away(monitor: TestClient):
    data = csrf(monitor) | {"day": "12/6/2026", "working": "false", "note": "hoán đổi"}
    page = monitor.post("/calendar", data=data).text
    assert re.search(r"12/06/2026.*hoán đổi", re.sub(r"\s+", " ", page))
    again = monitor.post("/calendar", data=data)
    assert again.status_code == 422
    assert 'value="12/6/2026"' in again.text
    wrong = monitor.post("/calendar", data=data | {"day": "32/1"})
    assert wrong.status_code == 422
    assert 'value="32/1"' in wrong.text
    assert "hoán đổi" in wrong.text
    page = monitor.post("/calendar/remove", data=csrf(monitor) | {"day": "2026-06-12"}).text
    assert "12/06/2026" not in page


def test_the_country_s_days_are_shown_with_their_names(monitor: TestClient):
    page = monitor.get("/calendar", params={"year": 2025}).text
    assert "Tết Nguyên Đán" in page
    assert re.search(r"26/04/2025.*ngày làm việc.*làm bù", re.sub(r"\s+", " ", page))


@pytest.fixture
def health(app: FastAPI, desk_store: Store) -> TestClient:
    with desk_store.begin() as work:
        units = ["so-y-te:hung-yen"]
        work.people.add("yte", "Sở", Role.UNIT, password=PASSWORD, must_change=False, units=units)
    browser = TestClient(app)
    browser.post("/login", data={"login": "yte", "password": PASSWORD}).raise_for_status()
    return browser


def test_units_and_reviewers_have_no_part_in_it(enter, health: TestClient):
    for browser in (health, enter("lan", Role.REVIEWER)):
        assert browser.get("/calendar").status_code == 403
        data = csrf(browser, "/password") | {"day": "12/6/2026"}
        assert browser.post("/calendar", data=data).status_code == 403
        assert browser.post("/calendar/remove", data=data | {"day": "2026-06-12"}).status_code == 403


def test_a_duty_that_counts_working_days_shows_the_office_s_day_and_takes_it(
    desk_store: Store, monitor: TestClient, health: TestClient
):
    words = deadline_from("trong 15 ngày làm việc kể từ ngày ký", dt.date(2026, 1, 28))
    lead = unit("Sở Y tế", "so-y-te:hung-yen")
    made = filed(
        desk_store,
        document("12", task("a", "Rà soát trạm y tế", lead, deadline=words), issued_on="2026-01-28"),
    )
    with desk_store.begin() as work:
        viewer = work.people.viewer(1)
        assert viewer
        work.desk.apply(viewer, Kind.ACCEPT, [Change(made, "a", 1, {"status": "approved"})])
        work.course.file(viewer, made)
    theirs = health.get("/book/1").text
    assert "25/02/2026" in theirs
    assert "steps/adjust" not in theirs
    page = monitor.get("/book/1").text
    form = re.search(r'<form method="post" action="/book/1/steps/adjust">(.*?)</form>', page, re.DOTALL)
    assert form
    data = dict(re.findall(r'name="(\w+)" value="([^"]*)"', form[1]))
    after = re.sub(r"\s+", " ", monitor.post("/book/1/steps/adjust", data=data).text)
    assert "18/02/2026 → 25/02/2026" in after
    assert "15 ngày làm việc kể từ 28/01/2026" in after
    assert 'name="due" value="25/02/2026"' not in after
