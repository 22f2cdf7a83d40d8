"""Keys of the book in, what people read for them in Vietnamese out (service/wording.py passes them on)."""

from __future__ import annotations

from service.tracking.life import rules

LIVES = {
    "not_started": "chưa thực hiện",
    "in_progress": "đang thực hiện",
    "awaiting": "chờ xác nhận",
    "done": "đã hoàn thành",
    "returned": "bị trả lại",
    "adjustment_asked": "xin điều chỉnh",
    "refused": "từ chối, đề nghị chuyển",
    "suspended": "tạm dừng",
    "cancelled": "đã hủy, thay thế",
}

BUCKETS = {
    "in_time": "trong hạn",
    "due_soon": "sắp đến hạn",
    "overdue": "quá hạn",
    "no_deadline": "không có hạn",
    "on_time": "hoàn thành đúng hạn",
    "late": "hoàn thành quá hạn",
    "done_no_deadline": "hoàn thành (không có hạn)",
    "paused": "tạm dừng",
    "gone": "đã hủy",
}

BOOK_VIEWS = {
    "open": "Đang thực hiện",
    "overdue": "Quá hạn",
    "soon": "Sắp đến hạn",
    "waiting": "Chờ xử lý",
    "leader": "Trình lãnh đạo",
    "undated": "Không có hạn",
    "done": "Đã hoàn thành",
    "all": "Tất cả sổ",
}

ORIGINS = {
    "document": "Văn bản đã vào sổ",
    "typed": "Nhập tay",
    "imported": "Nhập từ sổ cũ",
    "part": "Phần của nhiệm vụ chung",
    "handed_down": "Giao lại từ nhiệm vụ cấp trên",
    "occurrence": "Kỳ của nhiệm vụ định kỳ",
    "finding": "Sau kiểm tra",
    "stub": "Văn bản mật, không lưu nội dung",
}

SECRECIES = {"mat": "Mật", "toi_mat": "Tối mật", "tuyet_mat": "Tuyệt mật"}

STEPS = {action: rule.name for action, rule in rules().items()}

STEP_REASONS = {action: rule.why for action, rule in rules().items()}

DUTY_EVENTS = STEPS | {
    "enter": "Vào sổ",
    "divide": "Chia việc",
    "roll_up": "Tổng hợp từ các phần",
    "follow_document": "Sửa theo văn bản",
    "urge": "Đôn đốc",
    "letter_answered": "Nơi nhận công văn trả lời",
    "link": "Gắn vào nhiệm vụ cấp trên",
    "unlink": "Tách khỏi nhiệm vụ cấp trên",
}

DUTY_FIELDS = {
    "due_on": "Thời hạn",
    "text": "Nội dung",
    "lead": "Chủ trì",
    "percent": "Tỷ lệ",
    "done_on": "Ngày hoàn thành",
}

NOT_ALLOWED = {
    "state": "Không làm được bước này ở trạng thái hiện tại.",
    "missing": "Còn thiếu thông tin bắt buộc.",
    "extra": "Bước này không nhận thông tin đó.",
    "nothing": "Chưa có gì thay đổi: hãy ghi thời hạn, nội dung hoặc đơn vị mới.",
    "future": "Ngày hoàn thành không thể ở tương lai.",
    "future_call": "Ngày đôn đốc không thể ở tương lai.",
    "late": "Phần việc không được có hạn sau nhiệm vụ chung.",
    "twice": "Một đơn vị được giao hai lần.",
    "linked": "Nhiệm vụ này đã thuộc một nhiệm vụ khác, hoặc không tách ra được.",
    "unchosen": "Hãy chọn nhiệm vụ cấp trên.",
    "order": "Ngày sau không được trước ngày đầu.",
    "years": "Ngày phải nằm trong các năm từ 2000 đến 2099.",
    "unrecorded": "Còn nhiệm vụ chưa có kết quả kiểm tra: hãy ghi kết quả hoặc bỏ nhiệm vụ đó ra.",
    "recorded": "Nhiệm vụ đã có kết quả kiểm tra nên không bỏ ra được nữa.",
    "follow_ups": "Còn nhiệm vụ giao sau kiểm tra chưa xong.",
    "future_conclusion": "Ngày kết luận không thể ở tương lai.",
    "future_measure": "Ngày áp dụng, ngày trả lời không thể ở tương lai.",
    "many": "Quá nhiều nhiệm vụ một lần, hãy lọc hẹp hơn.",
    "secret": "Nhiệm vụ từ văn bản mật không được ghi nội dung.",
    "rightly": "Biện pháp chỉ ghi cho nhiệm vụ mà kiểm tra thấy chưa làm đúng.",
    "incomplete": "Chưa đủ để đồng ý: văn bản mới thiếu số, ngày hoặc không nêu thời hạn mới.",
}
