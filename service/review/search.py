"""Words in, the tasks that hold them out: the one place that knows how either database searches.

`Task.words` holds what a task is searched by without diacritics, case and marks ("điều" → "dieu"). SQLite
looks it up in an FTS5 index that triggers keep, so that nothing can be forgotten there; PostgreSQL in a GIN
index over the same words. Words that many tasks have are not looked up: their tasks are met soon enough on
the way through the list.
"""

# ruff: noqa: S608 - the names put into SQL are this module's own

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Connection,
    Select,
    and_,
    column,
    func,
    literal,
    literal_column,
    select,
    table,
    text,
    tuple_,
)
from sqlalchemy.orm import Session

from service.mapping import search_key
from service.tables import Task

OWN = "search_"
"""What the names of everything made here begin with: Alembic's comparison leaves them out."""
RARE = 3000
"""Tasks with the words, up to which they are looked up first."""
SURELY = 4 * RARE
"""Tasks that PostgreSQL's planner expects, above which they are not counted."""

_KEYS, _INDEX, _GIN = f"{OWN}keys", f"{OWN}words", f"{OWN}words_gin"
_SIMPLE: Any = literal_column("'simple'")
_SQLITE = (
    f"CREATE TABLE {_KEYS} (id INTEGER PRIMARY KEY, document_id INTEGER NOT NULL, task_id VARCHAR NOT NULL,"
    " UNIQUE (document_id, task_id))",
    f"CREATE VIRTUAL TABLE {_INDEX} USING fts5(words, content='', tokenize='unicode61')",
    f"""CREATE TRIGGER {OWN}added AFTER INSERT ON tasks BEGIN
        INSERT INTO {_KEYS} (document_id, task_id) VALUES (new.document_id, new.id);
        INSERT INTO {_INDEX} (rowid, words) SELECT id, new.words FROM {_KEYS}
            WHERE document_id = new.document_id AND task_id = new.id;
    END""",
    f"""CREATE TRIGGER {OWN}changed AFTER UPDATE OF words ON tasks WHEN old.words <> new.words BEGIN
        INSERT INTO {_INDEX} ({_INDEX}, rowid, words) SELECT 'delete', id, old.words FROM {_KEYS}
            WHERE document_id = old.document_id AND task_id = old.id;
        INSERT INTO {_INDEX} (rowid, words) SELECT id, new.words FROM {_KEYS}
            WHERE document_id = new.document_id AND task_id = new.id;
    END""",
    f"""CREATE TRIGGER {OWN}removed AFTER DELETE ON tasks BEGIN
        INSERT INTO {_INDEX} ({_INDEX}, rowid, words) SELECT 'delete', id, old.words FROM {_KEYS}
            WHERE document_id = old.document_id AND task_id = old.id;
        DELETE FROM {_KEYS} WHERE document_id = old.document_id AND task_id = old.id;
    END""",
    f"INSERT INTO {_KEYS} (document_id, task_id) SELECT document_id, id FROM tasks",
    f"""INSERT INTO {_INDEX} (rowid, words) SELECT k.id, t.words FROM {_KEYS} k
        JOIN tasks t ON t.document_id = k.document_id AND t.id = k.task_id""",
)
_POSTGRESQL = (f"CREATE INDEX {_GIN} ON tasks USING gin (to_tsvector('simple', words))",)


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is searched: single words, all of which must be there, and phrases ("in quotes")."""

    phrases: tuple[str, ...]

    @property
    def fts5(self) -> str:
        """For SQLite; the phrases hold nothing but letters, digits and spaces."""
        return " AND ".join(f'"{phrase}"' for phrase in self.phrases)


def wanted(query: str) -> Wanted | None:
    """What a person typed; None where it holds no word."""
    quoted = re.findall(r'"([^"]*)"', query)
    single = search_key(re.sub(r'"[^"]*"', " ", query)).split()
    phrases = [*filter(None, map(search_key, quoted)), *single]
    return Wanted(tuple(dict.fromkeys(phrases))) if phrases else None


def holding(session: Session, sought: Wanted) -> ColumnElement[bool]:
    """The condition that a task holds the words, in the form that is quick for as many as there are."""
    on_server = session.get_bind().dialect.name == "postgresql"
    hits = _postgresql_hits(sought) if on_server else _sqlite_hits(sought)
    if _is_common(session, hits):
        at = (
            func.strpos if on_server else func.instr
        )  # LIKE would be taken for a rare thing, and all be sorted
        return and_(*(at(_padded(Task.words), f" {phrase} ") > 0 for phrase in sought.phrases))
    if on_server:
        rows = hits.cte("hits").prefix_with("MATERIALIZED")
        found = select(rows.c.document_id, rows.c.id)
    else:
        keys = table(_KEYS, column("id"), column("document_id"), column("task_id"))
        found = select(keys.c.document_id, keys.c.task_id).where(keys.c.id.in_(hits))
    return tuple_(Task.document_id, Task.id).in_(found)


def _is_common(session: Session, hits: Select[Any]) -> bool:
    """Whether more than `RARE` tasks hold the words. PostgreSQL's index counts no further than it must only
    after it has gathered all, so what its planner holds to be far more is not counted at all."""
    if session.get_bind().dialect.name == "postgresql" and _planned(session, hits) > SURELY:
        return True
    counted = select(func.count()).select_from(hits.limit(RARE + 1).subquery())
    return (session.scalar(counted) or 0) > RARE


def _planned(session: Session, query: Select[Any]) -> float:
    """How many rows PostgreSQL's planner expects."""
    compiled = query.compile(session.get_bind(), compile_kwargs={"render_postcompile": True})
    explained = session.connection().exec_driver_sql(
        f"EXPLAIN (FORMAT JSON) {compiled}", dict(compiled.params)
    )
    return float(explained.scalar_one()[0]["Plan"]["Plan Rows"])


def _around(words: Any, phrase: str) -> ColumnElement[bool]:
    return _padded(words).contains(f" {phrase} ", autoescape=True)


def _padded(words: Any) -> ColumnElement[str]:
    padded: ColumnElement[str] = literal(" ") + words + literal(" ")
    return padded


def _sqlite_hits(sought: Wanted) -> Select[Any]:
    index = table(_INDEX, column("rowid"), column(_INDEX))
    return select(index.c.rowid).where(index.c[_INDEX].op("MATCH")(sought.fts5))


def _postgresql_hits(sought: Wanted) -> Select[Any]:
    tasks = Task.__table__.alias("sought")
    vector = func.to_tsvector(_SIMPLE, tasks.c.words)
    # a phrase's words are looked up singly: the index knows no order, and would set each row's words anew
    found: list[ColumnElement[bool]] = [
        vector.op("@@")(func.plainto_tsquery(_SIMPLE, " ".join(sought.phrases)))
    ]
    found += [_around(tasks.c.words, phrase) for phrase in sought.phrases if " " in phrase]
    return select(tasks.c.document_id, tasks.c.id).where(*found)


def install(connection: Connection) -> None:
    """Makes the index over what is there; SQLite's triggers are lost with a table that is made anew."""
    for statement in _SQLITE if connection.dialect.name == "sqlite" else _POSTGRESQL:
        connection.execute(text(statement))


def remove(connection: Connection) -> None:
    """Takes it away again."""
    if connection.dialect.name == "sqlite":
        for name in ("added", "changed", "removed"):
            connection.execute(text(f"DROP TRIGGER {OWN}{name}"))
        connection.execute(text(f"DROP TABLE {_INDEX}"))
        connection.execute(text(f"DROP TABLE {_KEYS}"))
    else:
        connection.execute(text(f"DROP INDEX {_GIN}"))


def forget(session: Session) -> None:
    """Lets nothing of tasks that are gone linger in the index."""
    if session.get_bind().dialect.name == "sqlite":
        session.execute(text(f"INSERT INTO {_INDEX} ({_INDEX}) VALUES ('optimize')"))
