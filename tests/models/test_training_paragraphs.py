"""Classes noted for paragraphs of raw legal text: facts alone, the words found again by hash."""

from __future__ import annotations

import lzma
import re
from pathlib import Path

import pytest

from models.training import paragraphs
from models.training.archive import Noted, task_hash
from models.training.paragraphs import noted_paragraphs, read_paragraphs
from pipeline.labels import FIELDS, NATURES

_DUTY = "Ban quản lý chợ công khai giá thuê quầy hàng tại cổng chợ."
_OTHER = "Hộ kinh doanh được thuê lại quầy hàng khi hết hợp đồng cũ."


def test_the_notes_hold_hashes_and_classes_and_no_words() -> None:
    noted = noted_paragraphs()
    assert len(noted) > 200
    for paragraph, classes in noted.items():
        assert re.fullmatch(r"[0-9a-f]{16}", paragraph)
        assert classes.nature in NATURES
        assert classes.field in {"", *FIELDS}


def test_noted_paragraphs_are_found_again_once_and_without_their_number(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    raw = tmp_path / "raw.txt.xz"
    with lzma.open(raw, "wt", encoding="utf-8") as text:
        text.write(f"{_OTHER}\nb) {_DUTY}\n3. {_DUTY}\n")
    noted = {task_hash(_DUTY): Noted("communicate", "industry_trade"), "0" * 16: Noted("report", "")}
    monkeypatch.setattr(paragraphs, "noted_paragraphs", lambda: noted)
    [found] = read_paragraphs(raw)
    assert found.text == _DUTY
    assert found.noted == Noted("communicate", "industry_trade")
