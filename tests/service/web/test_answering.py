"""Answers and letters as packages, taken away in the browser; what is answered about a letter is shown."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient
from people import document, filed, task, unit

from pipeline.exchange.opening import open_package
from pipeline.exchange.package import VIET_NAM, Answered, Organ, Package, Status, StatusCode, Steering
from pipeline.limits import Limits
from service.access.roles import Role
from service.review.changes import Change, Kind
from service.settings import Settings
from service.store import Store
from service.tracking.entering import NewDuty, Origin
from service.tracking.keeping import SYSTEM
from service.tracking.life import Lead
from service.web.app import create

ENVELOPE: dict[str, Any] = {
    "sender": "Văn phòng Chính phủ",
    "organ": "000.00.00.G22",
    "document_id": "000.00.00.G22,2026/03/02,12/CT-UBND",
    "purpose": "new",
    "reason": "",
    "concerns": [],
    "due_on": None,
}
UNIT = "Sở Y tế (so-y-te:hung-yen)"


@pytest.fixture
def app(tmp_path: Path) -> Iterator[FastAPI]:
    app = create(Settings(data_dir=tmp_path / "data", office_id="000.00.01.H32", office_name="Văn phòng"))
    with TestClient(app):
        yield app


def offered(page: str) -> list[str]:
    form = page.partition('/answer"')[2].partition("</form>")[0]
    return re.findall(r'<option value="(\w+)"', form)


def opened(content: bytes) -> Package | Status:
    return open_package(content, Limits())


def test_a_document_offers_the_answers_that_the_book_bears_out(
    enter: Callable[..., TestClient], desk_store: Store
):
    record = document("12", task("a", "Rà soát", unit("Sở Y tế"))) | {"exchange": ENVELOPE}
    made = filed(desk_store, record)
    monitor = enter("theodoi", Role.MONITOR)
    assert offered(monitor.get(f"/documents/{made}").text) == ["current", "arrived", "refused"]
    answer = monitor.get(f"/documents/{made}/answer", params={"words": "Gửi nhầm nơi", "status": "refused"})
    assert answer.headers["content-type"] == "application/edxml+xml"
    told = opened(answer.content)
    assert isinstance(told, Status)
    assert (told.code, told.description) == (StatusCode.REFUSED, "Gửi nhầm nơi")
    assert told.answered.document_id == ENVELOPE["document_id"]
    early = monitor.get(f"/documents/{made}/answer", params={"status": "done"})
    assert early.status_code == 409
    with desk_store.begin() as work:
        viewer = work.people.called("theodoi")
        assert viewer
        work.desk.apply(viewer, Kind.ACCEPT, [Change(made, "a", 1, {"status": "approved"})])
        work.course.file(viewer, made)
    assert offered(monitor.get(f"/documents/{made}").text) == ["current", "arrived", "received"]


def test_a_recall_is_agreed_to_or_not(enter: Callable[..., TestClient], desk_store: Store):
    made = filed(desk_store, document("12") | {"exchange": ENVELOPE | {"purpose": "recall"}})
    page = enter("theodoi", Role.MONITOR).get(f"/documents/{made}").text
    assert offered(page)[-3:] == ["recall_asked", "change_agreed", "change_refused"]


def test_what_came_otherwise_offers_none(enter: Callable[..., TestClient], desk_store: Store):
    made = filed(desk_store, document("12"))
    monitor = enter("theodoi", Role.MONITOR)
    assert offered(monitor.get(f"/documents/{made}").text) == []
    assert monitor.get(f"/documents/{made}/answer").status_code == 409
    assert enter("lanhdao", Role.LEADER).get(f"/documents/{made}/answer").status_code == 403


@pytest.fixture
def late(enter: Callable[..., TestClient], desk_store: Store) -> TestClient:
    """The browser of who follows an office whose one unit is late."""
    browser = enter("theodoi", Role.MONITOR)
    with desk_store.begin() as work:
        days = {"assigned_on": dt.date(2020, 1, 6), "due_on": dt.date(2020, 3, 2)}
        lead = Lead("Sở Y tế", "so-y-te:hung-yen")
        work.book.enter(SYSTEM, NewDuty("Rà soát trạm y tế", lead, origin=Origin.TYPED, **days))
    return browser


def packed(browser: TestClient, **typed: str):
    found = re.search(r'name="csrf" value="([^"]*)"', browser.get("/password").text)
    assert found
    data = {"csrf": found[1], "unit": UNIT, "number": "412/VP-TH", "on": "5/6/2026"}
    return browser.post("/letters/package", data=data | {"organ": "000.00.02.H32"} | typed)


def test_a_letter_goes_out_and_its_answer_comes_back(late: TestClient, desk_store: Store):
    sent = opened(packed(late).content)
    assert isinstance(sent, Package)
    assert (str(sent.code), sent.steering) == ("412/VP-TH", Steering.DIRECTIVE)
    assert [one.id for one in sent.receivers] == ["000.00.02.H32"]
    [letter] = sent.attachments
    assert letter.content[:2] == b"PK"
    at = dt.datetime(2026, 6, 6, 9, tzinfo=VIET_NAM)
    named = Answered("000.00.01.H32", "412/VP-TH", sent.issued_on, sent.document_id)
    with desk_store.begin() as work:
        assert work.sent.hear(Status(StatusCode.IN_PROGRESS, named, Organ("000.00.02.H32"), at))
    page = late.get("/book/1").text
    assert "Nơi nhận công văn trả lời" in page
    assert "Sở Y tế: đang xử lý (công văn 412/VP-TH)" in page
    assert 'value="000.00.02.H32"' in late.get("/letters", params={"unit": UNIT}).text


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ({"number": "412"}, "Hãy ghi số, ký hiệu"),
        ({"on": "5/6/2099"}, "Hãy ghi số, ký hiệu"),
        ({"organ": " "}, "mã định danh của nơi nhận"),
        ({"unit": "Sở Công Thương"}, "không có nhiệm vụ quá hạn"),
    ],
)
def test_what_a_package_lacks_is_told_and_stays_in_the_form(
    late: TestClient, typed: dict[str, str], words: str
):
    answer = packed(late, **typed)
    assert answer.status_code == 422
    assert words in answer.text
