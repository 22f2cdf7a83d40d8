"""Who comes in by the front door, and what keeps others out."""

from __future__ import annotations

import re

from fastapi import FastAPI
from fastapi.testclient import TestClient

from service.web.identity import COOKIE


def csrf(page: str) -> str:
    return re.search(r'data-csrf="([^"]*)"', page).group(1)


def test_a_stranger_is_sent_to_the_login_and_back_where_he_wanted(app: FastAPI, enter):
    enter("lan")
    answer = TestClient(app).get("/password", follow_redirects=False)
    assert answer.headers["location"] == "/login?next=/password"
    after = TestClient(app).post(
        "/login",
        data={"login": "lan", "password": "mot mat khau dai", "next": "/password"},
        follow_redirects=False,
    )
    assert after.headers["location"] == "/password"


def test_nobody_is_sent_to_another_site(app: FastAPI, enter):
    enter("lan")
    for elsewhere in ("https://xau.example", "//xau.example", "/\\xau.example"):
        answer = TestClient(app).post(
            "/login",
            data={"login": "lan", "password": "mot mat khau dai", "next": elsewhere},
            follow_redirects=False,
        )
        assert answer.headers["location"] == "/"


def test_a_wrong_password_says_so_in_both_languages(app: FastAPI):
    browser = TestClient(app)
    wrong = {"login": "lan", "password": "sai"}
    assert "không đúng" in browser.post("/login", data=wrong).text
    browser.post("/language", data={"locale": "en", "next": "/login"})
    assert "password is wrong" in browser.post("/login", data=wrong).text


def test_the_cookie_is_out_of_reach_of_scripts_and_other_sites(app: FastAPI, enter):
    enter("lan")
    answer = TestClient(app).post(
        "/login", data={"login": "lan", "password": "mot mat khau dai"}, follow_redirects=False
    )
    cookie = answer.headers["set-cookie"].lower()
    assert cookie.startswith(f"{COOKIE}=")
    assert "httponly" in cookie
    assert "samesite=lax" in cookie


def test_a_change_without_the_sessions_token_is_refused(enter):
    browser = enter("lan")
    form = {"old": "mot mat khau dai", "new": "mot mat khau khac"}
    assert browser.post("/password", data=form).status_code == 403
    assert browser.post("/password", data=form | {"csrf": "bịa"}).status_code == 403
    token = csrf(browser.get("/password").text)
    elsewhere = browser.post(
        "/password", data=form | {"csrf": token}, headers={"origin": "https://xau.example"}
    )
    assert elsewhere.status_code == 403
    assert browser.post("/password", data=form | {"csrf": token}, follow_redirects=False).status_code == 303


def test_a_short_or_wrong_password_changes_nothing(enter):
    browser = enter("lan")
    token = csrf(browser.get("/password").text)
    short = {"old": "mot mat khau dai", "new": "ngan", "csrf": token}
    wrong = {"old": "sai", "new": "mot mat khau khac", "csrf": token}
    assert "quá ngắn" in browser.post("/password", data=short).text
    assert "cũ không đúng" in browser.post("/password", data=wrong).text


def test_after_logout_the_cookie_is_worth_nothing(app: FastAPI, enter):
    browser = enter("lan")
    kept = browser.cookies[COOKIE]
    token = csrf(browser.get("/password").text)
    browser.post("/logout", data={"csrf": token})
    thief = TestClient(app, cookies={COOKIE: kept})
    assert thief.get("/password", follow_redirects=False).status_code == 303


def test_every_answer_forbids_foreign_scripts_and_frames(app: FastAPI):
    for path in ("/login", "/nowhere", "/static/app.css", "/api/v1/nowhere"):
        policy = TestClient(app).get(path).headers["content-security-policy"]
        assert "script-src 'self';" in policy
        assert "frame-ancestors 'none'" in policy


def test_software_is_told_problems_as_problem_documents(app: FastAPI):
    answer = TestClient(app).get("/api/v1/nowhere")
    assert answer.headers["content-type"] == "application/problem+json"
    assert answer.json()["status"] == 404


def test_it_says_when_it_is_ready(app: FastAPI):
    assert TestClient(app).get("/readyz").json() == {"status": "ok"}
