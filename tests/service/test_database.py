"""An engine opens whatever others do to the same new file at that moment."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest
from sqlalchemy import event, text
from sqlalchemy.exc import OperationalError

from service.database import open_engine


class Turned(sqlite3.Connection):
    """A connection that is turned away from the log of writes, as those who come at the same moment are."""

    left = 0

    def execute(self, sql, *parameters):
        if "journal_mode" in sql and Turned.left:
            Turned.left -= 1
            raise sqlite3.OperationalError("database is locked")
        return super().execute(sql, *parameters)


def opened(folder: Path):
    engine = open_engine(f"sqlite:///{folder}/a.sqlite3")
    event.listen(engine, "do_connect", lambda *args: args[3].update(factory=Turned))
    return engine


def test_who_makes_a_new_file_at_the_same_moment_as_others_waits(tmp_path: Path):
    Turned.left = 5
    engine = opened(tmp_path)
    with engine.connect() as connection:
        assert connection.scalar(text("PRAGMA journal_mode")) == "wal"
    assert Turned.left == 0
    engine.dispose()


def test_but_not_for_ever(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr("service.database._FREE_WITHIN", 0.0)
    Turned.left = 10**9
    engine = opened(tmp_path)
    with pytest.raises(OperationalError, match="locked"):
        engine.connect()
    Turned.left = 0
    engine.dispose()
