"""The commands as a clerk types them."""

from __future__ import annotations

import csv
import datetime as dt
import io
import json
import re
from pathlib import Path

import openpyxl
import pytest
import typer
from click.testing import Result as Shown
from typer.testing import CliRunner

from service import bootstrap
from service.batch import Batch
from service.commands.batch import batch
from service.commands.quarantine import quarantine
from service.commands.runs import runs
from service.commands.tasks import stub, tasks
from service.crew import Report, Settled
from service.files import Files
from service.outcomes import Outcome, Result
from service.runs import book

DIRECTIVE = "number: 7/CT-UBND\nissuer: UBND tỉnh Mẫu\nissued_on: 2024-03-01\n"


@pytest.fixture
def dondoc(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("DONDOC_DATA_DIR", str(tmp_path / "data"))
    monkeypatch.setenv("COLUMNS", "200")
    monkeypatch.setattr(bootstrap, "READER", "fake_readers:plain")
    app = typer.Typer()
    for command in (batch, tasks, stub):
        app.command()(command)
    app.add_typer(runs, name="runs")
    app.add_typer(quarantine, name="quarantine")
    runner = CliRunner()

    def run(*words: str | Path) -> Shown:
        return runner.invoke(app, [str(word) for word in words])

    return run


@pytest.fixture
def archive(tmp_path: Path) -> Path:
    folder = tmp_path / "kho"
    folder.mkdir()
    (folder / "a.txt").write_text(
        DIRECTIVE + "Sở Y tế; =SUM(A1) lập kế hoạch; 2024-03-15\nCông an tỉnh; - bảo đảm an ninh; \n"
    )
    return folder


def test_a_run_ends_with_a_table_of_outcomes(dondoc, archive: Path):
    shown = dondoc("batch", archive)
    assert shown.exit_code == 0
    assert "xong (done)" in shown.output


def test_a_failed_file_is_named_with_its_cause_and_the_run_exits_1(dondoc, archive: Path):
    (archive / "b.txt").write_text("!unreadable")
    shown = dondoc("batch", archive, "--workers", "1")
    assert shown.exit_code == 1
    (line,) = [line for line in shown.output.splitlines() if "b.txt" in line]
    assert line.endswith("b.txt: failed(encrypted) tệp có mật khẩu (password-protected)")
    assert "Traceback" not in shown.output


def test_a_likely_duplicate_is_named_with_what_it_repeats(dondoc, archive: Path):
    dondoc("batch", archive)
    (archive / "b.txt").write_text(DIRECTIVE + "Sở Y tế; làm; \n")
    shown = dondoc("batch", archive)
    (line,) = [line for line in shown.output.splitlines() if "needs_review" in line]
    assert line.startswith(str(archive / "b.txt"))
    assert "7/CT-UBND (a.txt)" in line


def test_a_refused_file_is_not_named(dondoc, archive: Path):
    (archive / "bi-an.txt").write_text("secrecy: mat")
    shown = dondoc("batch", archive)
    assert shown.exit_code == 0
    assert "refused_secret mat" in shown.output
    assert "bi-an" not in shown.output


STUB = ["stub", "--number", "1/M", "--date", "2024-01-05", "--unit", "Sở Y tế"]


@pytest.mark.parametrize(
    "words",
    [
        ["batch"],
        ["batch", "/no/such/folder"],
        ["tasks", "--due-before", "mai"],
        [*STUB, "--unit", " "],
        [*STUB, "--sha256", "abc"],
    ],
)
def test_a_mistyped_command_exits_2(dondoc, words):
    assert dondoc(*words).exit_code == 2


def test_a_reader_that_cannot_start_is_one_line(dondoc, archive: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(bootstrap, "READER", "fake_readers:broken")
    shown = dondoc("batch", archive)
    assert shown.exit_code == 1
    assert "no such library" in shown.output
    assert "Traceback" not in shown.output


def test_tasks_as_a_table(dondoc, archive: Path):
    dondoc("batch", archive)
    shown = dondoc("tasks", "--unit", "so y te")
    assert "lập kế hoạch" in shown.output
    assert "15/03/2024" in shown.output
    assert "Công an" not in shown.output


def test_tasks_by_deadline_and_status(dondoc, archive: Path):
    dondoc("batch", archive)
    found = json.loads(dondoc("tasks", "--due-before", "16/03/2024", "--format", "json").output)
    assert [task["deadline"]["date"] for task in found] == ["2024-03-15"]
    assert json.loads(dondoc("tasks", "--due-before", "2024-03-15", "--format", "json").output) == []
    assert json.loads(dondoc("tasks", "--status", "accepted", "--format", "json").output) == []
    assert len(json.loads(dondoc("tasks", "--status", "proposed", "--format", "json").output)) == 2


def test_tasks_by_class(dondoc, archive: Path):
    dondoc("batch", str(archive))
    assert json.loads(dondoc("tasks", "--class", "assigner=ministry", "--format", "json").output) == []
    for given in ("assigner=king", "colour=red", "assigner"):
        wrong = dondoc("tasks", "--class", given)
        assert wrong.exit_code == 2


def test_tasks_as_csv_for_excel_hold_no_formula(dondoc, archive: Path, tmp_path: Path):
    dondoc("batch", archive)
    dondoc("tasks", "--format", "csv", "-o", tmp_path / "out.csv")
    content = (tmp_path / "out.csv").read_bytes()
    assert content.startswith(b"\xef\xbb\xbf")
    rows = list(csv.DictReader(io.StringIO(content.decode("utf-8-sig"))))
    assert [row["Nhiệm vụ"] for row in rows] == ["'=SUM(A1) lập kế hoạch", "'- bảo đảm an ninh"]
    assert rows[0]["Thời hạn"] == "2024-03-15"
    assert rows[0]["Tính chất"] == "Xây dựng, ban hành văn bản"


def test_tasks_as_a_workbook_have_real_dates_and_no_formula(dondoc, archive: Path, tmp_path: Path):
    dondoc("batch", archive)
    dondoc("tasks", "--format", "xlsx", "-o", tmp_path / "out.xlsx")
    sheet = openpyxl.load_workbook(tmp_path / "out.xlsx").active
    heads = [cell.value for cell in sheet[1]]
    first = dict(zip(heads, sheet[2], strict=True))
    assert first["Thời hạn"].value == dt.datetime(2024, 3, 15)  # noqa: DTZ001 - a date without a zone
    assert (first["Nhiệm vụ"].value, first["Nhiệm vụ"].data_type) == ("=SUM(A1) lập kế hoạch", "s")


def test_an_output_that_cannot_be_written_is_one_line(dondoc, archive: Path, tmp_path: Path):
    shown = dondoc("tasks", "--format", "csv", "-o", tmp_path / "nowhere" / "out.csv")
    assert shown.exit_code == 1
    assert "không ghi được" in shown.output


def test_a_stub_is_listed_with_its_deadline_and_no_text(dondoc):
    typed = [
        "--number",
        "01/MAT",
        "--date",
        "2024-01-05",
        "--unit",
        "Công an tỉnh",
        "--deadline",
        "01/02/2024",
    ]
    assert dondoc("stub", *typed).exit_code == 0
    (found,) = json.loads(dondoc("tasks", "--unit", "cong an", "--format", "json").output)
    assert found["document"]["number"] == "01/MAT"
    assert found["deadline"]["date"] == "2024-02-01"
    assert found["status"] == "stub"


@pytest.mark.parametrize(
    ("name", "value", "status", "words"),
    [
        ("DONDOC_DATABASE_URL", "postgresql+psycopg://root@127.0.0.1:1/none", 1, "127.0.0.1:1"),
        ("DONDOC_DATABASE_URL", "nonsense", 1, "DONDOC_DATABASE_URL"),
        ("DONDOC_DATA_DIR", "/dev/null/x", 1, "/dev/null"),
        ("DONDOC_WORKERS", "many", 2, "DONDOC_WORKERS"),
        ("DONDOC_MAX_PAGES", "0", 2, "DONDOC_MAX_PAGES"),
    ],
)
def test_a_wrong_setting_is_one_line(
    dondoc, archive, monkeypatch: pytest.MonkeyPatch, name, value, status, words
):
    monkeypatch.setenv(name, value)
    for command in (["batch", archive], ["tasks"]):
        shown = dondoc(*command)
        assert shown.exit_code == status
        assert words in shown.output
        assert len(shown.output.splitlines()) == 1


def test_a_damaged_database_is_one_line(dondoc, archive: Path, tmp_path: Path):
    (tmp_path / "data").mkdir()
    (tmp_path / "data" / "dondoc.sqlite3").write_text("no database" * 99)
    for command in (["batch", archive], ["tasks"]):
        shown = dondoc(*command)
        assert shown.exit_code == 1
        assert len(shown.output.splitlines()) == 1


def test_a_full_disk_stops_the_run_and_the_next_one_goes_on(dondoc, archive, monkeypatch: pytest.MonkeyPatch):
    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as broken:
        broken.setattr("service.files.Files.put", full)
        shown = dondoc("batch", archive)
    assert (shown.exit_code, "No space left" in shown.output) == (1, True)
    assert dondoc("batch", archive).exit_code == 0


def test_what_was_settled_is_told_when_the_store_fails_midway(
    dondoc, archive: Path, monkeypatch: pytest.MonkeyPatch
):
    (archive / "b.txt").write_text("number: 8/CT-UBND\nSở Y tế; báo cáo; \n")
    put, before = Files.put, []

    def filling(files: Files, content: bytes) -> str:
        if before:
            raise OSError(28, "No space left on device")
        before.append(content)
        return put(files, content)

    monkeypatch.setattr(Files, "put", filling)
    shown = dondoc("batch", archive, "--workers", "1")
    assert (shown.exit_code, "No space left" in shown.output) == (1, True)
    assert re.search(r"\(total\) +│ 1 ", shown.output), shown.output


@pytest.mark.parametrize(("interrupted", "status"), [(True, 130), (False, 1)])
def test_a_report_that_fails_in_the_end_hides_nothing(
    dondoc, archive: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, interrupted: bool, status: int
):
    def run(batch: Batch, groups: object, report: Report, *, retry_failed: bool) -> None:
        report(Settled(archive / "a.txt", Result(Outcome.DONE, "a" * 64)))
        if interrupted:
            raise KeyboardInterrupt

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device", "run.html")

    monkeypatch.setattr(Batch, "run", run)
    monkeypatch.setattr("service.runs.report.write", full)
    shown = dondoc("batch", archive, "--report", tmp_path / "run.html")
    assert (shown.exit_code, "No space left" in shown.output) == (status, True)
    assert re.search(r"\(total\) +│ 1 ", shown.output), shown.output


def test_a_report_that_cannot_be_written_is_told_before_anything_is_read(
    dondoc, archive: Path, tmp_path: Path
):
    new, old, none = tmp_path / "new.html", tmp_path / "old.html", tmp_path / "nowhere" / "run.xlsx"
    old.write_text("of last night")
    shown = dondoc("batch", archive, "--report", new, "--report", old, "--report", none)
    assert (shown.exit_code, "không ghi được" in shown.output) == (2, True)
    assert (new.exists(), old.read_text()) == (False, "of last night")
    assert not (tmp_path / "data").exists()


def test_what_is_left_out_by_name_is_counted(dondoc, archive: Path):
    assert "left out" not in dondoc("batch", archive).output
    (archive / ".cu").mkdir()
    (archive / "~$a.docx").write_text("x")
    assert "2 mục bị bỏ qua theo tên (left out by name" in dondoc("batch", archive).output


def test_a_run_is_told_of_later_and_reported_with_the_names_of_what_failed(
    dondoc, archive: Path, tmp_path: Path
):
    (archive / "b.txt").write_text("!unreadable")
    (archive / "bi-an.txt").write_text("secrecy: mat")
    page, book = tmp_path / "run.html", tmp_path / "run.xlsx"
    dondoc("batch", archive, "--report", page, "--report", book)
    assert str(archive / "b.txt") in page.read_text()
    assert "bi-an" not in page.read_text()
    rows = list(openpyxl.load_workbook(book)["Tệp"].iter_rows(min_row=2, values_only=True))
    assert [str(archive / "b.txt")] == [row[1] for row in rows if row[2] == "lỗi"]
    assert "đã xong" in dondoc("runs", "list").output
    shown = dondoc("runs", "show", "1").output
    assert "3/3 tệp" in shown
    assert "có mật khẩu" in shown
    assert "b.txt" not in shown  # the store has no name of it
    dondoc("runs", "report", "1", "--to", page)
    assert str(archive / "b.txt") not in page.read_text()


def test_of_an_old_run_the_counts_are_told(dondoc, archive: Path, monkeypatch: pytest.MonkeyPatch):
    (archive / "b.txt").write_text("!unreadable")
    dondoc("batch", archive)
    monkeypatch.setattr(book, "_TOLD", 0)
    monkeypatch.setattr(book, "_SILENCE", -60.0)
    dondoc("batch", archive)
    shown = dondoc("runs", "show", "1").output
    for words in ("2/2 tệp", "lỗi (có mật khẩu): 1", "chỉ còn số đếm"):
        assert words in shown


@pytest.mark.parametrize(
    "words",
    [["batch", ".", "--report", "a.pdf"], ["runs", "report", "1", "--to", "a.doc"], ["runs", "show", "9"]],
)
def test_a_report_of_an_unknown_kind_or_run_exits_2(dondoc, words):
    assert dondoc(*words).exit_code == 2


@pytest.fixture
def hasty(dondoc, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Files for which there was too little time in a first run."""
    folder = tmp_path / "cham"
    folder.mkdir()
    for name in ("b.txt", "c.txt"):
        (folder / name).write_text(f"!nap {name}")
    with monkeypatch.context() as hurried:
        hurried.setenv("DONDOC_CHILD_WALL_SECONDS", "0.1")
        assert dondoc("batch", folder).exit_code == 1
    return folder


def test_a_failed_file_is_let_go_and_read_by_the_next_run(dondoc, hasty: Path):
    listed = dondoc("quarantine", "list").output
    hashes = re.findall("^[0-9a-f]{64}", listed, re.MULTILINE)
    assert listed.count("timeout (quá thời gian)") == len(hashes) == 2
    assert "b.txt" not in listed
    assert dondoc("quarantine", "release", "--reason", "damaged").output.startswith("0 tệp")
    assert dondoc("quarantine", "release", hashes[0]).output.startswith("1 tệp")
    assert dondoc("quarantine", "release", hashes[0]).exit_code == 1
    assert dondoc("batch", hasty).exit_code == 1
    assert "1 tệp lỗi" in dondoc("quarantine", "list").output
    dondoc("quarantine", "release", "--all")
    assert dondoc("batch", hasty).exit_code == 0


def test_what_failed_is_tried_again_and_nothing_else(dondoc, hasty: Path):
    assert dondoc("batch", hasty).exit_code == 1
    (hasty / "new.txt").write_text("Tệp mới\n")
    again = dondoc("batch", hasty, "--retry-failed")
    assert again.exit_code == 0
    assert "new.txt" not in again.output
    assert re.search(r"\(total\) +│ 2 ", again.output), again.output
    assert re.search(r"\(total\) +│ 0 ", dondoc("batch", hasty, "--retry-failed").output)
    assert "0 tệp lỗi" in dondoc("quarantine", "list").output


def test_one_failed_file_alone_is_tried_again(dondoc, hasty: Path):
    assert dondoc("batch", hasty / "b.txt").exit_code == 1
    assert dondoc("batch", hasty / "b.txt", "--retry-failed").exit_code == 0
    assert "1 tệp lỗi" in dondoc("quarantine", "list").output


@pytest.mark.parametrize(
    "words",
    [
        ["quarantine", "release"],
        ["quarantine", "release", "abc"],
        ["quarantine", "release", "a" * 64, "--all"],
        ["quarantine", "list", "--reason", "nonsense"],
    ],
)
def test_a_release_of_nothing_in_particular_exits_2(dondoc, words):
    assert dondoc(*words).exit_code == 2
