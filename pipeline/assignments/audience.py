"""Whom a document speaks to where its items name nobody: its addressees, or the place of a conclusion.

A notice of the conclusions "tại buổi làm việc với lãnh đạo tỉnh X" is for that place; its closing line names
the body that carries them out ("thông báo để …, UBND tỉnh X biết, thực hiện").
"""

from __future__ import annotations

import re

from pipeline.text import match_key
from pipeline.types import Directive, DocumentType, Header, Span, UnitKind, UnitMention
from pipeline.units import find_units

_WITH_PLACE = re.compile(
    r"(?:làm việc|họp|buổi làm việc)(?: trực tuyến)? (?:với|tại)"
    r"(?: (?:lãnh đạo|tập thể lãnh đạo|ban thường vụ|thường trực|ban chấp hành"
    r"|tỉnh ủy|thành ủy|ubnd|ủy ban nhân dân))*"
    r" (?P<place>(?:tỉnh|thành phố|tp\.?|huyện|thị xã|quận|xã|phường|đặc khu)\s+[^,;.()]{2,40}?)"
    r"(?=\s+(?:về|để|ngày|nhằm|và|liên quan|trong|vào)\b|[,;.()]|$)"
)
_CLOSING = re.compile(r"thông báo (?:để|đến|tới|cho)[^\n]{0,400}?(?:biết|thực hiện)")


def audience(directive: Directive) -> tuple[UnitMention, ...]:
    """The units that the whole document speaks to; empty where it does not say."""
    header = directive.header
    if header.addressees:
        return addressees(header)
    if header.type is DocumentType.THONG_BAO and header.subject is not None:
        return _of_place(header.subject.text, directive.layout.text)
    return ()


def addressees(header: Header) -> tuple[UnitMention, ...]:
    """The document's addressees as mentions."""
    return tuple(
        UnitMention(one.span or Span(0, 0), one.text, one.text, UnitKind.UNIT) for one in header.addressees
    )


def _of_place(subject: str, text: str) -> tuple[UnitMention, ...]:
    match = _WITH_PLACE.search(match_key(subject))
    if match is None:
        return ()
    place = match["place"]
    closings = list(_CLOSING.finditer(match_key(text)))
    if closings:
        start, end = closings[-1].span()
        for unit in find_units(text[start:end]):
            if match_key(unit.name).endswith(place):
                span = Span(start + unit.span.start, start + unit.span.end)
                return (UnitMention(span, unit.text, unit.name, unit.kind),)
    at = match_key(text).find(place)
    if at < 0:
        return ()
    words = text[at : at + len(place)]
    return (UnitMention(Span(at, at + len(place)), words, words),)
