"""`dondoc explain` as users meet it: what was decided of each clause, and why; how a time phrase is read."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import Result
from typer.testing import CliRunner

from service.cli import app
from service.explaining import explained, likelihoods

LETTER = """ỦY BAN NHÂN DÂN TỈNH MẪU
Số: 12/UBND-VX
V/v thử chương trình
Tỉnh Mẫu, ngày 05 tháng 3 năm 2024

Kính gửi: Sở Y tế.

Căn cứ Luật Khám bệnh, chữa bệnh, Ủy ban nhân dân tỉnh yêu cầu:
1. Sở Y tế chủ trì, phối hợp với Công an tỉnh rà soát các cơ sở khám bệnh, báo cáo trước ngày 15/3/2024.
2. Năm 2023, công tác y tế đã đạt nhiều kết quả.
"""


@pytest.fixture
def explain(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("DONDOC_DATA_DIR", str(tmp_path / "data"))
    monkeypatch.setenv("COLUMNS", "200")
    monkeypatch.chdir(tmp_path)
    (tmp_path / "a.txt").write_text(LETTER)

    def run(*arguments: str, stdin: str = "") -> Result:
        return CliRunner().invoke(app, ["explain", *arguments], input=stdin)

    return run


def documents(done: Result) -> list[dict]:
    return [json.loads(line) for line in done.stdout.splitlines()]


# ---------------------------------------------------------------- documents


def test_each_clause_in_order_with_what_it_is_and_why(explain) -> None:
    (document,) = documents(explain("a.txt", "--format", "json"))
    assert document["number"] == "12/UBND-VX"
    said = [(clause["role"], bool(clause["tasks"])) for clause in document["clauses"]]
    assert said[-2:] == [("task", True), ("result", False)]
    assert all(clause["reason"] and clause["role_words"] for clause in document["clauses"])
    (task,) = document["clauses"][-2]["tasks"]
    assert [unit["name"] for unit in task["leads"]] == ["Sở Y tế"]
    assert task["reasons"]
    assert 0 < task["probabilities"]["complete"] <= task["probabilities"]["leads"] < 1


def test_the_table_shows_values_reasons_and_how_likely_they_are_right(explain) -> None:
    done = explain("a.txt")
    assert done.exit_code == 0
    for shown in ("12/UBND-VX", "Công an tỉnh", "15/03/2024", "Khả năng đúng", "Kết quả, đánh giá"):
        assert shown in done.stdout


@pytest.mark.parametrize(
    ("only", "roles"), [("tasks", {"task"}), ("clauses", {"result", "heading", "lead_in"})]
)
def test_only_what_assigns_or_only_what_does_not(explain, only: str, roles: set[str]) -> None:
    (document,) = documents(explain("a.txt", "--format", "json", "--only", only))
    found = {clause["role"] for clause in document["clauses"]}
    assert found
    assert found <= roles


def test_several_files_and_stdin_in_the_order_named(explain, tmp_path: Path) -> None:
    (tmp_path / "b.txt").write_text(LETTER.replace("12/", "13/"))
    done = explain("b.txt", "-", "a.txt", "--format", "json", stdin=LETTER.replace("12/", "14/"))
    assert [one["number"].partition("/")[0] for one in documents(done)] == ["13", "14", "12"]


def test_a_bad_file_is_named_in_one_line_and_the_others_go_on(explain, tmp_path: Path) -> None:
    (tmp_path / "torn.pdf").write_bytes(b"%PDF-1.4\nxx")
    done = explain("torn.pdf", "none.pdf", "a.txt", "--format", "json")
    assert done.exit_code == 1
    assert [line.partition(": ")[0] for line in done.stderr.splitlines()] == ["torn.pdf", "none.pdf"]
    assert len(documents(done)) == 1


def test_of_a_secret_document_nothing_is_told_not_even_its_name(explain, tmp_path: Path) -> None:
    (tmp_path / "ke-hoach-a2.txt").write_text("MẬT\n" + LETTER)
    done = explain("ke-hoach-a2.txt")
    assert done.exit_code == 1
    assert done.stdout == ""
    assert "MẬT" in done.stderr
    assert not any(word in done.stderr for word in ("ke-hoach-a2", "Sở Y tế", "12/UBND"))


TASK = {"path": "1", "text": "rà soát", "rule": "request", "evidence": [{"start": 4, "end": 9}]}
CLAUSE = {"path": "", "text": "x", "role": "task", "rule": "request", "reason": "vì thế"}


def test_a_task_stands_with_the_clause_that_it_begins_in() -> None:
    clauses = [CLAUSE | {"evidence": [{"start": at, "end": at + 10}]} for at in (0, 10)]
    rows = explained({"clauses": clauses, "tasks": [TASK | {"evidence": [{"start": 12, "end": 14}]}, TASK]})
    assert [len(row.tasks) for row in rows] == [1, 1]


def test_a_task_that_no_clause_holds_is_not_lost() -> None:
    rows = explained({"clauses": [CLAUSE | {"evidence": []}], "tasks": [TASK, TASK | {"evidence": []}]})
    assert [len(row.tasks) for row in rows] == [0, 1, 1]


def test_a_task_that_nobody_judged_has_no_likelihoods() -> None:
    assert likelihoods({"probabilities": None}) == ""
    assert likelihoods({"probabilities": {"task": 0.914, "complete": 0.8}}) == "nhiệm vụ 91% · trọn vẹn 80%"


# ---------------------------------------------------------------- phrases


def test_explains_a_phrase(explain) -> None:
    done = explain("trước ngày 25 hằng tháng", "--issued", "2024-03-05")
    assert done.exit_code == 0
    assert "FREQ=MONTHLY;BYMONTHDAY=25" in done.output
    assert "recurring." in done.output


def test_explains_with_the_date_of_issue(explain) -> None:
    assert "2024-03-20" in explain("trong 15 ngày kể từ ngày ký", "--issued", "05/03/2024").output


def test_explains_what_a_sentence_holds(explain) -> None:
    done = explain("gửi Sở Tài chính trước ngày 15/6/2024", "--format", "json")
    assert done.exit_code == 0
    (reading,) = json.loads(done.stdout)["readings"]
    assert reading["date"] == "2024-06-15"


@pytest.mark.parametrize(
    ("phrase", "why"),
    [
        ("Căn cứ Luật Đê điều", "không có chữ nào chỉ thời gian"),
        ("theo Công văn số 12/UBND-TH ngày 05/3/2024", "văn bản viện dẫn"),
        ("số 12/UBND-TH", "số, ký hiệu của văn bản"),
        ("điện thoại 0912 345 678", "số điện thoại"),
        ("chương trình giai đoạn 2021 - 2025", "giai đoạn của một kế hoạch"),
        ("đã được phê duyệt trước ngày 12/3/2024", "ngày của việc đã làm"),
    ],
)
def test_says_why_it_reads_no_deadline(explain, phrase: str, why: str) -> None:
    done = explain(phrase, "--issued", "2024-03-05")
    assert done.exit_code == 1
    assert "Không đọc được" in done.output
    assert why in done.output


def test_a_phrase_that_is_also_a_file_can_be_forced(explain, tmp_path: Path) -> None:
    (tmp_path / "hằng tháng").write_text(LETTER)
    assert "12/UBND-VX" in explain("hằng tháng").output
    assert "FREQ=MONTHLY" in explain("hằng tháng", "--phrase").output


def test_a_very_long_phrase_is_no_file(explain) -> None:
    done = explain("trước ngày 15/6/2024 " * 400)
    assert "2024-06-15" in done.output
