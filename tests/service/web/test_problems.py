"""What goes wrong is told to people in one language, with what to do next, and the page stays theirs."""

from __future__ import annotations

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient

from service.access.roles import Role


def told(browser: TestClient, path: str, locale: str = "vi", **form) -> tuple[int, str]:
    browser.cookies.set("dondoc_locale", locale)
    answer = browser.post(path, data=form) if form else browser.get(path)
    return answer.status_code, answer.text


def test_what_is_not_there_is_told_in_the_readers_language(enter):
    lan = enter()
    for path in ("/documents/99", "/khong-co"):
        status, page = told(lan, path)
        assert (status, "<h1>Không tìm thấy</h1>" in page) == (404, True)
        assert "hoặc bạn không được xem" in page
        status, page = told(lan, path, "en")
        assert (status, "<h1>Not found</h1>" in page) == (404, True)
        assert "Không tìm thấy" not in page
    assert ">Lan</summary>" in told(lan, "/documents/99")[1]  # it is still his page


def test_what_one_may_not_do_is_told_with_whom_to_ask(enter):
    status, page = told(enter(), "/users")
    assert status == 403
    assert "hãy hỏi người quản trị" in page
    assert ">Lan</summary>" in page


@pytest.mark.parametrize("ended", [True, False])
def test_a_form_sent_after_the_session_ended_tells_how_to_send_it_again(enter, ended: bool):
    browser = enter()
    if ended:
        browser.cookies.delete("dondoc_session")
    status, page = told(browser, "/documents/1/confirm", csrf="cũ")
    assert status == (401 if ended else 403)
    assert "chưa được lưu" in page
    assert 'href="/login" target="_blank"' in page


def test_an_error_nobody_foresaw_says_what_to_tell_the_administrator(app: FastAPI, enter):
    @app.get("/broken")
    def broken() -> None:
        raise RuntimeError("Sở Y tế, văn bản kín")

    enter()
    browser = TestClient(app, raise_server_exceptions=False)
    status, page = told(browser, "/broken")
    assert status == 500
    assert "Lỗi đã được ghi lại" in page
    assert "kín" not in page
    assert "<h1>Internal error</h1>" in told(browser, "/broken", "en")[1]


def test_an_empty_store_says_on_each_page_what_to_do(enter):
    admin = enter("quan-tri", Role.ADMINISTRATOR)
    for path, said in {
        "/": "Không có văn bản nào chờ rà soát.",
        "/?of=mine": "Không có văn bản nào giao cho bạn ở đây.",
        "/?review=filed": "Không có văn bản nào ở đây.",
        "/tasks": "Hãy gửi văn bản ở Hộp việc.",
        "/tokens": "Chưa có mã truy cập nào.",
        "/webhooks": "Chưa có địa chỉ nào được báo tin.",
        "/audit?actor=ai": "Không có mục nào.",
    }.items():
        assert said in told(admin, path)[1], path
