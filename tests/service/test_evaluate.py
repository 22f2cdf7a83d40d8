"""`dondoc evaluate` as users meet it: figures, faulty labels, the page with every error."""

from __future__ import annotations

import hashlib
import json
import os
import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from models.confidence import FILE, WEIGHTS
from models.registry import Card, Registry

LETTER = """ỦY BAN NHÂN DÂN TỈNH MẪU
Số: 12/UBND-VX
V/v thử chương trình
Tỉnh Mẫu, ngày 05 tháng 3 năm 2024

Kính gửi: Sở Y tế.

Ủy ban nhân dân tỉnh yêu cầu:
1. Sở Y tế chủ trì, phối hợp với Công an tỉnh rà soát các cơ sở khám bệnh, báo cáo trước ngày 15/3/2024.
2. Sở Tài chính bố trí kinh phí trong tháng 4/2024.
"""
DUE = {"text": "trước ngày 15/3/2024", "kind": "date", "date": "2024-03-15"}
CHECK = {
    "text": "Sở Y tế chủ trì, phối hợp với Công an tỉnh rà soát các cơ sở khám bệnh, báo cáo "
    "trước ngày 15/3/2024.",
    "leads": ["Sở Y tế"],
    "cooperators": ["Công an tỉnh"],
    "deadline": DUE,
}
PAY = {
    "text": "Sở Tài chính bố trí kinh phí trong tháng 4/2024.",
    "leads": ["Sở Nội vụ"],
    "deadline": {"text": "trong tháng 4/2024", "kind": "date", "date": "2024-04-30"},
}
UNFOUND = {"text": "Ủy ban nhân dân tỉnh yêu cầu", "leads": [], "deadline": None}
Run = Callable[..., subprocess.CompletedProcess[str]]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = tmp_path / "gold"
    for name in ("labels", "sources"):
        (made / name).mkdir(parents=True)
    tasks = [CHECK, PAY, UNFOUND]
    label = {"id": "a", "kind_of_source": "text", "document": {"number": "12/UBND-VX"}, "tasks": tasks}
    (made / "labels" / "a.json").write_text(json.dumps(label), encoding="utf-8")
    (made / "sources" / "a.txt").write_text(LETTER, encoding="utf-8")
    return made


@pytest.fixture
def run(tmp_path: Path) -> Run:
    environment = dict(os.environ) | {"DONDOC_DATA_DIR": str(tmp_path / "data"), "COLUMNS": "160"}

    def ran(*arguments: object) -> subprocess.CompletedProcess[str]:
        command = [sys.executable, "-c", "from service.cli import main; main()", "evaluate"]
        return subprocess.run(
            [*command, *map(str, arguments)],
            env=environment,
            capture_output=True,
            encoding="utf-8",
            check=False,
        )

    return ran


def test_figures_as_json(run, folder):
    done = run(folder, "--format", "json", "--workers", 1)
    assert (done.returncode, done.stderr) == (0, "")
    told = json.loads(done.stdout)
    assert told["figures"]["task"]["right"] == 2
    assert told["figures"]["complete"]["right"] == 1
    assert told["figures"]["document"]["f1"] == 1.0
    assert told["evidence"]["value"] == 1.0
    assert told["evidence"]["right"] == told["evidence"]["tasks"] > 0
    assert told["faults"]["missed"] == 1
    assert told["faults"]["leads"] == 1


def test_tables_by_kind_wherever_asked_for(run, folder):
    told = run(folder, "--by", "source", "--by", "document").stdout
    assert "Văn bản thuần" in told
    assert "Văn bản (document)" in told
    assert "Loại văn bản (type)" not in told


def test_a_faulty_label_and_an_unreadable_source_are_named_and_the_others_go_on(run, folder):
    (folder / "labels" / "b.json").write_text("{", encoding="utf-8")
    (folder / "labels" / "c.json").write_text(json.dumps({"id": "c", "tasks": []}), encoding="utf-8")
    (folder / "sources" / "c.pdf").write_bytes(b"%PDF-1.4\nxx")
    done = run(folder, "--format", "json")
    assert done.returncode == 1
    assert [line.partition(": ")[0] for line in done.stderr.splitlines()] == ["b.json", "c"]
    assert "Traceback" not in done.stderr
    told = json.loads(done.stdout)
    assert told["figures"]["task"]["right"] == 2
    assert told["figures"]["documents"]["without_prediction"] == 1


def test_a_secret_document_that_its_label_expects_is_no_loss(run, folder):
    label = {"id": "s", "expected": "refused_secret", "tasks": []}
    (folder / "labels" / "s.json").write_text(json.dumps(label), encoding="utf-8")
    (folder / "sources" / "s.txt").write_text("MẬT\n" + LETTER, encoding="utf-8")
    told = json.loads(run(folder, "--format", "json").stdout)
    assert (told["refused"], told["figures"]["documents"]["gold"]) == (1, 1)


def test_a_folder_without_labels_is_a_usage_error(run, tmp_path):
    done = run(tmp_path)
    assert done.returncode == 2
    assert "labels/" in done.stderr


def test_a_report_never_takes_the_place_of_a_source(run, folder):
    done = run(folder, "-o", folder / "sources" / "a.txt")
    assert done.returncode == 2
    assert (folder / "sources" / "a.txt").read_text(encoding="utf-8") == LETTER


def test_the_page_shows_each_error_on_its_page_and_loads_nothing(run, folder, tmp_path):
    out = tmp_path / "bao-cao.html"
    assert run(folder, "--format", "html", "-o", out).returncode == 0
    page = out.read_text(encoding="utf-8")
    assert 'data-kinds="missed "' in page
    assert re.search(r'data-kinds="[^"]*leads', page)
    assert page.count('class="strip p1"') >= 2
    assert "default-src 'none'" in page
    assert "0,667" in page  # two of three tasks, written as Vietnamese write it
    assert "khung đúng lời văn" in page
    assert "<ins>Sở Nội vụ</ins>" in page
    assert "<del>Sở Tài chính</del>" in page
    assert not re.search(r"https?:|@import", page)
    assert all(address.startswith("data:") for address in re.findall(r'url\("([^"]*)', page))


def test_what_documents_say_stays_text_on_the_page(run, folder, tmp_path):
    hostile = "Sở Y tế <script>alert(1)</script> rà soát những việc chưa làm xong"
    label = {"id": "a", "tasks": [{"text": hostile, "leads": ['"><img src=x onerror=alert(2)>']}]}
    (folder / "labels" / "a.json").write_text(json.dumps(label), encoding="utf-8")
    out = tmp_path / "bao-cao.html"
    run(folder, "--format", "html", "-o", out)
    page = out.read_text(encoding="utf-8")
    assert page.count("<script>") == 1
    assert "<img src=x" not in page


def test_a_header_field_that_was_not_found_is_shown_at_the_head_of_its_page(run, folder, tmp_path):
    label = {
        "id": "a",
        "document": {"signer": "Nguyễn Văn Mẫu"},
        "tasks": [CHECK, PAY | {"leads": ["Sở Tài chính"]}],
    }
    (folder / "labels" / "a.json").write_text(json.dumps(label), encoding="utf-8")
    out = tmp_path / "bao-cao.html"
    run(folder, "--format", "html", "-o", out)
    page = out.read_text(encoding="utf-8")
    (card,) = re.findall(r'<article class="fault" data-kinds="header.*?</article>', page, re.DOTALL)
    assert 'class="strip p1"' in card
    assert "Nguyễn Văn Mẫu" in card


def careful_model(tmp_path: Path, taught: tuple[str, ...] = ()) -> str:
    """The shipped confidence model, less sure of everything, among the office's own."""
    told = json.loads(WEIGHTS.read_bytes())
    for one in told["fields"].values():
        one["bias"] -= 2.0
    card = Card("confidence", "d" * 64, "rules-1", "1", "2026-03-02T07:00:00+00:00", taught=taught)
    return Registry(tmp_path / "data" / "models").put({FILE: json.dumps(told).encode()}, card)


def test_another_model_than_the_one_in_use_reads_where_it_is_named(run, folder, tmp_path):
    made = careful_model(tmp_path)
    used, other, back = (
        json.loads(run(folder, "--format", "json", *words).stdout)
        for words in ((), ("--model", made[:10]), ("--model", "shipped"))
    )
    assert (used["version"], other["version"]) == ("rules-1", f"rules-1+c:{made[:8]}")
    assert other["calibration"] != used["calibration"]
    assert back == used
    page = tmp_path / "bao-cao.html"
    assert run(folder, "--model", made[:10], "--format", "html", "-o", page).returncode == 0
    assert f"rules-1+c:{made[:8]}" in page.read_text(encoding="utf-8")


def test_documents_that_taught_the_model_are_counted_and_told(run, folder, tmp_path):
    key = hashlib.sha256((folder / "sources" / "a.txt").read_bytes()).hexdigest()
    done = run(folder, "--model", careful_model(tmp_path, (key,))[:10], "--format", "json")
    assert json.loads(done.stdout)["taught"] == 1
    assert "documents taught the model" in done.stderr


def test_a_model_that_is_not_there_is_a_usage_error(run, folder):
    assert run(folder, "--model", "abcdef").returncode == 2
