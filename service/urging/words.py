"""Keys of urging in, what people read for them in Vietnamese out (service/wording.py passes them on)."""

from __future__ import annotations

REMINDER_KINDS = {
    "before": "sắp đến hạn",
    "overdue": "quá hạn",
    "undated": "không có hạn, lâu chưa báo cáo",
}

REMINDER_HEADINGS = {
    "overdue": "Nhiệm vụ quá hạn",
    "before": "Nhiệm vụ sắp đến hạn",
    "undated": "Nhiệm vụ không có hạn, lâu chưa báo cáo",
}

CHANNELS = {
    "phone": "điện thoại",
    "meeting": "họp, làm việc",
    "letter": "công văn",
    "person": "trực tiếp",
}

BAD_TEMPLATES = {
    "large": "tệp quá lớn",
    "broken": "tệp không phải là văn bản Word (.docx) đọc được",
    "secret": "tệp có dấu độ mật",
    "macros": "tệp có macro",
    "outside": "tệp có liên kết phải tải từ nơi khác",
    "syntax": "chỗ điền viết sai",
    "unknown": "có chỗ điền không biết",
    "reach": "có chỗ điền không được phép",
}

MAILS = {"waiting": "chờ gửi thư", "done": "đã gửi thư", "failed": "không gửi được thư"}

MAIL_FAULTS = {
    "silent": "máy chủ thư không trả lời",
    "login": "máy chủ thư không nhận tên và mật khẩu",
    "trust": "không tin được chứng thư của máy chủ thư, hoặc máy ấy không mã hóa",
    "address": "máy chủ thư không nhận địa chỉ này",
    "refused": "máy chủ thư từ chối thư",
    "later": "máy chủ thư hẹn gửi lại sau",
}

WEEKDAYS = {
    "1": "thứ Hai",
    "2": "thứ Ba",
    "3": "thứ Tư",
    "4": "thứ Năm",
    "5": "thứ Sáu",
    "6": "thứ Bảy",
    "7": "Chủ nhật",
}
