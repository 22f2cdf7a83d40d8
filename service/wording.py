"""Keys of records in, what people read for them in Vietnamese out; every page and table uses these words."""

from __future__ import annotations

from pipeline.labels import FIELDS, NATURES

__all__ = [
    "CLAUSE_ROLES",
    "DEADLINE_KINDS",
    "DOCUMENT_TYPES",
    "FIELDS",
    "FLAGS",
    "HEADER_FIELDS",
    "NATURES",
    "REFUSALS",
    "URGENCIES",
    "words",
]

DOCUMENT_TYPES = {
    "chi_thi": "Chỉ thị",
    "cong_van": "Công văn",
    "cong_dien": "Công điện",
    "thong_bao": "Thông báo",
    "quyet_dinh": "Quyết định",
    "ke_hoach": "Kế hoạch",
    "nghi_quyet": "Nghị quyết",
    "other": "Văn bản khác",
}

URGENCIES = {"normal": "Thường", "khan": "Khẩn", "thuong_khan": "Thượng khẩn", "hoa_toc": "Hỏa tốc"}

DEADLINE_KINDS = {
    "date": "Ngày cụ thể",
    "recurring": "Định kỳ",
    "relative": "Tính từ một mốc",
    "event": "Theo sự kiện",
    "ongoing": "Thường xuyên",
    "none": "Không nêu thời hạn",
}

CLAUSE_ROLES = {
    "task": "Nhiệm vụ",
    "lead_in": "Câu dẫn: giao cho các mục bên dưới",
    "heading": "Tiêu đề",
    "recital": "Căn cứ, lý do ban hành",
    "reported": "Kể lại việc đã giao hoặc nơi khác giao",
    "result": "Kết quả, đánh giá",
    "function": "Chức năng thường xuyên",
    "aim": "Mục đích, yêu cầu chung",
    "target": "Mục tiêu, chỉ tiêu phấn đấu",
    "principle": "Quan điểm, nguyên tắc",
    "prohibition": "Điều cấm không giao cho đơn vị nào",
    "amendment": "Sửa đổi, gia hạn, thu hồi việc đã giao",
    "permission": "Đồng ý, cho phép",
    "in_force": "Hiệu lực thi hành",
    "transmission": "Gửi, chuyển văn bản",
    "execution": "Điều khoản thi hành",
    "contact": "Đầu mối liên hệ",
    "other": "Không giao việc",
}

FLAGS = {
    "several_leads": "Nhiều đơn vị chủ trì: mỗi việc chỉ nên có một",
    "lead_by_reference": "Đơn vị chủ trì nêu ở mục khác",
    "no_lead": "Không rõ đơn vị chủ trì",
    "before_issue": "Thời hạn trước ngày ban hành",
    "year_assumed": "Năm suy từ ngày ban hành",
    "month_assumed": "Tháng suy từ ngày ban hành",
    "approximate": "Thời hạn ước chừng (đầu, giữa, cuối …)",
    "year_missing": "Không rõ năm của thời hạn",
    "several_days": "Nhiều ngày trong năm, không gộp thành một quy tắc được",
    "issue_date_missing": "Không rõ ngày ban hành để tính thời hạn",
}

HEADER_FIELDS = {
    "number": "Số, ký hiệu",
    "issued_on": "Ngày ban hành",
    "issuer": "Cơ quan ban hành",
    "type": "Loại văn bản",
    "subject": "Trích yếu",
    "signer": "Người ký",
    "addressees": "Kính gửi",
    "recipients": "Nơi nhận",
    "urgency": "Độ khẩn",
    "secrecy": "Độ mật",
}

REFUSALS = {
    "mat": "từ chối, văn bản có dấu MẬT (refused: secret)",
    "toi_mat": "từ chối, văn bản có dấu TỐI MẬT (refused: top secret)",
    "tuyet_mat": "từ chối, văn bản có dấu TUYỆT MẬT (refused: top secret)",
    "doubt": "giữ lại, nghi có dấu độ mật (held: perhaps a secrecy mark)",
}


def words(names: dict[str, str], key: str | None) -> str:
    """The words for a key; a key that has none is shown itself."""
    return names.get(key, key) if key else ""
