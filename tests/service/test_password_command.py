"""Who is at the server gets in again, and it is on record."""

from __future__ import annotations

from pathlib import Path

import pytest
from typer.testing import CliRunner

from service.access.roles import Role
from service.bootstrap import open_store
from service.cli import app
from service.settings import Settings
from service.store import Store


@pytest.fixture
def office(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Store:
    monkeypatch.setenv("DONDOC_DATA_DIR", str(tmp_path / "data"))
    store = open_store(Settings())
    with store.begin() as work:
        user = work.people.add("admin", "Quản trị", Role.ADMINISTRATOR, password="da quen mat roi")
        work.people.open_session(user)
    return store


def test_a_new_password_works_once_and_must_be_changed(office: Store):
    done = CliRunner().invoke(app, ["password", "Admin"])
    assert done.exit_code == 0
    password = done.stdout.rpartition(": ")[2].strip()
    with office.begin() as work:
        logged_in = work.people.login("admin", password, "127.0.0.1")
        assert logged_in is not None
        assert logged_in.viewer.must_change
        assert work.people.login("admin", "da quen mat roi", "127.0.0.1") is None
        [entry] = work.audit.of(f"user:{logged_in.viewer.id}")
    assert entry.actor.startswith("máy chủ: ")


def test_nobody_of_that_name(office: Store):
    done = CliRunner().invoke(app, ["password", "ai-do"])
    assert done.exit_code == 1
    assert "ai-do" in done.stderr
