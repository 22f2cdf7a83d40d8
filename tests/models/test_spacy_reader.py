"""The spaCy pipeline: its words keep offsets, its documents hold what is to be judged, and it learns by
`spacy train` what it is taught."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from models.reader.judging import view_of
from models.reader.read import see
from models.reader.tags import BEGINS, COOPERATOR, DUE, LEAD, OTHER
from models.training.lessons import Lesson, lesson
from pipeline.read import open_source, read
from pipeline.structure import structure

pytest.importorskip("spacy", reason="needs the extra learn")

from models.spacy_reader.docs import ROLES, docs_of, place_of
from models.training.spacy_corpus import TOKENIZERS, blank, pieces, taught_docs, write
from models.training.spacy_reader import taught

WAYS = sorted(TOKENIZERS)
LETTER = """UBND TỈNH KIM SƠN
SỞ NỘI VỤ
Số: 12/SNV-VP
Kim Sơn, ngày 3 tháng 3 năm 2024

V/v rà soát hồ sơ

Kính gửi: Các phòng thuộc Sở.

Thực hiện chương trình công tác năm, Sở Nội vụ có ý kiến như sau:
1. Sở Tài chính chủ trì, phối hợp với Sở Y tế bố trí kinh phí trước ngày 15/4/2024.
2. Sở Y tế rà soát kho thuốc của các bệnh viện.
3. Năm qua, công tác hồ sơ đã đạt nhiều kết quả tốt.
"""
TASKS = [
    {
        "text": "Sở Tài chính chủ trì, phối hợp với Sở Y tế bố trí kinh phí trước ngày 15/4/2024.",
        "leads": ["Sở Tài chính"],
        "cooperators": ["Sở Y tế"],
        "deadline": {"kind": "date", "date": "2024-04-15", "rrule": None},
    },
    {
        "text": "Sở Y tế rà soát kho thuốc của các bệnh viện.",
        "leads": ["Sở Y tế"],
        "cooperators": [],
        "deadline": None,
    },
]


@pytest.fixture(scope="module")
def letter() -> Lesson:
    return lesson(structure(read(open_source("letter.txt", LETTER.encode()))), TASKS)


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize(
    "text",
    [
        "Giao Uỷ ban nhân dân tỉnh Hoà Bình (qua Sở Nội vụ), “báo cáo” trước ngày 15/4/2024.",
        "Giao Ủy ban nhân dân\n  tỉnh Hòa  Bình; số 12/CT-UBND…  ",
        "  - 50%: tăng 1.234,5 tỷ_đồng",
        "",
    ],
)
def test_words_keep_every_character_in_its_place(way: str, text: str) -> None:
    doc = blank(way).make_doc(text)
    assert doc.text == text
    assert all(text[word.idx : word.idx + len(word)] == word.text for word in doc)


def test_underthesea_makes_words_of_syllables_and_both_free_the_marks() -> None:
    text = "Uỷ ban nhân dân tỉnh, thực hiện."
    words = {way: [word.text for word in blank(way).make_doc(text)] for way in WAYS}
    assert words["plain"] == ["Uỷ", "ban", "nhân", "dân", "tỉnh", ",", "thực", "hiện", "."]
    assert words["underthesea"] == ["Uỷ ban nhân dân", "tỉnh", ",", "thực hiện", "."]


def test_two_spellings_of_a_tone_and_all_numbers_are_alike_to_the_pipeline() -> None:
    doc = blank("plain").make_doc("Hoà Hòa 15/4/2024 3/12/2025")
    assert [word.norm_ for word in doc] == ["hòa", "hòa", "0/0/0", "0/0/0"]


@pytest.mark.parametrize("way", WAYS)
def test_a_piece_s_document_begins_with_its_words_and_holds_its_mentions(letter: Lesson, way: str) -> None:
    view = letter.view
    docs = docs_of(view, blank(way))
    assert len(docs) == len(view.pieces)
    for doc, piece, found in zip(docs, view.pieces, view.mentions, strict=True):
        assert doc.text.startswith(view.text[piece.span.start : piece.span.end])
        names = sorted((one.span.start, one.text) for one in (*found.units, *found.deadlines))
        assert all(name in span.text for (_, name), span in zip(names, doc.ents, strict=True))


def test_a_mention_beyond_what_is_read_of_a_piece_has_no_place() -> None:
    text = LETTER.replace("Sở Y tế rà soát", "Rà soát" + " kho" * 200 + " và giao Sở Y tế rà soát")
    view = view_of(structure(read(open_source("letter.txt", text.encode()))))
    at = next(at for at, one in enumerate(view.pieces) if one.span.end - one.span.start > 800)
    start = view.pieces[at].span.start
    doc = docs_of(view, blank("plain"))[at]
    assert place_of(doc, start, view.mentions[at].units[0].span) is None
    assert not doc.ents


def test_what_is_taught_is_not_shown(letter: Lesson, tmp_path: Path) -> None:
    nlp = blank("plain")
    write([letter], nlp, tmp_path / "train.spacy")
    examples = list(pieces(tmp_path / "train.spacy")(nlp))
    roles = [span.label_ for one in examples for span in one.reference.spans[ROLES]]
    assert sorted(roles) == sorted([LEAD, COOPERATOR, DUE, LEAD])
    for one in examples:
        assert not one.predicted.cats
        assert ROLES not in one.predicted.spans
        assert not any(span.kb_id for span in one.predicted.ents)
    assert [one.reference.cats for one in examples] == [doc.cats for doc in taught_docs(letter, nlp)]


@pytest.mark.slow
@pytest.mark.parametrize("way", WAYS)
def test_spacy_train_teaches_tasks_with_their_units_and_deadlines(
    letter: Lesson, tmp_path: Path, way: str
) -> None:
    soon = {"training.max_epochs": 20, "training.eval_frequency": 20, "training.batcher.size": 200}
    judge = taught([letter] * 4, [letter], tmp_path / "new", way, soon)
    judgement = judge(view_of(letter.view.directive))
    assert judgement.tags == list(letter.tags)
    assert OTHER in judgement.tags
    likely = zip(judgement.likely, letter.tags, strict=True)
    assert all((each > 0.5) == (tag == BEGINS) for each, tag in likely)
    text, seen = letter.view.text, see(letter.view.directive, judge)
    assert [text[one.spans[0].start : one.spans[-1].end] for one in seen] == [one["text"] for one in TASKS]
    for one, task in zip(seen, TASKS, strict=True):
        assert [unit.name for unit in one.leads] == task["leads"]
        assert [unit.name for unit in one.cooperators] == task["cooperators"]
    assert [one.deadline.date for one in seen if one.deadline] == [dt.date(2024, 4, 15)]
