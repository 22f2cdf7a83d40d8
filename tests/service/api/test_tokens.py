"""Other software gets tokens that do no more than their maker may, shown once and revoked at will."""

from __future__ import annotations

import re

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient
from senders import client_of

from service.access.roles import Right, Role
from service.web.identity import COOKIE

PASSWORD = "mot mat khau dai"


@pytest.fixture
def browser(app: FastAPI, store) -> TestClient:
    with store.begin() as work:
        work.people.add("lan", "Lan", Role.REVIEWER, password=PASSWORD, must_change=False)
    browser = TestClient(app)
    browser.post("/login", data={"login": "lan", "password": PASSWORD}, follow_redirects=False)
    page = browser.get("/password").text
    browser.headers["x-csrf-token"] = re.search(r'data-csrf="([^"]*)"', page).group(1)
    return browser


def test_a_token_works_within_its_scopes_until_it_is_revoked(app: FastAPI, browser: TestClient):
    made = browser.post("/api/v1/tokens", json={"name": "một cửa", "scopes": ["read"]}).json()
    client = TestClient(app, headers={"authorization": f"Bearer {made['token']}"})
    assert client.get("/api/v1/tasks").status_code == 200
    assert client.get("/api/v1/decisions").status_code == 403
    [shown] = browser.get("/api/v1/tokens").json()
    assert (shown["name"], "token" in shown) == ("một cửa", False)
    assert browser.delete(f"/api/v1/tokens/{made['id']}").status_code == 204
    assert client.get("/api/v1/tasks").json()["type"] == "/problems/login-needed"


def test_no_token_makes_another_nor_more_than_its_maker_may(app: FastAPI, browser: TestClient):
    assert browser.post("/api/v1/tokens", json={"name": "x", "scopes": ["users"]}).status_code == 403
    client = client_of(app, "binh", Role.ADMINISTRATOR)
    assert client.post("/api/v1/tokens", json={"name": "x", "scopes": ["read"]}).status_code == 403
    assert browser.delete("/api/v1/tokens/1").status_code == 404  # another's


def test_a_browser_needs_its_pages_token_for_changes(app: FastAPI, browser: TestClient):
    browser.headers.pop("x-csrf-token")
    assert browser.cookies[COOKIE]
    answer = browser.post("/api/v1/exports", json={"format": "csv"})
    assert answer.json()["type"] == "/problems/foreign-request"


def test_a_token_without_a_right_lacks_it(app: FastAPI):
    client = client_of(app, "binh", Role.ADMINISTRATOR, scopes=frozenset({Right.READ}))
    assert client.post("/api/v1/exports", json={"format": "csv"}).json()["detail"] == "export"
