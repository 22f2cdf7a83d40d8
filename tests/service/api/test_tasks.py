"""Tasks and documents are found by what people type, page by page, and only by who may see them."""

from __future__ import annotations

import pytest
from fastapi import FastAPI
from people import document, filed, task, unit
from senders import client_of

from service.access.roles import Role
from service.store import Store

HEALTH, FINANCE = unit("Sở Y tế", "so-y-te:hung-yen"), unit("Sở Tài chính", "so-tai-chinh:hung-yen")


def due(day: str) -> dict:
    return {"kind": "date", "date": day, "text": day, "inherited": False, "evidence": []}


@pytest.fixture
def shelved(store: Store) -> Store:
    filed(
        store,
        document(
            "12",
            task("a", "Rà soát Điều 5 của quy chế", HEALTH, deadline=due("2026-04-30")),
            task("b", "Bố trí kinh phí đề án", FINANCE, nature="resources"),
            subject="Về phòng chống dịch",
        ),
    )
    filed(store, document("15", task("a", "Báo cáo tiến độ", HEALTH, deadline=due("2026-03-15"))))
    return store


@pytest.fixture
def found(app: FastAPI, shelved: Store):
    client = client_of(app, "lan", Role.REVIEWER)

    def found(**params) -> list[str]:
        answer = client.get("/api/v1/tasks", params=params)
        assert answer.status_code == 200, answer.text
        return [one["text"] for one in answer.json()["items"]]

    return found


def test_the_soonest_comes_first_and_what_has_no_day_last(found):
    assert found() == ["Báo cáo tiến độ", "Rà soát Điều 5 của quy chế", "Bố trí kinh phí đề án"]
    assert found(sort="-due") == ["Rà soát Điều 5 của quy chế", "Báo cáo tiến độ"]
    assert found(sort="-document")[0] == "Báo cáo tiến độ"


@pytest.mark.parametrize("typed", ["dieu", "Điều", "ĐIỀU 5", '"dieu 5"', "5 dieu ra soat"])
def test_words_are_found_without_their_marks(found, typed: str):
    assert found(q=typed) == ["Rà soát Điều 5 của quy chế"]


def test_words_must_all_be_there_and_phrases_together(found):
    assert found(q="dieu kinh phi") == []
    assert found(q='"5 dieu"') == []
    assert found(q="?!") == []
    assert found(q="tai chinh") == ["Bố trí kinh phí đề án"]  # its unit's name


def test_frequent_words_are_found_as_well(found, monkeypatch: pytest.MonkeyPatch):
    for name in ("RARE", "COMMON"):
        monkeypatch.setattr(f"service.searching.words.{name}", 0)
    assert found(q="dieu") == ["Rà soát Điều 5 của quy chế"]
    assert found(q="die") == []


@pytest.mark.parametrize("few", [3000, 0])
def test_filters_narrow_each_other(found, monkeypatch: pytest.MonkeyPatch, few: int):
    monkeypatch.setattr("service.review.finder._FEW", few)
    assert found(unit="so-y-te:hung-yen", due_before="2026-04-01") == ["Báo cáo tiến độ"]
    assert found(unit="sở y tế", due_after="2026-04-01") == ["Rà soát Điều 5 của quy chế"]
    assert found(nature="resources") == ["Bố trí kinh phí đề án"]
    assert found(status="approved") == []


@pytest.mark.parametrize("sort", ["due", "-due", "-document"])
def test_pages_join_without_gap_or_repetition(app: FastAPI, shelved: Store, sort: str):
    client = client_of(app, "lan", Role.REVIEWER)
    whole = client.get("/api/v1/tasks", params={"sort": sort}).json()
    ids, cursor = [], ""
    while cursor is not None:
        page = client.get("/api/v1/tasks", params={"sort": sort, "limit": 1, "cursor": cursor}).json()
        ids += [(one["document_id"], one["id"]) for one in page["items"]]
        cursor = page["next"]
    assert ids == [(one["document_id"], one["id"]) for one in whole["items"]]
    assert whole["next"] is None


def test_documents_are_found_by_state_number_issuer_and_words(app: FastAPI, shelved: Store):
    client = client_of(app, "lan", Role.REVIEWER)

    def numbers(**params) -> list[str]:
        return [one["number"] for one in client.get("/api/v1/documents", params=params).json()["items"]]

    assert numbers() == ["15/CT-UBND", "12/CT-UBND"]
    assert numbers(q="phong chong dich") == ["12/CT-UBND"]
    assert numbers(number="15") == ["15/CT-UBND"]
    assert numbers(issuer="hung yen", sort="read", limit=1) == ["12/CT-UBND"]
    assert numbers(review="filed") == []
    assert client.get("/api/v1/documents/1").json()["counts"] == {"proposed": 2}


def test_a_unit_finds_nothing_before_it_is_filed(app: FastAPI, shelved: Store):
    client = client_of(app, "so", Role.UNIT, units=["so-y-te:hung-yen"])
    for path in ("tasks", "documents", "tasks?q=dieu", "tasks?unit=so-y-te:hung-yen"):
        assert client.get(f"/api/v1/{path}").json() == {"items": [], "next": None}
    for path in ("1", "1/record", "1/tasks", "1/original", "1/tasks/a", "1/tasks/a/versions"):
        assert client.get(f"/api/v1/documents/{path}").status_code == 404


@pytest.mark.parametrize("cursor", ["x", "W10", "eyJhIjoxfQ", "WyJ4IiwgMSwgImEiXQ", "%00"])
def test_a_cursor_from_elsewhere_is_no_error_of_ours(app: FastAPI, cursor: str):
    answer = client_of(app, "lan", Role.REVIEWER).get("/api/v1/tasks", params={"cursor": cursor})
    assert (answer.status_code, answer.json()["type"]) == (400, "/problems/bad-cursor")
