"""After a purge nothing of the document is left anywhere, all else is, and the audit's chain still holds."""

from __future__ import annotations

import datetime as dt
import re
from pathlib import Path

import pytest
from people import document, task, unit, user
from sqlalchemy import event, insert, text
from typer.testing import CliRunner

from pipeline.remembered import remembered
from service.access.roles import Role
from service.audit.heads import HeadBook
from service.audit.keys import Signer
from service.audit.signing import sign
from service.bootstrap import open_store
from service.checking.findings import Found
from service.checking.measures import NewMeasure
from service.checking.plan import Plan
from service.cli import app
from service.files import Files
from service.purging.purge import TOUCHED, Purge
from service.review.changes import Change, Kind
from service.settings import Settings
from service.store import FilePart, Store
from service.tables import Base, Export, Source, Upload
from service.tracking.book import Attached
from service.tracking.entering import NewDuty, Origin
from service.tracking.keeping import SYSTEM
from service.tracking.life import Given, Lead

MARKER = "Zaqwsxcde"  # a word that stands nowhere else
UNIT = unit(f"Sở {MARKER}")


def marked(key: str, number: str, word: str = MARKER) -> dict:
    """A record that has the word wherever a document can have one."""
    proof = [{"page": 1, "box": [72.0, 100.0, 300.0, 112.0], "start": 0, "end": 9}]
    clause = {"role": "task", "path": word, "text": word, "rule": "x", "evidence": proof}
    record = document(
        key,
        task("a", f"Rà soát {word}", unit(f"Sở {word}"), output=word, path=word),
        number=number,
        subject=word,
        issuer=f"UBND {word}",
        recipients=[word],
        addressees=[word],
        signer={"name": word, "position": word},
    )
    record["source"]["name"] = f"{word}.pdf"
    record["issues"] = [{"stage": "x", "message": word}]
    return record | {"text": f"{word} {word}", "clauses": [clause]}


class Office:
    """A store with its data folder, and one document that was worked on."""

    def __init__(self, url: str, folder: Path) -> None:
        self.settings = Settings(data_dir=folder, database_url=url)
        self.store = open_store(self.settings)
        self.files = Files(folder / "files")
        self.lan = user(self.store, "lan", Role.REVIEWER)
        self.number = self.keep("15", "15/CT", f"{MARKER} tệp gốc".encode())
        self.work()

    def keep(self, key: str, number: str, content: bytes, word: str = MARKER) -> int:
        record = marked(key, number, word)
        sha256 = self.files.put(content)
        record["source"]["sha256"] = sha256
        with self.store.begin() as work:
            work.add(sha256, record, "done", [FilePart(sha256, record["source"]["name"], len(content))])
            found = work.shelf.id_of(sha256)
        assert found
        return found

    def work(self) -> None:
        """Someone changes its task; a picture, an export and an upload of it exist."""
        key = self.key(self.number)
        with self.store.begin() as work:
            new = {"text": f"Sửa {MARKER}", "leads": [UNIT]}
            work.desk.apply(self.lan, Kind.EDIT, [Change(self.number, "a", 1, new)], MARKER)
            work.desk.apply(self.lan, Kind.ACCEPT, [Change(self.number, "a", 2, {"status": "approved"})])
            rows = {
                Source: {"path": f"/kho/{MARKER}.pdf", "stamp": "1", "key": key, "outcome": "done"},
                Export: {"id": "e" * 32, "user_id": self.lan.id, "format": "csv", "wanted": {"words": MARKER}}
                | {"state": "done", "rows": 1, "message": "", "created_at": 9e9, "finished_at": 9e9},
                Upload: {"id": "f" * 32, "batch": "b" * 32, "position": 0, "user_id": self.lan.id, "key": key}
                | {"files": 1, "size": 1, "state": "done", "outcome": "done", "reason": ""}
                | {"message": MARKER, "created_at": 1.0},
            }
            for table, row in rows.items():
                work._session.execute(insert(table).values(row))
        for place in (f"pages/{key}/1-110.svg", f"exports/{'e' * 32}.csv", f"uploads/{'f' * 32}/0"):
            path = self.settings.data_dir / place
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(MARKER)
        sign(self.store, self.settings.audit_key)

    def key(self, number: int) -> str:
        with self.store.reading() as work:
            return work.shelf.document(self.lan, number).key

    def purge(self) -> None:
        assert Purge(self.settings, self.store).purge("lan", self.number)

    def faults(self) -> list:
        key = self.settings.audit_key
        with self.store.reading() as work:
            return list(work.audit.faults(Signer(key), HeadBook.beside(key).heads()))


@pytest.fixture
def office(url: str, tmp_path: Path):
    office = Office(url if url.startswith("postgresql") else "", tmp_path / "data")
    yield office
    office.store.engine.dispose()


def forms(word: str) -> list[bytes]:
    """A word as text and as the search index folds it."""
    return [word.encode(), word.lower().encode()]


def left_in_files(folder: Path, words: list[bytes]) -> list[str]:
    return [
        str(path.relative_to(folder))
        for path in folder.rglob("*")
        if path.is_file() and any(word in path.read_bytes() for word in words)
    ]


def left_in_rows(store: Store, word: str) -> list[str]:
    found = []
    with store.engine.connect() as connection:
        for table in store.engine.dialect.get_table_names(connection):
            if word.lower() in str(connection.execute(text(f'SELECT * FROM "{table}"')).all()).lower():
                found.append(table)
    return found


def test_no_byte_of_it_is_left_and_the_chain_still_holds(office: Office):
    assert left_in_rows(office.store, MARKER)
    assert left_in_files(office.settings.data_dir, forms(MARKER))
    office.purge()
    assert left_in_rows(office.store, MARKER) == []
    assert left_in_files(office.settings.data_dir, forms(MARKER)) == []
    assert office.faults() == []
    with office.store.reading() as work:
        told = work.audit.of(f"document:{office.number}")
    assert [(one.action, one.values is None) for one in told] == [
        ("edit", True),
        ("accept", True),
        ("purge", False),
    ]


def test_other_documents_stay_whole(office: Office):
    other = office.keep("16", "16/CT", b"noi dung khac", "Plmoknijb")
    before = office.key(other)
    office.purge()
    with office.store.reading() as work:
        assert work.shelf.record(office.lan, other)["tasks"][0]["text"] == "Rà soát Plmoknijb"
    assert office.files.get(before) == b"noi dung khac"


def test_an_original_that_another_document_needs_is_kept(office: Office):
    sha256 = office.key(office.number)
    with office.store.begin() as work:
        part = [FilePart(sha256, "a.pdf", 1)]
        work.add("9" * 64, document("17", task("a", "Việc khác")), "done", part)
    office.purge()
    assert office.files.get(sha256)


def test_what_was_attached_to_its_duties_goes_too_but_for_what_others_need(office: Office):
    hashes = [office.files.put(f"{MARKER} {one}".encode()) for one in "ab"]
    with office.store.begin() as work:
        lead = Lead(f"Sở {MARKER}")
        of_it = NewDuty(MARKER, lead, dt.date(2026, 3, 1), origin=Origin.DOCUMENT, document=office.number)
        made = [
            work.book.enter(SYSTEM, of_it),
            work.book.enter(SYSTEM, NewDuty("Việc khác", lead, dt.date(2026, 3, 1))),
        ]
        for duty, files in zip(made, (hashes, hashes[:1]), strict=True):
            row = work.book.held(duty)
            attached = [Attached(one, "a.txt", "text/plain", 9) for one in files]
            work.book.step(SYSTEM, row, "report", Given(note="xong", files=len(files)), attached)
    removed = Purge(office.settings, office.store).purge("lan", office.number)
    assert removed
    assert (removed.rows["duties"], removed.rows["duty_files"]) == (1, 2)
    assert office.files.path(hashes[0]).exists()
    assert not office.files.path(hashes[1]).exists()


def test_what_inspections_found_of_its_duties_goes_too(office: Office):
    minh = user(office.store, "minh", Role.MONITOR)
    lead, day = Lead("Sở Y tế"), dt.date(2026, 3, 1)
    plan = Plan("signs", "Kiểm tra đột xuất", day, day, (lead,), ("records",), ground="Báo cáo sai")
    with office.store.begin() as work:
        new = NewDuty(MARKER, lead, day, origin=Origin.DOCUMENT, document=office.number)
        duty = work.book.enter(SYSTEM, new)
        inspection = work.checking.inspections.plan(minh, plan)
        work.checking.findings.add(minh, inspection, [duty])
        work.checking.inspections.step(minh, inspection, "start")
        work.checking.findings.record(minh, inspection, duty, Found("wrongly", note=MARKER))
        work.checking.measures.take(minh, duty, NewMeasure("criticism", MARKER), inspection)
    removed = Purge(office.settings, office.store).purge("lan", office.number)
    assert removed
    assert (removed.rows["findings"], removed.rows["measures"]) == (1, 1)
    assert left_in_rows(office.store, MARKER) == []
    with office.store.reading() as work:
        assert work.checking.inspections.one(minh, inspection).title == plan.title


def test_postgresql_sweeps_every_table_that_rows_of_a_document_go_from():
    tables, gone = Base.metadata.tables, {"documents", "exports"}
    for _ in tables:  # each time at least one more, until there is none
        gone |= {
            name
            for name, table in tables.items()
            for key in table.foreign_keys
            if key.column.table.name in gone and key.ondelete in ("CASCADE", "SET NULL")
        }
    assert gone - {*TOUCHED} == set()
    assert {*TOUCHED} - {*tables} == set()


def test_postgresql_sweeps_every_table_that_a_purge_writes_to(office: Office):
    written: set[str] = set()

    @event.listens_for(office.store.engine, "before_cursor_execute")
    def note(_connection, _cursor, statement: str, *_rest: object) -> None:
        written.update(re.findall(r"\A\s*(?:UPDATE|DELETE FROM) (\w+)", statement))

    office.purge()
    assert {"documents", "run_files"} <= written
    assert written - {*TOUCHED} == set()


def test_the_process_that_purges_remembers_no_clause(office: Office):
    asked: list[str] = []
    known = remembered(8)(asked.append)
    known("báo cáo")
    known("báo cáo")
    assert asked == ["báo cáo"]
    assert Purge(office.settings, office.store).purge("lan", office.number)
    known("báo cáo")
    assert asked == ["báo cáo", "báo cáo"]  # worked out anew


def test_the_bytes_do_not_come_back(office: Office):
    key = office.key(office.number)
    office.purge()
    with office.store.reading() as work:
        assert work.refused(key) == "purged"


def test_what_cannot_be_undone_any_more_is_not_offered(office: Office):
    office.purge()
    with office.store.reading() as work:
        assert list(work.desk.recent(office.lan)) == []


def test_of_two_likely_duplicates_the_other_forgets_its_name(office: Office):
    with office.store.begin() as work:
        issue = {"stage": "duplicate", "message": f"có thể trùng với 15/CT ({MARKER}.pdf)"}
        work.add("8" * 64, document("18") | {"issues": [issue]}, "needs_review", [])
    office.purge()
    assert left_in_rows(office.store, MARKER) == []


@pytest.fixture
def dondoc(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("DONDOC_DATA_DIR", str(tmp_path / "data"))
    monkeypatch.delenv("DONDOC_DATABASE_URL", raising=False)
    office = Office("", tmp_path / "data")
    yield office, lambda *words, given="": CliRunner().invoke(app, words, input=given)
    office.store.engine.dispose()


def test_the_command_asks_first_and_lists_what_went(dondoc):
    office, run = dondoc
    refused = run("purge", "15/CT", given="n\n")
    assert refused.exit_code == 1
    done = run("purge", "15/ct", given="y\n")
    assert done.exit_code == 0
    for line in ("1 văn bản", "1 nhiệm vụ", "1 tệp gốc", "ảnh các trang", "giá trị của 2 mục nhật ký"):
        assert line in done.output
    assert run("audit", "verify").exit_code == 0
    assert run("purge", "--yes", str(office.number)).exit_code == 1


def test_a_number_that_several_have_purges_none(dondoc):
    office, run = dondoc
    office.keep("19", "15/CT", b"khac")
    answer = run("purge", "--yes", "15/CT")
    assert answer.exit_code == 1
    assert office.key(office.number) in answer.output


def test_verify_tells_each_fault_in_words_and_fails(dondoc):
    office, run = dondoc
    with office.store.engine.begin() as connection:
        connection.execute(text("DELETE FROM audit_values WHERE seq = 1"))
        connection.execute(text("UPDATE audit SET actor = 'minh' WHERE seq = 2"))
    answer = run("audit", "verify")
    assert answer.exit_code == 1
    assert "Mục số 1: giá trị bị mất" in answer.output
    assert "Mục số 2: mục bị sửa" in answer.output
