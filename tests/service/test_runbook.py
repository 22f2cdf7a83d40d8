"""Each command of the runbook is one that there is; those that can be run here print what it says."""

from __future__ import annotations

import re
import shlex
from pathlib import Path

import pytest
from command_lines import parsed
from typer.testing import CliRunner

from service.access.roles import Role
from service.bootstrap import open_store
from service.cli import app
from service.settings import Settings

ROOT = Path(__file__).resolve().parents[2]
PAGE = (ROOT / "docs" / "runbook.md").read_text("utf-8")
BLOCKS = re.findall(r"^ {4}dondoc (.+)\n(?: {4}» (.+)\n)?", PAGE, re.MULTILINE)
INLINE = re.findall(r"`dondoc ([^`]+)`", PAGE)
TROUBLES = re.split(r"^## ", PAGE, flags=re.MULTILINE)[1:]


@pytest.fixture
def office(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An office with an administrator, a failed file and a backup, as the page's examples have it."""
    monkeypatch.chdir(ROOT)
    monkeypatch.setenv("DONDOC_DATA_DIR", str(tmp_path / "data"))
    with open_store(Settings()).begin() as work:
        work.people.add("admin", "Quản trị", Role.ADMINISTRATOR, password="da quen mat roi")
    (tmp_path / "cut.pdf").write_bytes(b"%PDF-1.4\nbroken")
    assert run("batch", str(tmp_path / "cut.pdf"), "--workers", "1")[0] == 1
    assert run("backup", str(tmp_path / "backups"))[0] == 0
    return tmp_path


def run(*words: str) -> tuple[int, str]:
    done = CliRunner().invoke(app, [*words])
    return done.exit_code, done.output


@pytest.mark.parametrize("trouble", TROUBLES, ids=lambda text: text.partition(".")[0])
def test_each_trouble_has_its_parts(trouble: str):
    for part in ("**Sign**", "**Look**", "**Remedy**", "**Mended**"):
        assert part in trouble


@pytest.mark.parametrize("line", sorted({*INLINE, *(line for line, _ in BLOCKS)}))
def test_each_command_is_one_that_there_is(line: str, tmp_path: Path):
    words = [
        str(tmp_path) if word == "FOLDER" or word.startswith("/var/") else word for word in shlex.split(line)
    ]
    if len(words) > 1 or words[0] not in ("extract", "restore"):  # named without its files
        parsed(words)


def test_what_can_be_run_prints_what_the_page_says(office: Path):
    said = {line: told for line, told in BLOCKS if told}
    assert len(said) >= 6
    for line, told in said.items():
        if line == "check --quick":  # in three conditions, below
            continue
        words = [str(office / "backups") if word.startswith("/var/") else word for word in shlex.split(line)]
        assert told in run(*words)[1], line
    for line in ("runs list", "runs show 1", "models list", "quarantine release --reason truncated"):
        assert line in {one for one, _ in BLOCKS}
        assert run(*shlex.split(line))[0] == 0, line
    assert "0 tệp lỗi" in run("quarantine", "list")[1]


def test_what_the_check_says_of_whole_newer_and_absent_databases(
    office: Path, monkeypatch: pytest.MonkeyPatch
):
    told = [text for line, text in BLOCKS if line == "check --quick"]
    whole, away, schema = told
    assert whole in run("check", "--quick")[1]
    engine = open_store(Settings()).engine
    with engine.begin() as connection:
        connection.exec_driver_sql("UPDATE alembic_version SET version_num = '9999'")
    assert run("check", "--quick")[1].startswith(schema)
    code, said = run("runs", "list")
    assert (code, "cơ sở dữ liệu mới hơn chương trình" in said) == (1, True)
    monkeypatch.setenv("DONDOC_DATABASE_URL", "postgresql+psycopg://nobody@127.0.0.1:1/none")
    assert away in run("check", "--quick")[1]


def test_it_comes_back_from_the_backup(office: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("DONDOC_DATA_DIR", str(office / "elsewhere"))
    assert run("restore", str(office / "backups"))[0] == 0
    assert run("check")[0] == 0
