"""An edXML envelope (QCVN 102:2016/BTTTT) in; what it declares and the files it carries out.

Senders fill DueDate with defaults, so it is never read as a deadline.
"""

from __future__ import annotations

import base64
import binascii
import datetime as dt
import re
from typing import Any

from pipeline.errors import Reason, Unreadable
from pipeline.limits import Limits
from pipeline.read import sniff
from pipeline.read.markup import parse_xml
from pipeline.text import nfc
from pipeline.types import Declared, SourceDocument

_DATE = re.compile(r"\s*(\d{4})[-/](\d{1,2})[-/](\d{1,2})|\s*(\d{1,2})[-/](\d{1,2})[-/](\d{4})")
_URGENCY = {"1": "khan", "2": "thuong_khan", "3": "hoa_toc", "4": "hoa_toc"}  # 4: hoả tốc hẹn giờ


def opened(source: SourceDocument, limits: Limits) -> tuple[Declared, tuple[SourceDocument, ...]]:
    """What the envelope declares and its attachments in order, a zipped one unpacked."""
    root = parse_xml(source.content)
    header = _first(root, "MessageHeader")
    declared = Declared() if header is None else _declared(header)
    attachments: list[SourceDocument] = []
    for element in _all(root, "Attachment"):
        attachments += _attached(element, limits)
    if not attachments:
        raise Unreadable(Reason.NO_PAGES, "gói edXML không kèm tệp nào (edXML without attachments)")
    return declared, tuple(attachments)


def _declared(header: Any) -> Declared:
    number, notation = _text(header, "CodeNumber"), _text(header, "CodeNotation")
    both = "/".join(part.strip("/") for part in (number, notation) if part)
    organ = _first(header, "From")
    return Declared(
        number=both or None,
        issued_on=_date(_text(header, "PromulgationDate")),
        issuer=None if organ is None else _text(organ, "OrganName"),
        kind=_text(header, "TypeName"),
        subject=_text(header, "Subject"),
        signer=_text(header, "FullName"),
        urgency=_URGENCY.get(_text(header, "Priority") or ""),
    )


def _date(text: str | None) -> dt.date | None:
    match = _DATE.match(text or "")
    if match is None:
        return None
    parts = [int(part) for part in match.groups() if part]
    year, month, day = parts if match.group(1) else reversed(parts)
    try:
        return dt.date(year, month, day)
    except ValueError:
        return None


def _attached(element: Any, limits: Limits) -> list[SourceDocument]:
    from pipeline.read import open_source
    from pipeline.read.packet import members

    encoded = _text(element, "ContentTransferEncoded") or ""
    if len(encoded) * 3 // 4 > limits.max_bytes:
        raise Unreadable(Reason.TOO_LARGE, "tệp kèm trong gói edXML quá lớn (attachment too large)")
    try:
        content = base64.b64decode("".join(encoded.split()), validate=True)
    except (binascii.Error, ValueError) as error:
        raise Unreadable(Reason.DAMAGED, "tệp kèm trong gói edXML hỏng (broken base64)") from error
    if not content:
        return []
    found = open_source(_text(element, "AttachmentName") or "attachment", content)
    return list(members(found, limits)) if found.media_type == sniff.ZIP else [found]


def _name(element: Any) -> str:
    return element.tag.rpartition("}")[2].rpartition(":")[2] if isinstance(element.tag, str) else ""


def _all(parent: Any, name: str) -> list[Any]:
    """Elements below `parent` by their name in whatever namespace: several are in use."""
    return [element for element in parent.iter() if _name(element) == name]


def _first(parent: Any, name: str) -> Any:
    return next(iter(_all(parent, name)), None)


def _text(parent: Any, name: str) -> str | None:
    found = _first(parent, name)
    text = "" if found is None else nfc("".join(found.itertext())).strip()
    return text or None
