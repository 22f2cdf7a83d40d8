"""Decisions over the API: each on a revision, each to be taken back, clashes told and not written."""

from __future__ import annotations

from typing import Any

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient
from people import document, filed, task, unit
from senders import client_of

from service.access.roles import Role
from service.store import Store

HEALTH = unit("Sở Y tế", "so-y-te:hung-yen")
HERE = "/api/v1/documents/1"


@pytest.fixture
def lan(app: FastAPI, store: Store) -> TestClient:
    filed(store, document("12", task("a", "Rà soát quy chế", HEALTH), task("b", "Báo cáo", HEALTH)))
    return client_of(app, "lan", Role.REVIEWER)


def post(client: TestClient, path: str, status: int = 200, **body: Any) -> dict[str, Any]:
    answer = client.post(path if path.startswith("/") else f"{HERE}/{path}", json=body or None)
    assert answer.status_code == status, answer.text
    return answer.json()


def tasks(client: TestClient) -> list[tuple[str, str]]:
    return [(one["text"], one["status"]) for one in client.get(f"{HERE}/tasks").json()]


def test_a_document_goes_from_reading_into_the_book(lan: TestClient):
    post(lan, "file", 409)
    post(lan, "tasks/a/accept", revision=1)
    post(lan, "tasks/b/reject", revision=1, reason="lời dẫn")
    assert tasks(lan) == [("Rà soát quy chế", "approved"), ("Báo cáo", "rejected")]
    assert post(lan, "file")["review"] == "filed"
    assert post(lan, "tasks/a/accept", 409, revision=2)["type"] == "/problems/filed"
    assert post(lan, "tasks", 409, text="Thêm")["type"] == "/problems/filed"
    assert post(lan, "reopen")["review"] == "reviewed"


def test_an_edit_is_kept_and_taken_back(lan: TestClient):
    values = {"text": "Rà soát nội quy", "deadline": {"kind": "date", "date": "2026-05-01"}}
    made = post(lan, "tasks/a/edit", revision=1, values=values)
    shown = lan.get(f"{HERE}/tasks/a").json()
    assert (shown["text"], shown["deadline"]["date"], shown["revision"]) == (
        "Rà soát nội quy",
        "2026-05-01",
        2,
    )
    assert lan.get("/api/v1/decisions").json()[0]["group"] == made["group"]
    post(lan, f"/api/v1/decisions/{made['group']}/undo")
    assert tasks(lan)[0] == ("Rà soát quy chế", "proposed")
    assert [one["revision"] for one in lan.get(f"{HERE}/tasks/a/versions").json()] == [1, 2, 3]


def test_two_people_meet_field_by_field(app: FastAPI, lan: TestClient):
    binh = client_of(app, "binh", Role.REVIEWER)
    post(lan, "tasks/a/edit", revision=1, values={"text": "Của Lan"})
    post(binh, "tasks/a/edit", revision=1, values={"nature": "report"})
    clash = post(binh, "tasks/a/edit", 409, revision=1, values={"text": "Của Bình"})
    assert clash["type"] == "/problems/clash"
    assert [(one["field"], one["theirs"], one["mine"]) for one in clash["clashes"]] == [
        ("text", "Của Lan", "Của Bình")
    ]
    assert (tasks(lan)[0][0], lan.get(f"{HERE}/tasks/a").json()["nature"]) == ("Của Lan", "report")


def test_tasks_are_split_merged_and_added(lan: TestClient):
    post(lan, "tasks/a/split", revision=1, parts=[{"text": "Rà soát"}, {"text": "Sửa đổi"}])
    assert [text for text, _ in tasks(lan)] == ["Rà soát", "Sửa đổi", "Báo cáo"]
    first, second, third = lan.get(f"{HERE}/tasks").json()
    both = [{"task": one["id"], "revision": one["revision"]} for one in (second, third)]
    post(lan, "tasks/merge", tasks=both, result={"text": "Sửa đổi và báo cáo"})
    post(lan, "tasks", 201, text="Bị bỏ sót", leads=[{"name": "Sở Nội vụ"}])
    assert [text for text, _ in tasks(lan)] == ["Rà soát", "Sửa đổi và báo cáo", "Bị bỏ sót"]
    assert first["origin"] == "person"


def test_many_are_accepted_at_once_unless_one_is_unproved(lan: TestClient, store: Store):
    filed(store, document("13", task("c", "Không có chỗ", evidence=[])))
    both = [{"document": 1, "task": name, "revision": 1} for name in ("a", "b")]
    unproved = {"document": 2, "task": "c", "revision": 1}
    assert post(lan, "/api/v1/decisions/bulk", 409, accept=[*both, unproved])["detail"] == "c"
    assert {status for _, status in tasks(lan)} == {"proposed"}
    post(lan, "/api/v1/decisions/bulk", accept=both)
    assert {status for _, status in tasks(lan)} == {"approved"}


@pytest.mark.parametrize(
    "body",
    [
        {},
        {"revision": "1"},
        {"revision": 1, "values": {"status": "approved"}},
        {"revision": 1, "values": {"nature": "bịa"}},
        {"revision": 1, "values": {"text": ""}},
        {"revision": 1, "values": {"text": None}},
        {"revision": 1, "values": {"text": "a\x00b"}},
        {"revision": 1, "values": {"deadline": {"kind": "date", "date": "31/02/2026"}}},
        {"revision": 1, "values": {"evidence": [{"page": 1, "box": [1, 2], "start": 0, "end": 1}]}},
    ],
)
def test_what_has_not_the_form_is_not_taken(lan: TestClient, body: dict[str, Any]):
    assert post(lan, "tasks/a/edit", 422, **body)["type"] == "/problems/invalid"


def test_who_may_not_review_decides_nothing(app: FastAPI, lan: TestClient):
    leader = client_of(app, "lanh-dao", Role.LEADER)
    assert post(leader, "tasks/a/accept", 403, revision=1)["detail"] == "review"
    assert post(leader, "file", 403)["detail"] == "file"
    assert post(lan, "tasks/khong-co/accept", 404, revision=1)["type"] == "/problems/not-found"
    assert post(lan, "tasks/a/accept", 404, revision=7)["type"] == "/problems/not-found"
