"""The book over the API: entered, moved on, divided; what stands in the way is told by a stable key."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from fastapi.testclient import TestClient

from service.access.roles import Role

DUTY = {
    "text": "Báo cáo nhanh về ổ dịch",
    "lead": {"name": "Sở Y tế", "unit_id": "so-y-te:hung-yen"},
    "due": "2026-12-20",
    "field": "health",
}


@pytest.fixture
def office(client: Callable[..., TestClient]) -> TestClient:
    return client("theodoi", Role.MONITOR)


@pytest.fixture
def health(client: Callable[..., TestClient]) -> TestClient:
    return client("yte", Role.UNIT, units=["so-y-te:hung-yen"])


def entered(office: TestClient, **rest: object) -> dict:
    answer = office.post("/api/v1/duties", json=DUTY | rest)
    assert answer.status_code == 201, answer.text
    return answer.json()


def step(client: TestClient, duty: dict, action: str, **rest: object):
    return client.post(
        f"/api/v1/duties/{duty['id']}/steps/{action}", json={"revision": duty["revision"]} | rest
    )


def test_a_duty_is_entered_and_moved_on_by_its_unit(office: TestClient, health: TestClient):
    duty = entered(office)
    seen = health.get(f"/api/v1/duties/{duty['id']}").json()
    assert {one["action"] for one in seen["steps"]} >= {"acknowledge", "submit"}
    told = step(health, seen, "report", note="đã cử đoàn", percent=30).json()
    assert (told["life"], told["percent"]) == ("in_progress", 30)
    events = office.get(f"/api/v1/duties/{duty['id']}/events").json()
    assert [one["action"] for one in events] == ["enter", "report"]


def test_problems_have_keys(office: TestClient, health: TestClient):
    duty = entered(office)
    step(health, duty, "acknowledge")
    for answer, status, key in (
        (step(health, duty, "report", note="x"), 409, "moved"),
        (step(health, duty | {"revision": 2}, "confirm"), 403, "forbidden"),
        (step(office, duty | {"revision": 2}, "confirm"), 409, "not-allowed"),
        (step(office, duty | {"revision": 2}, "fly"), 404, "not-found"),
    ):
        assert (answer.status_code, answer.json()["type"]) == (status, f"/problems/{key}")


def test_pages_go_on_behind_the_last(office: TestClient):
    ids = [entered(office, due=f"2026-12-{day}")["id"] for day in (20, 10, 15)]
    first = office.get("/api/v1/duties", params={"limit": 2}).json()
    second = office.get("/api/v1/duties", params={"limit": 2, "cursor": first["next"]}).json()
    assert [one["id"] for one in first["items"] + second["items"]] == [ids[1], ids[2], ids[0]]
    assert second["next"] is None
    assert office.get("/api/v1/duties", params={"cursor": "x"}).status_code == 400


def test_a_duty_is_divided(office: TestClient, health: TestClient):
    whole = entered(office, lead={"name": "Các sở, ban, ngành"})
    parts = [{"lead": DUTY["lead"]}, {"lead": {"name": "Sở Nội vụ"}, "due": "2026-12-10"}]
    path = f"/api/v1/duties/{whole['id']}/parts"
    made = office.post(path, json={"revision": 1, "parts": parts})
    assert made.status_code == 201
    assert [one["parent_id"] for one in made.json()] == [whole["id"]] * 2
    assert [one["text"] for one in health.get("/api/v1/duties").json()["items"]] == [DUTY["text"]]


@pytest.mark.parametrize(
    ("form", "where"),
    [
        ({"lead": {"name": "Sở Y tế", "unit_id": "so-khong-co:hung-yen"}}, ["body", "lead", "unit_id"]),
        (
            {"cooperators": [DUTY["lead"], {"name": "Sở Nội vụ", "unit_id": "so-khong-co"}]},
            ["body", "cooperators", 1, "unit_id"],
        ),
    ],
)
def test_an_id_that_the_register_does_not_know_is_named(office: TestClient, form: dict, where: list):
    answer = office.post("/api/v1/duties", json=DUTY | form)
    assert (answer.status_code, answer.json()["type"]) == (422, "/problems/unknown-unit")
    assert [one["where"] for one in answer.json()["errors"]] == [where]
    assert office.get("/api/v1/duties").json()["items"] == []


def test_units_of_steps_and_parts_are_looked_up_too(office: TestClient):
    whole = entered(office)
    stranger = {"name": "Sở Lạ", "unit_id": "so-la:hung-yen"}
    moved = step(office, whole, "transfer", lead=stranger, note="x")
    assert moved.json()["errors"][0]["where"] == ["body", "lead", "unit_id"]
    path = f"/api/v1/duties/{whole['id']}/parts"
    answer = office.post(path, json={"revision": 1, "parts": [{"lead": DUTY["lead"]}, {"lead": stranger}]})
    assert answer.json()["errors"][0]["where"] == ["body", "parts", 1, "lead", "unit_id"]
    assert office.get(f"/api/v1/duties/{whole['id']}").json()["revision"] == 1


def test_a_name_alone_means_the_registered_unit(office: TestClient):
    duty = entered(office, lead={"name": "Bộ Y tế"})
    assert duty["leads"] == [{"name": "Bộ Y tế", "unit_id": "bo-y-te"}]
