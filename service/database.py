"""A database URL in, a ready engine out: SQLite for one machine, or PostgreSQL; and its clock."""

from __future__ import annotations

import sqlite3
import time
from pathlib import Path
from typing import Any

from sqlalchemy import URL, Connection, Engine, Float, create_engine, event
from sqlalchemy.engine import make_url
from sqlalchemy.exc import ArgumentError, InterfaceError, OperationalError
from sqlalchemy.exc import TimeoutError as NoneFree
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.compiler import SQLCompiler
from sqlalchemy.sql.functions import FunctionElement

READING = "dondoc_reading"
"""Execution option of a connection that only reads: SQLite then does not take the write lock."""


AWAY = (OperationalError, InterfaceError, NoneFree)
"""How it shows that the database does not answer: also by no connection of the pool coming free."""
_READERS = 64  # connections kept for the threads that share an engine; more are opened for a while
_FREE_WITHIN = 90.0  # seconds, longer than SQLite's waiting for its lock
_ANSWERS_WITHIN = 10  # seconds for a new connection to PostgreSQL


class Unavailable(RuntimeError):  # noqa: N818 - says what is wrong
    """The store cannot be used; the message is one line for the user."""


class now(FunctionElement[float]):  # noqa: N801 - reads as the SQL function that it is
    """Seconds since 1970 by the database's clock, as a float; the same for all workers and for all rows of a
    statement, so that rows are found in an index by it."""

    type = Float()
    inherit_cache = True


@compiles(now, "sqlite")
def _now_sqlite(_element: now, _compiler: SQLCompiler, **_kw: Any) -> str:
    return "((julianday('now') - 2440587.5) * 86400.0)"


@compiles(now, "postgresql")
def _now_postgresql(_element: now, _compiler: SQLCompiler, **_kw: Any) -> str:
    return "CAST(extract(epoch FROM statement_timestamp()) AS double precision)"


def open_engine(url: str) -> Engine:
    """An engine for `url`; an SQLite file and its folder are made, private to their user.

    Raises `Unavailable` for a URL that leads nowhere.
    """
    try:
        return _engine(make_url(url))
    except (ArgumentError, ImportError) as error:
        raise Unavailable(
            f"DONDOC_DATABASE_URL không đúng (not a database URL that works): {type(error).__name__}"
        ) from error
    except OSError as error:
        raise Unavailable(f"không tạo được thư mục dữ liệu (no data folder): {error}") from error


def _engine(parsed: URL) -> Engine:
    # Parameters are hidden in errors: they are the documents' text.
    shared: dict[str, Any] = {"hide_parameters": True}
    if parsed.database != ":memory:":
        shared |= {"pool_size": _READERS, "pool_timeout": _FREE_WITHIN}
    if parsed.get_backend_name() != "sqlite":
        waiting = {} if "connect_timeout" in parsed.query else {"connect_timeout": _ANSWERS_WITHIN}
        return create_engine(parsed, connect_args=waiting, pool_pre_ping=True, **shared)
    if parsed.database:
        Path(parsed.database).parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        Path(parsed.database).touch(mode=0o600)  # SQLite gives its side files the same mode
    engine = create_engine(parsed, connect_args={"timeout": 60.0}, **shared)
    event.listen(engine, "connect", _tune_sqlite)
    event.listen(engine, "begin", _begin_sqlite)
    return engine


def _tune_sqlite(connection: Any, _record: Any) -> None:
    connection.isolation_level = None  # the driver's own BEGIN comes too late to guard a read-then-write
    connection.execute("PRAGMA busy_timeout=60000")
    _write_ahead(connection)
    for pragma in ("synchronous=NORMAL", "foreign_keys=ON", "secure_delete=ON"):
        connection.execute(f"PRAGMA {pragma}")


def _write_ahead(connection: Any) -> None:
    """The log of writes; of those who make a new file at the same moment SQLite turns all but one away from
    this at once, whatever it is told of waiting."""
    until = time.monotonic() + _FREE_WITHIN
    while True:
        try:
            connection.execute("PRAGMA journal_mode=WAL")
            return
        except sqlite3.OperationalError:
            if time.monotonic() > until:
                raise
            time.sleep(0.02)


def _begin_sqlite(connection: Connection) -> None:
    reading = connection.get_execution_options().get(READING)
    connection.exec_driver_sql("BEGIN" if reading else "BEGIN IMMEDIATE")
