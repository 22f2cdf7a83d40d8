"""XML bytes in, their tree out, with nothing expanded and nothing fetched."""

from __future__ import annotations

import re
from io import BytesIO
from typing import Any

from pipeline.errors import Reason, Unreadable

_LARGEST = 200 * 2**20  # a tree takes several times as much
_OTHER = rb"\?xml[^>]*encoding\s*=\s*[\"'](?!utf-8[\"']|us-ascii[\"'])"
_PLAIN = re.compile(rb"(?:\xef\xbb\xbf)?\s*<(?!" + _OTHER + rb")", re.IGNORECASE)


def parse_xml(content: bytes) -> Any:
    """The root element; Unreadable where the XML is broken or declares entities (no format here does)."""
    return _parsed(content, content[:4096], huge=False)


def parse_large_xml(content: bytes) -> Any:
    """The same for a format that carries whole files as text, longer than the library's own bound for one
    text; that bound is lifted only where no document type can hide in another encoding.

    Such files come from other offices' machines: a second parser, which knows the attacks by name, reads them
    first and refuses what declares a document type, an entity or a thing outside.
    """
    _refuse_attacks(content)
    return _parsed(content, content, huge=_PLAIN.match(content) is not None)


def _parsed(content: bytes, searched: bytes, *, huge: bool) -> Any:
    from lxml import etree

    if len(content) > _LARGEST:
        raise Unreadable(Reason.TOO_LARGE, "một phần XML quá lớn (XML part too large)")
    if b"<!DOCTYPE" in searched or b"<!ENTITY" in searched:
        raise _declares()
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, huge_tree=huge, load_dtd=False, remove_comments=True
    )
    try:
        root = etree.fromstring(content, parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise Unreadable(Reason.DAMAGED, "XML hỏng (broken XML)") from error
    if root.getroottree().docinfo.internalDTD is not None:  # behind a long comment, or in UTF-16
        raise _declares()
    return root


def _refuse_attacks(content: bytes) -> None:
    from xml.sax import SAXException, handler

    from defusedxml.common import DefusedXmlException
    from defusedxml.expatreader import DefusedExpatParser

    parser = DefusedExpatParser(forbid_dtd=True)
    parser.setContentHandler(handler.ContentHandler())
    try:
        parser.parse(BytesIO(content))
    except DefusedXmlException as error:
        raise _declares() from error
    except (SAXException, ValueError, LookupError):
        return  # broken, or in an encoding that only the other parser knows: it says so itself


def _declares() -> Unreadable:
    return Unreadable(Reason.BOMB, "XML có khai báo thực thể (XML with a document type)")
