"""Keys of an evaluation in, what people read for them in Vietnamese out."""

from __future__ import annotations

FIGURES = {
    "task": "Nhiệm vụ",
    "lead": "Đơn vị chủ trì",
    "cooperator": "Đơn vị phối hợp",
    "deadline": "Thời hạn",
    "complete": "Trọn vẹn, không phải sửa",
    "document": "Thể thức văn bản",
    "nature": "Tính chất",
    "field": "Lĩnh vực",
}

FAULTS = {
    "missed": "Bỏ sót",
    "false": "Nhận nhầm",
    "text": "Sai lời văn",
    "leads": "Sai chủ trì",
    "cooperators": "Sai phối hợp",
    "deadline": "Sai thời hạn",
    "class": "Sai phân loại",
    "header": "Sai thể thức",
    "evidence": "Sai vị trí trên trang",
}

SOURCES = {
    "scan": "Bản quét",
    "born-digital": "PDF điện tử",
    "doc": "Word cũ (.doc)",
    "docx": "Word (.docx)",
    "text": "Văn bản thuần",
}
