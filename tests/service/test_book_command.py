"""`dondoc book import`: each row told, entered on the user's word, found again the second time."""

from __future__ import annotations

from pathlib import Path

import pytest
from former_book import workbook
from typer.testing import CliRunner

from service.cli import app


@pytest.fixture
def file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("DONDOC_DATA_DIR", str(tmp_path / "data"))
    monkeypatch.delenv("DONDOC_DATABASE_URL", raising=False)
    path = tmp_path / "so-cu.xlsx"
    path.write_bytes(workbook())
    return path


def run(file: Path, *words: str, given: str = ""):
    return CliRunner().invoke(
        app, ["book", "import", str(file), "--issuer", "UBND tỉnh Hưng Yên", *words], given
    )


def test_a_book_is_told_row_by_row_and_entered_once(file: Path):
    refused = run(file, given="n\n")
    assert refused.exit_code == 1
    for line in (
        "Đơn vị chủ trì: “Chủ trì” (100 %)",
        "dòng 6: Rà soát các trạm y tế xã · Sở Y tế · 20/02/2026 · đã hoàn thành",
        "dòng 8: KHÔNG ĐỌC ĐƯỢC (not read): không đọc được thời hạn “xem sổ tay 9b”",
        "dòng 10: KHÔNG ĐỌC ĐƯỢC (not read): dòng có dấu độ mật",
    ):
        assert line in refused.output
    assert "Đã vào sổ (entered): 3" in run(file, "--yes").output
    again = run(file, "--yes")
    assert "đã có (there) 3" in again.output
    assert "Đã vào sổ (entered): 0" in again.output


def test_what_is_no_workbook_is_told_in_one_line(file: Path):
    file.write_text("chỉ là chữ")
    answer = run(file, "--yes")
    assert answer.exit_code == 1
    assert "cần tệp Excel .xlsx" in answer.output
    assert "Traceback" not in answer.output
