"""A table that is searched in, what is made in the database for it out."""

# ruff: noqa: S608 - the names put into SQL are this module's own

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, text
from sqlalchemy.orm import InstrumentedAttribute, Session

from service.tables import Duty, Task

OWN = "search_"
"""What the names of everything made here begin with: Alembic's comparison leaves them out."""


@dataclass(frozen=True, slots=True)
class Index:
    """A table that is searched, and what the names of all that is made for it begin with. Where a row is
    known by more than a number (`by`), SQLite is given a table that numbers the rows. `begins` says that a
    word typed need only begin one of the row's."""

    table: str
    name: str
    key: tuple[InstrumentedAttribute[Any], ...]
    words: InstrumentedAttribute[str]
    by: tuple[tuple[str, str], ...] = ()
    begins: bool = False

    @property
    def fts(self) -> str:
        """SQLite's index of the words."""
        return f"{self.name}words"

    @property
    def keys(self) -> str:
        """SQLite's table of the rows' numbers."""
        return f"{self.name}keys"

    @property
    def gin(self) -> str:
        """PostgreSQL's index of the words."""
        return f"{self.name}words_gin"


TASKS = Index(
    "tasks",
    OWN,
    (Task.document_id, Task.id),
    Task.words,
    by=(("document_id", "document_id"), ("task_id", "id")),
)
DUTIES = Index("duties", f"{OWN}duties_", (Duty.id,), Duty.words, begins=True)
INDEXES = (TASKS, DUTIES)
_TRIGGERS = ("added", "changed", "removed")


def install(connection: Connection, index: Index) -> None:
    """Makes the index over what is there; SQLite's triggers are lost with a table that is made anew."""
    for statement in _sqlite(index) if connection.dialect.name == "sqlite" else _postgresql(index):
        connection.execute(text(statement))


def remove(connection: Connection, index: Index) -> None:
    """Takes it away again."""
    if connection.dialect.name != "sqlite":
        connection.execute(text(f"DROP INDEX {index.gin}"))
        return
    for name in _TRIGGERS:
        connection.execute(text(f"DROP TRIGGER {index.name}{name}"))
    connection.execute(text(f"DROP TABLE {index.fts}"))
    if index.by:
        connection.execute(text(f"DROP TABLE {index.keys}"))


def forget(session: Session) -> None:
    """Lets nothing of rows that are gone linger in the indexes."""
    if session.get_bind().dialect.name == "sqlite":
        for index in INDEXES:
            session.execute(text(f"INSERT INTO {index.fts} ({index.fts}) VALUES ('optimize')"))


def _postgresql(index: Index) -> Iterator[str]:
    yield f"CREATE INDEX {index.gin} ON {index.table} USING gin (to_tsvector('simple', words))"


def _sqlite(index: Index) -> Iterator[str]:
    fts, keys, begun = index.fts, index.keys, ", prefix='2 3'" if index.begins else ""
    names = ", ".join(own for own, _ in index.by)
    if index.by:
        columns = ", ".join(f"{own} {_type(own)} NOT NULL" for own, _ in index.by)
        yield f"CREATE TABLE {keys} (id INTEGER PRIMARY KEY, {columns}, UNIQUE ({names}))"
        theirs = ", ".join(their for _, their in index.by)
        yield f"INSERT INTO {keys} ({names}) SELECT {theirs} FROM {index.table}"
    yield f"CREATE VIRTUAL TABLE {fts} USING fts5(words, content='', tokenize='unicode61'{begun})"
    yield f"INSERT INTO {fts} (rowid, words) SELECT {_number(index, 't')}, t.words FROM {index.table} t"
    add = f"INSERT INTO {fts} (rowid, words) VALUES ({_number(index, 'new')}, new.words);"
    drop = f"INSERT INTO {fts} ({fts}, rowid, words) VALUES ('delete', {_number(index, 'old')}, old.words);"
    begin, end = "", ""
    if index.by:
        new = ", ".join(f"new.{their}" for _, their in index.by)
        begin = f"INSERT INTO {keys} ({names}) VALUES ({new});"
        end = f"DELETE FROM {keys} WHERE {_same(index, 'old')};"
    on, which = index.table, "WHEN old.words <> new.words "
    yield f"CREATE TRIGGER {index.name}added AFTER INSERT ON {on} BEGIN {begin} {add} END"
    yield f"CREATE TRIGGER {index.name}changed AFTER UPDATE OF words ON {on} {which}BEGIN {drop} {add} END"
    yield f"CREATE TRIGGER {index.name}removed AFTER DELETE ON {on} BEGIN {drop} {end} END"


def _number(index: Index, row: str) -> str:
    """What SQLite's index knows a row by."""
    return f"(SELECT id FROM {index.keys} WHERE {_same(index, row)})" if index.by else f"{row}.id"


def _same(index: Index, row: str) -> str:
    return " AND ".join(f"{index.keys}.{own} = {row}.{their}" for own, their in index.by)


def _type(own: str) -> str:
    return "INTEGER" if own == "document_id" else "VARCHAR"
