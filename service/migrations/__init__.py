"""The store's schema over time (Alembic); `migrate` brings a database up to date, from wherever it stands."""

from __future__ import annotations

from sqlalchemy import Connection, Engine, inspect, text
from sqlalchemy.exc import InterfaceError, OperationalError

from service.database import READING, Unavailable

HEAD = "0027"
_LOCK = 7_304_112  # any number, the same for all dondoc processes on one PostgreSQL database


def version(engine: Engine) -> str | None:
    """The revision that the database is at; None for an empty one."""
    with engine.execution_options(**{READING: True}).connect() as connection:
        if not inspect(connection).has_table("alembic_version"):
            return None
        return connection.execute(text("SELECT version_num FROM alembic_version")).scalar()


def migrate(engine: Engine, revision: str = HEAD) -> None:
    """Brings the schema up to `HEAD`, or no further than to an earlier revision, on SQLite and PostgreSQL
    alike; processes that start together wait for each other. Raises `Unavailable` where the database does
    not answer or is newer than this code."""
    try:
        if version(engine) != revision:
            _upgrade(engine, revision)
    except (OperationalError, InterfaceError) as error:
        where = engine.url.render_as_string(hide_password=True)
        raise Unavailable(f"không mở được cơ sở dữ liệu (cannot open the database): {where}") from error


def _upgrade(engine: Engine, revision: str) -> None:
    from alembic import command
    from alembic.config import Config
    from alembic.util import CommandError

    config = Config()
    config.set_main_option("script_location", "service:migrations")
    with engine.connect() as connection:
        _enforce(connection, False)
        try:
            with connection.begin():  # SQLite: holds the write lock from the start
                if connection.dialect.name == "postgresql":
                    connection.execute(text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": _LOCK})
                config.attributes["connection"] = connection
                command.upgrade(config, revision)
                _check(connection)
        except CommandError as error:
            raise Unavailable("cơ sở dữ liệu mới hơn chương trình (database of a newer version)") from error
        finally:
            _enforce(connection, True)


def _enforce(connection: Connection, on: bool) -> None:
    """SQLite empties the tables that refer to one that is copied and dropped, unless it is told not to before
    the transaction begins."""
    driver = connection.connection.dbapi_connection
    if connection.dialect.name == "sqlite" and driver is not None:
        driver.cursor().execute(f"PRAGMA foreign_keys={'ON' if on else 'OFF'}")


def _check(connection: Connection) -> None:
    """Whether all that refers to a row still does, since SQLite did not watch meanwhile."""
    if connection.dialect.name == "sqlite":
        broken = connection.execute(text("PRAGMA foreign_key_check")).scalar()
        if broken is not None:
            raise Unavailable(f"cơ sở dữ liệu hỏng ở bảng (database is damaged in table): {broken}")
