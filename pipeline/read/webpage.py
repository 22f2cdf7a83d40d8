"""A web page's or web archive's bytes in, the page's text out."""

from __future__ import annotations

import email
import email.policy
import re

from pipeline.encodings import decode_bytes
from pipeline.errors import Reason, Unreadable
from pipeline.text import nfc

_CHARSET = re.compile(rb"""charset\s*=\s*["']?([\w-]+)""", re.I)
# Named by pages whatever they hold; UTF-8 shows by its form.
_SAYS_NOTHING = {"utf-8", "utf8", "unicode", "iso-8859-1", "latin1", "us-ascii", "windows-1252", "cp1252"}


def decoded(content: bytes) -> str:
    """The page's text, by the charset it names where that is one for Vietnamese, else by its form.

    Text in the encodings older than Unicode stays as it is shown: entities belong to it, so it can be told
    and decoded only when they are read.
    """
    found = _CHARSET.search(content[:4096])
    named = found.group(1).decode("ascii").lower() if found else ""
    if named and named not in _SAYS_NOTHING:
        try:
            return nfc(content.decode(named))
        except (LookupError, UnicodeDecodeError):
            pass
    return decode_bytes(content, legacy=False)


def unpacked(content: bytes) -> bytes:
    """The page within a web archive (.mht, or a .doc that is one)."""
    message = email.message_from_bytes(content, policy=email.policy.default)
    for part in message.walk():
        if part.get_content_type() == "text/html":
            payload = part.get_payload(decode=True)
            if isinstance(payload, bytes) and payload:
                return payload
    raise Unreadable(Reason.DAMAGED, "tệp web không có trang nào (web archive without a page)")
