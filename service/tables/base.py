"""What all tables share: the declarative base and the type of ids."""

from __future__ import annotations

from typing import Any

from sqlalchemy import JSON, BigInteger, Integer, MetaData
from sqlalchemy.orm import DeclarativeBase

NEVER_REUSED: dict[str, Any] = {"sqlite_autoincrement": True}
"""Of a table whose ids stand in the audit, in links or with other software: SQLite would give the last one's
to the next row once it is gone. PostgreSQL's sequences never go back."""
BIG = BigInteger().with_variant(Integer, "sqlite")  # SQLite counts rowids only in INTEGER


class Base(DeclarativeBase):
    """All tables; constraints are named, so that migrations can change them."""

    metadata = MetaData(
        naming_convention={
            "ix": "ix_%(table_name)s_%(column_0_N_name)s",
            "uq": "uq_%(table_name)s_%(column_0_N_name)s",
            "fk": "fk_%(table_name)s_%(column_0_N_name)s_%(referred_table_name)s",
            "pk": "pk_%(table_name)s",
        }
    )
    type_annotation_map = {dict[str, Any]: JSON, list[Any]: JSON}  # noqa: RUF012 - SQLAlchemy's own form
