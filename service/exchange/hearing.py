"""A file that came in, the answer about a document that it is, where it is one."""

from __future__ import annotations

from collections.abc import Sequence

from pipeline.errors import Unreadable
from pipeline.exchange.opening import open_package
from pipeline.exchange.package import Status
from pipeline.limits import Limits
from pipeline.read import sniff
from service.reader import Part

_MOST = 256 * 1024  # bytes; an answer carries no file
UNKNOWN = "trả lời về một văn bản không gửi từ đây (answers about a document that was not sent from here)"


def status_in(parts: Sequence[Part], limits: Limits) -> Status | None:
    """The answer; None for anything else."""
    if len(parts) != 1 or len(parts[0].content) > min(_MOST, limits.max_bytes):
        return None
    if sniff.media_type(parts[0].content) != sniff.EDXML:
        return None
    try:
        found = open_package(parts[0].content, limits)
    except Unreadable:
        return None
    return found if isinstance(found, Status) else None
