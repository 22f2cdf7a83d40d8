"""Documents named by number and date ("Thông báo số 45/TB-UBND ngày 02/3/2024"): text in, where they stand
and their values out. Spaces that OCR puts into numbers and dates do no harm.
"""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass
from functools import cache

from pipeline.assignments.relation_phrases import phrase
from pipeline.text import match_key
from pipeline.types import Span

_SIGN = r"[A-ZĐƯ][A-Za-zĐđƯưƠơÂâÊêÔô&]{0,9}"
_NOTATION = rf"\s?[/-]\s?(?:\d{{4}}\s?[/-]\s?)?{_SIGN}(?:\s?[-–./]\s?{_SIGN}){{0,4}}(?!\w)"
_DIGITS = r"\d(?:\s?\d){0,4}[a-zđ]?"
_DATE = re.compile(
    r"[\s,]{0,3}(?:(?:của|do)\s[^.;,]{1,80}?)?\s{0,3}ngày\s{0,3}"
    r"(?P<day>\d\s?\d?)\s{0,2}(?:[/.-]|tháng)\s{0,2}(?P<month>\d\s?\d?)\s{0,2}(?:[/.-]|năm)\s{0,2}"
    r"(?P<year>\d\s?\d(?:\s?\d\s?\d)?)(?!\d)"
)
_LABEL = r"(?:[ivx]{1,6}|\d{1,3}(?:\.\d{1,2}){0,3}[a-zđ]?|[a-zđ]|thứ \w+|cuối)(?!\w)"
_STEP = (
    r"(?:điều|khoản|điểm|tiết|mục|tiểu mục|phần|chương|phụ lục|ý|gạch đầu dòng|số thứ tự|stt|nhiệm vụ số)\s"
    rf"{_LABEL}(?:(?:,|\svà)\s{_LABEL}){{0,8}}"
)
_ITEM = re.compile(rf"(?<!\w){_STEP}(?:,?\s(?:của\s)?{_STEP}){{0,4}}")
_CENTURY = 2000


@dataclass(frozen=True, slots=True)
class Citation:
    """A document named by its number: `number` without spaces at `number_span`, its date if said; `span` is
    all of it."""

    span: Span
    number: str
    number_span: Span
    issued_on: dt.date | None


@cache
def _pattern() -> re.Pattern[str]:
    kinds = phrase("document").pattern
    return re.compile(
        rf"(?<!\w)(?:(?P<kind>(?i:{kinds}))\s{{0,3}})?"
        rf"(?:(?i:số)\s{{0,2}}[:.]?\s{{0,2}}(?P<number>{_DIGITS}(?:{_NOTATION})?)|(?P<bare>{_DIGITS}{_NOTATION}))"
    )


def find_citations(text: str) -> tuple[Citation, ...]:
    """The documents that a text names by number, in order; a figure ("số 5") is none without its kind."""
    found = []
    for match in _pattern().finditer(text):
        name = "number" if match["number"] else "bare"
        number = re.sub(r"\s+", "", match[name]).replace("–", "-")
        if match["kind"] is None and (name == "bare" or number.isdigit()):
            continue
        date = _DATE.match(match_key(text[match.end() : match.end() + 120]))
        end = match.end() + (date.end() if date else 0)
        issued = _date(date) if date else None
        span = Span(match.start(), end)
        found.append(Citation(span, number, Span(match.start(name), match.end(name)), issued))
    return tuple(found)


def item_in(text: str) -> str:
    """The part of a document that a text names, as written ("điểm a, b khoản 2 Điều 1"); empty for none."""
    match = _ITEM.search(match_key(text))
    return " ".join(text[match.start() : match.end()].split()) if match else ""


def _date(match: re.Match[str]) -> dt.date | None:
    day, month, year = (int(re.sub(r"\s", "", match[name])) for name in ("day", "month", "year"))
    try:
        return dt.date(year + _CENTURY if year < 100 else year, month, day)
    except ValueError:
        return None
