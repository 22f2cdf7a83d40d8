"""A database, as it is at one moment while others write, into an SQLite file of the same revision.

SQLite and PostgreSQL end up in the same form: it needs no program of the database's own, can be looked into
anywhere, and goes back into either.
"""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

from sqlalchemy import Engine, text

from service.database import Unavailable, open_engine
from service.migrations import migrate, version
from service.safekeeping.rows import copy
from service.searching.index import OWN


def snapshot(engine: Engine, target: Path) -> None:
    """Writes the file, mode 0600; raises `Unavailable` where the database is empty, or where the copy cannot
    be made or is not whole."""
    try:
        _made(engine, target)
    except sqlite3.Error as error:
        kind = getattr(error, "sqlite_errorname", type(error).__name__)
        raise Unavailable(
            f"không chép được cơ sở dữ liệu, xem lại đĩa (the database cannot be copied): {kind}"
        ) from error


def _made(engine: Engine, target: Path) -> None:
    revision = version(engine)
    if revision is None:
        raise Unavailable("kho còn trống, không có gì để sao lưu (the store is empty)")
    target.touch(mode=0o600)
    if engine.dialect.name == "sqlite":
        _vacuumed(engine, target)
    else:
        _copied(engine, target, revision)
    with closing(sqlite3.connect(target)) as connection:
        connection.execute("PRAGMA journal_mode=DELETE")  # one file
        if connection.execute("PRAGMA quick_check").fetchone() != ("ok",):
            raise Unavailable("bản sao cơ sở dữ liệu không nguyên vẹn (the copy is damaged)")


def rows_of(path: Path) -> dict[str, int]:
    """How many rows each of the product's tables has in a snapshot."""
    with closing(sqlite3.connect(path)) as connection:
        return {
            name: connection.execute(f'SELECT count(*) FROM "{name}"').fetchone()[0]  # noqa: S608
            for name in sorted(_tables(connection))
            if not name.startswith((OWN, "sqlite_", "alembic_"))
        }


def revision_of(path: Path) -> str:
    """The revision that a snapshot's schema is at."""
    with closing(sqlite3.connect(path)) as connection:
        return str(connection.execute("SELECT version_num FROM alembic_version").fetchone()[0])


def originals_of(path: Path) -> dict[str, int]:
    """The originals that a snapshot names, by sha256, with their bytes."""
    found: dict[str, int] = {}
    with closing(sqlite3.connect(path)) as connection:
        known = _tables(connection)
        for table in ("files", "duty_files"):
            if table in known:  # an early revision has no second one
                found.update(connection.execute(f"SELECT sha256, size FROM {table}").fetchall())  # noqa: S608
    return found


def _tables(connection: sqlite3.Connection) -> set[str]:
    return {name for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}


def _vacuumed(engine: Engine, target: Path) -> None:
    """SQLite's own copy of one moment; nothing that was deleted is in it."""
    connection = engine.raw_connection()  # outside any transaction
    try:
        connection.cursor().execute("VACUUM INTO ?", (str(target),))
    finally:
        connection.close()


def _copied(engine: Engine, target: Path, revision: str) -> None:
    copy_engine = open_engine(f"sqlite:///{target}")
    try:
        migrate(copy_engine, revision)
        still = engine.execution_options(isolation_level="REPEATABLE READ")
        with still.connect() as source, source.begin(), copy_engine.begin() as made:
            source.execute(text("SET TRANSACTION READ ONLY"))
            copy(source, made)
    finally:
        copy_engine.dispose()
