"""A former book over the API: shown first, entered once it is agreed to, each row once."""

from __future__ import annotations

import json
from collections.abc import Callable

import pytest
from fastapi.testclient import TestClient
from former_book import ROWS, workbook

from service.access.roles import Right, Role

PATH = "/api/v1/book/imports"


@pytest.fixture
def office(client: Callable[..., TestClient]) -> TestClient:
    return client("theodoi", Role.MONITOR)


def sent(client: TestClient, content: bytes, **fields: str):
    files = {"files": ("so-cu.xlsx", content)}
    return client.post(PATH, files=files, data={"issuer": "UBND tỉnh Hưng Yên"} | fields)


def test_rows_matching_and_problems_are_shown_and_nothing_is_entered(office: TestClient):
    answer = sent(office, workbook())
    shown = answer.json()
    assert answer.status_code == 200
    assert (shown["dry_run"], shown["new"], shown["there"], shown["unread"]) == (True, 3, 0, 3)
    assert shown["columns"]["lead"] == {"column": 4, "heading": "Chủ trì", "likeness": 100}
    rows = {one["number"]: one for one in shown["rows"]}
    assert rows[6]["duty"]["leads"] == [{"name": "Sở Y tế", "unit_id": "so-y-te:hung-yen"}]
    assert (rows[6]["duty"]["due_on"], rows[6]["life"]) == ("2026-02-20", "done")
    assert "xem sổ tay 9b" in rows[8]["cause"]
    assert rows[8]["duty"] is None
    assert "Hải Đăng" not in answer.text
    assert office.get("/api/v1/duties").json()["items"] == []


def test_what_is_agreed_is_entered_once(office: TestClient):
    content = workbook()
    agreed = {"dry_run": "false", "agreed": sent(office, content).json()["sha256"]}
    made = sent(office, content, **agreed)
    assert made.status_code == 201
    entered = made.json()["entered"]
    assert len(entered) == 3
    assert office.get(f"/api/v1/duties/{entered[0]}").json()["life"] == "done"
    again = sent(office, content, **agreed).json()
    assert (again["entered"], again["there"]) == ([], 3)
    assert {one["there"] for one in again["rows"] if one["duty"]} == {*entered}


def test_another_workbook_than_the_one_shown_is_not_entered(office: TestClient):
    shown = sent(office, workbook()).json()["sha256"]
    answer = sent(office, workbook(ROWS[:4]), dry_run="false", agreed=shown)
    assert (answer.status_code, answer.json()["type"]) == (409, "/problems/not-agreed")
    assert office.get("/api/v1/duties").json()["items"] == []


def test_columns_are_taken_as_the_client_names_them(office: TestClient):
    content = workbook()
    shown = sent(office, content, sheet="Sheet", columns=json.dumps({"text": 1, "lead": 4})).json()
    assert {*shown["columns"]} == {"text", "lead"}
    only_texts = {"sheet": "Sheet", "columns": json.dumps({"text": 1})}
    missing = sent(office, content, **only_texts).json()
    assert (missing["missing"], missing["rows"]) == (["lead"], [])
    answer = sent(office, content, **only_texts, dry_run="false", agreed=missing["sha256"]).json()
    assert (answer["type"], answer["missing"]) == ("/problems/columns-missing", ["lead"])


@pytest.mark.parametrize(
    "fields",
    [{"columns": "{"}, {"columns": '{"colour": 1}'}, {"dry_run": "maybe"}, {"agreed": "x"}, {"size": "9"}],
)
def test_fields_of_another_form_are_told(office: TestClient, fields: dict[str, str]):
    answer = sent(office, workbook(), **fields)
    assert (answer.status_code, answer.json()["type"]) == (422, "/problems/invalid")


def test_what_is_no_book_is_told(office: TestClient):
    answer = sent(office, b"chi la chu")
    assert (answer.status_code, answer.json()["type"]) == (422, "/problems/not-a-book")
    assert answer.json()["why"]


def test_it_takes_the_right_and_the_scope_to_follow(client: Callable[..., TestClient]):
    unit = client("yte", Role.UNIT, units=["so-y-te:hung-yen"])
    narrow = client("hep", Role.MONITOR, scopes=frozenset({Right.READ}))
    assert [sent(one, workbook()).status_code for one in (unit, narrow)] == [403, 403]
