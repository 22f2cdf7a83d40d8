"""Letters and calls in a browser: what is overdue goes into a letter, what was said is noted and counted."""

from __future__ import annotations

import datetime as dt
import io
import re

import docx
import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient

from service.access.roles import Role
from service.store import Store
from service.tracking.entering import NewDuty, Origin
from service.tracking.keeping import SYSTEM
from service.tracking.life import Lead

HEALTH = Lead("Sở Y tế", "so-y-te:hung-yen")
UNIT = "Sở Y tế (so-y-te:hung-yen)"
PASSWORD = "mot mat khau dai"


def csrf(browser: TestClient, path: str = "/password") -> dict[str, str]:
    found = re.search(r'name="csrf" value="([^"]*)"', browser.get(path).text)
    assert found
    return {"csrf": found[1]}


def text_of(content: bytes) -> str:
    made = docx.Document(io.BytesIO(content))
    cells = [cell.text for table in made.tables for cell in table._cells]
    return "\n".join([*(one.text for one in made.paragraphs), *cells])


@pytest.fixture
def monitor(enter, desk_store: Store) -> TestClient:
    """The monitor's browser in an office with two units that are late, one of them with a secret duty too."""
    browser: TestClient = enter("theodoi", Role.MONITOR)
    late = {"assigned_on": dt.date(2020, 1, 6), "due_on": dt.date(2020, 3, 2)}
    with desk_store.begin() as work:
        work.book.enter(SYSTEM, NewDuty("Rà soát trạm y tế", HEALTH, origin=Origin.TYPED, **late))
        work.book.enter(SYSTEM, NewDuty("", HEALTH, origin=Origin.STUB, document_number="07/MẬT", **late))
        work.book.enter(SYSTEM, NewDuty("Xếp biên chế", Lead("Sở Nội vụ"), origin=Origin.TYPED, **late))
        open_one = NewDuty("Việc còn hạn", HEALTH, dt.date(2020, 1, 6), due_on=dt.date(2099, 1, 1))
        work.book.enter(SYSTEM, open_one)
    return browser


@pytest.fixture
def health(app: FastAPI, desk_store: Store) -> TestClient:
    with desk_store.begin() as work:
        work.people.add("yte", "Sở", Role.UNIT, password=PASSWORD, must_change=False, units=[HEALTH.id])
    browser = TestClient(app)
    browser.post("/login", data={"login": "yte", "password": PASSWORD}).raise_for_status()
    return browser


def test_a_letter_holds_what_its_unit_is_late_with_and_no_more(monitor: TestClient):
    assert "/letters" in monitor.get("/book", params={"view": "overdue", "unit": UNIT}).text
    assert "Sở Nội vụ" in monitor.get("/letters").text
    page = monitor.get("/letters", params={"unit": UNIT}).text
    assert "Rà soát trạm y tế" in page
    asked = {"unit": UNIT, "number": "412", "on": "5/6/2026", "reply_by": "12/6/2026", "signer": "Lê Văn C"}
    answer = monitor.get("/letters/file", params=asked | {"copies": "- Chủ tịch UBND tỉnh;\n\nLưu trữ"})
    assert "wordprocessingml" in answer.headers["content-type"]
    text = text_of(answer.content)
    for words in (
        "Kính gửi: Sở Y tế",
        "Rà soát trạm y tế",
        "Lê Văn C",
        "- Chủ tịch UBND tỉnh;",
        "12/06/2026",
    ):
        assert words in text
    assert "Xếp biên chế" not in text
    assert "Việc còn hạn" not in text
    assert "07/MẬT" not in text


def test_what_cannot_be_read_stays_in_the_form(monitor: TestClient):
    answer = monitor.get("/letters/file", params={"unit": UNIT, "on": "32/6", "signer": "Lê Văn C"})
    assert answer.status_code == 422
    assert 'value="32/6"' in answer.text
    assert 'value="Lê Văn C"' in answer.text
    assert monitor.get("/letters/file", params={"unit": "Sở Công Thương"}).status_code == 404


def test_an_issued_letter_is_noted_at_each_duty_and_counted(monitor: TestClient, health: TestClient):
    data = csrf(monitor) | {"unit": UNIT, "number": "412/VP-TH", "on": "5/6/2026"}
    future = monitor.post("/letters/sent", data=data | {"on": "5/6/2099"})
    assert future.status_code == 422
    assert 'value="412/VP-TH"' in future.text
    assert "đã đôn đốc 1 lần" in re.sub(r"\s+", " ", monitor.post("/letters/sent", data=data).text)
    course = health.get("/book/1").text
    assert "Công văn đôn đốc số 412/VP-TH" in course
    assert "công văn, 05/06/2026" in course
    assert "đã đôn đốc 1" not in monitor.get("/book/3").text


def test_a_call_is_noted_and_changes_nothing_else(monitor: TestClient, health: TestClient, desk_store: Store):
    data = csrf(monitor) | {"channel": "phone", "urged_on": "1/6/2026", "note": "Phó Giám đốc hẹn tuần sau"}
    page = monitor.post("/book/1/urge", data=data).text
    assert "Phó Giám đốc hẹn tuần sau" in page
    assert "điện thoại, 01/06/2026" in page
    assert "đã đôn đốc 1 lần" in page
    with desk_store.reading() as work:
        viewer = work.people.viewer(1)
        assert viewer
        assert (work.book.duty(viewer, 1).revision, work.book.duty(viewer, 1).reported_at) == (1, None)
        assert work.audit.of("duty:1")[-1].action == "duty_urge"
    for wrong in ({"note": " "}, {"urged_on": "1/6/2099"}, {"urged_on": "hôm qua"}):
        answer = monitor.post("/book/1/urge", data=data | wrong)
        assert answer.status_code == 422
        assert f'value="{(data | wrong)["urged_on"]}"' in answer.text
    assert health.post("/book/1/urge", data=data | csrf(health)).status_code == 403


def test_the_template_is_the_administrators(enter, monitor: TestClient):
    boss: TestClient = enter("quantri", Role.ADMINISTRATOR)
    token = {"x-csrf-token": csrf(boss)["csrf"], "hx-request": "true"}
    shipped = boss.get("/letters/template/file").content
    paper, out = docx.Document(io.BytesIO(shipped)), io.BytesIO()
    paper.add_paragraph("Người lập biểu")
    paper.save(out)
    kept = boss.post("/letters/template", files={"file": ("m.docx", out.getvalue())}, headers=token)
    assert "Đã nhận mẫu mới" in kept.text
    assert "Người lập biểu" in text_of(monitor.get("/letters/file", params={"unit": UNIT}).content)
    paper.add_paragraph("{{ unit.__class__ }}")
    paper.save(out := io.BytesIO())
    bad = boss.post("/letters/template", files={"file": ("m.docx", out.getvalue())}, headers=token)
    assert "có chỗ điền không được phép" in bad.text
    paper = docx.Document()
    for line in ("ỦY BAN NHÂN DÂN TỈNH", "Số: 9/BC-UBND", "MẬT", "BÁO CÁO", "Về kho Hoàng Lan"):
        paper.add_paragraph(line)
    paper.save(out := io.BytesIO())
    secret = boss.post("/letters/template", files={"file": ("m.docx", out.getvalue())}, headers=token)
    assert "tệp có dấu độ mật" in secret.text
    boss.post("/letters/template/reset", data=csrf(boss)).raise_for_status()
    assert boss.get("/letters/template/file").content == shipped
    theirs = {"x-csrf-token": csrf(monitor)["csrf"]}
    refused = monitor.post("/letters/template", files={"file": ("m.docx", shipped)}, headers=theirs)
    assert refused.status_code == 403
    assert monitor.get("/letters/template").status_code == 403


def test_letters_are_no_business_of_units(health: TestClient, monitor: TestClient):
    assert health.get("/letters").status_code == 403
    assert health.get("/letters/file", params={"unit": UNIT}).status_code == 403
    assert health.post("/letters/sent", data=csrf(health) | {"unit": UNIT}).status_code == 403
