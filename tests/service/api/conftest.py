"""The application with workers of its own, and clients that carry a token."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient
from senders import client_of

from service.access.roles import Role
from service.settings import Settings
from service.store import Store
from service.web.app import create

Client = Callable[..., TestClient]


@pytest.fixture
def app(tmp_path: Path) -> Iterator[FastAPI]:
    """Reads nothing by itself."""
    app = create(Settings(data_dir=tmp_path / "data"))
    with TestClient(app):
        yield app


@pytest.fixture
def reading_app(tmp_path: Path) -> Iterator[FastAPI]:
    """Reads with the plain reader of fake_readers.py."""
    settings = Settings(data_dir=tmp_path / "data", lease_seconds=4.0)
    app = create(settings, readers=1, reader="fake_readers:plain")
    with TestClient(app):
        yield app


@pytest.fixture
def client(app: FastAPI) -> Client:
    return lambda login="lan", role=Role.REVIEWER, **rest: client_of(app, login, role, **rest)


@pytest.fixture
def sender(reading_app: FastAPI) -> TestClient:
    return client_of(reading_app, "lan", Role.CLERK)


@pytest.fixture
def store(app: FastAPI) -> Store:
    return app.state.dondoc.store
