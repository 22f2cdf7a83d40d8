"""The application over an SQLite store, and browsers that are logged in."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient

from service.access.roles import Role
from service.settings import Settings
from service.store import Store
from service.web.app import create

PASSWORD = "mot mat khau dai"


@pytest.fixture
def app(tmp_path: Path) -> Iterator[FastAPI]:
    app = create(Settings(data_dir=tmp_path / "data"))
    with TestClient(app):
        yield app


@pytest.fixture
def desk_store(app: FastAPI) -> Store:
    return app.state.dondoc.store


Enter = Callable[..., TestClient]


@pytest.fixture
def enter(app: FastAPI, desk_store: Store) -> Enter:
    """Makes a user and logs a browser of his in."""

    def enter(login: str = "lan", role: Role = Role.REVIEWER, **rest) -> TestClient:
        with desk_store.begin() as work:
            work.people.add(login, login.title(), role, password=PASSWORD, must_change=False, **rest)
        browser = TestClient(app)
        assert browser.post("/login", data={"login": login, "password": PASSWORD}).url.path != "/login"
        return browser

    return enter
