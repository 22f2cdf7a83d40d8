"""What is told of mail that came in, in Vietnamese; English in service/locale/en.po."""

from __future__ import annotations

TROUBLES = {
    "sender": "người gửi không nằm trong danh sách được nhận",
    "empty": "thư không kèm tệp nào",
    "large": "thư hoặc tệp kèm quá lớn, quá nhiều",
    "damaged": "thư hỏng, không đọc được",
    "crashed": "đọc thư nhiều lần đều bị ngắt",
}
"""Why nothing of a mail is taken (service/incoming/message.py `Trouble`)."""

FAULTS = {
    "silent": "máy chủ thư không trả lời",
    "login": "máy chủ thư không nhận tên và mật khẩu",
    "trust": "chứng thư của máy chủ thư không tin được, hoặc máy chủ không mã hóa",
    "folder": "máy chủ thư không có thư mục này",
}
"""Why the folder cannot be looked at (service/incoming/server.py `Fault`)."""

STATES = {
    "received": "chờ đọc",
    "waiting": "chờ đọc",
    "reading": "đang đọc",
    "done": "đã đọc",
    "failed": "không đọc được",
    "refused": "từ chối",
}
"""How a document that a mail carried stands (service/uploads/book.py `STATES`)."""
