"""Invented heads of documents and the level of who assigns by them: what assigner.py must say.

Each is the issuer's heading (its parent before " / "), then what else shows it: number, kind, whose behalf and
office stand above the signature, subject, and the sentences before the first task.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Head:
    """A document's head and the key of `ASSIGNERS` that follows from it."""

    level: str
    issuer: str = ""
    number: str = ""
    type: str = ""
    signed: str = ""
    subject: str = ""
    said: tuple[str, ...] = ()
    day: str = ""


def _head(level: str, issuer: str = "", *said: str, **rest: str) -> Head:
    return Head(level, issuer, said=said, **rest)


HEADS: tuple[Head, ...] = (
    # ---- the State's central bodies
    _head("national_assembly", "QUỐC HỘI", number="12/2024/QH15", type="nghi_quyet"),
    _head("national_assembly", "ỦY BAN THƯỜNG VỤ QUỐC HỘI", type="nghi_quyet"),
    _head("government", "CHÍNH PHỦ", number="15/NQ-CP", type="nghi_quyet", signed="TM. CHÍNH PHỦ|THỦ TƯỚNG"),
    _head("government", "CHÍNH PHỦ", number="07/2024/NĐ-CP", type="other"),
    _head("prime_minister", "THỦ TƯỚNG CHÍNH PHỦ", number="09/CT-TTg", type="chi_thi"),
    _head("prime_minister", "THỦ TƯỚNG CHÍNH PHỦ", type="quyet_dinh", signed="KT. THỦ TƯỚNG|PHÓ THỦ TƯỚNG"),
    _head("prime_minister", "THỦ TƯỚNG CHÍNH PHỦ", number="31/CĐ-TTg", type="cong_dien"),
    _head(
        "prime_minister",
        "VĂN PHÒNG CHÍNH PHỦ",
        "Thủ tướng Chính phủ Lê Văn Mẫu có ý kiến như sau:",
        number="812/VPCP-KTTH",
        type="cong_van",
    ),
    _head(
        "prime_minister",
        "VĂN PHÒNG CHÍNH PHỦ",
        type="thong_bao",
        subject="Kết luận của Phó Thủ tướng Trần Thị Thử tại cuộc họp về vận tải thủy",
    ),
    _head(
        "prime_minister",
        "VĂN PHÒNG CHÍNH PHỦ",
        "Văn phòng Chính phủ truyền đạt ý kiến chỉ đạo của Phó Thủ tướng như sau.",
        type="cong_van",
    ),
    _head("government", "VĂN PHÒNG CHÍNH PHỦ", "Chính phủ giao Bộ Nội vụ hoàn thiện hồ sơ.", type="cong_van"),
    _head("ministry", "BỘ XÂY DỰNG", number="44/CT-BXD", type="chi_thi", signed="BỘ TRƯỞNG"),
    _head("ministry", "BỘ Y TẾ", type="cong_van", signed="KT. BỘ TRƯỞNG|THỨ TRƯỞNG"),
    _head(
        "ministry",
        "BỘ NỘI VỤ",
        "Thủ tướng Chính phủ đã giao Bộ Nội vụ rà soát; Bộ Nội vụ đề nghị các địa phương:",
        type="cong_van",
    ),
    _head("ministry", "BỘ TÀI CHÍNH / CỤC THUẾ", type="cong_van", signed="CỤC TRƯỞNG"),
    _head("ministry", "BỘ TƯ PHÁP / VĂN PHÒNG", type="cong_van", signed="CHÁNH VĂN PHÒNG"),
    _head("ministry", "THANH TRA CHÍNH PHỦ", type="ke_hoach"),
    _head("ministry", "NGÂN HÀNG NHÀ NƯỚC VIỆT NAM", type="chi_thi", signed="THỐNG ĐỐC"),
    _head("ministry", "KIỂM TOÁN NHÀ NƯỚC", type="cong_van"),
    _head("ministry", "BẢO HIỂM XÃ HỘI VIỆT NAM", type="cong_van"),
    _head("ministry", "TỔNG CỤC THỐNG KÊ", type="ke_hoach"),
    # ---- a province: the Council, the Committee, its chair
    _head("provincial_council", "HỘI ĐỒNG NHÂN DÂN TỈNH AN BÌNH", number="21/NQ-HĐND", type="nghi_quyet"),
    _head(
        "provincial_council",
        "HỘI ĐỒNG NHÂN DÂN THÀNH PHỐ HÀ NỘI",
        "Giao Ủy ban nhân dân Thành phố tổ chức thực hiện Nghị quyết này.",
        type="nghi_quyet",
    ),
    _head(
        "provincial_committee",
        "ỦY BAN NHÂN DÂN TỈNH AN BÌNH",
        type="quyet_dinh",
        signed="TM. ỦY BAN NHÂN DÂN|CHỦ TỊCH",
    ),
    _head(
        "provincial_committee",
        "ỦY BAN NHÂN DÂN TỈNH AN BÌNH",
        type="ke_hoach",
        signed="TM. ỦY BAN NHÂN DÂN KT. CHỦ TỊCH|PHÓ CHỦ TỊCH",
    ),
    _head("provincial_committee", "UBND TỈNH AN BÌNH", type="chi_thi", signed="T/M UBND TỈNH|CHỦ TỊCH"),
    _head(
        "provincial_committee",
        "ỦY BAN NHÂN DÂN THÀNH PHỐ CẦN THƠ",
        "UBND thành phố giao các sở, ngành một số việc sau:",
        type="cong_van",
        signed="TL. CHỦ TỊCH|CHÁNH VĂN PHÒNG",
    ),
    _head("provincial_committee", "ỦY BAN NHÂN DÂN THÀNH PHỐ HẢI PHÒNG", type="ke_hoach"),
    _head("provincial_committee", "ỦY BAN NHÂN DÂN THÀNH PHỐ HUẾ", type="ke_hoach", day="2025-03-10"),
    _head("provincial_chair", "ỦY BAN NHÂN DÂN TỈNH AN BÌNH", type="chi_thi", signed="CHỦ TỊCH"),
    _head(
        "provincial_chair",
        "ỦY BAN NHÂN DÂN TỈNH AN BÌNH",
        type="chi_thi",
        signed="KT. CHỦ TỊCH|PHÓ CHỦ TỊCH",
    ),
    _head("provincial_chair", "ỦY BAN NHÂN DÂN TỈNH AN BÌNH", type="chi_thi"),
    _head("provincial_chair", "ỦY BAN NHÂN DÂN TỈNH AN BÌNH", type="cong_dien", signed="CHỦ TỊCH"),
    _head(
        "provincial_chair",
        "ỦY BAN NHÂN DÂN TỈNH AN BÌNH",
        type="cong_van",
        signed="TL. CHỦ TỊCH KT. CHÁNH VĂN PHÒNG|PHÓ CHÁNH VĂN PHÒNG",
    ),
    _head("provincial_chair", "CHỦ TỊCH ỦY BAN NHÂN DÂN TỈNH AN BÌNH", type="quyet_dinh"),
    _head(
        "provincial_chair",
        "ỦY BAN NHÂN DÂN TỈNH AN BÌNH",
        "Chủ tịch UBND tỉnh yêu cầu thủ trưởng các sở, ngành:",
        type="cong_van",
        signed="TM. ỦY BAN NHÂN DÂN|PHÓ CHỦ TỊCH",
    ),
    _head(
        "provincial_chair",
        "UBND TỈNH AN BÌNH / VĂN PHÒNG",
        "Phó Chủ tịch UBND tỉnh Hà Văn Suối có ý kiến chỉ đạo như sau:",
        type="cong_van",
        signed="CHÁNH VĂN PHÒNG",
    ),
    _head(
        "provincial_chair",
        "UBND TỈNH AN BÌNH / VĂN PHÒNG",
        "Thừa lệnh Chủ tịch UBND tỉnh, Văn phòng mời các đơn vị:",
        type="cong_van",
    ),
    _head(
        "provincial_chair",
        "VĂN PHÒNG ỦY BAN NHÂN DÂN TỈNH AN BÌNH",
        type="thong_bao",
        subject="Kết luận của đồng chí Chủ tịch UBND tỉnh tại buổi kiểm tra hồ chứa",
    ),
    _head(
        "provincial_chair",
        "ỦY BAN NHÂN DÂN TỈNH AN BÌNH",
        "Sau khi nghe báo cáo, cuộc họp kết luận như sau:",
        type="thong_bao",
        subject="Kết luận cuộc họp về bến phà",
    ),
    _head(
        "provincial_committee",
        "UBND TỈNH AN BÌNH / VĂN PHÒNG",
        "UBND tỉnh giao Sở Nội vụ rà soát quỹ nhà công vụ.",
        type="cong_van",
    ),
    # ---- below the committee
    _head("department", "UBND TỈNH AN BÌNH / VĂN PHÒNG", type="cong_van", signed="CHÁNH VĂN PHÒNG"),
    _head("department", "UBND TỈNH AN BÌNH / SỞ Y TẾ", type="cong_van", signed="GIÁM ĐỐC"),
    _head(
        "department",
        "UBND TỈNH AN BÌNH / SỞ CÔNG THƯƠNG",
        "Thực hiện ý kiến của Chủ tịch UBND tỉnh, Sở Công Thương đề nghị các đơn vị:",
        type="cong_van",
    ),
    _head("department", "CÔNG AN TỈNH AN BÌNH", type="ke_hoach"),
    _head("department", "BẢO HIỂM XÃ HỘI VIỆT NAM / BẢO HIỂM XÃ HỘI TỈNH AN BÌNH", type="cong_van"),
    _head("department", "UBND TỈNH AN BÌNH / BAN QUẢN LÝ CÁC KHU CÔNG NGHIỆP", type="cong_van"),
    _head(
        "department",
        "UBND TỈNH AN BÌNH / SỞ XÂY DỰNG",
        type="thong_bao",
        subject="Kết luận của Giám đốc Sở Xây dựng tại cuộc họp giao ban tháng 3",
    ),
    # ---- districts and communes
    _head(
        "local_committee",
        "ỦY BAN NHÂN DÂN HUYỆN PHÚ LỘC",
        type="quyet_dinh",
        signed="TM. ỦY BAN NHÂN DÂN|CHỦ TỊCH",
    ),
    _head("local_committee", "ỦY BAN NHÂN DÂN THÀNH PHỐ PHÚ LỘC", type="ke_hoach"),
    _head("local_committee", "UBND TỈNH AN BÌNH / UBND THÀNH PHỐ PHÚ LỘC", type="ke_hoach"),
    _head("local_committee", "ỦY BAN NHÂN DÂN THÀNH PHỐ HUẾ", type="ke_hoach", day="2023-03-10"),
    _head("local_committee", "ỦY BAN NHÂN DÂN PHƯỜNG BẾN TRE", type="ke_hoach"),
    _head("local_chair", "ỦY BAN NHÂN DÂN XÃ SƠN HÀ", type="chi_thi", signed="CHỦ TỊCH"),
    _head(
        "local_chair",
        "ỦY BAN NHÂN DÂN XÃ SƠN HÀ",
        "Chủ tịch UBND xã giao các trưởng thôn:",
        type="thong_bao",
    ),
    _head(
        "local_chair",
        "UBND HUYỆN PHÚ LỘC / VĂN PHÒNG HĐND VÀ UBND",
        "Chủ tịch UBND huyện có ý kiến như sau:",
        type="cong_van",
    ),
    _head("local_council", "HỘI ĐỒNG NHÂN DÂN XÃ SƠN HÀ", type="nghi_quyet"),
    # ---- Party, Front, organisations, others
    _head("party", "TỈNH ỦY AN BÌNH", number="15-CT/TU", type="chi_thi"),
    _head("party", "BAN CHẤP HÀNH TRUNG ƯƠNG / BAN BÍ THƯ", number="11-CT/TW", type="chi_thi"),
    _head("party", "TỈNH ỦY AN BÌNH / VĂN PHÒNG", type="thong_bao"),
    _head(
        "party",
        "VĂN PHÒNG ỦY BAN NHÂN DÂN TỈNH AN BÌNH",
        type="thong_bao",
        subject="Kết luận của Bí thư Tỉnh ủy tại buổi làm việc với huyện Phú Lộc",
    ),
    _head("mass", "TỔNG LIÊN ĐOÀN LAO ĐỘNG VIỆT NAM", type="chi_thi", signed="TM. ĐOÀN CHỦ TỊCH|CHỦ TỊCH"),
    _head("mass", "HỘI LIÊN HIỆP PHỤ NỮ VIỆT NAM", type="ke_hoach"),
    _head("mass", "ỦY BAN MẶT TRẬN TỔ QUỐC VIỆT NAM TỈNH AN BÌNH", type="ke_hoach"),
    _head("mass", "BAN CHẤP HÀNH ĐOÀN TỈNH AN BÌNH", type="ke_hoach"),
    _head("other", "CÔNG TY CẤP NƯỚC AN BÌNH", type="cong_van", signed="GIÁM ĐỐC"),
    _head("other", "UBND HUYỆN PHÚ LỘC / PHÒNG NỘI VỤ", type="cong_van", signed="TRƯỞNG PHÒNG"),
    _head("other", "SỞ Y TẾ / TRUNG TÂM KIỂM NGHIỆM", type="cong_van"),
    # ---- no legible issuer: number, then who speaks
    _head("prime_minister", number="12/CĐ-TTg", type="cong_dien"),
    _head("government", number="08/NQ-CP", type="nghi_quyet"),
    _head("ministry", number="501/BGDĐT-GDTrH", type="cong_van"),
    _head("department", number="77/STC-NS", type="cong_van"),
    _head("provincial_chair", number="03/CT-UBND", type="chi_thi"),
    _head("party", number="20-KH/TU", type="ke_hoach"),
    _head("provincial_chair", "", "Chủ tịch UBND tỉnh An Bình yêu cầu các xã:"),
    _head("local_committee", "", "UBND phường Bến Đá đề nghị các tổ dân phố:"),
    _head("department", "", "Sở Giáo dục và Đào tạo hướng dẫn các trường như sau:"),
    _head("ministry", "", "Bộ Công Thương yêu cầu các doanh nghiệp đầu mối:"),
    _head("other", "", "Cơ sở sản xuất phải có giấy phép trước khi hoạt động."),
    _head("other"),
)
