"""The signer's name out of a PKCS #7 signature (RFC 2315), read without checking anything.

In: the DER bytes of a PDF signature's /Contents. Out: the common name of the certificate that the
signer's entry points to, "" where it cannot be found.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

_COMMON_NAME = bytes.fromhex("550403")
_CONTEXT_0 = 0xA0
_ENCODINGS = {0x0C: "utf-8", 0x13: "ascii", 0x14: "latin-1", 0x16: "ascii", 0x1E: "utf-16-be"}


@dataclass(frozen=True, slots=True)
class _Node:
    tag: int
    body: bytes

    def children(self) -> list[_Node]:
        return list(_nodes(self.body))


def signer_of(contents: bytes) -> str:
    """The signer's common name, "" if none is found; never raises."""
    try:
        return _signer(contents)
    except (IndexError, ValueError, StopIteration):
        return ""


def _signer(contents: bytes) -> str:
    outer = next(_nodes(contents)).children()
    signed = outer[1].children()[0].children()
    certificates = [each for node in signed if node.tag == _CONTEXT_0 for each in node.children()]
    names = {serial: name for serial, name in map(_certificate, certificates) if name}
    for info in signed[-1].children():
        parts = info.children()[1].children()
        serial = parts[1].body if len(parts) > 1 else b""
        if serial in names:
            return names[serial]
    return next(iter(names.values())) if len(names) == 1 else ""


def _certificate(node: _Node) -> tuple[bytes, str]:
    """A certificate's serial number and its subject's common name."""
    fields = [field for field in node.children()[0].children() if field.tag != _CONTEXT_0]
    serial, subject = fields[0], fields[4]
    for part in subject.children():
        for pair in part.children():
            oid, value = pair.children()[:2]
            if oid.body == _COMMON_NAME:
                return serial.body, value.body.decode(_ENCODINGS.get(value.tag, "utf-8")).strip()
    return serial.body, ""


def _nodes(data: bytes) -> Iterator[_Node]:
    """The DER elements that stand side by side in `data`; stops at padding or damage."""
    at = 0
    while at + 2 <= len(data):
        tag, length, at = data[at], data[at + 1], at + 2
        if tag == 0:
            return
        if length & 0x80:
            octets = length & 0x7F
            if octets == 0 or octets > 4:
                raise ValueError("indefinite or oversized length")
            length, at = int.from_bytes(data[at : at + octets], "big"), at + octets
        yield _Node(tag, data[at : at + length])
        at += length
