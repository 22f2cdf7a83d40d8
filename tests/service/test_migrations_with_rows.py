"""Rows of every revision come through all later ones, on both databases, and back to the first."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from invented_rows import Key, Row, filled, schema_of, standing
from sqlalchemy import Engine

from service.database import open_engine
from service.migrations import _enforce, migrate
from service.searching.index import OWN
from service.tables import Base

MENDED = {("tasks", "timing")}
"""Columns that a revision fills anew on purpose."""


def config() -> Config:
    made = Config()
    made.set_main_option("script_location", "service:migrations")
    return made


def revisions() -> list[str]:
    return [one.revision for one in reversed([*ScriptDirectory.from_config(config()).walk_revisions()])]


def down(engine: Engine, revision: str) -> None:
    with engine.connect() as connection:
        _enforce(connection, False)
        with connection.begin():
            made = config()
            made.attributes["connection"] = connection
            command.downgrade(made, revision)
        _enforce(connection, True)


def columns(engine: Engine, tables: list[str]) -> dict[str, set[str]]:
    """The names of the columns of these tables, as far as they are there."""
    with engine.connect() as connection:
        found = sa.inspect(connection).get_multi_columns(filter_names=tables)
    return {table: {column["name"] for column in of_it} for (_, table), of_it in found.items()}


def compared(engine: Engine) -> list[object]:
    """In what the schema differs from the code's."""
    options = {"compare_type": True, "include_name": lambda name, *_: not str(name).startswith(OWN)}
    with engine.connect() as connection:
        context = MigrationContext.configure(connection, opts=options)
        return list(compare_metadata(context, Base.metadata))


def survive(put: dict[Key, Row], now: dict[Key, Row]) -> None:
    """Each row that was put in is there, each value of it that still has a column is the same."""
    for (table, key), row in put.items():
        assert (table, key) in now, f"lost: {table} {key}"
        found = now[table, key]
        shared = {name for name in row.keys() & found.keys() if (table, name) not in MENDED}
        assert {name: found[name] for name in shared} == {name: row[name] for name in shared}, table


def test_rows_of_every_revision_come_through(url: str):
    engine = open_engine(url)
    tables = [*Base.metadata.tables]
    put: dict[Key, Row] = {}
    shapes: dict[str, dict[str, set[str]]] = {}
    for mark, revision in enumerate(revisions(), 1):
        migrate(engine, revision)
        shapes[revision] = columns(engine, tables)
        with engine.begin() as connection:
            schema = schema_of(connection)
            put |= filled(connection, schema, mark)
    assert {table for table, _ in put} == {*tables}
    with engine.connect() as connection:
        before = standing(connection, schema)
    survive(put, before)
    assert compared(engine) == []
    for revision in reversed(revisions()[:-1]):
        down(engine, revision)
        assert columns(engine, tables) == shapes[revision]
    with engine.connect() as connection:
        now = standing(connection, schema_of(connection))
    survive({key: row for key, row in before.items() if key[0] in shapes["0001"]}, now)
    migrate(engine)
    assert compared(engine) == []
    engine.dispose()
