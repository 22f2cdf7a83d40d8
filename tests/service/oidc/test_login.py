"""Whom the office's OpenID provider vouches for gets into the account that is his, and into no other."""

from __future__ import annotations

import httpx
import pytest
from sqlalchemy import text

from service.access.roles import Role
from service.web.identity import COOKIE

from .conftest import PASSWORD, Office


def who(browser) -> str | None:
    answer = browser.get("/session", headers={"accept": "application/json"})
    return answer.json()["login"] if answer.status_code == 200 else None


def test_the_first_login_under_his_name_binds_the_account_for_good(office: Office):
    lan = office.add("lan")
    browser = office.browser()
    assert office.login(browser, "s-lan", "Lan") == "/"
    assert who(browser) == "lan"
    assert office.audited(lan) == [
        ("admin", "user_add"),
        ("lan", "identity_bound"),
        ("lan", "login"),
    ]
    again = office.browser()
    assert office.login(again, "s-lan", "lan-nguyen") == "/"  # renamed there
    assert who(again) == "lan"


def test_who_takes_his_name_later_does_not_get_in(office: Office):
    hoa = office.add("hoa")
    office.login(office.browser(), "s-hoa", "hoa")
    thief = office.browser()
    assert office.login(thief, "s-khac", "hoa") == "/login?problem=bound"
    assert who(thief) is None
    assert office.audited(hoa)[-1] == ("hoa", "login_refused")


def test_an_account_that_nobody_gave_over_to_the_provider_stays_closed_to_it(office: Office):
    assert office.login(office.browser(), "s-admin", "admin") == "/login?problem=unknown"
    assert office.login(office.browser(), "s-la", "nguoi-la") == "/login?problem=unknown"
    assert office.user("nguoi-la") is None
    assert "chưa được dùng ở đây" in office.browser().get("/login?problem=unknown").text


def test_who_is_locked_out_is_told_so(office: Office):
    minh = office.add("minh")
    office.login(office.browser(), "s-minh", "minh")
    with office.store.begin() as work:
        work._session.execute(text("UPDATE users SET active = 0 WHERE login = 'minh'"))
    assert office.login(office.browser(), "s-minh", "minh") == "/login?problem=locked"
    assert office.audited(minh)[-1] == ("minh", "login_refused")


def test_by_a_setting_a_first_login_makes_an_account_that_sees_nothing(office: Office, setting):
    setting(oidc_new_users=True)
    browser = office.browser()
    assert office.login(browser, "s-moi", "moi") == "/"
    made = office.user("moi")
    assert (made.role, made.units, made.unit_keys, made.clearance) == (Role.UNIT, [], [], 0)
    assert made.password_hash is None
    assert browser.get("/api/v1/tasks").json()["items"] == []
    assert office.audited(made.id)[0] == ("moi", "user_add")
    assert office.login(office.browser(), "s-quan-tri", "Admin") == "/login?problem=taken"


def test_an_administrator_releases_and_names_anew(office: Office):
    binh = office.add("binh")
    office.login(office.browser(), "s-binh-1", "binh")
    boss = office.browser()
    boss.post("/login", data={"login": "admin", "password": PASSWORD})
    boss.cookies.delete("dondoc_locale")
    with office.store.begin() as work:
        work._session.execute(text("UPDATE users SET must_change = 0 WHERE login = 'admin'"))
    token = boss.get("/session").json()["csrf"]
    shown = boss.get(f"/users/{binh}").text
    assert "s-binh-1" in shown
    assert boss.post(f"/users/{binh}/release", data={"csrf": token}).status_code == 303
    assert office.login(office.browser(), "s-binh-2", "binh") == "/"
    form = {"csrf": token, "name": "Bình", "role": "reviewer", "active": "true", "identity": "tran.binh"}
    assert boss.post(f"/users/{binh}", data=form).status_code == 303
    assert office.login(office.browser(), "s-binh-2", "binh") == "/login?problem=unknown"
    assert office.login(office.browser(), "s-binh-2", "tran.binh") == "/"
    known = [action for _, action in office.audited(binh)]
    assert [one for one in known if one.endswith(("released", "change"))] == [
        "identity_released",
        "user_change",
    ]
    other = boss.post("/users", data=form | {"login": "khac", "identity": "Tran.Binh"})
    assert (other.status_code, "Đã có người dùng tên này: Tran.Binh" in other.text) == (409, True)
    added = boss.post("/users", data=form | {"login": "hai", "identity": "hai"})
    assert "đăng nhập qua máy chủ đăng nhập chung" in added.text
    assert office.user("hai").password_hash is None


def test_the_session_is_a_new_one_and_the_old_one_ends(office: Office):
    office.add("tu")
    browser = office.browser()
    office.login(browser, "s-tu", "tu")
    first = browser.cookies[COOKIE]
    office.login(browser, "s-tu", "tu")
    assert browser.cookies[COOKIE] != first
    thief = office.browser()
    thief.cookies.set(COOKIE, first)
    assert who(thief) is None


def test_one_goes_on_to_where_one_wanted_and_to_no_other_site(office: Office):
    office.add("ba")
    office.provider.subject, office.provider.claims = "s-ba", {"preferred_username": "ba"}
    for wanted, reached in (("/tasks", "/tasks"), ("https://xau.example", "/"), ("//xau.example", "/")):
        browser = office.browser()
        assert browser.get(office.back(browser, wanted)).headers["location"] == reached


def test_an_administrator_s_one_time_password_does_not_stop_him_here(office: Office):
    office.add("nam", Role.ADMINISTRATOR)
    assert office.user("nam").must_change
    browser = office.browser()
    office.login(browser, "s-nam", "nam")
    assert browser.get("/users").status_code == 200


def test_logging_out_ends_the_session_and_leads_to_the_provider(office: Office):
    office.add("sau")
    browser = office.browser()
    office.login(browser, "s-sau", "sau")
    kept, token = browser.cookies[COOKIE], browser.get("/session").json()["csrf"]
    where = browser.post("/logout", data={"csrf": token}).headers["location"]
    assert 'href="/login/oidc/logout"' in browser.get(where).text
    thief = office.browser()
    thief.cookies.set(COOKIE, kept)
    assert who(thief) is None
    there = browser.get("/login/oidc/logout").headers["location"]
    assert httpx.get(there).headers["location"] == "http://testserver/login"


def test_passwords_can_be_kept_for_administrators(office: Office, setting):
    with office.store.begin() as work:
        work.people.add("bay", "Bảy", Role.REVIEWER, password=PASSWORD, must_change=False)
    form = {"login": "bay", "password": PASSWORD}
    assert office.browser().post("/login", data=form).status_code == 303
    setting(oidc_only=True)
    refused = office.browser().post("/login", data=form)
    assert (refused.status_code, "không bằng mật khẩu" in refused.text) == (403, True)
    assert COOKIE not in refused.cookies
    assert office.browser().post("/login", data=form | {"login": "admin"}).status_code == 303
    assert 'name="password"' not in office.browser().get("/login").text
    assert 'name="password"' in office.browser().get("/login?local=1").text


def test_the_page_offers_the_provider_by_its_name_in_both_languages(office: Office):
    browser = office.browser()
    assert "Đăng nhập bằng Đăng nhập tỉnh" in browser.get("/login").text
    browser.cookies.set("dondoc_locale", "en")
    assert "Log in with Đăng nhập tỉnh" in browser.get("/login").text
    assert "does not answer" in browser.get("/login?problem=away").text
    assert 'role="alert"' not in browser.get("/login?problem=bịa").text


def test_beginning_over_and_over_is_stopped(office: Office):
    browser = office.browser()
    for _ in range(60):
        assert browser.get("/login/oidc").status_code == 303
    assert browser.get("/login/oidc").status_code == 429


@pytest.mark.parametrize(("verified", "reached"), [(True, "/"), (False, "/login?problem=unknown")])
def test_an_address_of_mail_counts_only_once_it_is_proved(
    office: Office, monkeypatch: pytest.MonkeyPatch, verified: bool, reached: str
):
    if office.user("chin") is None:
        office.add("chin", identity="chin@hungyen.example")
    provider = office.app.state.dondoc.provider
    from dataclasses import replace

    monkeypatch.setattr(provider, "configuration", replace(provider.configuration, login_claim="email"))
    sent = {"email": "chin@hungyen.example", "email_verified": verified}
    assert office.login(office.browser(), f"s-chin-{verified}", "ai do", **sent) == reached
