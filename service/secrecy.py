"""A record in, whether its document may be kept out: a secrecy mark, or doubt about one, holds it back."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

_STAGE = "secrecy"


def why_refused(record: Mapping[str, Any]) -> str | None:
    """The secrecy level ("mat", "toi_mat", "tuyet_mat") or "doubt"; None for a document that may be kept.

    Law 29/2018/QH14 art. 5: no state secret on a networked machine. Doubt is a header field `secrecy`
    named doubtful, or an issue of the stage "secrecy".
    """
    header = record["document"]
    level = header.get("secrecy") or "none"
    if level != "none":
        return str(level)
    doubtful = _STAGE in (header.get("doubtful") or ())
    if doubtful or any(issue["stage"] == _STAGE for issue in record["issues"]):
        return "doubt"
    return None
