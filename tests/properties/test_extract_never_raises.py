"""Whatever the bytes, the path ends in an extraction or in one plain `Unreadable`, its places in bounds."""

from __future__ import annotations

import json
import random
from collections.abc import Sequence
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pipeline.errors import Unreadable
from pipeline.extract import extract
from pipeline.limits import Limits
from pipeline.read import open_source
from pipeline.types import Classified, DocumentContext, TaskContext
from service.record import record

SOURCES = Path(__file__).resolve().parents[2] / "data" / "samples" / "sources"
LIMITS = Limits(max_bytes=2**20, max_unpacked_bytes=2**23, max_pages=20, max_ocr_pages=0, convert_seconds=20)
PIECES = (
    "Điều 1. ", "1. ", "a) ", "- ", "+ ", "I. ", "Phụ lục", "Kính gửi:", "Nơi nhận:", "CHỈ THỊ",
    "Số: 05/CT-UBND", "KT. CHỦ TỊCH", "Giao ", "Yêu cầu ", "Sở Y tế", "UBND các huyện",
    "chủ trì, phối hợp với", "báo cáo", "nt", "như trên", ":", ";", ".", "(", ")", "“",
    "trước ngày 32/13/2024", "hằng quý", "chậm nhất 15 ngày", "quý V năm 0",
    "Hà Nội, ngày 31 tháng 02 năm 24", "\n", "\n\n", "\t", " ", "\u0301", "\ufeff", "\x00",
    "| Nhiệm vụ | Chủ trì |\n|---|---|\n| a | b |\n",
)  # fmt: skip
relaxed = settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.too_slow])


def unclassified(_: DocumentContext, tasks: Sequence[TaskContext]) -> tuple[Classified, ...]:
    return tuple(Classified("carry_out", "other", 0.5, 0.5) for _ in tasks)


def check(name: str, content: bytes) -> None:
    try:
        found = extract(open_source(name, content), limits=LIMITS, classify=unclassified)
    except Unreadable as error:
        assert "\n" not in error.message
        return
    text = found.directive.layout.text
    for before, after in pairwise(found.directive.layout.places):
        assert before.span.start <= after.span.start
    for task in found.tasks:
        assert task.spans
        assert all(0 <= span.start < span.end <= len(text) for span in task.spans)
    made = record(found)
    json.dumps(made)
    pages = range(1, made["source"]["pages"] + 1)
    assert all(place["page"] in pages for task in made["tasks"] for place in task["evidence"])


@relaxed
@given(st.lists(st.sampled_from(PIECES) | st.text(max_size=8), max_size=40))
def test_text_made_of_directives_pieces(pieces):
    check("a.txt", "".join(pieces).encode("utf-8", "surrogatepass"))


@relaxed
@given(st.binary(max_size=300))
def test_any_bytes(content):
    check("a.bin", content)


@relaxed
@given(
    st.sampled_from(["<p>", "<table><tr><td>", "{\\rtf1 ", "%PDF-1.7\n", "PK\x03\x04"]),
    st.binary(max_size=200),
)
def test_any_bytes_after_a_format_s_first_ones(first, content):
    check("a", first.encode("latin-1") + content)


@pytest.mark.slow
@pytest.mark.parametrize(
    "sample", ["s01-de-dieu.pdf", "s02-giai-phong-mat-bang.docx", "s12-phieu-trinh.html", "s16-chay-rung.rtf"]
)
def test_a_damaged_file(sample):
    content = (SOURCES / sample).read_bytes()
    dice = random.Random(sample)
    for _ in range(5):
        damaged = bytearray(content[: dice.randrange(len(content))] if dice.random() < 0.4 else content)
        for _ in range(dice.randrange(1, 20)):
            if damaged:
                damaged[dice.randrange(len(damaged))] = dice.randrange(256)
        check(sample, bytes(damaged))
