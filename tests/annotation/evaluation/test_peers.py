"""The peers read what a newcomer would see at once, and miss the rest."""

from __future__ import annotations

import pytest

from benchmarks.newcomer import dated, newcomer

LETTER = """ỦY BAN NHÂN DÂN TỈNH MẪU
Số: 12/UBND-VX
Tỉnh Mẫu, ngày 05 tháng 3 năm 2024
1. Giao Sở Y tế chủ trì, phối hợp với Công an tỉnh rà soát các cơ sở khám bệnh trước ngày 15/3/2024.
Căn cứ Luật Khám bệnh, chữa bệnh."""


def test_a_newcomer_finds_the_plain_case():
    record = newcomer(LETTER)
    (task,) = record["tasks"]
    assert record["document"]["number"] == "12/UBND-VX"
    assert record["document"]["issued_on"] == "2024-03-05"
    assert task["leads"] == ["Sở Y tế"]
    assert task["deadline"]["date"] == "2024-03-15"


@pytest.mark.parametrize(("phrase", "kind"), [(True, "none"), (False, "date")])
def test_dateparser_takes_the_day_of_a_cited_document_for_a_deadline(phrase, kind):
    pytest.importorskip("dateparser")
    task = {"text": "rà soát theo Quyết định ban hành ngày 20/01/2024", "deadline": {"text": None}}
    made = dated({"document": {"issued_on": "2024-03-05"}, "tasks": [task], "text": ""}, phrase=phrase)
    assert made["tasks"][0]["deadline"]["kind"] == kind
