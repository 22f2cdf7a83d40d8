"""XML bytes in, their tree out, with nothing expanded and nothing fetched."""

from __future__ import annotations

from typing import Any

from pipeline.errors import Reason, Unreadable

_LARGEST = 200 * 2**20  # a tree takes several times as much


def parse_xml(content: bytes) -> Any:
    """The root element; Unreadable where the XML is broken or declares entities (no format here does)."""
    from lxml import etree

    if len(content) > _LARGEST:
        raise Unreadable(Reason.TOO_LARGE, "một phần XML quá lớn (XML part too large)")
    head = content[:4096]
    if b"<!DOCTYPE" in head or b"<!ENTITY" in head:
        raise Unreadable(Reason.BOMB, "XML có khai báo thực thể (XML with a document type)")
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, huge_tree=False, load_dtd=False, remove_comments=True
    )
    try:
        return etree.fromstring(content, parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise Unreadable(Reason.DAMAGED, "XML hỏng (broken XML)") from error
