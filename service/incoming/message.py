"""A mail's bytes in, the files that it carries out, within the bounds of uploads; or why none are taken.

The text of a mail is no document; only where it carries nothing else, and the office says so, it is one.
"""

from __future__ import annotations

import email
from collections.abc import Iterator
from dataclasses import dataclass, field
from email import policy
from email.message import MIMEPart
from email.utils import parseaddr
from enum import StrEnum

from service.uploads.folders import NAMELESS, shown_name
from service.uploads.multipart import Bounds

_DEEP = 5  # messages within messages
_PARTS = 2000
_SIGNATURES = frozenset(
    {"application/pkcs7-signature", "application/x-pkcs7-signature", "application/pgp-signature"}
)
_BODY = {"text/plain": "thu.txt", "text/html": "thu.html"}


class Trouble(StrEnum):
    """Why nothing of a mail is taken."""

    SENDER = "sender"  # who sent it is not among those from whom mail is taken
    EMPTY = "empty"  # it carries no file
    LARGE = "large"  # it, or a file in it, is too large, or it carries too many
    DAMAGED = "damaged"  # it cannot be read as a mail
    CRASHED = "crashed"  # taking it broke off again and again


@dataclass(frozen=True, slots=True)
class Carried:
    """A file that a mail carries."""

    name: str
    content: bytes = field(repr=False)


class NotTaken(Exception):  # noqa: N818 - says what is the case
    """Nothing of the mail is taken."""

    def __init__(self, trouble: Trouble) -> None:
        super().__init__(trouble.value)
        self.trouble = trouble


@dataclass(frozen=True, slots=True)
class Rules:
    """From whom mail is taken (addresses, or "@domain"; nobody named: everybody), what it may carry, whether
    a mail without files is a document itself."""

    bounds: Bounds
    senders: frozenset[str] = frozenset()
    text: bool = False

    def allows(self, sender: str) -> bool:
        """Whether mail is taken from this address."""
        return not self.senders or bool({sender, sender[sender.rfind("@") :]} & self.senders)


def sender_of(header: bytes) -> str:
    """The address of who sent a mail, by its header; "" where it names none."""
    return _sender(email.message_from_bytes(header, policy=policy.default))


def carried(content: bytes, rules: Rules) -> list[Carried]:
    """The files of a mail and of those that it carries, in order. Raises `NotTaken`."""
    try:
        opened = email.message_from_bytes(content, policy=policy.default)
        if not rules.allows(_sender(opened)):
            raise NotTaken(Trouble.SENDER)
        found = _within(rules.bounds, _files(opened, 0))
        found = found or (_within(rules.bounds, _text(opened)) if rules.text else [])
    except NotTaken:
        raise
    except Exception as error:  # the standard library raises many kinds on bad mails
        raise NotTaken(Trouble.DAMAGED) from error
    if not found:
        raise NotTaken(Trouble.EMPTY)
    return found


def _sender(opened: MIMEPart) -> str:
    return parseaddr(str(opened.get("From", "")))[1].strip().lower()


def _within(bounds: Bounds, files: Iterator[Carried]) -> list[Carried]:
    found: list[Carried] = []
    size = 0
    for one in files:
        found.append(one)
        size += len(one.content)
        if len(one.content) > bounds.file_bytes or len(found) > bounds.files or size > bounds.all_bytes:
            raise NotTaken(Trouble.LARGE)
    return found


def _files(opened: MIMEPart, depth: int) -> Iterator[Carried]:
    for number, (part, related) in enumerate(_leaves(opened)):
        if number > _PARTS or depth > _DEEP:
            raise NotTaken(Trouble.LARGE)
        kind = part.get_content_type()
        if kind == "message/rfc822":
            for inner in part.iter_parts():
                yield from _files(inner, depth + 1)
            continue
        logo = related and part.get_content_maintype() == "image" and part.get("Content-ID")
        named = part.get_filename() or part.get_content_disposition() == "attachment"
        is_file = named or part.get_content_maintype() not in ("text", "message")
        if is_file and not logo and kind not in _SIGNATURES:
            yield Carried(shown_name(part.get_filename() or NAMELESS), _decoded(part))


def _leaves(opened: MIMEPart) -> Iterator[tuple[MIMEPart, bool]]:
    """The parts that hold something, a message within the message as one; whether each belongs to a text."""
    todo = [(opened, False)]
    while todo:
        part, related = todo.pop()
        if part.get_content_maintype() == "multipart":
            belongs = part.get_content_subtype() == "related"
            todo += [(inner, belongs) for inner in reversed(list(part.iter_parts()))]
        else:
            yield part, related


def _text(opened: MIMEPart) -> Iterator[Carried]:
    body = opened.get_body(("plain", "html"))
    if body is not None and (content := _decoded(body)).strip():
        text = content.decode(body.get_content_charset("utf-8"), "replace")
        yield Carried(_BODY[body.get_content_type()], text.encode())


def _decoded(part: MIMEPart) -> bytes:
    content = part.get_payload(decode=True)
    return content if isinstance(content, bytes) else b""
