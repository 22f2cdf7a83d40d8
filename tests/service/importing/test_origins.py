from __future__ import annotations

import pytest

from service.importing.origins import origin_of


@pytest.mark.parametrize(
    ("number", "issuer", "source", "assigner"),
    [
        ("12/CT-UBND", "UBND tỉnh Hưng Yên", "directive", "provincial_chair"),
        ("77/UBND-TH", "", "directive", "provincial_committee"),
        ("123/CĐ-TTg", "", "directive", "prime_minister"),
        ("12/NQ-CP", "Chính phủ", "directive", "government"),
        ("31/KH-UBND", "UBND tỉnh", "work_programme", "provincial_committee"),
        ("33/2019/QĐ-UBND", "UBND tỉnh", "normative", "provincial_committee"),
        ("10-CT/TU", "Tỉnh ủy", "directive", "party"),
        ("", "Chủ tịch UBND tỉnh", "other", "provincial_chair"),
        ("", "", "other", "other"),
    ],
)
def test_what_a_row_says_of_its_document_tells_who_gives(
    number: str, issuer: str, source: str, assigner: str
):
    assert origin_of(number, issuer) == (source, assigner)
