"""What OCR makes of dirt, and of words that stand close together."""

from __future__ import annotations

import pytest

from pipeline.read.gluing import parted
from pipeline.read.letters import meant_on_scan
from pipeline.read.ocr import without_specks
from pipeline.types import Box, Word


def words(*texts: str) -> list[Word]:
    """Finds of a second look, scattered over a page."""
    return [
        Word(text, Box(9.0 * at, 7.0 * at, 9.0 * at + 8, 7.0 * at + 5), 10.0, confidence=0.7)
        for at, text in enumerate(texts)
    ]


def test_little_words_all_over_a_page_are_dirt() -> None:
    found = without_specks(words(*(["tí", "1", "xẻ", "fY"] * 10), "Nguyễn"))
    assert [word.text for word in found] == ["Nguyễn"]


def test_a_name_by_a_seal_is_kept_whole() -> None:
    name = words("Lê", "Thị", "Mơ")
    assert without_specks(name) == name


def test_the_cells_of_a_table_are_kept() -> None:
    cells = words(*(["1", "2", "m2"] * 12), *(["Trạm", "Trường", "thôn"] * 8))
    assert without_specks(cells) == cells


@pytest.mark.parametrize(
    ("read", "meant"),
    [("†in", "tin"), ("bệnh†ật", "bệnhtật"), ("tỉnh†", "tỉnh†"), ("†)", "†)"), ("Ðảng", "Đảng")],
)
def test_a_dagger_before_small_letters_is_a_t(read: str, meant: str) -> None:
    assert meant_on_scan(read) == meant


@pytest.mark.parametrize(
    ("read", "parts"),
    [
        ("tậttinh", ["tật", "tinh"]),
        ("tếthành", ["tế", "thành"]),
        ("hoạchsố,", ["hoạch", "số,"]),
        ("nghiệp", ["nghiệp"]),
        ("UBND", ["UBND"]),
        ("Krông", ["Krông"]),
        ("nĐắt", ["nĐắt"]),
    ],
)
def test_two_syllables_read_in_one_are_parted(read: str, parts: list[str]) -> None:
    word = Word(read, Box(10, 10, 80, 22), 12.0, confidence=0.9)
    found = parted(word)
    assert [each.text for each in found] == parts
    assert found[0].box.x0 == 10
    assert found[-1].box.x1 == 80
