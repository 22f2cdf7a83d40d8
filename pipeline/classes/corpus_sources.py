"""Invented heads of documents with the source that they are of a task: what source.py and urgency.py must say."""

from __future__ import annotations

from typing import NamedTuple


class Paper(NamedTuple):
    """A key of `TASK_SOURCES`, and number, kind, subject and sentences before the first task."""

    key: str
    number: str = ""
    type: str = ""
    subject: str = ""
    said: str = ""


PAPERS: tuple[Paper, ...] = (
    # the number bears the year, or the act is a decree or circular
    Paper("normative", "01/2019/QĐ-UBND", "quyet_dinh", "Ban hành Quy định về bến khách ngang sông"),
    Paper("normative", "07/2024/NĐ-CP", "other", "Quy định về chợ"),
    Paper("normative", "12/2020/TT-BTC", "other"),
    Paper("normative", "05/2013/TTLT-BYT-BTC", "other"),
    Paper("normative", "31/2022/NQ-HĐND", "nghi_quyet", "Quy định mức hỗ trợ người chèo đò"),
    Paper("normative", "66.2/2025/NQ-CP", "nghi_quyet"),
    Paper("normative", "09/2009/CT-UBND", "chi_thi"),
    Paper("normative", "15/2023/QH15", "other", "Luật Bến cảng"),
    Paper("normative", "18/NĐ-CP", "other"),
    Paper(
        "normative",
        "",
        "quyet_dinh",
        "Ban hành Quy định về quản lý chợ",
        "Căn cứ Luật Ban hành văn bản quy phạm pháp luật ngày 22 tháng 6 năm 2015;",
    ),
    # plans, and decisions that issue or approve them
    Paper("work_programme", "12/KH-UBND", "ke_hoach", "Phòng, chống rét cho vật nuôi"),
    Paper("work_programme", "88/QĐ-BXD", "quyet_dinh", "Ban hành Kế hoạch kiểm tra cầu yếu năm 2026"),
    Paper("work_programme", "45/QĐ-TTg", "quyet_dinh", "PHÊ DUYỆT ĐỀ ÁN PHÁT TRIỂN BẾN CÁ"),
    Paper("work_programme", "46/QĐ-UBND", "quyet_dinh", "Về việc phê duyệt Quy hoạch chợ đến năm 2030"),
    Paper("work_programme", "02/NQ-HĐND", "nghi_quyet", "Thông qua Đề án chợ phiên"),
    Paper("work_programme", "07/CTr-UBND", "other", "Công tác năm 2026"),
    # conclusions
    Paper("conclusion", "101/TB-VPCP", "thong_bao", "Kết luận của Phó Thủ tướng tại cuộc họp về phà biển"),
    Paper("conclusion", "33/TB-UBND", "thong_bao", "Kết luận cuộc họp giao ban tháng 3"),
    Paper("conclusion", "34/TB-UBND", "thong_bao", "", "Chủ tịch UBND huyện kết luận như sau:"),
    Paper("conclusion", "12-KL/TU", "other"),
    Paper("conclusion", "210/VP-TH", "cong_van", "Thông báo kết luận tại buổi kiểm tra bến Sông Mơ"),
    # directives and the rest of what an authority writes every day
    Paper("directive", "03/CT-UBND", "chi_thi", "Về tăng cường bảo vệ rừng"),
    Paper("directive", "08/CĐ-TTg", "cong_dien", "Ứng phó bão"),
    Paper("directive", "77/UBND-KT", "cong_van", "V/v quy hoạch điểm mỏ đá"),
    Paper("directive", "57/QĐ-UBND", "quyet_dinh", "Về việc giao đất cho Trường Mầm non Hoa Mơ"),
    Paper("directive", "58/QĐ-TTg", "quyet_dinh", "Thành lập Hội đồng thẩm định"),
    Paper("directive", "61/TB-UBND", "thong_bao", "Về việc nghỉ lễ"),
    Paper("directive", "10/NQ-CP", "nghi_quyet", "Về bình ổn giá muối"),
    Paper("directive", "", "", "", "Sở Nội vụ yêu cầu các đơn vị thực hiện:"),
    # nothing of the kind
    Paper("other", "", "", "", "Người nộp thuế được trừ các khoản sau."),
    Paper("other", "12/BC-UBND", "other", "Tình hình sản xuất muối"),
    Paper("other"),
)

# mark on the document, its kind, the words of its head; how urgent it is
URGENT: tuple[tuple[str, str, str, str], ...] = (
    ("normal", "normal", "cong_van", "V/v rà soát bến đò"),
    ("khan", "khan", "cong_van", ""),
    ("thuong_khan", "thuong_khan", "cong_van", ""),
    ("hoa_toc", "hoa_toc", "cong_dien", ""),
    ("khan", "normal", "cong_dien", "CÔNG ĐIỆN"),
    ("hoa_toc", "normal", "cong_van", "ỦY BAN NHÂN DÂN TỈNH\nHỎA TỐC\nSố: 12/UBND"),
    ("thuong_khan", "khan", "cong_van", "(Thượng khẩn)"),
    ("khan", "normal", "thong_bao", "THÔNG BÁO KHẨN\nVề việc xả lũ"),
    ("khan", "normal", "cong_van", "KHẨN\nSố: 5/UBND"),
    ("normal", "normal", "cong_van", "V/v xây dựng công trình khẩn cấp, khẩn trương khắc phục sạt lở"),
)
