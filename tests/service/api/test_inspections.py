"""Inspections over the API: planned, found, concluded; what stands in the way is told by a stable key."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from fastapi.testclient import TestClient

from service.access.roles import Role

API = "/api/v1"
UNIT = {"name": "Sở Y tế", "unit_id": "so-y-te:hung-yen"}
PLAN = {
    "kind": "signs",
    "title": "Kiểm tra đột xuất",
    "ground": "Báo cáo sai số liệu",
    "begins_on": "2026-01-12",
    "ends_on": "2026-01-13",
    "units": [UNIT],
    "contents": ["reporting"],
}
CONCLUSION = {
    "nature": "Báo cáo sai",
    "degree": "Một nhiệm vụ",
    "cause": "Không kiểm tra số liệu",
    "responsibility": "Giám đốc Sở",
    "number": "21/TB-VP",
    "on": "2026-01-14",
}


@pytest.fixture
def office(client: Callable[..., TestClient]) -> TestClient:
    return client("theodoi", Role.MONITOR)


@pytest.fixture
def health(client: Callable[..., TestClient]) -> TestClient:
    return client("yte", Role.UNIT, units=["so-y-te:hung-yen"])


def asked(client: TestClient, method: str, path: str, **form: object) -> dict:
    answer = client.request(method, f"{API}{path}", json=form or None)
    assert answer.status_code in (200, 201), answer.text
    return answer.json()


def begun(office: TestClient) -> tuple[dict, int]:
    """An inspection under way, and its one duty."""
    duty = asked(office, "POST", "/duties", text="Rà soát trạm y tế", lead=UNIT, assigned_on="2026-01-05")
    made = asked(office, "POST", "/inspections", **PLAN)
    made = asked(office, "POST", f"/inspections/{made['id']}/duties", duties=[duty["id"]])
    return asked(office, "POST", f"/inspections/{made['id']}/steps/start", revision=made["revision"]), duty[
        "id"
    ]


def concluded(office: TestClient) -> tuple[dict, int]:
    made, duty = begun(office)
    path = f"/inspections/{made['id']}"
    asked(office, "PUT", f"{path}/duties/{duty}/finding", revision=0, result="wrongly", note="Sai số liệu")
    return asked(office, "POST", f"{path}/conclude", revision=made["revision"], **CONCLUSION), duty


def test_an_inspection_from_its_plan_to_its_end(office: TestClient):
    made, duty = concluded(office)
    path = f"/inspections/{made['id']}"
    assert (made["state"], made["counts"], made["concluded_number"]) == (
        "concluded",
        {"wrongly": 1},
        "21/TB-VP",
    )
    (found,) = asked(office, "GET", f"{path}/findings")
    assert (found["duty"], found["lead"], found["snapshot"]["life"]) == (duty, "Sở Y tế", "not_started")
    follow = asked(office, "POST", f"{path}/follow-ups", text="Nộp lại số liệu", lead=UNIT, of=duty)
    assert (follow["origin"], follow["document_number"]) == ("finding", "21/TB-VP")
    opened = asked(office, "GET", path)
    assert (opened["follow_ups"], opened["actions"]) == (
        [follow["id"]],
        ["reopen", "follow_up", "measure", "close"],
    )
    listed = asked(office, "GET", "/inspections?state=concluded")
    assert [one["id"] for one in listed["items"]] == [made["id"]]
    assert asked(office, "GET", "/inspections?state=planned")["items"] == []


def test_a_measure_is_taken_answered_and_taken_back(office: TestClient, health: TestClient):
    made, duty = concluded(office)
    path = f"/duties/{duty}/measures"
    taken = asked(office, "POST", path, kind="criticism", note="Báo cáo sai", inspection=made["id"])
    assert (taken["unit"], taken["unit_key"]) == ("Sở Y tế", "so-y-te:hung-yen")
    settled = asked(office, "POST", f"/measures/{taken['id']}/settle", note="Đã nộp lại")
    assert settled["settled_note"] == "Đã nộp lại"
    assert [one["id"] for one in asked(health, "GET", path)] == [taken["id"]]
    assert asked(office, "POST", f"/measures/{taken['id']}/withdraw", note="Nhầm")["withdrawn"] is True


def test_problems_have_keys_and_say_what_about(office: TestClient, health: TestClient):
    made, duty = begun(office)
    path, revision = f"/inspections/{made['id']}", made["revision"]
    conclude = {"revision": revision, **CONCLUSION}
    for client, method, where, form, status, key in (
        (health, "GET", path, None, 404, "not-found"),
        (health, "POST", "/inspections", PLAN, 403, "forbidden"),
        (office, "POST", "/inspections", PLAN | {"kind": "visit"}, 422, "invalid"),
        (office, "POST", f"{path}/conclude", conclude | {"revision": revision + 7}, 409, "moved"),
        (office, "POST", f"{path}/conclude", conclude, 409, "not-allowed"),
        (office, "POST", f"{path}/duties", {"duties": [99]}, 404, "not-found"),
        (office, "POST", f"{path}/steps/fly", {"revision": revision}, 404, "not-found"),
    ):
        answer = client.request(method, f"{API}{where}", json=form)
        assert (answer.status_code, answer.json()["type"]) == (status, f"/problems/{key}"), where
    answer = office.put(f"{API}{path}/duties/{duty}/finding", json={"revision": 0, "result": "wrongly"})
    assert (answer.json()["why"], answer.json()["about"]) == ("missing", "note")


def test_a_plan_is_changed_a_draft_kept_a_duty_left_out(office: TestClient):
    made, duty = begun(office)
    path = f"/inspections/{made['id']}"
    made = asked(office, "PUT", path, revision=made["revision"], **(PLAN | {"title": "Kiểm tra lại"}))
    made = asked(office, "PUT", f"{path}/conclusion", revision=made["revision"], nature="Báo cáo sai")
    assert (made["title"], made["nature"]) == ("Kiểm tra lại", "Báo cáo sai")
    assert office.delete(f"{API}{path}/duties/{duty}").status_code == 204
    assert asked(office, "GET", f"{path}/findings") == []
    cancelled = asked(office, "POST", f"{path}/steps/cancel", revision=made["revision"] + 1, note="Đổi lịch")
    assert (cancelled["state"], cancelled["ended_note"]) == ("cancelled", "Đổi lịch")
    assert cancelled["actions"] == []


def test_an_id_that_the_register_does_not_know_is_named(office: TestClient):
    made, duty = concluded(office)
    stranger = {"name": "Sở Lạ", "unit_id": "so-la:hung-yen"}
    for path, form, where in (
        ("/inspections", PLAN | {"units": [UNIT, stranger]}, ["body", "units", 1, "unit_id"]),
        (f"/duties/{duty}/measures", {"kind": "reminder", "unit": stranger}, ["body", "unit", "unit_id"]),
        (
            f"/inspections/{made['id']}/follow-ups",
            {"text": "Làm lại", "lead": stranger, "of": duty},
            ["body", "lead", "unit_id"],
        ),
    ):
        answer = office.post(f"{API}{path}", json=form)
        assert (answer.status_code, answer.json()["type"]) == (422, "/problems/unknown-unit"), answer.text
        assert [one["where"] for one in answer.json()["errors"]] == [where]
