"""Misread marks are put right by their neighbours; everything else stays as it was read."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.ngrams import UNKNOWN, load
from models.spelling import heal, healed
from models.training.spelling import encode, save
from pipeline.text import fold
from pipeline.types import Box, Line, Word


def line(text: str, confidence: float = 0.7) -> Line:
    words = [
        Word(word, Box(30 * at, 0, 30 * at + 25, 13), confidence=confidence)
        for at, word in enumerate(text.split())
    ]
    return Line(tuple(words))


@pytest.mark.parametrize(
    ("read", "right"),
    [
        ("Đê nghị Sở Kê hoạch và Đâu tư tông hợp", "Đề nghị Sở Kế hoạch và Đầu tư tổng hợp"),
        ("tiếp tục đây mạnh cải cách hành chính", "tiếp tục đẩy mạnh cải cách hành chính"),
        ("QUYÉT ĐỊNH:", "QUYẾT ĐỊNH:"),
        ("KT. CHU TỊCH", "KT. CHỦ TỊCH"),
        ("xử lý theo thâm quyền, báo cáo", "xử lý theo thẩm quyền, báo cáo"),
        ("chỉ ngân sách nhà nước", "chi ngân sách nhà nước"),
        ("thí điểm tại các vùng đồng bằng", "thí điểm tại các vùng đồng bằng"),
    ],
)
def test_marks_that_ocr_lost(read: str, right: str) -> None:
    (found,) = heal([line(read)], load())
    assert found.text == right


@pytest.mark.parametrize(
    "text",
    [
        "Ủy ban nhân dân tỉnh yêu cầu Giám đốc các sở thực hiện",
        "MẬT",
        "TUYỆT MẬT",
        "HỎA TỐC",
        "Số: 15/QĐ-UBND ngày 05/3/2024",
        "Trần Phước Hiên",
        "mail: vanthu@songlam.example.vn",
    ],
)
def test_what_is_right_or_a_name_stays(text: str) -> None:
    (found,) = heal([line(text)], load())
    assert found.text == text
    assert all(word.raw is None for word in found.words)


def test_what_was_read_is_kept() -> None:
    (found,) = heal([line("đê nghị")], load())
    assert [(word.text, word.raw) for word in found.words] == [("đề", "đê"), ("nghị", None)]


@given(
    st.lists(
        st.text(min_size=1, max_size=12).filter(lambda text: not any(map(str.isspace, text))), max_size=12
    )
)
def test_letters_boxes_and_number_of_words_never_change(texts: list[str]) -> None:
    lines = [Line((Word(text, Box(0, 0, 9, 9), confidence=0.3),)) for text in texts]
    found = heal(lines, load())
    assert [each.words[0].box for each in found] == [each.words[0].box for each in lines]
    assert [fold(each.text) for each in found] == [fold(each.text) for each in lines]


def test_an_engine_is_wrapped() -> None:
    engine = healed(lambda image, dpi: (line("đê nghị"),))
    assert engine(None, 300.0)[0].text == "đề nghị"


def test_counts_are_saved_without_what_is_rare(tmp_path) -> None:
    save(encode(["Đề nghị báo cáo."] * 30 + ["Hiếm gặp."]), tmp_path / "counts.npz")
    ngrams = load(tmp_path / "counts.npz")
    de, nghi, bao = (ngrams.ids[word] for word in ("đề", "nghị", "báo"))
    size = len(ngrams.counts)
    assert "hiếm" not in ngrams.ids
    assert ngrams.pairs.of(de * size + nghi) == 30
    assert ngrams.triples.of((de * size + nghi) * size + bao) == 30
    assert ngrams.triples.of((nghi * size + de) * size + bao) == 0


def test_a_longer_memory_tells_more(tmp_path) -> None:
    save(encode(["đủ thẩm quyền ký"] * 30 + ["thuốc thâm quầng mắt"] * 40), tmp_path / "counts.npz")
    ngrams = load(tmp_path / "counts.npz")
    seen, after, quyen = (ngrams.ids[word] for word in ("đủ", "thẩm", "quyền"))
    known = ngrams.likelihood(seen, after, quyen)
    assert known > ngrams.likelihood(UNKNOWN, UNKNOWN, quyen) > ngrams.likelihood(seen, after, UNKNOWN)
