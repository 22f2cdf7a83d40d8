"""Databases to test on: an SQLite file, and PostgreSQL in a schema of its own where a server answers; and all
that either keeps, as bytes."""

from __future__ import annotations

import os
import sqlite3
import subprocess
import uuid
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from pathlib import Path

import pytest
from sqlalchemy import Connection, create_engine, text
from sqlalchemy.exc import DBAPIError, OperationalError

POSTGRES = "postgresql+psycopg://root@127.0.0.1:5432/test"
_SEGMENT = 16 * 2**20  # bytes of a file of the server's log


@contextmanager
def database(kind: str, folder: Path) -> Iterator[str]:
    """The address of an empty one; skips where no PostgreSQL answers."""
    if kind == "sqlite":
        yield f"sqlite:///{folder / 'store' / 'dondoc.sqlite3'}"
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


def kept_by(url: str, since: str, backup: Path) -> dict[str, bytes]:
    """Every row of every table, the database's own files with what is deleted in them, and a backup of it;
    of PostgreSQL also its log from `since` on (`log_position`), where the tests' user may read it."""
    if url.startswith("sqlite"):
        return _sqlite(Path(url.removeprefix("sqlite:///")), backup)
    return _postgresql(url.rpartition("%3D")[2], since)


def log_position(url: str) -> str:
    """Where PostgreSQL's log stands; "" of SQLite, whose log lies beside it."""
    if url.startswith("sqlite"):
        return ""
    server = create_engine(POSTGRES)
    with server.connect() as connection:
        found = str(connection.scalar(text("SELECT pg_current_wal_lsn()")))
    server.dispose()
    return found


def _sqlite(path: Path, backup: Path) -> dict[str, bytes]:
    found = {f"backup {backup.name}": b""}
    with closing(sqlite3.connect(path)) as connection, closing(sqlite3.connect(backup)) as copy:
        names = connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'").fetchall()
        for (name,) in names:
            rows = connection.execute(f'SELECT * FROM "{name}"')
            found[f"table {name}"] = b"\n".join(_told(value) for row in rows for value in row)
        connection.execute("CREATE VIRTUAL TABLE temp.vocabulary USING fts5vocab(main, search_words, row)")
        words = connection.execute("SELECT term FROM vocabulary")
        found["search index"] = b"\n".join(_told(word) for (word,) in words)
        connection.backup(copy)
    found[f"backup {backup.name}"] = backup.read_bytes()
    return found | {f"file {one.name}": one.read_bytes() for one in path.parent.glob(f"{path.name}*")}


def _postgresql(schema: str, since: str) -> dict[str, bytes]:
    command = ["pg_dump", "-h", "127.0.0.1", "-U", "root", "-n", schema, "test"]
    dump = subprocess.run(command, check=True, capture_output=True, env=dict(os.environ)).stdout
    found = {"backup pg_dump": dump}
    server = create_engine(POSTGRES, isolation_level="AUTOCOMMIT")
    with server.connect() as connection:
        for name in connection.scalars(
            text("SELECT tablename FROM pg_tables WHERE schemaname = :one"), {"one": schema}
        ):
            rows = connection.execute(text(f'SELECT t::text FROM {schema}."{name}" t'))
            found[f"table {name}"] = b"\n".join(_told(value) for (value,) in rows)
        with suppress(DBAPIError):  # only the server's superuser may read its files
            found |= _raw(connection, schema, since)
    server.dispose()
    return found


def _raw(connection: Connection, schema: str, since: str) -> dict[str, bytes]:
    connection.execute(text("CHECKPOINT"))
    relations = """
        WITH mine AS (
            SELECT c.oid, c.relname, c.reltoastrelid
            FROM pg_class c JOIN pg_namespace n ON n.oid = relnamespace
            WHERE n.nspname = :schema AND c.relkind IN ('r', 'i')
        )
        SELECT relname, pg_read_binary_file(pg_relation_filepath(oid)) FROM mine
        UNION ALL
        SELECT t.relname, pg_read_binary_file(pg_relation_filepath(t.oid)) FROM pg_class t
        JOIN mine ON mine.reltoastrelid = t.oid
    """
    found = {
        f"file of {name}": content
        for name, content in connection.execute(text(relations), {"schema": schema})
    }
    segments = """
        SELECT DISTINCT name, pg_read_binary_file('pg_wal/' || name) FROM (
            SELECT pg_walfile_name(CAST(:since AS pg_lsn) + step * CAST(:segment AS numeric)) AS name
            FROM generate_series(
                0, CAST(floor((pg_current_wal_lsn() - CAST(:since AS pg_lsn)) / :segment) AS int) + 1
            ) AS step
        ) AS written WHERE name IN (SELECT name FROM pg_ls_waldir())
    """
    wanted = {"since": since, "segment": _SEGMENT}
    return found | {
        f"log {name}": bytes(content) for name, content in connection.execute(text(segments), wanted)
    }


def _told(value: object) -> bytes:
    if isinstance(value, bytes):
        return value
    return str(value).encode("utf-8", "surrogatepass")
