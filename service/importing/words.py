"""What people read for the columns of a former book, in Vietnamese (service/wording.py passes them on)."""

from __future__ import annotations

IMPORT_COLUMNS = {
    "text": "Nội dung nhiệm vụ",
    "lead": "Đơn vị chủ trì",
    "cooperators": "Đơn vị phối hợp",
    "due": "Thời hạn",
    "number": "Số văn bản",
    "document_on": "Ngày văn bản",
    "assigned_on": "Ngày giao",
    "issuer": "Cơ quan giao",
    "state": "Trạng thái",
    "result": "Kết quả",
    "done_on": "Ngày hoàn thành",
    "output": "Sản phẩm",
    "note": "Ghi chú",
}

IMPORT_REMARKS = {
    "secret": "dòng có dấu độ mật: hãy nhập ở trang nhiệm vụ từ văn bản mật",
    "twice": "giống hệt dòng {said}",
    "no_text": "không có nội dung nhiệm vụ",
    "no_lead": "không có đơn vị chủ trì",
    "not_a_day": "“{said}” không phải là ngày",
    "not_a_deadline": "không đọc được thời hạn “{said}”",
    "periods": "việc định kỳ: các kỳ tính từ hôm nay",
    "no_due": "thời hạn không cho một ngày cụ thể: “{said}”",
    "future": "ngày hoàn thành ở tương lai: {said}",
    "no_day": "không có ngày văn bản: tính từ hôm nay",
    "unknown_unit": "không có trong sổ đơn vị: {said}",
    "several_leads": "nhiều đơn vị chủ trì: đơn vị đầu tiên chịu trách nhiệm",
    "unclear_state": "trạng thái chưa rõ: “{said}”",
    "no_done_day": "không ghi ngày hoàn thành: tính là hôm nay",
}
"""Why a row cannot be read, and what its user should know of one that can."""
