"""The schema that the migrations build is the one that the code expects, on both databases."""

from __future__ import annotations

import threading

from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import TextClause, text

from service.database import open_engine
from service.migrations import HEAD, migrate, version
from service.searching.index import OWN
from service.store import Store
from service.tables import Base

DOCUMENT = {
    "id": 1,
    "key": "k",
    "sha256": "a",
    "record_id": "a",
    "name": "a.txt",
    "media_type": "text/plain",
    "pages": 1,
    "ocr_pages": "[]",
    "number_key": "",
    "issuer_key": "",
    "urgency": "normal",
    "secrecy": "none",
    "recipients": "[]",
    "execution_clause": False,
    "outcome": "done",
    "version": "",
    "extra": "{}",
    "read_at": 0.0,
}
TASK = {
    "document_id": 1,
    "position": 0,
    "text": "x",
    "path": "",
    "deadline_inherited": False,
    "deadline_rule": "",
    "deadline_extra": "{}",
    "nature": "report",
    "field": "other",
    "confidence": 1.0,
    "evidence": "[]",
    "extra": "{}",
    "status": "proposed",
}


def insert_of(table: str) -> TextClause:
    """A statement that fills the columns named above, as the schema was at its first revision."""
    names = [*(DOCUMENT if table == "documents" else TASK)]
    names += [] if table == "documents" else ["id", "deadline_kind"]
    return text(
        f"INSERT INTO {table} ({', '.join(names)}) VALUES ({', '.join(f':{name}' for name in names)})"
    )


def test_the_migrations_build_the_tables_of_the_code(store: Store):
    with store.engine.connect() as connection:
        options = {"compare_type": True, "include_name": lambda name, *_: not str(name).startswith(OWN)}
        context = MigrationContext.configure(connection, opts=options)
        assert compare_metadata(context, Base.metadata) == []


def test_head_is_the_newest_revision():
    config = Config()
    config.set_main_option("script_location", "service:migrations")
    assert ScriptDirectory.from_config(config).get_heads() == [HEAD]


def test_an_up_to_date_database_is_left_alone(store: Store):
    migrate(store.engine)
    assert version(store.engine) == HEAD


def test_stored_tasks_get_the_timing_that_their_deadline_says(url: str):
    engine = open_engine(url)
    config = Config()
    config.set_main_option("script_location", "service:migrations")
    with engine.begin() as connection:
        config.attributes["connection"] = connection
        command.upgrade(config, "0001")
        connection.execute(insert_of("documents"), DOCUMENT)
        kinds = ("date", "none", "recurring")
        connection.execute(insert_of("tasks"), [TASK | {"id": kind, "deadline_kind": kind} for kind in kinds])
    migrate(engine)
    with engine.connect() as connection:
        found = connection.execute(text("SELECT id, timing, assigner FROM tasks ORDER BY id")).all()
    assert [tuple(row) for row in found] == [
        ("date", "dated", None),
        ("none", "undated", None),
        ("recurring", "recurring", None),
    ]
    engine.dispose()


def test_processes_that_start_together_migrate_once(url: str):
    engines = [open_engine(url) for _ in range(3)]
    threads = [threading.Thread(target=migrate, args=(engine,)) for engine in engines]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert {version(engine) for engine in engines} == {HEAD}
    for engine in engines:
        engine.dispose()
