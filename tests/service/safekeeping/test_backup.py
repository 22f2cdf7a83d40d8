"""What is backed up while the office works comes back elsewhere, all of it, on either database."""

from __future__ import annotations

import datetime as dt
import itertools
import os
import signal
import sqlite3
import stat
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, closing
from pathlib import Path
from typing import Any

import pytest
from databases import database
from kept_office import Office
from sqlalchemy import func, select
from typer.testing import CliRunner

from service.bootstrap import open_store
from service.cli import app
from service.database import Unavailable, open_engine
from service.migrations import HEAD, migrate, version
from service.purging.purge import Purge
from service.safekeeping import backup as backing
from service.safekeeping import pieces
from service.safekeeping.backup import back_up
from service.safekeeping.backups import DATABASE, Backup, opened
from service.safekeeping.check import check
from service.safekeeping.restore import Damaged, restore
from service.safekeeping.snapshot import snapshot
from service.settings import Settings
from service.tables import Base, Document

Elsewhere = Callable[[str], Settings]
BEGIN = dt.datetime(2026, 3, 2, 19, tzinfo=dt.UTC)


@pytest.fixture
def office(url: str, tmp_path: Path) -> Iterator[Office]:
    made = Office(url, tmp_path / "data")
    yield made
    made.store.engine.dispose()


@pytest.fixture
def small(tmp_path: Path) -> Iterator[Office]:
    """One on SQLite, for what is the same on both."""
    with database("sqlite", tmp_path) as url:
        made = Office(url, tmp_path / "data")
    yield made
    made.store.engine.dispose()


@pytest.fixture
def elsewhere(tmp_path: Path) -> Iterator[Elsewhere]:
    """Other empty places by kind of database."""
    count = itertools.count()
    with ExitStack() as stack:

        def place(kind: str) -> Settings:
            folder = tmp_path / f"khac{next(count)}"
            url = stack.enter_context(database(kind, folder))
            return Settings(data_dir=folder / "data", database_url=url)

        yield place


def rows(settings: Settings) -> dict[str, list[tuple[Any, ...]]]:
    """All rows of all tables."""
    engine = open_engine(settings.url)
    with engine.connect() as connection:
        found = {
            table.name: sorted((tuple(row) for row in connection.execute(select(table))), key=repr)
            for table in Base.metadata.sorted_tables
        }
    engine.dispose()
    return found


def backups(root: Path) -> list[Path]:
    return sorted(path.parent for path in root.glob("2*/manifest.json"))


@pytest.mark.parametrize("kind", ["sqlite", pytest.param("postgresql", marks=pytest.mark.postgres)])
def test_all_rows_and_files_come_back_on_either_database(
    office: Office, elsewhere: Elsewhere, tmp_path: Path, kind: str
):
    made = back_up(office.settings, tmp_path / "sao")
    place = elsewhere(kind)
    restore(place, made.backup)
    assert rows(place) == rows(office.settings)
    assert list(check(place)) == []
    assert made.backup.manifest.rows["documents"] == made.added == 3


@pytest.mark.parametrize("kind", ["sqlite", pytest.param("postgresql", marks=pytest.mark.postgres)])
def test_an_id_that_is_gone_is_given_to_nobody_after_a_restore(
    office: Office, elsewhere: Elsewhere, tmp_path: Path, kind: str
):
    Purge(office.settings, office.store).purge("lan", 3)
    place = elsewhere(kind)
    restore(place, back_up(office.settings, tmp_path / "sao").backup)
    again = Office.__new__(Office)
    again.__dict__ |= office.__dict__ | {"settings": place, "store": open_store(place)}
    assert again.arrive(9) == 4
    again.store.engine.dispose()


def test_what_is_copied_while_people_work_is_of_one_moment(
    office: Office, elsewhere: Elsewhere, tmp_path: Path
):
    ended = threading.Event()

    def work() -> None:
        for number in itertools.count(100):
            office.decide(office.arrive(number))
            if ended.is_set():
                return

    writer = threading.Thread(target=work)
    writer.start()
    try:
        made = [
            back_up(office.settings, tmp_path / "sao", at=BEGIN + dt.timedelta(days=day)) for day in range(3)
        ]
    finally:
        ended.set()
        writer.join()
    for one in made:
        place = elsewhere("sqlite")
        restore(place, one.backup)
        assert list(check(place)) == []
        kept = rows(place)
        now = rows(office.settings)
        assert set(map(repr, kept["audit"])) <= set(map(repr, now["audit"]))
        approved = [row for row in kept["audit"] if "task:a" in repr(row)]
        assert len(kept["documents"]) - len(approved) in (0, 1)  # the writer was between the two


def test_a_second_backup_copies_new_files_only(small: Office, tmp_path: Path):
    back_up(small.settings, tmp_path / "sao", at=BEGIN)
    small.arrive(7)
    assert back_up(small.settings, tmp_path / "sao", at=BEGIN + dt.timedelta(days=1)).added == 1


def test_old_backups_go_with_the_files_that_only_they_needed(small: Office, tmp_path: Path):
    root = tmp_path / "sao"
    gone = small.originals[3].name
    back_up(small.settings, root, at=BEGIN)
    Purge(small.settings, small.store).purge("lan", 3)
    second = back_up(small.settings, root, at=BEGIN + dt.timedelta(days=1), keep=2)
    assert (second.removed, len(list(root.rglob(gone)))) == (0, 1)
    third = back_up(small.settings, root, at=BEGIN + dt.timedelta(days=2), keep=2)
    assert (third.removed, list(root.rglob(gone))) == (1, [])
    assert [path.name for path in backups(root)] == ["20260303T190000Z", "20260304T190000Z"]
    assert list(third.backup.flaws()) == []


def test_a_document_that_is_purged_during_a_backup_is_not_in_it(
    office: Office, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    taken = backing.snapshot
    left = iter([3])

    def purged_afterwards(engine: Any, target: Path) -> None:
        taken(engine, target)
        for document in left:
            Purge(office.settings, office.store).purge("lan", document)

    monkeypatch.setattr(backing, "snapshot", purged_afterwards)
    manifest = back_up(office.settings, tmp_path / "sao").backup.manifest
    assert (manifest.rows["documents"], manifest.originals, manifest.missing) == (2, 2, ())


def test_an_original_that_was_damaged_before_is_told_and_the_rest_backed_up(small: Office, tmp_path: Path):
    small.originals[2].write_bytes(b"khac")
    made = back_up(small.settings, tmp_path / "sao")
    assert made.backup.manifest.missing == (small.originals[2].name,)
    assert (made.added, list(made.backup.flaws())) == (2, [])


def test_an_original_that_cannot_be_read_is_told_and_the_rest_backed_up(small: Office, tmp_path: Path):
    small.originals[2].unlink()
    small.originals[2].mkdir()  # whoever asks, reading fails
    made = back_up(small.settings, tmp_path / "sao")
    assert made.backup.manifest.missing == (small.originals[2].name,)
    assert (made.added, list(made.backup.flaws())) == (2, [])


def test_a_backup_that_has_no_place_is_not_taken_for_originals_that_are_missing(
    small: Office, tmp_path: Path
):
    name = small.originals[2].name
    blocked = tmp_path / "sao" / "files" / name[:2]
    blocked.parent.mkdir(parents=True)
    blocked.touch()
    with pytest.raises(OSError, match=name[:2]):
        back_up(small.settings, tmp_path / "sao")


@pytest.mark.parametrize("failing", ["snapshot", "_originals"])
def test_a_backup_that_fails_leaves_nothing_begun(
    small: Office, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, failing: str
):
    def full(*_: Any) -> None:
        raise OSError("đĩa đầy")

    monkeypatch.setattr(backing, failing, full)
    with pytest.raises(OSError, match="đĩa đầy"):
        back_up(small.settings, tmp_path / "sao")
    assert list((tmp_path / "sao").glob(".new-*")) == []


def test_a_database_that_cannot_be_copied_is_told_in_a_line(small: Office, tmp_path: Path):
    (tmp_path / "ban-sao").mkdir()
    with pytest.raises(Unavailable, match=r"không chép được .*SQLITE_CANTOPEN"):
        snapshot(small.store.engine, tmp_path / "ban-sao")


def test_copies_wait_their_turn_a_few_at_a_time(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    asked: list[Any] = []

    class Counting(ThreadPoolExecutor):
        def submit(self, *words: Any, **more: Any) -> Any:
            asked.append(words)
            return super().submit(*words, **more)

    monkeypatch.setattr(pieces, "ThreadPoolExecutor", Counting)
    monkeypatch.setattr(pieces, "_BATCH", 2)
    copies = pieces.originals_copied([(tmp_path / "gone", tmp_path / "sao" / name) for name in "abcde"])
    assert (next(copies), len(asked)) == (False, 2)
    assert (list(copies), len(asked)) == ([False] * 4, 5)


def test_nobody_else_may_read_a_backup(small: Office, tmp_path: Path):
    back_up(small.settings, tmp_path / "sao")
    modes = {stat.S_IMODE(path.stat().st_mode) for path in (tmp_path / "sao").rglob("*") if path.is_file()}
    assert modes == {0o600}
    assert stat.S_IMODE((tmp_path / "sao").stat().st_mode) == 0o700


def test_a_key_that_was_put_elsewhere_is_not_copied(small: Office, tmp_path: Path):
    key = small.settings.audit_key.rename(tmp_path / "khoa.pem")
    small.settings.audit_key.with_suffix(".heads").rename(tmp_path / "khoa.heads")
    settings = small.settings.model_copy(update={"audit_key_file": key})
    made = back_up(settings, tmp_path / "sao").backup
    assert [name for name in made.sums if "keys" in name] == ["data/keys/audit.heads"]


def changed(path: Path) -> None:
    content = bytearray(path.read_bytes())
    content[len(content) // 2] ^= 1
    path.write_bytes(content)


def test_a_changed_byte_is_named_and_nothing_restored(small: Office, elsewhere: Elsewhere, tmp_path: Path):
    made = back_up(small.settings, tmp_path / "sao").backup
    original = made.files.path(small.originals[1].name)
    changed(original)
    changed(made.path / DATABASE)
    assert {flaw.part.rpartition("/")[2] for flaw in made.flaws()} == {original.name, DATABASE}
    place = elsewhere("sqlite")
    with pytest.raises(Damaged, match=original.name):
        restore(place, made)
    assert not place.data_dir.exists()


def test_a_damaged_original_is_left_out_and_all_the_rest_restored(
    office: Office, elsewhere: Elsewhere, tmp_path: Path
):
    made = back_up(office.settings, tmp_path / "sao").backup
    names = [office.originals[one].name for one in (1, 2)]
    changed(made.files.path(names[0]))
    made.files.path(names[1]).unlink()
    place = elsewhere("sqlite")
    assert sorted(restore(place, made)) == sorted(names)
    assert rows(place) == rows(office.settings)
    assert {one.subject for one in check(place)} == {*names}
    assert [path.name for path in place.data_dir.glob("files/*/*")] == [office.originals[3].name]


@pytest.mark.parametrize("part", [DATABASE, "data/keys/audit.pem"])
def test_nothing_is_restored_where_more_than_originals_is_damaged(
    small: Office, elsewhere: Elsewhere, tmp_path: Path, part: str
):
    made = back_up(small.settings, tmp_path / "sao").backup
    changed(made.path / part)
    place = elsewhere("sqlite")
    with pytest.raises(Damaged, match=part):
        restore(place, made)
    assert not place.data_dir.exists()


def test_a_damaged_original_that_is_deleted_comes_with_the_next_backup(small: Office, tmp_path: Path):
    former = back_up(small.settings, tmp_path / "sao", at=BEGIN).backup
    damaged = former.files.path(small.originals[1].name)
    changed(damaged)
    damaged.unlink()
    assert back_up(small.settings, tmp_path / "sao").added == 1
    assert list(former.flaws()) == []


def test_a_changed_list_of_hashes_is_told(small: Office, tmp_path: Path):
    made = back_up(small.settings, tmp_path / "sao").backup
    changed(made.path / "SHA256SUMS")
    with pytest.raises(Unavailable, match="SHA256SUMS"):
        list(made.flaws())


def test_the_hashes_are_of_the_form_that_other_programs_read(small: Office, tmp_path: Path):
    made = back_up(small.settings, tmp_path / "sao").backup
    command = ["sha256sum", "--check", "--quiet", "SHA256SUMS"]
    assert subprocess.run(command, cwd=made.path, check=False).returncode == 0


def test_a_full_place_is_left_alone(office: Office, tmp_path: Path):
    made = back_up(office.settings, tmp_path / "sao").backup
    before = rows(office.settings)
    with pytest.raises(Unavailable, match="không trống"):
        restore(office.settings, made)
    assert rows(office.settings) == before


KILLED = """
import os, signal, sys
from service.safekeeping import {module} as module
from service.safekeeping.backups import opened
from service.settings import Settings
from pathlib import Path
from service.safekeeping import pieces
done = pieces.copied
def killed(source, target, *rest):
    if {when}:
        os.kill(os.getpid(), signal.SIGKILL)
    return done(source, target, *rest)
pieces.copied = module.copied = killed
{call}
"""


def killed(settings: Settings, module: str, when: str, call: str) -> None:
    """A process that kills itself where `when` says."""
    environment = os.environ | {
        "DONDOC_DATA_DIR": str(settings.data_dir),
        "DONDOC_DATABASE_URL": settings.database_url,
    }
    script = KILLED.format(module=module, when=when, call=call)
    done = subprocess.run([sys.executable, "-c", script], env=environment, check=False)
    assert done.returncode == -signal.SIGKILL


def test_a_killed_backup_leaves_the_former_one_and_the_next_goes_on(office: Office, tmp_path: Path):
    root = tmp_path / "sao"
    former = back_up(office.settings, root, at=BEGIN).backup
    fresh = [office.originals[office.arrive(number)].name for number in (7, 8)]
    call = f"module.back_up(Settings(), Path({str(root)!r}))"
    killed(office.settings, "backup", f"source.name == {fresh[1]!r}", call)
    assert opened(root).path == former.path
    assert list(former.flaws()) == []
    made = back_up(office.settings, root)
    assert made.backup.manifest.rows["documents"] == 5
    assert list(root.rglob(".new-*")) == []


@pytest.mark.parametrize("where", ["len(source.name) == 64", "source.name == 'dondoc.sqlite3'"])
@pytest.mark.parametrize("kind", ["sqlite", pytest.param("postgresql", marks=pytest.mark.postgres)])
def test_a_killed_restore_is_begun_again(
    small: Office, elsewhere: Elsewhere, tmp_path: Path, kind: str, where: str
):
    made = back_up(small.settings, tmp_path / "sao").backup
    place = elsewhere(kind)
    call = f"module.restore(Settings(), opened(Path({str(made.path)!r})))"
    killed(place, "restore", where, call)
    restore(place, made)
    assert rows(place) == rows(small.settings)
    assert list(check(place)) == []


def test_a_backup_of_an_earlier_revision_is_brought_up_to_date(
    elsewhere: Elsewhere, tmp_path: Path, url: str
):
    old = Settings(data_dir=tmp_path / "cu", database_url=url)
    engine = open_engine(url)
    migrate(engine, "0019")
    engine.dispose()
    made = back_up(old, tmp_path / "sao").backup
    assert made.manifest.schema == "0019"
    place = elsewhere("sqlite")
    restore(place, made)
    engine = open_engine(place.url)
    assert version(engine) == HEAD
    engine.dispose()


def test_a_backup_of_a_newer_version_is_refused(small: Office, elsewhere: Elsewhere, tmp_path: Path):
    made = back_up(small.settings, tmp_path / "sao").backup
    path = made.path / "manifest.json"
    path.write_text(path.read_text().replace(f'"schema": "{HEAD}"', '"schema": "9999"'))
    place = elsewhere("sqlite")
    with pytest.raises(Unavailable, match="9999"):
        restore(place, Backup(made.path))
    assert not place.data_dir.exists()


def test_the_commands_say_what_was_done(
    small: Office, elsewhere: Elsewhere, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    def dondoc(settings: Settings, *words: str) -> tuple[int, str]:
        monkeypatch.setenv("DONDOC_DATA_DIR", str(settings.data_dir))
        monkeypatch.setenv("DONDOC_DATABASE_URL", settings.database_url)
        answer = CliRunner().invoke(app, words)
        return answer.exit_code, answer.output

    root, place = str(tmp_path / "sao"), elsewhere("sqlite")
    code, said = dondoc(small.settings, "backup", root, "--keep", "7")
    assert (code, "3 tệp gốc, 3 mới" in said) == (0, True)
    assert dondoc(small.settings, "check", "--backup", root)[0] == 0
    code, said = dondoc(place, "restore", root)
    assert (code, "Không có chỗ sai" in said) == (0, True)
    code, said = dondoc(place, "restore", root)
    assert (code, "không trống" in said) == (1, True)
    original = small.originals[1].name
    changed(tmp_path / "sao" / "files" / original[:2] / original)
    code, said = dondoc(elsewhere("sqlite"), "restore", root)
    assert (code, f"{original}\ttệp gốc hỏng trong bản sao lưu" in said) == (1, True)
    changed(next((tmp_path / "sao").glob(f"2*/{DATABASE}")))
    code, said = dondoc(small.settings, "check", "--backup", root)
    assert (code, f"backup\t{DATABASE}" in said) == (1, True)


def test_a_snapshot_is_one_file_that_sqlite_alone_can_read(small: Office, tmp_path: Path):
    made = back_up(small.settings, tmp_path / "sao").backup
    with closing(sqlite3.connect(f"file:{made.path / DATABASE}?mode=ro&immutable=1", uri=True)) as connection:
        assert connection.execute("SELECT count(*) FROM documents").fetchone() == (3,)
    with small.store.engine.connect() as live:
        assert live.scalar(select(func.count()).select_from(Document)) == 3
