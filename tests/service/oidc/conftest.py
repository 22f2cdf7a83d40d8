"""An office whose people log in by an OpenID provider."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient
from openid import CLIENT, SECRET, OpenID
from sqlalchemy import select

from service.access.accounts import Given
from service.access.roles import Role
from service.settings import Settings
from service.store import Store
from service.tables import User
from service.web.app import create

PUBLIC = "http://testserver"
PASSWORD = "mot mat khau dai"


class Office:
    """The application, its provider, and browsers."""

    def __init__(self, app: FastAPI, provider: OpenID) -> None:
        self.app, self.provider = app, provider
        self.store: Store = app.state.dondoc.store
        with self.store.begin() as work:
            user = work.people.add("admin", "Quản trị", Role.ADMINISTRATOR, password=PASSWORD)
            self.boss = work.people.viewer(user)

    def add(self, login: str, role: Role = Role.REVIEWER, identity: str | None = None) -> int:
        """A user whom the provider knows by this name."""
        with self.store.begin() as work:
            named = login if identity is None else identity
            return work.accounts.add(self.boss, login, Given(login.title(), role, identity=named))[0]

    def user(self, login: str) -> User | None:
        with self.store.reading() as work:
            return work._session.scalar(select(User).where(User.login == login))

    def audited(self, user: int) -> list[tuple[str, str]]:
        with self.store.reading() as work:
            return [(one.actor, one.action) for one in work.audit.of(f"user:{user}")]

    def browser(self) -> TestClient:
        return TestClient(self.app, base_url=PUBLIC, follow_redirects=False)

    def back(self, browser: TestClient, next: str = "/") -> str:
        """The address with which the provider sends the browser back."""
        there = browser.get("/login/oidc", params={"next": next}).headers["location"]
        answer = httpx.get(there, follow_redirects=False)
        assert answer.status_code == 303, there
        return answer.headers["location"]

    def login(self, browser: TestClient, subject: str, name: str, **more: Any) -> str:
        """Goes the whole way; where it ends."""
        self.provider.subject = subject
        self.provider.claims = {"preferred_username": name, "name": name.title()} | more
        return browser.get(self.back(browser)).headers["location"]


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Office]:
    provider = OpenID()
    provider.registered.add(f"{PUBLIC}/login/oidc/callback")
    settings = Settings(
        data_dir=tmp_path_factory.mktemp("office") / "data",
        public_url=PUBLIC,
        oidc_issuer=provider.issuer,
        oidc_client_id=CLIENT,
        oidc_client_secret=SECRET,
        oidc_name="Đăng nhập tỉnh",
    )
    app = create(settings)
    with TestClient(app):
        yield Office(app, provider)
    provider.close()


@pytest.fixture(autouse=True)
def honest(office: Office) -> Iterator[None]:
    yield
    office.provider.honest()
    with office.store.begin() as work:  # each test's tries are its own
        work._session.execute(select(User.id))
        work.people._tries.forget("oidc address testclient")
        work.people._tries.forget("address testclient")


@pytest.fixture
def setting(office: Office, monkeypatch: pytest.MonkeyPatch):
    """Changes settings for a test."""

    def setting(**values: Any) -> None:
        state = office.app.state.dondoc
        monkeypatch.setattr(state, "settings", state.settings.model_copy(update=values))

    return setting


@pytest.fixture
def secret_file(tmp_path: Path) -> Path:
    path = tmp_path / "secret"
    path.write_text(f"{SECRET}\n")
    return path
