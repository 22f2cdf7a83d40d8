"""Accounts, sessions and tokens: who gets in, and who does not."""

from __future__ import annotations

import pytest
from people import user
from sqlalchemy import text

from service.access.roles import Right, Role
from service.access.tries import TooMany
from service.store import Store

PASSWORD = "mot mat khau dai"


@pytest.fixture
def lan(store: Store) -> int:
    return user(store, "Lan", Role.REVIEWER, password=PASSWORD).id


def login(store: Store, name: str, password: str, address: str = "10.0.0.1"):
    with store.begin() as work:
        return work.people.login(name, password, address)


def test_the_first_start_makes_an_administrator_with_a_password_of_its_own(store: Store):
    with store.begin() as work:
        password = work.people.first_administrator()
    assert password is not None
    with store.begin() as work:
        assert work.people.first_administrator() is None
    entered = login(store, "admin", password)
    assert entered.viewer.role is Role.ADMINISTRATOR
    assert entered.viewer.must_change


def test_a_login_is_known_without_case(store: Store, lan: int):
    assert login(store, "lan", PASSWORD).viewer.id == lan
    assert login(store, "lan", "sai mat khau") is None
    assert login(store, "ai do", PASSWORD) is None


def test_a_session_lives_until_logout(store: Store, lan: int):
    cookie = login(store, "lan", PASSWORD).cookie
    with store.begin() as work:
        assert work.people.visit(cookie).viewer.id == lan
        work.people.logout(cookie)
        assert work.people.visit(cookie) is None
        assert work.people.visit("bịa") is None


@pytest.mark.parametrize("sooner", ["expires_at = expires_at - 50000", "seen_at = seen_at - 8000"])
def test_a_session_ends_by_itself(store: Store, lan: int, sooner: str):
    cookie = login(store, "lan", PASSWORD).cookie
    with store.engine.begin() as connection:
        connection.execute(text(f"UPDATE sessions SET {sooner}"))
    with store.reading() as work:
        assert work.people.visit(cookie) is None


def test_a_new_password_ends_all_sessions(store: Store, lan: int):
    cookie = login(store, "lan", PASSWORD).cookie
    with store.begin() as work:
        work.people.change_password(lan, "mot mat khau khac")
        assert work.people.visit(cookie) is None
    assert login(store, "lan", PASSWORD) is None
    assert not login(store, "lan", "mot mat khau khac").viewer.must_change


def test_guessing_is_stopped_by_name_and_by_address(store: Store, lan: int):
    for number in range(8):
        assert login(store, "lan", "sai", f"10.0.1.{number}") is None
    with pytest.raises(TooMany):
        login(store, "lan", PASSWORD, "10.0.2.1")
    for number in range(8):
        assert login(store, f"ai{number}", "sai", "10.0.3.1") is None
    with pytest.raises(TooMany):
        login(store, "minh", "sai", "10.0.3.1")


def test_secrets_are_kept_as_hashes_only(store: Store, lan: int):
    cookie = login(store, "lan", PASSWORD).cookie
    with store.begin() as work:
        token = work.people.issue_token(lan, "phần mềm văn thư", [Right.READ])
    with store.engine.connect() as connection:
        rows = [
            str(connection.execute(text(f"SELECT * FROM {table}")).all())
            for table in ("users", "sessions", "client_tokens")
        ]
    assert not any(secret in row for secret in (PASSWORD, cookie, token) for row in rows)


def test_a_token_does_only_what_its_scopes_say(store: Store, lan: int):
    with store.begin() as work:
        token = work.people.issue_token(lan, "phần mềm văn thư", [Right.READ, Right.USERS])
        viewer = work.people.bearer(token)
    assert viewer.rights == {Right.READ}  # a reviewer's token does not manage users
    with store.begin() as work:
        assert work.people.bearer(token + "x") is None


def test_a_disabled_user_gets_in_nowhere(store: Store, lan: int):
    cookie = login(store, "lan", PASSWORD).cookie
    with store.begin() as work:
        token = work.people.issue_token(lan, "máy", [Right.READ])
    with store.engine.begin() as connection:
        connection.execute(text("UPDATE users SET active = :no"), {"no": False})
    with store.reading() as work:
        assert work.people.visit(cookie) is None
        assert work.people.bearer(token) is None
    assert login(store, "lan", PASSWORD) is None
