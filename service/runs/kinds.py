"""A file's name in, the kind of file by which its reading is timed out."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

SCAN = "scan"
PDF = "pdf"
OTHER = "other"
_KINDS: Mapping[str, str] = {
    ".pdf": PDF,
    ".docx": "word",
    ".doc": "doc",
    ".rtf": "doc",
    ".txt": "text",
    ".html": "text",
    ".htm": "text",
    ".xlsx": "sheet",
    ".xls": "sheet",
    ".png": SCAN,
    ".jpg": SCAN,
    ".jpeg": SCAN,
    ".tif": SCAN,
    ".tiff": SCAN,
    ".bmp": SCAN,
    ".zip": "packed",
    ".edxml": "packed",
}
TITLES: Mapping[str, str] = {
    PDF: "PDF có lớp chữ",
    SCAN: "bản quét",
    "word": "Word (.docx)",
    "doc": "Word cũ (.doc, .rtf)",
    "text": "văn bản thuần",
    "sheet": "bảng tính",
    "packed": "gói nén",
    OTHER: "loại khác",
}


def kind_of(path: Path) -> str:
    """By the name alone; whether a PDF is a scan is seen when its pages are counted."""
    return _KINDS.get(path.suffix.lower(), OTHER)
