"""A web page's or web archive's bytes in, the page's text out."""

from __future__ import annotations

import email
import email.policy
import re

from pipeline.encodings import decode_bytes
from pipeline.errors import Reason, Unreadable
from pipeline.text import nfc

_CHARSET = re.compile(rb"""charset\s*=\s*["']?([\w-]+)""", re.I)


def decoded(content: bytes) -> str:
    """The page's text: by its marks and form, by the charset it names where it is 8-bit and fits."""
    found = _CHARSET.search(content[:4096])
    if found and found.group(1).lower() not in (b"utf-8", b"utf8", b"unicode"):
        try:
            text = content.decode(found.group(1).decode("ascii"))
        except (LookupError, UnicodeDecodeError):
            return decode_bytes(content)
        return decode_bytes(content) if text.isascii() or b"1252" in found.group(1) else nfc(text)
    return decode_bytes(content)


def unpacked(content: bytes) -> bytes:
    """The page within a web archive (.mht, or a .doc that is one)."""
    message = email.message_from_bytes(content, policy=email.policy.default)
    for part in message.walk():
        if part.get_content_type() == "text/html":
            payload = part.get_payload(decode=True)
            if isinstance(payload, bytes) and payload:
                return payload
    raise Unreadable(Reason.DAMAGED, "tệp web không có trang nào (web archive without a page)")
