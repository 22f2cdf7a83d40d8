"""All rows of a database into another one of the same revision, SQLite or PostgreSQL on either side.

JSON goes over as its text, so that nothing is read into it; ids that were given once are given to no other
row afterwards either.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from sqlalchemy import (
    JSON,
    Connection,
    Insert,
    MetaData,
    Select,
    Table,
    Text,
    bindparam,
    cast,
    func,
    inspect,
    select,
    text,
)
from sqlalchemy import insert as inserted

from service.searching.index import OWN

_AT_ONCE = 1000
_REVISION = "alembic_version"


def copy(source: Connection, target: Connection) -> None:
    """Copies every row within the two transactions; the target's tables are empty. References are looked at
    when all is there, since rows may refer to later ones."""
    origin = tables(source)
    settle = _postponed(target)
    for table in tables(target).sorted_tables:
        rows = source.execution_options(yield_per=_AT_ONCE).execute(_read(origin.tables[table.name]))
        statement = _written(table, target.dialect.name)
        for some in rows.partitions():
            target.execute(statement, [dict(row._mapping) for row in some])
    settle()
    for name, last in _counters(source).items():
        _count_on(target, name, last)


def tables(connection: Connection) -> MetaData:
    """The product's tables as they stand in this database, at whatever revision; indexes of words are made by
    the database itself."""
    found = MetaData()
    found.reflect(
        connection, only=lambda name, _: not name.startswith(OWN) and name != _REVISION, resolve_fks=False
    )
    return found


def counted(connection: Connection) -> dict[str, int]:
    """How many rows each table has."""
    return {
        table.name: connection.scalar(select(func.count()).select_from(table)) or 0
        for table in tables(connection).sorted_tables
    }


def _read(table: Table) -> Select[Any]:
    return select(
        *(
            cast(column, Text).label(column.name) if isinstance(column.type, JSON) else column
            for column in table.columns
        )
    )


def _written(table: Table, dialect: str) -> Insert:
    """SQLite keeps JSON as text anyway; to PostgreSQL it is said what the text is."""
    as_json: dict[str, Any] = {
        column.name: bindparam(column.name, type_=Text)
        if dialect == "sqlite"
        else cast(bindparam(column.name, type_=Text), JSON)
        for column in table.columns
        if isinstance(column.type, JSON)
    }
    plain = {column.name: bindparam(column.name, type_=column.type) for column in table.columns}
    return inserted(table).values(plain | as_json)


def _postponed(target: Connection) -> Callable[[], None]:
    """Has references checked later; what is returned has them checked, and from then on at once again."""
    if target.dialect.name == "sqlite":
        target.execute(text("PRAGMA defer_foreign_keys=ON"))  # until the transaction's end
        return lambda: None
    names = [
        (table, key["name"])
        for table in inspect(target).get_table_names()
        for key in inspect(target).get_foreign_keys(table)
    ]

    def alter(how: str) -> None:
        for table, name in names:
            target.execute(text(f'ALTER TABLE "{table}" ALTER CONSTRAINT "{name}" {how}'))

    def settle() -> None:
        target.execute(text("SET CONSTRAINTS ALL IMMEDIATE"))
        alter("NOT DEFERRABLE")

    alter("DEFERRABLE INITIALLY DEFERRED")
    return settle


def _counters(source: Connection) -> dict[str, int]:
    """The last id given in each table that counts them."""
    if source.dialect.name == "sqlite":
        known: dict[str, int] = dict(
            iter(source.execute(text("SELECT name, seq FROM sqlite_sequence")).tuples())
        )
        highest = {name: source.scalar(select(func.max(table.c.id))) for name, table in _counting(source)}
        return {name: max(known.get(name, 0), high or 0) for name, high in highest.items()}
    found = {}
    for name, _table in _counting(source):
        sequence = _sequence(source, name)
        if sequence:
            used = source.scalar(text(f"SELECT last_value FROM {sequence} WHERE is_called"))  # noqa: S608
            found[name] = used or 0
    return found


def _counting(connection: Connection) -> list[tuple[str, Table]]:
    """Tables whose rows have a number for an id."""
    return [
        (name, table)
        for name, table in tables(connection).tables.items()
        if [column.name for column in table.primary_key] == ["id"] and table.c.id.type.python_type is int
    ]


def _count_on(target: Connection, name: str, last: int) -> None:
    """Has the next id of a table come after `last`."""
    if not last:
        return
    if target.dialect.name != "sqlite":
        sequence = _sequence(target, name)
        if sequence:
            target.execute(
                text("SELECT setval(CAST(:it AS regclass), :last)"), {"it": sequence, "last": last}
            )
        return
    made = target.scalar(text("SELECT sql FROM sqlite_master WHERE name = :name"), {"name": name})
    if "AUTOINCREMENT" in (made or "").upper():
        told = {"name": name, "last": last}
        target.execute(text("DELETE FROM sqlite_sequence WHERE name = :name"), told)
        target.execute(text("INSERT INTO sqlite_sequence (name, seq) VALUES (:name, :last)"), told)


def _sequence(connection: Connection, table: str) -> str | None:
    query = text("SELECT pg_get_serial_sequence(:name, 'id')")
    found: str | None = connection.scalar(query, {"name": f'"{table}"'})
    return found
