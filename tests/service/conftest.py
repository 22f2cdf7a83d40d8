"""Stores to test on: an SQLite file, and PostgreSQL in a schema of its own where a server answers."""

from __future__ import annotations

import os
import sys
import uuid
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import create_engine, text
from sqlalchemy.exc import OperationalError

from service.database import open_engine
from service.migrations import migrate
from service.store import Store

sys.path.insert(0, str(Path(__file__).parent))  # fake_readers, for the tests and their children
os.environ["DONDOC_SECOND_LOOK_SHARE"] = "0"  # no test's document is drawn but where the test says so
POSTGRES = "postgresql+psycopg://root@127.0.0.1:5432/test"


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.postgres)])
def url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    if request.param == "sqlite":
        yield f"sqlite:///{tmp_path / 'store' / 'dondoc.sqlite3'}"
        return
    schema = f"dondoc_{uuid.uuid4().hex}"
    server = create_engine(POSTGRES, connect_args={"connect_timeout": 2})
    try:
        with server.begin() as connection:
            connection.execute(text(f"CREATE SCHEMA {schema}"))
    except OperationalError:
        server.dispose()
        pytest.skip("no PostgreSQL server answers at 127.0.0.1:5432")
    yield f"{POSTGRES}?options=-csearch_path%3D{schema}"
    with server.begin() as connection:
        connection.execute(text(f"DROP SCHEMA {schema} CASCADE"))
    server.dispose()


@pytest.fixture
def store(url: str) -> Iterator[Store]:
    engine = open_engine(url)
    migrate(engine)
    yield Store(engine)
    engine.dispose()
