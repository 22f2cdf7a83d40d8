"""Head, body, foot and annexes told apart; nothing that assigns is lost."""

from __future__ import annotations

from collections.abc import Callable

from pipeline.structure.layout import compose
from pipeline.structure.parts import take_apart
from pipeline.types import Grid, Paragraph, Reading

Make = Callable[..., object]

DECISION = """
BỘ MÔI SINH
Số: 40/QĐ-BMS
CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
Hà Nội, ngày 02 tháng 3 năm 2020
QUYẾT ĐỊNH
Ban hành Kế hoạch trồng rừng ngập mặn
BỘ TRƯỞNG BỘ MÔI SINH
Căn cứ Luật Lâm nghiệp ngày 15 tháng 11 năm 2017;
QUYẾT ĐỊNH:
Điều 1. Ban hành kèm theo Quyết định này Kế hoạch trồng rừng ngập mặn.
Điều 2. Quyết định này có hiệu lực kể từ ngày ký./.
Nơi nhận:
- Các tỉnh ven biển;
- Lưu: VT.
KT. BỘ TRƯỞNG
THỨ TRƯỞNG
Hà Văn Sậy
"""
PLAN = """
KẾ HOẠCH
TRỒNG RỪNG NGẬP MẶN
(Ban hành kèm theo Quyết định số 40/QĐ-BMS ngày 02 tháng 3 năm 2020)
1. Cục Lâm sinh cung cấp cây giống trong quý II năm 2020.
2. Các tỉnh ven biển trồng mới 500 ha.
"""
LIST = """
PHỤ LỤC
DANH MỤC CÂY GIỐNG
(Kèm theo Quyết định số 40/QĐ-BMS)
- Đước; bần; mắm.
"""


def parts_of(reading: Reading) -> tuple[list[str], list[list[str]]]:
    """The texts of body and annexes."""
    layout = compose(reading)
    parts = take_apart(layout, reading)

    def text(item: Paragraph | Grid) -> str:
        return layout.text[item.span.start : item.span.end]

    return [text(item) for item in parts.body], [[text(item) for item in annex] for annex in parts.annexes]


def test_the_body_is_what_stands_between_head_and_foot(flowing: Make) -> None:
    body, annexes = parts_of(flowing(DECISION))
    assert [text.split(" ")[0:2] for text in body] == [["Căn", "cứ"], ["Điều", "1."], ["Điều", "2."]]
    assert annexes == []


def test_a_plan_behind_the_signature_is_an_annex(flowing: Make) -> None:
    body, annexes = parts_of(flowing(DECISION + PLAN))
    assert len(body) == 3
    assert annexes[0][0] == "KẾ HOẠCH"
    assert annexes[0][-1] == "2. Các tỉnh ven biển trồng mới 500 ha."


def test_each_annex_is_its_own(flowing: Make) -> None:
    _, annexes = parts_of(flowing(DECISION + PLAN + LIST))
    assert [annex[0] for annex in annexes] == ["KẾ HOẠCH", "PHỤ LỤC"]


def test_an_annex_may_have_its_own_signature(flowing: Make) -> None:
    signed = "KT. BỘ TRƯỞNG\nTHỨ TRƯỞNG\nHà Văn Sậy\n"
    _, annexes = parts_of(flowing(DECISION + PLAN + signed + LIST))
    assert [annex[0] for annex in annexes] == ["KẾ HOẠCH", "PHỤ LỤC"]
    assert "Hà Văn Sậy" not in annexes[0]
    assert annexes[1][-1] == "- Đước; bần; mắm."


def test_a_list_without_the_word_annex_behind_the_foot_is_kept(flowing: Make) -> None:
    _, annexes = parts_of(flowing(DECISION + "DANH SÁCH CÁC ĐIỂM TRỒNG\n1. Bãi Cồn.\n2. Bãi Vược.\n"))
    assert annexes == [["DANH SÁCH CÁC ĐIỂM TRỒNG", "1. Bãi Cồn.", "2. Bãi Vược."]]


def test_addressees_are_not_the_body(flowing: Make) -> None:
    body, _ = parts_of(
        flowing("""
            SỞ MÔI SINH
            Số: 31/SMS-VP
            V/v kiểm tra giếng nước
            Kính gửi: Ủy ban nhân dân các huyện
            Sở Môi sinh đề nghị các huyện kiểm tra giếng nước trước ngày 15 tháng 9.
        """)
    )
    assert body == ["Sở Môi sinh đề nghị các huyện kiểm tra giếng nước trước ngày 15 tháng 9."]


def test_an_excerpt_is_all_body(flowing: Make) -> None:
    body, annexes = parts_of(flowing("1. Rà soát giếng nước.\n2. Báo cáo kết quả.\n"))
    assert len(body) == 2
    assert annexes == []
