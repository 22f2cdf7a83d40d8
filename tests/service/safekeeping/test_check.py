"""`dondoc check` finds what is wrong with what is kept, and says it without a document's words."""

from __future__ import annotations

import json
import os
import sqlite3
import time
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import pytest
from click.testing import Result
from kept_office import Office
from sqlalchemy import text
from typer.testing import CliRunner

from models.registry import Card, Registry
from service.cli import app

Run = Callable[..., Result]


@pytest.fixture
def office(url: str, tmp_path: Path) -> Iterator[Office]:
    made = Office(url, tmp_path / "data")
    yield made
    made.store.engine.dispose()


@pytest.fixture
def dondoc(office: Office, monkeypatch: pytest.MonkeyPatch) -> Run:
    monkeypatch.setenv("DONDOC_DATA_DIR", str(office.settings.data_dir))
    monkeypatch.setenv("DONDOC_DATABASE_URL", office.settings.database_url)
    return lambda *words: CliRunner().invoke(app, words)


def findings(dondoc: Run, *words: str) -> list[tuple[str, str]]:
    answer = dondoc("check", "--json", *words)
    told = [json.loads(line) for line in answer.output.splitlines()]
    assert answer.exit_code == bool(told)
    return [(one["part"], one["subject"]) for one in told]


def test_an_office_where_all_is_whole(dondoc: Run):
    answer = dondoc("check")
    assert (answer.exit_code, answer.output) == (0, "Không có chỗ sai (all is whole).\n")


def test_a_changed_byte_is_found_by_its_hash_but_not_in_a_hurry(office: Office, dondoc: Run):
    path = office.originals[1]
    content = path.read_bytes()
    path.write_bytes(bytes([content[0] ^ 1]) + content[1:])
    assert findings(dondoc) == [("file", path.name)]
    assert findings(dondoc, "--quick") == []


def test_a_file_that_is_gone_and_one_that_is_cut_off_are_found_in_a_hurry_too(office: Office, dondoc: Run):
    office.originals[1].unlink()
    office.originals[2].write_bytes(b"Ch")
    assert set(findings(dondoc, "--quick")) == {("file", office.originals[one].name) for one in (1, 2)}


def test_a_file_that_no_row_names_is_found_unless_it_came_just_now(office: Office, dondoc: Run):
    left = office.files.path(office.files.put(b"bi bo quen"))
    assert findings(dondoc) == []
    before = time.time() - 2 * 3600
    os.utime(left, (before, before))
    assert findings(dondoc) == [("file", f"{left.name[:2]}/{left.name}")]


def test_a_foreign_file_is_found_without_its_name(office: Office, dondoc: Run):
    path = office.originals[1].with_name("bao cao toi mat.pdf")
    path.write_bytes(b"x")
    os.utime(path, (0, 0))
    answer = dondoc("check")
    assert answer.exit_code == 1
    assert f"{path.parent.name}/…" in answer.output
    assert "mat" not in answer.output


def test_a_model_of_which_the_store_knows_nothing(office: Office, dondoc: Run):
    card = Card("confidence", "data", "code", "1", "2026-01-01")
    made = Registry(office.settings.models_dir).put({"weights": b"1"}, card)
    assert findings(dondoc) == [("model", made[:12])]


def test_what_was_tampered_with_in_the_audit(office: Office, dondoc: Run):
    with office.store.engine.begin() as connection:
        connection.execute(text("UPDATE audit SET actor = 'minh' WHERE seq = 2"))
    assert findings(dondoc) == [("audit", "2")]


def test_a_lost_key_is_found(office: Office, dondoc: Run):
    office.settings.audit_key.unlink()
    assert findings(dondoc) == [("audit", "—")]


def test_a_schema_of_another_version(office: Office, dondoc: Run):
    with office.store.engine.begin() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '0021'"))
    assert findings(dondoc) == [("schema", "0021")]


def test_rows_that_refer_to_nothing(office: Office, dondoc: Run):
    if office.store.engine.dialect.name != "sqlite":
        pytest.skip("PostgreSQL lets no such row be")
    with closing(sqlite3.connect(office.store.engine.url.database)) as connection:
        connection.execute("DELETE FROM users")  # which the driver, unlike the product, lets happen
        connection.commit()
    answer = dondoc("check")
    assert answer.exit_code == 1
    assert "users không còn" in answer.output


def test_a_damaged_database_is_a_finding_not_a_crash(office: Office, dondoc: Run):
    if office.store.engine.dialect.name != "sqlite":
        pytest.skip("PostgreSQL keeps its own files")
    office.store.engine.dispose()  # the log is written back
    path = office.settings.data_dir.parent / "store" / "dondoc.sqlite3"
    with path.open("r+b") as stream:
        for page in range(8, 40):
            stream.seek(page * 4096)
            stream.write(b"\xff" * 64)
    answer = dondoc("check")
    assert answer.exit_code == 1
    assert "hỏng" in answer.output or "không dùng được" in answer.output


def test_no_store_is_told_and_none_is_made(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("DONDOC_DATA_DIR", str(tmp_path / "nowhere"))
    monkeypatch.delenv("DONDOC_DATABASE_URL", raising=False)
    answer = CliRunner().invoke(app, ["check"])
    assert answer.exit_code == 1
    assert "không có kho" in answer.output
    assert not (tmp_path / "nowhere").exists()


def test_no_finding_tells_a_name_or_a_word_of_a_document(office: Office, dondoc: Run):
    for path in office.originals.values():
        path.unlink()
    office.settings.audit_key.unlink()
    shown = dondoc("check").output
    assert "Ten tep" not in shown
    assert "Báo cáo" not in shown
