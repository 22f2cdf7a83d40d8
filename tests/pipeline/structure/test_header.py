"""The header's fields from heads and feet of every make."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

import pytest

from pipeline.structure.foot import name_in
from pipeline.structure.layout import compose
from pipeline.structure.parts import take_apart
from pipeline.types import (
    Declared,
    DocumentType,
    Header,
    Origin,
    Reading,
    Secrecy,
    Signature,
    Urgency,
)

Make = Callable[..., object]

DIRECTIVE = """
ỦY BAN NHÂN DÂN
TỈNH HOA LƯ
Số: 09 /CT-UBND
CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
Độc lập - Tự do - Hạnh phúc
Hoa Lư, ngày 04 tháng 5 năm 2021
CHỈ THỊ
Về việc chuẩn bị phòng, chống lũ quét
Mùa mưa năm nay đến sớm, nhiều hồ chứa đã đầy nước, Ủy ban nhân dân tỉnh yêu cầu:
1. Sở Môi sinh rà soát các điểm có nguy cơ.
2. Các huyện báo cáo trước ngày 20 tháng 5./.
Nơi nhận:
- Như trên;
- Lưu: VT, NN.
TM. ỦY BAN NHÂN DÂN
KT. CHỦ TỊCH
PHÓ CHỦ TỊCH
(Đã ký)
PGS. TS. Đinh Thị Mây
"""

LETTER = """
UBND TỈNH HOA LƯ
SỞ MÔI SINH
Số: 31/SMS-VP
V/v kiểm tra giếng nước
CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
Độc lập - Tự do - Hạnh phúc
HỎA TỐC
Hoa Lư, ngày 12 tháng 9 năm 2022
Kính gửi:
- Ủy ban nhân dân các huyện;
- Trung tâm Quan trắc.
Sở Môi sinh đề nghị các đơn vị kiểm tra toàn bộ giếng nước công cộng trên địa bàn.
Nơi nhận:
- Như trên.
GIÁM ĐỐC
Lò Văn Pản
"""


def header_of(reading: Reading) -> Header:
    return take_apart(compose(reading), reading).header


def said(value: object) -> object:
    return getattr(value, "text", value)


def test_a_directive_of_a_province(flowing: Make) -> None:
    header = header_of(flowing(DIRECTIVE))
    assert said(header.number) == "09/CT-UBND"
    assert header.issued_on == dt.date(2021, 5, 4)
    assert header.place == "Hoa Lư"
    assert said(header.issuer) == "ỦY BAN NHÂN DÂN TỈNH HOA LƯ"
    assert header.parent is None
    assert header.type is DocumentType.CHI_THI
    assert said(header.subject) == "Về việc chuẩn bị phòng, chống lũ quét"
    assert said(header.signer) == "Đinh Thị Mây"
    assert said(header.signer_authority) == "TM. ỦY BAN NHÂN DÂN KT. CHỦ TỊCH"
    assert said(header.signer_position) == "PHÓ CHỦ TỊCH"
    assert [said(line) for line in header.recipients] == ["Như trên", "Lưu: VT, NN"]
    assert header.doubtful == ()


@pytest.mark.parametrize("year", ["2021", "năm 2021", "2021 - 2025"])
def test_a_year_alone_on_a_line_ends_the_subject(flowing: Make, year: str) -> None:
    text = DIRECTIVE.replace("phòng, chống lũ quét", f"phòng, chống lũ quét giai đoạn\n{year}")
    subject = said(header_of(flowing(text)).subject)
    assert subject is not None
    assert " ".join(subject.split()).endswith(f"giai đoạn {year}")


def test_a_letter_has_its_subject_below_the_number(flowing: Make) -> None:
    header = header_of(flowing(LETTER))
    assert header.type is DocumentType.CONG_VAN
    assert said(header.subject) == "kiểm tra giếng nước"
    assert said(header.parent) == "UBND TỈNH HOA LƯ"
    assert said(header.issuer) == "UBND TỈNH HOA LƯ SỞ MÔI SINH"
    assert [said(unit) for unit in header.addressees] == ["Ủy ban nhân dân các huyện", "Trung tâm Quan trắc"]
    assert header.urgency is Urgency.HOA_TOC
    assert said(header.signer) == "Lò Văn Pản"


def test_every_value_stands_where_it_says(flowing: Make) -> None:
    reading = flowing(LETTER)
    layout = compose(reading)
    header = take_apart(layout, reading).header
    for value in (header.issuer, header.subject, header.signer, *header.addressees, *header.recipients):
        assert value is not None
        assert value.span is not None
        assert layout.text[value.span.start : value.span.end].replace("\n", " ") == value.text


def test_a_party_directive(flowing: Make) -> None:
    header = header_of(
        flowing("""
            TỈNH ỦY HOA LƯ
            *
            Số 14-CT/TU
            ĐẢNG CỘNG SẢN VIỆT NAM
            Hoa Lư, ngày 3 tháng 2 năm 2020
            CHỈ THỊ
            về chăm lo đời sống người cao tuổi
            Ban Thường vụ Tỉnh ủy yêu cầu các cấp ủy thực hiện tốt các nội dung sau đây:
        """)
    )
    assert said(header.number) == "14-CT/TU"
    assert said(header.issuer) == "TỈNH ỦY HOA LƯ"
    assert said(header.subject) == "về chăm lo đời sống người cao tuổi"


def test_a_telegram_names_its_addressees_after_dien(flowing: Make) -> None:
    header = header_of(
        flowing("""
            CHỦ TỊCH ỦY BAN NHÂN DÂN TỈNH HOA LƯ
            Số: 5/CĐ-UBND
            CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
            Hoa Lư, ngày 11 tháng 10 năm 2023
            CÔNG ĐIỆN
            Về ứng phó bão số 6
            CHỦ TỊCH ỦY BAN NHÂN DÂN TỈNH ĐIỆN:
            - Giám đốc các sở;
            - Chủ tịch Ủy ban nhân dân các xã.
            Bão số 6 đang mạnh lên, Chủ tịch Ủy ban nhân dân tỉnh yêu cầu:
        """)
    )
    assert header.type is DocumentType.CONG_DIEN
    assert [said(unit) for unit in header.addressees] == [
        "Giám đốc các sở",
        "Chủ tịch Ủy ban nhân dân các xã",
    ]


def test_older_acts_carry_number_and_date_in_their_title(flowing: Make) -> None:
    header = header_of(
        flowing("""
            QUYẾT ĐỊNH
            CỦA BỘ TRƯỞNG BỘ MÔI SINH SỐ 12/1999/QĐ-BMS NGÀY 07 THÁNG 6 NĂM 1999
            BAN HÀNH QUY ĐỊNH VỀ NUÔI ONG
            BỘ TRƯỞNG BỘ MÔI SINH
            Căn cứ Nghị định số 5-CP ngày 01 tháng 2 năm 1998;
        """)
    )
    assert said(header.number) == "12/1999/QĐ-BMS"
    assert header.issued_on == dt.date(1999, 6, 7)
    assert said(header.issuer) == "BỘ TRƯỞNG BỘ MÔI SINH"
    assert said(header.subject) == "BAN HÀNH QUY ĐỊNH VỀ NUÔI ONG"


def test_the_subject_ends_before_authority_and_grounds(flowing: Make) -> None:
    header = header_of(
        flowing("""
            BỘ MÔI SINH
            Số: 40/QĐ-BMS
            QUYẾT ĐỊNH
            Ban hành Kế hoạch trồng rừng ngập mặn
            BỘ TRƯỞNG BỘ MÔI SINH
            Căn cứ Luật Lâm nghiệp ngày 15 tháng 11 năm 2017;
            QUYẾT ĐỊNH:
            Điều 1. Ban hành kèm theo Quyết định này Kế hoạch trồng rừng ngập mặn.
        """)
    )
    assert said(header.subject) == "Ban hành Kế hoạch trồng rừng ngập mặn"
    assert header.type is DocumentType.QUYET_DINH


def test_a_missing_number_and_day_are_doubtful_not_guessed(flowing: Make) -> None:
    text = DIRECTIVE.replace("Số: 09 /CT-UBND", "Số:      /CT-UBND").replace("ngày 04", "ngày ")
    header = header_of(flowing(text))
    assert header.number is None
    assert header.issued_on is None
    assert header.issued_about == dt.date(2021, 5, 1)
    assert header.doubtful == ("number", "issued_on")


@pytest.mark.parametrize(("digits", "sure"), [("0Ø", 0.9), ("09", 0.3)])
def test_handwriting_on_a_scan_is_doubtful(printed: Make, make_page: Make, digits: str, sure: float) -> None:
    page = make_page(1, *_rows(DIRECTIVE.replace("09", digits)), origin=Origin.OCR, sure=sure)
    header = header_of(printed(page))
    assert header.number is None
    assert "number" in header.doubtful


def test_a_name_that_a_stamp_has_spoilt_is_mended_and_doubtful(printed: Make, make_page: Make) -> None:
    text = DIRECTIVE.replace("PGS. TS. Đinh Thị Mây", "rần Thị Mây")
    header = header_of(printed(make_page(1, *_rows(text), origin=Origin.OCR, sure=0.9)))
    assert said(header.signer) == "Trần Thị Mây"
    assert "signer" in header.doubtful


def test_the_signature_gives_the_name_that_the_page_lacks(flowing: Make) -> None:
    text = DIRECTIVE.replace("PGS. TS. Đinh Thị Mây", "")
    signatures = (Signature("Đinh Thị Mây"), Signature("Ủy ban nhân dân tỉnh Hoa Lư"))
    assert said(header_of(flowing(text, signatures=signatures)).signer) == "Đinh Thị Mây"


def test_the_envelope_fills_gaps_only(flowing: Make) -> None:
    declared = Declared(number="77/CT-UBND", signer="Đinh Thị Mai", subject="Khác")
    header = header_of(flowing(DIRECTIVE.replace("Số: 09 /CT-UBND", ""), declared=declared))
    assert said(header.number) == "77/CT-UBND"
    assert said(header.signer) == "Đinh Thị Mây"


def test_a_mark_of_secrecy_in_the_head_counts(flowing: Make) -> None:
    assert header_of(flowing("TỐI MẬT\n" + DIRECTIVE.strip())).secrecy is Secrecy.TOI_MAT
    assert header_of(flowing(DIRECTIVE, secrecy=Secrecy.MAT)).secrecy is Secrecy.MAT
    assert header_of(flowing(DIRECTIVE)).secrecy is Secrecy.NONE


def test_an_excerpt_that_tells_of_its_act(flowing: Make) -> None:
    header = header_of(
        flowing("Ngày 05/9/2019, Bộ Môi sinh ban hành Thông báo 12/TB-BMS về lịch quan trắc nước ngầm.")
    )
    assert said(header.number) == "12/TB-BMS"
    assert header.issued_on == dt.date(2019, 9, 5)
    assert header.type is DocumentType.THONG_BAO
    assert said(header.subject) == "về lịch quan trắc nước ngầm"


def test_an_excerpt_without_a_head_claims_nothing(flowing: Make) -> None:
    header = header_of(flowing("Sở Môi sinh yêu cầu các đơn vị rà soát giếng nước trước ngày 20/12/2025."))
    assert header == Header()


def _rows(text: str) -> list[tuple[float, float, str]]:
    """The lines of a text in the middle of a page, one below the other."""
    lines = [line.strip() for line in text.strip().split("\n")]
    return [(297 - 2.75 * len(line), 60 + 20 * n, line) for n, line in enumerate(lines)]


def test_a_signature_in_small_letters(flowing: Make) -> None:
    text = DIRECTIVE.replace("TM. ỦY BAN NHÂN DÂN\nKT. CHỦ TỊCH\nPHÓ CHỦ TỊCH", "KT. Chủ tịch\nPhó Chủ tịch")
    header = header_of(flowing(text))
    assert said(header.signer_authority) == "KT. Chủ tịch"
    assert said(header.signer_position) == "Phó Chủ tịch"
    assert said(header.signer) == "Đinh Thị Mây"


@pytest.mark.parametrize(
    ("line", "name"),
    [
        ("Thượng tá, ThS. Lê Văn Suối", "Lê Văn Suối"),
        ("NGUYỄN THỊ LÚA", "NGUYỄN THỊ LÚA"),
        ("H'Yim Kđoh", "H'Yim Kđoh"),
        ("Sở Môi sinh", None),
        ("Ban Chỉ Đạo", None),
        ("CHỦ TỊCH", None),
    ],
)
def test_a_name_is_known_by_its_make(line: str, name: str | None) -> None:
    assert name_in(line) == name


def test_a_stamped_number_counts_only_whole(flowing: Make) -> None:
    text = DIRECTIVE.replace("Số: 09 /CT-UBND", "Số:      /CT-UBND")
    assert header_of(flowing(text, annotations=("04", "5"))).number is None
    assert said(header_of(flowing(text, annotations=("04", "Số: 17/CT-UBND"))).number) == "17/CT-UBND"
