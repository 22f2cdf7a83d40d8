"""A file attached to a step of a duty: which types are taken, and what of it may keep it out.

Only what can be read whole is taken, since nobody could say whether the rest bears a secrecy mark: no
archive, no package of several files, nothing behind a password, no web page.
"""

from __future__ import annotations

from typing import Any

from pipeline.errors import Reason, Unreadable
from pipeline.read import sniff
from pipeline.types import Header, Reading, SourceDocument

TAKEN = frozenset(
    {
        sniff.PDF,
        sniff.DOCX,
        sniff.DOC,
        sniff.ODT,
        sniff.RTF,
        sniff.XLSX,
        sniff.TEXT,
        sniff.PNG,
        sniff.JPEG,
        sniff.TIFF,
    }
)
"""Media types by content, whatever a file is called."""
ENDINGS = ".pdf,.docx,.doc,.odt,.rtf,.xlsx,.txt,.png,.jpg,.jpeg,.tif,.tiff"
"""What a browser offers for them."""


def taken(source: SourceDocument, types: frozenset[str] = TAKEN) -> SourceDocument:
    """The file itself; raises `Unreadable` for a type that is not taken."""
    if source.media_type in types:
        return source
    if source.media_type == sniff.ENCRYPTED:
        raise Unreadable(Reason.ENCRYPTED, "tệp có mật khẩu (password-protected)")
    if types is not TAKEN:
        raise Unreadable(Reason.UNSUPPORTED, "cần tệp Excel .xlsx (an .xlsx workbook is needed)")
    message = "loại tệp không nhận, hãy gửi từng tệp PDF, Word, Excel (.xlsx), ảnh (type not taken)"
    raise Unreadable(Reason.UNSUPPORTED, message)


def marks_of(reading: Reading, header: Header) -> dict[str, Any]:
    """What service/secrecy.py looks at, and the media type; no word of the content."""
    return {
        "media_type": reading.source.media_type,
        "document": {"secrecy": header.secrecy.value, "doubtful": list(header.doubtful)},
        "issues": [{"stage": one.stage, "message": one.message} for one in reading.issues],
    }
