"""`dondoc extract` as users meet it: what is written, what is said, how it ends."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

LETTER = """ỦY BAN NHÂN DÂN TỈNH MẪU
Số: 12/UBND-VX
V/v thử chương trình
Tỉnh Mẫu, ngày 05 tháng 3 năm 2024

Kính gửi: Sở Y tế.

Ủy ban nhân dân tỉnh yêu cầu:
1. Sở Y tế chủ trì, phối hợp với Công an tỉnh rà soát các cơ sở khám bệnh, báo cáo trước ngày 15/3/2024.
2. Sở Tài chính bố trí kinh phí trong tháng 4/2024.
"""
SECRET = "MẬT\n" + LETTER
SAMPLES = Path(__file__).resolve().parents[2] / "data" / "samples" / "sources"
Run = Callable[..., subprocess.CompletedProcess[str]]


@pytest.fixture
def run(tmp_path: Path) -> Run:
    """The command in a process of its own, with a data folder of its own."""
    environment = dict(os.environ) | {"DONDOC_DATA_DIR": str(tmp_path / "data"), "COLUMNS": "200"}

    def ran(*arguments: object, stdin: str = "", **more: str) -> subprocess.CompletedProcess[str]:
        command = [sys.executable, "-c", "from service.cli import main; main()", "extract"]
        return subprocess.run(
            [*command, *map(str, arguments)],
            cwd=tmp_path,
            env=environment | more,
            input=stdin,
            capture_output=True,
            encoding="utf-8",
            check=False,
        )

    return ran


def records(done: subprocess.CompletedProcess[str]) -> list[dict]:
    return [json.loads(line) for line in done.stdout.splitlines()]


def test_writes_an_object_a_document_in_the_order_given(run, tmp_path):
    for name in ("b", "a", "c"):
        (tmp_path / f"{name}.txt").write_text(LETTER.replace("12/", f"{ord(name)}/"))
    done = run("b.txt", "a.txt", "c.txt", "--format", "jsonl", "--workers", 2)
    assert (done.returncode, done.stderr) == (0, "")
    assert [record["id"] for record in records(done)] == ["b", "a", "c"]
    assert "Sở Y tế" in done.stdout  # no \\u escapes
    first = records(done)[0]["tasks"][0]
    assert [unit["name"] for unit in first["leads"]] == ["Sở Y tế"]
    assert first["deadline"]["date"] == "2024-03-15"


def test_a_bad_file_is_named_with_its_cause_and_the_others_go_on(run, tmp_path):
    (tmp_path / "good.txt").write_text(LETTER)
    (tmp_path / "empty.pdf").write_bytes(b"")
    (tmp_path / "torn.pdf").write_bytes(b"%PDF-1.4\nxx")
    done = run("empty.pdf", "torn.pdf", "none.pdf", "good.txt", "--format", "jsonl")
    assert done.returncode == 1
    assert [line.partition(": ")[0] for line in done.stderr.splitlines()] == [
        "empty.pdf",
        "torn.pdf",
        "none.pdf",
    ]
    assert "Traceback" not in done.stderr
    assert [record["id"] for record in records(done)] == ["good"]


def test_of_a_secret_document_nothing_is_written_not_even_its_name(run, tmp_path):
    (tmp_path / "ke-hoach-a2.txt").write_text(SECRET)
    done = run(tmp_path / "ke-hoach-a2.txt", "--format", "jsonl")
    assert done.returncode == 1
    assert done.stdout == ""
    assert "MẬT" in done.stderr
    for content in ("ke-hoach-a2", "Sở Y tế", "12/UBND"):
        assert content not in done.stderr
    kept = [path for path in (tmp_path / "data").rglob("*") if path.is_file()]
    assert kept == []


def test_where_stems_collide_ids_are_paths(run, tmp_path):
    for folder in ("2023", "2024"):
        (tmp_path / "cv" / folder).mkdir(parents=True)
        (tmp_path / "cv" / folder / "12.txt").write_text(LETTER)
    (tmp_path / "cv" / "13.txt").write_text(LETTER)
    done = run("cv", "--format", "jsonl")
    assert [record["id"] for record in records(done)] == ["13", "2023/12.txt", "2024/12.txt"]


def test_reads_stdin_and_writes_to_a_file(run, tmp_path):
    done = run("-", "--id", "thu", "--format", "jsonl", "-o", "out.jsonl", stdin=LETTER)
    assert (done.returncode, done.stdout) == (0, "")
    record = json.loads((tmp_path / "out.jsonl").read_text("utf-8"))
    assert (record["id"], record["document"]["number"]) == ("thu", "12/UBND-VX")


def test_stdin_has_its_place_in_the_order(run, tmp_path):
    (tmp_path / "a.txt").write_text(LETTER)
    done = run("-", "a.txt", "--format", "jsonl", stdin=LETTER.replace("12/", "13/"))
    assert [record["document"]["number"] for record in records(done)] == ["13/UBND-VX", "12/UBND-VX"]


def test_a_file_to_read_is_never_written_over(run, tmp_path):
    (tmp_path / "a.txt").write_text(LETTER)
    assert run("a.txt", "-o", "./a.txt").returncode == 2
    assert (tmp_path / "a.txt").read_text() == LETTER


def test_a_full_disk_is_one_line(run, tmp_path):
    (tmp_path / "a.txt").write_text(LETTER)
    done = run("a.txt", "-o", "/dev/full")
    assert done.returncode == 1
    assert len(done.stderr.splitlines()) == 1
    assert "No space left" in done.stderr


def test_writes_vietnamese_whatever_the_locale(run, tmp_path):
    (tmp_path / "a.txt").write_text(LETTER)
    done = run("a.txt", "none.txt", PYTHONIOENCODING="ascii", PYTHONUTF8="0")
    assert "Sở Tài chính" in done.stdout
    assert "không có tệp này" in done.stderr


def test_shows_a_table(run, tmp_path):
    (tmp_path / "a.txt").write_text(LETTER)
    done = run("a.txt")
    assert done.returncode == 0
    for shown in ("12/UBND-VX", "Sở Y tế", "Công an tỉnh", "15/03/2024", "30/04/2024"):
        assert shown in done.stdout


@pytest.mark.parametrize(
    "arguments",
    [
        (),
        ("a.txt", "--format", "xml"),
        ("a.txt", "b.txt", "--id", "x"),
        ("a.txt", "-o", "no/such/folder/out"),
        ("a.txt", "--workers", "0"),
    ],
    ids=" ".join,
)
def test_a_usage_error_ends_with_status_two(run, tmp_path, arguments):
    for name in ("a.txt", "b.txt"):
        (tmp_path / name).write_text(LETTER)
    done = run(*arguments)
    assert done.returncode == 2
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize(
    ("name", "value", "status"), [("DONDOC_DATA_DIR", "/proc/none", 1), ("DONDOC_MAX_PAGES", "many", 2)]
)
def test_a_wrong_setting_is_named(run, tmp_path, name, value, status):
    (tmp_path / "a.txt").write_text(LETTER)
    done = run("a.txt", **{name: value})
    assert done.returncode == status
    assert name in done.stderr
    assert len(done.stderr.splitlines()) == 1


def test_in_process_gives_the_same(run, tmp_path):
    (tmp_path / "a.txt").write_text(LETTER)
    apart, here = run("a.txt", "--format", "jsonl"), run("a.txt", "--format", "jsonl", "--in-process")
    assert apart.stdout == here.stdout


def test_a_packet_of_files_is_one_document(run, tmp_path):
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "12-ubnd.txt").write_text(LETTER)
    (tmp_path / "in" / "12-ubnd phu luc 1.txt").write_text("Phụ lục 1\nDanh mục cơ sở")
    assert [record["id"] for record in records(run("in", "--format", "jsonl"))] == ["12-ubnd"]
