"""Stores to test on: an SQLite file, and PostgreSQL in a schema of its own where a server answers."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from service.database import open_engine
from service.migrations import migrate
from service.store import Store

sys.path.insert(0, str(Path(__file__).parent))  # fake_readers, for the tests and their children
os.environ["DONDOC_SECOND_LOOK_SHARE"] = "0"  # no test's document is drawn but where the test says so


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.postgres)])
def url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    from databases import database

    with database(request.param, tmp_path) as made:
        yield made


@pytest.fixture
def store(url: str) -> Iterator[Store]:
    engine = open_engine(url)
    migrate(engine)
    yield Store(engine)
    engine.dispose()
