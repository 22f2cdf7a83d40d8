"""The budget of errors as administrators see it, and what reviewers see of it."""

from __future__ import annotations

from collections.abc import Callable

from budget_office import decide, kept
from fastapi.testclient import TestClient
from people import user

from service.access.roles import Role
from service.budget.machine import is_drawn
from service.store import Store


def reviewed(store: Store, number: int) -> None:
    lan = user(store, "lan", Role.REVIEWER)
    for at in range(number):
        decide(store, lan, kept(store, f"{at:03}cu", 0.95), "t0")


def post(browser: TestClient, path: str, **data: object) -> str:
    csrf = browser.get("/budget").text.partition('name="csrf" value="')[2].partition('"')[0]
    answer = browser.post(path, data=data | {"csrf": csrf})
    assert answer.status_code == 200, answer.text
    return answer.text


def test_it_is_off_and_shows_what_could_be(enter: Callable[..., TestClient], desk_store: Store):
    page = enter("sep", Role.ADMINISTRATOR).get("/budget").text
    assert "Đang tắt" in page
    assert "0 nhiệm vụ của 0 văn bản đã rà soát." in page
    assert "Chưa đủ để hứa sai không quá 1,0 %." in page
    reviewed(desk_store, 110)
    again = enter("sep2", Role.ADMINISTRATOR).get("/budget").text
    assert "110 nhiệm vụ của 110 văn bản" in again
    assert '<svg class="chart budget"' in again


def test_it_is_switched_on_and_off(enter: Callable[..., TestClient], desk_store: Store):
    reviewed(desk_store, 110)
    boss = enter("sep", Role.ADMINISTRATOR)
    on = post(boss, "/budget", wrong="5", audit="20")
    assert "Đang tự nhận trong ngân sách sai sót." in on
    assert "Nhận từ 0,950 trở lên thì tự nhận được 100 % mà sai không quá 5,0 %." in on
    names = (f"z{at}x" for at in range(100))
    name = next(one for one in names if not is_drawn(one.ljust(64, "0"), "t0", 0.2))
    number = kept(desk_store, name, 0.95)
    with desk_store.begin() as work:
        assert work.budget.machine.accept(name.ljust(64, "0")) == 1
    shown = boss.get(f"/documents/{number}").text
    assert "máy tự nhận, chưa ai xem" in shown
    assert "Xem lại" in shown
    assert "Tự nhận, chưa ai xem" in boss.get(f"/audit?subject=document:{number}").text
    assert "Đang tắt" in post(boss, "/budget/off")


def test_shares_that_mean_nothing_are_refused(enter: Callable[..., TestClient]):
    boss = enter("sep", Role.ADMINISTRATOR)
    csrf = boss.get("/budget").text.partition('name="csrf" value="')[2].partition('"')[0]
    assert boss.post("/budget", data={"csrf": csrf, "wrong": "0", "audit": "10"}).status_code == 422
    assert "Đang tắt" in boss.get("/budget").text


def test_only_administrators_have_it(enter: Callable[..., TestClient]):
    for login, role in (("lan", Role.REVIEWER), ("minh", Role.MONITOR), ("an", Role.LEADER)):
        browser = enter(login, role)
        assert browser.get("/budget").status_code == 403
        assert "/budget" not in browser.get("/").text


def test_that_it_has_stopped_is_told_to_administrators_until_it_is_switched_on_again(
    enter: Callable[..., TestClient], desk_store: Store
):
    boss, lan = enter("sep", Role.ADMINISTRATOR), enter("lan")
    with desk_store.begin() as work:
        row = work.budget.book.switch_on("sep", 0.05, 0.2)
        work.budget.book.stop(row, "broken")
    assert "Đã tự dừng: trong mẫu kiểm tra" in boss.get("/").text
    assert "tự nhận nhiệm vụ đã dừng" in boss.get("/budget/stopped").text
    assert "Đã tự dừng" not in lan.get("/").text
    assert lan.get("/budget/stopped").status_code == 403
    post(boss, "/budget", wrong="5", audit="20")
    assert "Đã tự dừng" not in boss.get("/").text
    assert boss.get("/budget/stopped").text.strip() == ""
