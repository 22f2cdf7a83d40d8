"""The reports page: figures that open, a unit's own alone, what was asked wrongly stays, files."""

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

DAY = dt.timedelta(days=1)


@pytest.fixture
def office(desk_store: Store, enter) -> TestClient:
    with desk_store.begin() as work:
        today = work.book.today()
        for text, lead, due in (
            ("Rà soát <trạm> y tế", Lead("Sở Y tế", "so-y-te:hung-yen"), today - 9 * DAY),
            ("Mua thuốc dự phòng", Lead("Sở Y tế", "so-y-te:hung-yen"), today + 9 * DAY),
            ("Sắp xếp biên chế", Lead("Đội & tổ số 3"), None),
        ):
            new = NewDuty(text, lead, today - 30 * DAY, origin=Origin.TYPED, due_on=due)
            work.book.enter(SYSTEM, new)
    return enter("theodoi", Role.MONITOR)


@pytest.fixture
def health(office: TestClient, enter) -> TestClient:
    return enter("yte", Role.UNIT, units=["so-y-te:hung-yen"])


def test_each_number_opens_the_duties_behind_it(office: TestClient):
    page = office.get("/reports").text
    assert "Đội &amp; tổ số 3" in page
    links = re.findall(r'<a href="(/reports/duties\?[^"]*)">(\d+)</a>', page)
    assert len(links) > 6
    for address, count in links:
        behind = office.get(address.replace("&amp;", "&"))
        assert len(re.findall(r'href="/book/\d+"', behind.text)) == int(count), address
    assert "Rà soát &lt;trạm&gt; y tế" in page


def test_the_drawing_is_told_and_runs_nothing(office: TestClient):
    (drawn,) = re.findall(r"<svg.*?</svg>", office.get("/reports").text, re.S)
    assert re.search(r'role="img" aria-labelledby="bars-title bars-told"', drawn)
    assert "<title id" in drawn
    assert "<desc" in drawn
    assert "style=" not in drawn
    assert "<script" not in drawn


def test_a_unit_sees_its_own_alone(health: TestClient):
    for path in ("/reports", "/reports?by=all", "/reports/duties", "/reports?by=document"):
        page = health.get(path).text
        assert "Sắp xếp biên chế" not in page
        assert "tổ số 3" not in page
    answer = health.get("/api/v1/reports").json()
    assert [(one["name"], one["total"]) for one in answer["lines"]] == [("Sở Y tế", 2)]
    assert [one["days_overdue"] for one in answer["longest_overdue"]] == [9]


def test_days_that_make_no_report_stay_on_the_page(office: TestClient):
    answer = office.get("/reports?period=days&begin=2026-05-02&end=2026-05-01")
    assert answer.status_code == 422
    assert 'value="2026-05-02"' in answer.text
    assert "trước ngày cuối kỳ" in answer.text
    assert office.get("/api/v1/reports?on=2099-01-01").status_code == 422
    assert office.get("/reports/file/xlsx?on=2099-01-01").status_code == 422


def test_filters_narrow_it(office: TestClient):
    def total(**asked: str) -> int:
        return office.get("/api/v1/reports", params=asked).json()["total"]["total"]

    assert (total(), total(unit="so-y-te:hung-yen"), total(unit="doi & to so 3")) == (3, 2, 1)
    assert (total(field="health"), total(field="other")) == (0, 3)
    assert total(period="week", on="2020-01-01") == 0


def test_pages_of_the_api_hold_all_once(office: TestClient):
    seen, cursor = [], ""
    while True:
        params = {"limit": 2, "cursor": cursor, "only": "so-y-te:hung-yen", "group": "open"}
        answer = office.get("/api/v1/reports/duties", params={**params, "limit": 1}).json()
        seen += [one["id"] for one in answer["items"]]
        cursor = answer["next"]
        if not cursor:
            break
    assert seen == [1, 2]


def test_files_come_as_what_they_are(app: FastAPI, office: TestClient, enter):
    answer = office.get("/reports/file/xlsx")
    assert answer.headers["content-disposition"].endswith('.xlsx"')
    assert answer.content[:2] == office.get("/reports/file/docx?period=month").content[:2] == b"PK"
    assert office.get("/reports/file/exe").status_code == 422


def test_leaders_and_monitors_start_with_the_overview(app: FastAPI, office: TestClient, health: TestClient):
    page = office.get("/dashboard").text
    assert "Rà soát &lt;trạm&gt; y tế" in page
    (address,) = re.findall(r'<a href="(/reports/duties\?[^"]*only=[^"]*)">1</a>', page)
    assert "Rà soát" in office.get(address.replace("&amp;", "&")).text
    assert health.get("/dashboard").url.path == "/book"
    browser = TestClient(app)
    answer = browser.post("/login", data={"login": "theodoi", "password": "mot mat khau dai"})
    assert answer.url.path == "/dashboard"
