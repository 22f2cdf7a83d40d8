"""Rows for any schema: one in each table, their values made up from the types of its columns."""

from __future__ import annotations

import datetime as dt
from typing import Any

import sqlalchemy as sa
from sqlalchemy import Column, Connection, MetaData, Table, types

from service.searching.index import OWN
from service.tables import Base

_OBJECTS = {
    (str(mapper.local_table.name), name)  # type: ignore[attr-defined]
    for mapper in Base.registry.mappers
    for name, annotation in mapper.class_.__annotations__.items()
    if str(annotation).startswith("Mapped[dict")
}
"""Columns that hold a JSON object; the others hold lists."""
Row = dict[str, Any]
Key = tuple[str, tuple[Any, ...]]


def schema_of(connection: Connection) -> MetaData:
    """The tables as they are now, without those of the search index and of the migrations themselves."""
    found = MetaData()

    def wanted(name: str, _: Any) -> bool:
        return not name.startswith((OWN, "alembic_", "sqlite_"))

    found.reflect(connection, only=wanted, resolve_fks=False)
    return found


def filled(connection: Connection, schema: MetaData, mark: int) -> dict[Key, Row]:
    """The rows, by table and primary key, that are put in now: one a table, what refers to another refers to
    the row of the same `mark`."""
    made: dict[str, Row] = {}
    keys: dict[Key, Row] = {}
    for table in schema.sorted_tables:
        row = {column.name: _value(column, mark) for column in table.columns}
        for constraint in table.foreign_key_constraints:
            other = constraint.referred_table.name
            for element in constraint.elements:
                parent = made.get(other, {}).get(element.column.name)
                row[element.parent.name] = parent  # none yet of a table that refers to itself
        connection.execute(table.insert().values(row))
        made[table.name] = row
        keys[table.name, _key(table, row)] = row
    return keys


def standing(connection: Connection, schema: MetaData) -> dict[Key, Row]:
    """All rows that there are, by table and primary key."""
    return {
        (table.name, _key(table, row)): row
        for table in schema.sorted_tables
        for row in (dict(found) for found in connection.execute(sa.select(table)).mappings())
    }


def _key(table: Table, row: Row) -> tuple[Any, ...]:
    return tuple(row[column.name] for column in table.primary_key)


def _value(column: Column[Any], mark: int) -> Any:
    match column.type:
        case types.Boolean():
            return mark % 2 == 0
        case types.Integer():
            return mark
        case types.Float() | types.Numeric():
            return float(mark)
        case types.Date():
            return dt.date(2026, 1, 1) + dt.timedelta(mark)
        case types.JSON():
            return {} if (column.table.name, column.name) in _OBJECTS else []
        case types.LargeBinary():
            return bytes([mark])
        case types.String():
            return f"{mark:04d} {column.name}"[: column.type.length]
    raise NotImplementedError(f"{column.table.name}.{column.name}: {column.type}")
