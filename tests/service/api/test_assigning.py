"""Other software gives documents to reviewers, within the rights of whom it acts for."""

from __future__ import annotations

import pytest
from people import document, filed, task, unit

from service.access.roles import Role

HEALTH = unit("Sở Y tế", "so-y-te:hung-yen")


@pytest.fixture
def number(store) -> int:
    return filed(store, document("12", task("a", "Rà soát biên chế", HEALTH)))


def test_a_document_is_given_found_and_given_back(client, number: int):
    lan, hoa = client("lan", Role.REVIEWER), client("hoa", Role.MONITOR)
    here = f"/api/v1/documents/{number}"
    assert {"login": "lan", "name": "Lan"} in hoa.get(f"{here}/reviewers").json()
    assert hoa.put(f"{here}/assignee", json={"login": "lan"}).json()["assignee"] == "lan"
    found = lan.get("/api/v1/documents", params={"assignee": "mine"}).json()["items"]
    assert [one["assignee"] for one in found] == ["lan"]
    assert lan.get("/api/v1/documents", params={"assignee": "nobody"}).json()["items"] == []
    assert lan.put(f"{here}/assignee", json={"login": None}).json()["assignee"] is None


def test_who_may_not_is_told_why(client, number: int):
    lan, minh = client("lan", Role.REVIEWER), client("minh", Role.REVIEWER)
    hoa, thu = client("hoa", Role.MONITOR), client("thu", Role.CLERK)
    put = f"/api/v1/documents/{number}/assignee"
    assert lan.put(put, json={"login": "minh"}).status_code == 403
    assert lan.put(put, json={"login": "khong-co"}).status_code == 403
    assert thu.put(put, json={"login": None}).status_code == 403
    assert lan.get(f"/api/v1/documents/{number}/reviewers").status_code == 403
    assert hoa.put(put, json={"login": "thu"}).json()["type"] == "/problems/unfit"
    assert minh.put(put, json={"login": "minh"}).status_code == 200
    assert lan.put(put, json={"login": "lan"}).json()["type"] == "/problems/held"
    assert hoa.put("/api/v1/documents/99/assignee", json={"login": "lan"}).status_code == 404


def test_a_units_user_is_not_told_who_reviews(client, number: int, store):
    lan = client("lan", Role.REVIEWER)
    lan.put(f"/api/v1/documents/{number}/assignee", json={"login": "lan"})
    lan.post(f"/api/v1/documents/{number}/tasks/a/accept", json={"revision": 1})
    lan.post(f"/api/v1/documents/{number}/file")
    health = client("y-te", Role.UNIT, units=["so-y-te:hung-yen"], unit_names=["Sở Y tế"])
    assert health.get(f"/api/v1/documents/{number}").json()["assignee"] is None
    for whose in ("mine", "others", "nobody"):  # asks nothing of it either
        found = health.get("/api/v1/documents", params={"assignee": whose}).json()["items"]
        assert [one["id"] for one in found] == [number]
