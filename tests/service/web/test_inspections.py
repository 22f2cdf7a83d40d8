"""Inspections in a browser: planned, duties chosen by filter, findings, the conclusion, what follows."""

from __future__ import annotations

import datetime as dt
import re

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient

from service.access.roles import Role
from service.store import Store
from service.tracking.entering import NewDuty
from service.tracking.keeping import SYSTEM
from service.tracking.life import Given, Lead

HEALTH, HOME = Lead("Sở Y tế", "so-y-te:hung-yen"), Lead("Sở Nội vụ", "so-noi-vu:hung-yen")
PASSWORD = "mot mat khau dai"
PLAN = {
    "kind": "plan",
    "title": "Kiểm tra quý I",
    "ground_number": "15/KH-UBND",
    "ground_on": "12/01/2026",
    "units": "Sở Y tế (so-y-te:hung-yen)\nSở Nội vụ (so-noi-vu:hung-yen)",
    "contents": ["progress", "reporting"],
    "begins_on": "09/03/2026",
}
CONCLUSION = {
    "nature": "Chậm báo cáo",
    "degree": "Một nhiệm vụ",
    "cause": "Thiếu người",
    "responsibility": "Giám đốc Sở",
    "number": "21/TB-VP",
    "on": "12/03/2026",
}


def token(browser: TestClient) -> dict[str, str]:
    found = re.search(r'name="csrf" value="([^"]*)"', browser.get("/password").text)
    assert found
    return {"csrf": found[1]}


def seen(browser: TestClient, path: str) -> dict[str, str]:
    """What the forms of a page carry along."""
    page = browser.get(path).text
    return {name: re.findall(rf'name="{name}" value="([^"]*)"', page)[-1] for name in ("csrf", "seen")}


def unit(app: FastAPI, store: Store, login: str, lead: Lead) -> TestClient:
    with store.begin() as work:
        work.people.add(login, login, Role.UNIT, password=PASSWORD, must_change=False, units=[lead.id])
    browser = TestClient(app)
    browser.post("/login", data={"login": login, "password": PASSWORD}).raise_for_status()
    return browser


@pytest.fixture
def office(enter, desk_store: Store) -> TestClient:
    """The monitor's browser; the duties 1 (open) and 2 (done) are of two units, 3 of a third one."""
    browser: TestClient = enter("theodoi", Role.MONITOR)
    day = dt.date(2026, 1, 5)
    with desk_store.begin() as work:
        boss = work.people.viewer(1)
        assert boss
        for text, lead in (
            ("Rà soát trạm y tế", HEALTH),
            ("Báo cáo biên chế", HOME),
            ("Làm đường", Lead("X")),
        ):
            work.book.enter(SYSTEM, NewDuty(text, lead, day, due_on=dt.date(2026, 2, 1)))
        work.book.act(boss, 2, "submit", Given(note="xong", done_on=dt.date(2026, 1, 20)))
        work.book.act(boss, 2, "confirm", Given())
    return browser


def planned(office: TestClient, *duties: int, **values: object) -> str:
    """The path of a new inspection of these duties."""
    answer = office.post("/inspections/new", data=token(office) | PLAN | values)
    assert answer.url.path.endswith("/duties")
    path = answer.url.path.removesuffix("/duties")
    if duties:
        office.post(f"{path}/duties", data=token(office) | {"duty": [*duties]}).raise_for_status()
    return path


def concluded(office: TestClient) -> str:
    """One whose first duty was found right, the second wrong."""
    path = planned(office, 1, 2)
    office.post(f"{path}/steps/start", data=seen(office, path)).raise_for_status()
    found(office, path, 1, result="rightly")
    found(office, path, 2, result="wrongly", reporting="Báo cáo sai số liệu")
    office.post(f"{path}/conclusion", data=seen(office, path) | CONCLUSION | {"do": "conclude"})
    return path


def found(office: TestClient, path: str, duty: int, **values: str):
    data = token(office) | {"seen": "0"} | values
    return office.post(f"{path}/duties/{duty}", data=data, headers={"hx-request": "true"})


def test_duties_are_offered_by_filter_with_their_number_and_taken(office: TestClient):
    path = planned(office)
    page = office.get(f"{path}/duties").text
    assert "Rà soát trạm y tế" in page
    assert "Làm đường" not in page  # its unit is not inspected
    assert "<b>2</b>" in page
    done = office.get(f"{path}/duties", params={"view": "done"}).text
    assert "Báo cáo biên chế" in done
    assert "Rà soát" not in done
    assert "<b>0</b>" in office.get(f"{path}/duties", params={"assigned_from": "01/02/2026"}).text
    assert "Làm đường" in office.get(f"{path}/duties", params={"unit": "X"}).text
    assert office.get(f"{path}/duties", params={"assigned_to": "hôm qua"}).status_code == 422
    office.post(f"{path}/duties", data=token(office) | {"duty": [1]}).raise_for_status()
    assert "đã chọn" in office.get(f"{path}/duties").text
    office.post(f"{path}/duties/1/remove", data=token(office)).raise_for_status()
    assert "Chưa chọn nhiệm vụ nào" in office.get(path).text


def test_a_plan_that_is_not_understood_stays_in_the_form(office: TestClient):
    for values, told in (
        ({"begins_on": "32/3"}, "không phải là ngày"),
        ({"begins_on": ""}, "Hãy ghi ngày"),
        ({"ground_number": ""}, "căn cứ"),
        ({"contents": []}, "nội dung kiểm tra"),
        ({"ends_on": "01/03/2026"}, "Ngày sau"),
    ):
        answer = office.post("/inspections/new", data=token(office) | PLAN | values)
        assert answer.status_code == 422
        assert told in answer.text
        assert 'value="Kiểm tra quý I"' in answer.text


def test_a_plan_is_changed_and_cancelled_with_its_reason(office: TestClient):
    path = planned(office)
    assert "Sở Y tế (so-y-te:hung-yen)" in office.get(f"{path}/edit").text
    data = seen(office, f"{path}/edit") | PLAN
    page = office.post(f"{path}/edit", data=data | {"title": "Kiểm tra quý II"}).text
    assert "Kiểm tra quý II" in page
    assert office.post(f"{path}/edit", data=data).status_code == 409  # somebody was faster
    assert office.post(f"{path}/steps/cancel", data=seen(office, path)).status_code == 422
    answer = office.post(f"{path}/steps/cancel", data=seen(office, path) | {"note": "Đổi lịch"})
    assert "Đổi lịch" in answer.text
    assert "Kiểm tra quý II" in office.get("/inspections", params={"view": "cancelled"}).text
    assert "Kiểm tra quý II" not in office.get("/inspections").text


def test_findings_come_back_as_their_card_and_say_what_is_missing(office: TestClient):
    path = planned(office, 1, 2)
    assert "ở trạng thái hiện tại" in found(office, path, 1, result="rightly").text  # not begun yet
    office.post(f"{path}/steps/start", data=seen(office, path)).raise_for_status()
    missing = found(office, path, 2, result="wrongly", note="")
    assert missing.status_code == 200
    assert "Còn thiếu" in missing.text
    assert re.search(r'value="wrongly"[^>]*checked', missing.text)
    kept = found(office, path, 2, result="wrongly", reporting="Báo cáo sai số liệu")
    assert kept.text.lstrip().startswith("<li")
    assert "Báo cáo sai số liệu" in kept.text
    assert "đã hoàn thành" in kept.text
    assert found(office, path, 2, result="rightly").status_code == 409  # seen is of before
    plain = office.post(f"{path}/duties/1", data=token(office) | {"seen": "0", "result": "rightly"})
    assert plain.url.path == path
    assert "làm đúng: 1" in re.sub(r"\s+", " ", plain.text)


def test_a_draft_is_kept_and_a_conclusion_needs_everything(office: TestClient):
    path = planned(office, 1)
    office.post(f"{path}/steps/start", data=seen(office, path)).raise_for_status()
    draft = {"nature": "Chậm báo cáo", "do": "draft"}
    assert "Chậm báo cáo" in office.post(f"{path}/conclusion", data=seen(office, path) | draft).text
    answer = office.post(f"{path}/conclusion", data=seen(office, path) | CONCLUSION | {"do": "conclude"})
    assert answer.status_code == 422
    assert "chưa có kết quả" in answer.text
    assert 'value="21/TB-VP"' in answer.text
    found(office, path, 1, result="rightly")
    lacking = CONCLUSION | {"cause": "", "do": "conclude"}
    answer = office.post(f"{path}/conclusion", data=seen(office, path) | lacking)
    assert "nguyên nhân" in answer.text
    office.post(f"{path}/conclusion", data=seen(office, path) | CONCLUSION | {"do": "conclude"})
    page = office.get(path).text
    assert "21/TB-VP" in page
    assert 'name="result"' not in page
    late = found(office, path, 1, result="not_done", note="x", seen="1").text
    assert "ở trạng thái hiện tại" in late
    assert "không thực hiện" not in office.get(path).text


def test_what_follows_is_in_the_book_with_a_link_both_ways(office: TestClient):
    path = concluded(office)
    data = token(office) | {"text": "Khắc phục chế độ báo cáo", "lead": "Sở Nội vụ (so-noi-vu:hung-yen)"}
    answer = office.post(f"{path}/follow-ups", data=data | {"due": "bao giờ xong", "of": "2"})
    assert answer.status_code == 422
    assert "Khắc phục chế độ báo cáo" in answer.text
    page = office.post(f"{path}/follow-ups", data=data | {"due": "31/12/2026", "of": "2"}).text
    (duty,) = re.findall(r'href="(/book/\d+)">Khắc phục', page)
    assert f'href="{path}"' in office.get(duty).text
    answer = office.post(f"{path}/steps/close", data=seen(office, path))
    assert answer.status_code == 422
    assert "chưa xong" in answer.text
    office.post(f"{path}/duties/2/reopen", data=token(office)).raise_for_status()
    assert "đang thực hiện" in office.get("/book/2").text


def test_each_unit_is_shown_its_own_part_once_it_is_concluded(
    app: FastAPI, office: TestClient, desk_store: Store
):
    health, home = unit(app, desk_store, "yte", HEALTH), unit(app, desk_store, "noivu", HOME)
    early = planned(office, 1, 2)
    assert health.get(early).status_code == 404
    assert "Không có cuộc kiểm tra nào" in health.get("/inspections").text
    path = concluded(office)
    data = token(office) | {"kind": "criticism", "note": "Phê bình vì báo cáo sai", "inspection": path[-1]}
    office.post("/book/2/measures", data=data).raise_for_status()
    for browser, own, other in ((health, "Rà soát", "biên chế"), (home, "biên chế", "Rà soát")):
        page = browser.get(path).text
        assert own in page
        assert other not in page
        assert path in browser.get("/inspections").text
    assert "Phê bình" in home.get("/book/2").text
    assert "Phê bình" in home.get(path).text
    assert "Phê bình" not in health.get(path).text
    assert health.post(f"{path}/steps/close", data=token(health)).status_code == 403
    assert health.get("/inspections/new").status_code == 403
    assert health.post("/book/1/measures", data=token(health) | {"kind": "reminder"}).status_code == 403


def test_a_measure_is_noted_answered_and_taken_back_beside_its_duty(office: TestClient):
    data = token(office) | {"kind": "explanation", "taken_on": "05/03/2026", "reply_by": "12/03/2026"}
    answer = office.post("/book/1/measures", data=data | {"note": ""})
    assert answer.status_code == 422
    assert 'value="12/03/2026"' in answer.text
    page = office.post("/book/1/measures", data=data | {"note": "Giải trình việc chậm"}).text
    assert "yêu cầu giải trình" in page
    assert "Sở Y tế · 05/03/2026" in page
    told = token(office) | {"duty": "1", "note": "Đã giải trình", "settled_on": "10/03/2026"}
    early = office.post("/measures/1/settle", data=told | {"settled_on": "01/03/2026"})
    assert early.status_code == 422
    assert "Đã giải trình" in early.text
    assert "Đã trả lời 10/03/2026: Đã giải trình" in office.post("/measures/1/settle", data=told).text
    page = office.post("/measures/1/withdraw", data=told | {"note": "Ghi nhầm"}).text
    assert "Đã rút lại" in page
    assert "Giải trình việc chậm" in page
