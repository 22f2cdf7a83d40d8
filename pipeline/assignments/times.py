"""A time cell and its column's head in, its deadline out.

A head may hold what the cells leave out: "Tháng hoàn thành" over "9", "Thời hạn (quý/2025)" over "III".
"""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import replace

from pipeline.assignments.cells import span_of
from pipeline.assignments.scope import moved_deadline
from pipeline.assignments.table_lexicon import table_pattern
from pipeline.deadlines import read_cell
from pipeline.text import match_key
from pipeline.types import Deadline, GridCell, Span

_EDGE = " \n.:;,|_~*'’`"
_UNIT = re.compile(r"\b(tháng|quý|năm)\b")
_YEAR = re.compile(r"\b(?:19|20)\d\d\b")


def read_time(cell: GridCell, head: str, text: str, issued_on: dt.date | None) -> Deadline | None:
    """The deadline that a filled time cell states; None where it states none ("Theo quy định")."""
    span = span_of(cell)
    if span is None:
        return None
    words = text[span.start : span.end].replace("\n", " ")
    start = span.start + len(words) - len(words.lstrip(_EDGE))
    words = words.strip(_EDGE)
    if not words:
        return None
    if table_pattern("count").match(match_key(words)):
        return _counted(words, head, start, issued_on)
    reading = read_cell(words, issued_on)
    return moved_deadline(reading, start) if reading else None


def _counted(words: str, head: str, start: int, issued_on: dt.date | None) -> Deadline | None:
    """The reading of a mere number, of which the head says what it counts."""
    unit = _UNIT.search(head)
    if unit is None or unit.group() == "năm":
        return None
    year = _YEAR.search(head)
    reading = read_cell(f"{unit.group()} {words}{f'/{year.group()}' if year else ''}", issued_on)
    if reading is None:
        return None
    return replace(reading, span=Span(start, start + len(words)), text=words)
