"""An id that the audit, a link or other software may name is never given to anything else."""

from __future__ import annotations

from alembic import command
from alembic.config import Config
from people import document, filed, task, unit, user
from sqlalchemy import text

from service.access.roles import Role
from service.database import open_engine
from service.hooks.news import Event
from service.migrations import migrate
from service.review.finder import TasksWanted
from service.settings import Settings
from service.store import Store
from service.tables import Base

GIVEN = '{"given": false}'
INNER = {
    "document_relations": "part of its document",
    "document_units": "part of its document",
    "duty_files": "named with its duty",
    "duty_standings": "part of its duty",
    "duty_units": "part of its duty",
    "files": "part of its document",
    "inspection_units": "part of its inspection",
    "issues": "part of its document",
    "sources": "a path, named by itself",
    "task_units": "part of its task",
    "task_versions": "named by document, task and number",
}


def numbered() -> set[str]:
    """Tables whose ids the database makes."""
    return {
        table.name
        for table in Base.metadata.tables.values()
        if [column.name for column in table.primary_key] == ["id"] and table.c.id.type.python_type is int
    }


def test_every_table_with_numbers_keeps_them_or_says_why_not(store: Store):
    kept = {
        name
        for name, table in Base.metadata.tables.items()
        if table.dialect_options["sqlite"]["autoincrement"]
    }
    assert kept | INNER.keys() == numbered()
    if store.engine.dialect.name == "sqlite":
        with store.engine.connect() as connection:
            query = "SELECT name FROM sqlite_master WHERE sql LIKE '%AUTOINCREMENT%'"
            assert set(connection.execute(text(query)).scalars()) == kept


def test_the_id_of_a_purged_document_does_not_come_back(store: Store, tmp_path):
    from service.purging.purge import Purge

    lan = user(store, "lan", Role.ADMINISTRATOR)
    first = filed(store, document("1", task("a", "Rà soát", unit("Sở Y tế"))))
    assert Purge(Settings(data_dir=tmp_path), store).purge("lan", first)
    second = filed(store, document("2", task("a", "Báo cáo", unit("Sở Y tế"))))
    assert second != first
    with store.reading() as work:
        assert work.shelf.document(lan, second)
        assert [one.action for one in work.audit.of(f"document:{first}")] == ["purge"]
        assert work.audit.of(f"document:{second}") == []


def test_the_id_of_a_webhook_that_was_removed_does_not_come_back(store: Store):
    lan = user(store, "lan", Role.ADMINISTRATOR)
    with store.begin() as work:
        first, _ = work.hooks.add(lan, "https://a.example/", [Event.READ], private=False)
        work.hooks.remove(lan, first)
        second, _ = work.hooks.add(lan, "https://b.example/", [Event.READ], private=False)
    assert second != first


def test_a_store_from_before_keeps_all_that_it_holds_and_its_numbers(url: str):
    engine = open_engine(url)
    config = Config()
    config.set_main_option("script_location", "service:migrations")
    with engine.begin() as connection:
        config.attributes["connection"] = connection
        command.upgrade(config, "0003")
        _filled_before(connection)
    migrate(engine)
    store = Store(engine)
    lan = user(store, "lan", Role.LEADER)
    with store.reading() as work:
        found = work.finder.tasks(lan, TasksWanted(words="kho thuoc"), None, 10)
        assert [(one.record["text"], one.record["leads"][0]["name"]) for one in found] == [
            ("Rà soát kho thuốc", "Sở Y tế")
        ]
    new = filed(store, document("9", task("a", "Rà soát kho thuốc", unit("Sở Y tế"))))
    assert new == 6  # 5 was purged, as the audit tells
    with store.reading() as work:
        assert len(work.finder.tasks(lan, TasksWanted(words="kho thuoc"), None, 10)) == 2
    engine.dispose()


def _filled_before(connection) -> None:
    """A document with a task, and the audit of another that is gone, as the schema was then."""
    rows = {
        "documents": {"id": 4, "key": "k", "sha256": "a", "record_id": "a", "name": "a.txt", "pages": 1}
        | {"media_type": "text/plain", "ocr_pages": "[]", "number_key": "", "issuer_key": ""}
        | {"urgency": "normal", "secrecy": "none", "recipients": "[]", "execution_clause": False}
        | {"outcome": "done", "version": "", "extra": "{}", "read_at": 0.0},
        "tasks": {"document_id": 4, "id": "a", "position": 0, "text": "Rà soát kho thuốc", "path": ""}
        | {"deadline_kind": "none", "deadline_inherited": False, "deadline_rule": "", "deadline_extra": GIVEN}
        | {"nature": "report", "field": "other", "confidence": 1.0, "evidence": "[]", "extra": "{}"}
        | {"status": "proposed", "words": "ra soat kho thuoc"},
        "task_units": {"id": 1, "document_id": 4, "task_id": "a", "role": "lead", "position": 0}
        | {"text": "Sở Y tế", "name": "Sở Y tế", "name_key": "so y te", "inherited": False, "extra": "{}"},
        "audit": {"seq": 1, "at": 0.0, "actor": "lan", "action": "purge", "subject": "document:5"}
        | {"version": "", "digest": "", "previous": "", "hash": ""},
    }
    for table, row in rows.items():
        names = ", ".join(row)
        values = ", ".join(f":{name}" for name in row)
        connection.execute(text(f"INSERT INTO {table} ({names}) VALUES ({values})"), row)
    if connection.dialect.name == "postgresql":  # whose sequences were at 5 then
        connection.execute(text("SELECT setval(pg_get_serial_sequence('documents', 'id'), 5)"))
        connection.execute(text("SELECT setval(pg_get_serial_sequence('task_units', 'id'), 1)"))
