"""Classes noted for real documents beside the project: facts alone, the words found again by hash."""

from __future__ import annotations

import hashlib
import re
from pathlib import Path

import pytest

from models.training import archive
from models.training.archive import Noted, notes, read_archive, task_hash
from pipeline.labels import FIELDS, NATURES

_LETTER = """ỦY BAN NHÂN DÂN TỈNH MẪU
Số: 12/UBND-NN
V/v chống hạn
Tỉnh Mẫu, ngày 05 tháng 3 năm 2026

Kính gửi:
- Sở Tài chính;
- Sở Nông nghiệp và Môi trường.

1. Giao Sở Tài chính bố trí kinh phí bơm nước cho các xã trước ngày 20/3/2026.
2. Giao Sở Nông nghiệp và Môi trường kiểm tra các trạm bơm.
"""


def test_the_notes_hold_hashes_and_classes_and_no_words() -> None:
    noted = notes()
    assert sum(map(len, noted.values())) > 500
    for file, tasks in noted.items():
        assert re.fullmatch(r"[0-9a-f]{64}", file)
        for task, classes in tasks.items():
            assert re.fullmatch(r"[0-9a-f]{16}", task)
            assert classes.nature in {"", *NATURES}
            assert classes.field in {"", *FIELDS}
            assert classes.nature or classes.field


def test_a_tasks_hash_is_that_of_its_words_however_they_are_set() -> None:
    assert task_hash("Kiểm tra  các trạm bơm;") == task_hash("kiểm tra các\ntrạm bơm.")
    assert task_hash("Kiểm tra các trạm bơm") != task_hash("Kiểm tra các trạm")


def test_noted_tasks_are_read_again_from_the_files(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "letter.txt").write_text(_LETTER, encoding="utf-8")
    (tmp_path / "other.txt").write_text("Không có trong ghi chép.", encoding="utf-8")
    file = hashlib.sha256(_LETTER.encode()).hexdigest()
    monkeypatch.setattr(archive, "notes", lambda: {file: _every_task_of(tmp_path / "letter.txt")})
    [document] = read_archive(tmp_path)
    assert document.name == "letter.txt"
    assert [noted for _, noted in document.tasks] == [Noted("resources", "finance_budget")]
    assert "kinh phí" in document.tasks[0][0].text


def _every_task_of(path: Path) -> dict[str, Noted]:
    from pipeline.extract import extract_from
    from pipeline.read import open_source, read

    keeping = archive._Keeping()
    extract_from(read(open_source(path.name, path.read_bytes())), classify=keeping)
    [money, _] = keeping.tasks
    return {task_hash(money.text): Noted("resources", "finance_budget"), "0" * 16: Noted("report", "")}
