"""The schema that the migrations build is the one that the code expects, on both databases."""

from __future__ import annotations

import threading

from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory

from service.database import open_engine
from service.migrations import HEAD, migrate, version
from service.store import Store
from service.tables import Base


def test_the_migrations_build_the_tables_of_the_code(store: Store):
    with store.engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        assert compare_metadata(context, Base.metadata) == []


def test_head_is_the_newest_revision():
    config = Config()
    config.set_main_option("script_location", "service:migrations")
    assert ScriptDirectory.from_config(config).get_heads() == [HEAD]


def test_an_up_to_date_database_is_left_alone(store: Store):
    migrate(store.engine)
    assert version(store.engine) == HEAD


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
