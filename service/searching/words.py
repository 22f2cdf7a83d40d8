"""What a person typed in, the condition that a row holds it out.

Words that many rows have are not looked up: their rows are met soon enough on the way through the list.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Select,
    and_,
    column,
    false,
    func,
    literal,
    literal_column,
    select,
    table,
    tuple_,
)
from sqlalchemy.orm import Session

from service.mapping import search_key
from service.searching.index import Index
from service.tables import Base

RARE = 3000
"""Rows with the words, up to which they are looked up first."""
SAMPLE = 3000
"""The newest rows, among which PostgreSQL sees how many have the words: its index stops only once it has
gathered all of them, and its planner takes words for independent of each other."""
COMMON = SAMPLE // 100
"""Rows of the sample with the words, up to which they are looked up first."""
_SHORTEST = 2
"""Letters of a beginning that is looked up: what begins with one letter is nearly everything."""
_SIMPLE: Any = literal_column("'simple'")


@dataclass(frozen=True, slots=True)
class Sought:
    """What is searched: single words, all of which must be there, and phrases ("in quotes"); nothing but
    letters, digits and spaces."""

    phrases: tuple[str, ...]


def sought_in(query: str) -> Sought | None:
    """What a person typed; None where it holds no word."""
    quoted = re.findall(r'"([^"]*)"', query)
    single = search_key(re.sub(r'"[^"]*"', " ", query)).split()
    phrases = [*filter(None, map(search_key, quoted)), *single]
    return Sought(tuple(dict.fromkeys(phrases))) if phrases else None


def typed(session: Session, index: Index, query: str) -> list[ColumnElement[bool]]:
    """The conditions of what stands in a search field: none where it is blank, false without a word."""
    if not query.strip():
        return []
    sought = sought_in(query)
    return [holding(session, index, sought) if sought else false()]


def holding(session: Session, index: Index, sought: Sought) -> ColumnElement[bool]:
    """The condition that a row holds the words, in the form that is quick for as many as there are."""
    on_server = session.get_bind().dialect.name == "postgresql"
    listed = [one for one in sought.phrases if not index.begins or len(one) >= _SHORTEST]
    hits = (_postgresql_hits if on_server else _sqlite_hits)(index, listed) if listed else None
    if hits is None or _is_common(session, index, sought, hits):
        return _held(index, sought, func.strpos if on_server else func.instr)
    rest = [_around(index, one) for one in sought.phrases if one not in listed]
    return and_(_among(session, index, hits, on_server), *rest)


def _among(session: Session, index: Index, hits: Select[Any], on_server: bool) -> ColumnElement[bool]:
    """The condition that a row is one of the hits."""
    row = tuple_(*index.key) if index.by else index.key[0]
    if on_server:
        rows = hits.cte("hits").prefix_with("MATERIALIZED")
        return row.in_(select(*rows.c))
    if not index.by:  # one by one, else SQLite goes through all rows of a state rather
        found = session.scalars(hits).all()
        return row.in_(found) if found else false()
    keys = table(index.keys, column("id"), *(column(own) for own, _ in index.by))
    return row.in_(select(*(keys.c[own] for own, _ in index.by)).where(keys.c.id.in_(hits)))


def _is_common(session: Session, index: Index, sought: Sought, hits: Select[Any]) -> bool:
    """Whether so many rows hold the words that they are met soon enough on the way through the list."""
    if session.get_bind().dialect.name == "postgresql":
        newest = select(index.words).order_by(index.key[0].desc()).limit(SAMPLE).subquery()
        seen = (
            select(func.count()).select_from(newest).where(_held(index, sought, func.strpos, newest.c.words))
        )
        return (session.scalar(seen) or 0) > COMMON
    counted = select(func.count()).select_from(hits.limit(RARE + 1).subquery())
    return (session.scalar(counted) or 0) > RARE


def _held(index: Index, sought: Sought, at: Any, words: Any = None) -> ColumnElement[bool]:
    """The condition on rows that are met anyway; LIKE would be taken for a rare thing, and all be sorted."""
    return and_(*(at(_padded(index, words), _padding(index, one)) > 0 for one in sought.phrases))


def _sqlite_hits(index: Index, phrases: Sequence[str]) -> Select[Any]:
    found = table(index.fts, column("rowid"), column(index.fts))
    begun = " *" if index.begins else ""
    match = " AND ".join(f'"{phrase}"{begun}' for phrase in phrases)
    return select(found.c.rowid).where(found.c[index.fts].op("MATCH")(match))


def _postgresql_hits(index: Index, phrases: Sequence[str]) -> Select[Any]:
    rows = Base.metadata.tables[index.table].alias("sought")
    vector = func.to_tsvector(_SIMPLE, rows.c.words)
    # a phrase's words are looked up singly: the index knows no order, and would set each row's words anew
    last = ":*" if index.begins else ""
    words = [
        f"'{word}'{last if place == len(phrase.split()) - 1 else ''}"
        for phrase in phrases
        for place, word in enumerate(phrase.split())
    ]
    found: list[ColumnElement[bool]] = [vector.op("@@")(func.to_tsquery(_SIMPLE, " & ".join(words)))]
    found += [_around(index, phrase, rows.c.words) for phrase in phrases if " " in phrase]
    return select(*(rows.c[one.key] for one in index.key)).where(*found)


def _around(index: Index, phrase: str, words: Any = None) -> ColumnElement[bool]:
    return _padded(index, words).contains(_padding(index, phrase), autoescape=True)


def _padding(index: Index, phrase: str) -> str:
    """A phrase as it stands among padded words: whole, or where it is the beginning of one."""
    return f" {phrase}" if index.begins else f" {phrase} "


def _padded(index: Index, words: Any = None) -> ColumnElement[str]:
    padded: ColumnElement[str] = literal(" ") + (index.words if words is None else words) + literal(" ")
    return padded
