"""Each request has an id: in its answer, in its problem document or page, and in every line of its log."""

from __future__ import annotations

import json
import logging
import re
from collections.abc import Callable, Iterator
from pathlib import Path

import httpx
import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient
from office_process import Office

from service.logs import JsonLines

GIVEN = "cong-4711.a_b"
MADE = r"[0-9a-f]{16}"


@pytest.fixture
def lines() -> Iterator[Callable[[], list[dict]]]:
    """What the product's log says, as it is written."""
    written: list[str] = []

    class Written(logging.Handler):
        def emit(self, record: logging.LogRecord) -> None:
            written.append(self.format(record))

    handler = Written()
    handler.setFormatter(JsonLines())
    log = logging.getLogger("dondoc")
    log.addHandler(handler)
    yield lambda: [json.loads(line) for line in written]
    log.removeHandler(handler)


@pytest.fixture
def breaking(app: FastAPI) -> TestClient:
    """A browser of an application with an error that nobody foresaw, in a route and in its thread."""

    @app.get("/broken")
    def broken() -> None:
        logging.getLogger("dondoc.web").warning("about to break")
        raise RuntimeError("Sở Y tế")

    return TestClient(app, raise_server_exceptions=False)


def test_an_id_that_came_along_is_kept(app: FastAPI):
    assert TestClient(app).get("/livez", headers={"x-request-id": GIVEN}).headers["x-request-id"] == GIVEN


@pytest.mark.parametrize("given", ["", "ngắn", "short", "a" * 65, 'x" onload="', "two words", "line\\nbreak"])
def test_an_id_that_is_not_well_formed_is_replaced(app: FastAPI, given: str):
    answer = TestClient(app).get("/livez", headers={"x-request-id": given.encode()})
    assert re.fullmatch(MADE, answer.headers["x-request-id"])


def test_each_request_has_its_own(app: FastAPI):
    client = TestClient(app)
    assert len({client.get("/livez").headers["x-request-id"] for _ in range(5)}) == 5


def test_all_lines_of_a_request_carry_its_id(breaking: TestClient, lines):
    breaking.get("/broken", headers={"x-request-id": GIVEN})
    breaking.get("/broken")
    told = [(one["event"], one["request_id"]) for one in lines()]
    assert told[:2] == [("about to break", GIVEN), ("request failed", GIVEN)]
    assert told[2][1] == told[3][1] != GIVEN


def test_outside_of_a_request_there_is_none(lines):
    logging.getLogger("dondoc.chores").warning("chore failed")
    assert [one.get("request_id") for one in lines()] == [None]


def test_software_and_people_are_told_the_id_of_what_broke(breaking: TestClient):
    headers = {"x-request-id": GIVEN}
    broken = breaking.get("/broken", headers=headers | {"accept": "application/json"})
    assert (broken.headers["x-request-id"], broken.json()["request_id"]) == (GIVEN, GIVEN)
    missing = breaking.get("/api/v1/nowhere", headers=headers)
    assert (missing.headers["x-request-id"], missing.json()["request_id"]) == (GIVEN, GIVEN)
    assert f"Mã yêu cầu: <code>{GIVEN}</code>" in breaking.get("/broken", headers=headers).text


def test_the_page_of_an_error_nobody_foresaw_is_guarded_as_all_others(breaking: TestClient):
    answer = breaking.get("/broken")
    assert answer.status_code == 500
    assert "frame-ancestors 'none'" in answer.headers["content-security-policy"]
    assert answer.headers["cache-control"] == "no-store"


def test_the_server_s_own_line_of_a_request_carries_the_id(tmp_path: Path):
    office = Office(tmp_path, f"sqlite:///{tmp_path / 'data' / 'dondoc.sqlite3'}")
    with office.serving():
        httpx.get(f"{office.address}/login?q=kin", headers={"x-request-id": GIVEN})
    office.close()
    [log] = (tmp_path / "logs").glob("*.err")
    told = [json.loads(line) for line in log.read_text("utf-8").splitlines() if GIVEN in line]
    assert ["/login" in one["event"] and "200" in one["event"] for one in told] == [True]
    assert told[0]["request_id"] == GIVEN
