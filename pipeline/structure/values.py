"""Lines of a head in, their values out: number and notation, date and place. What cannot be read is said so,
never guessed: on scans number and day are often written by hand.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence
from dataclasses import dataclass

from pipeline.structure.entries import Entry, part_of
from pipeline.structure.framing import kinds
from pipeline.text import fold
from pipeline.types import Grounded, Place, Span

SURE = 0.7  # below this OCR confidence a digit of number or date is doubtful

_LABEL = re.compile(r"(?i)^.{0,12}?\bs[oốôóòồỗổộ6]\s*[:;.,]?\s*")
_NOTATION = r"[A-ZĐÐ][\wĐđÐ&.]*(?:\s?[-–]\s?[A-ZĐÐ0-9][\wĐđÐ&.]*)*"
_NUMBER = re.compile(
    rf"(?P<digits>\S{{0,9}}?(?:\s\S{{0,3}})?)\s*[/⁄]\s*(?P<rest>(?:(?:19|20)\d\d\s*/\s*)?{_NOTATION})"
)
_PARTY = re.compile(r"(?P<digits>\S{0,6}?)\s?[-–]\s?(?P<rest>[A-ZĐÐ]{1,4}[a-z]?/[\wĐđÐ&.]+(?:[-–][\wĐđÐ]+)*)")
_BARE = re.compile(r"(?P<digits>\d{1,5})(?:\s*[/-]\s*)?$")
_DATE = re.compile(
    r"ng\S{0,1}[aày]*y?\s*(?P<day>.{0,8}?)\s*t\s?h[aá]ng\s*(?P<month>.{0,8}?)\s*n[aă]m\s*(?P<year>\d{4})?"
)
_NUMERIC = re.compile(r"\b(?P<day>\d{1,2})\s*[/.-]\s*(?P<month>\d{1,2})\s*[/.-]\s*(?P<year>\d{4})\b")


@dataclass(frozen=True, slots=True)
class Dated:
    """A date line read. `about` is the first day of the month that is legible where the day is not."""

    day: dt.date | None
    about: dt.date | None
    place: str | None
    words: Grounded | None


@dataclass(frozen=True, slots=True)
class Numbered:
    """A number line read; `value` is None where its digits are missing or doubtful. `notation` is what
    stands behind the digits ("CT-UBND")."""

    value: Grounded | None
    notation: str
    end: int


def number_of(entry: Entry, places: Sequence[Place]) -> Numbered | None:
    """Number and notation of a line ("Số: 05 /CT-UBND"); None for a line without either."""
    text = entry.text
    label = _LABEL.match(text)
    start = label.end() if label else 0
    match = _NUMBER.match(text, start) or _PARTY.match(text, start) or _BARE.match(text, start)
    if match is None:
        return None
    digits = re.sub(r"\s", "", match["digits"])
    rest = match.groupdict().get("rest") or ""
    notation = _healed(rest)
    joint = "-" if match.re is _PARTY else "/"
    shown = f"{digits}{joint}{notation}" if notation else digits
    at = entry.span.start
    span = Span(at + match.start("digits"), at + match.end())
    sure = re.fullmatch(r"\d{1,5}[a-zA-Z]?", digits) is not None and _sure(places, span.start, match, entry)
    return Numbered(Grounded(shown, span) if sure else None, notation, match.end())


def _sure(places: Sequence[Place], start: int, match: re.Match[str], entry: Entry) -> bool:
    end = entry.span.start + match.end("digits")
    marks = [p.confidence for p in places if p.span.start < end and p.span.end > start]
    return all(mark is None or mark >= SURE for mark in marks)


def _healed(notation: str) -> str:
    """A notation without blanks, OCR's slips in the kind's code mended ("QD-UBND" → "QĐ-UBND")."""
    text = re.sub(r"\s", "", notation).replace("Ð", "Đ").replace("–", "-").rstrip(".,;")
    head, joint, rest = text.partition("-")
    codes = {fold(code): code for _, code, _ in kinds() if code}
    known = codes.get(fold(head))
    return f"{known}{joint}{rest}" if known and known != head and len(head) == len(known) else text


def date_of(entry: Entry, places: Sequence[Place]) -> Dated | None:
    """Place and date of a line ("Hà Nội, ngày 05 tháng 9 năm 2019"); None for a line without a date."""
    folded = fold(entry.text)
    match = _DATE.search(folded) or _NUMERIC.search(folded)
    if match is None:
        return None
    place = entry.text[: match.start()].strip(" ,.;-–")
    words = part_of(entry, match.start(), match.end())
    start = entry.span.start + match.start("day")
    unsure = any(
        p.confidence is not None and p.confidence < SURE
        for p in places
        if start <= p.span.start < entry.span.start + match.end("day")
    )
    day, month, year = (_digits(match[name]) for name in ("day", "month", "year"))
    about = _date(year, month, 1)
    return Dated(None if unsure else _date(year, month, day), about, place or None, words)


def _digits(text: str | None) -> int | None:
    stripped = (text or "").strip(" .,_")
    return int(stripped) if re.fullmatch(r"\d{1,4}", stripped, re.ASCII) else None


def _date(year: int | None, month: int | None, day: int | None) -> dt.date | None:
    if year is None or month is None or day is None or not 1900 <= year <= 2100:
        return None
    try:
        return dt.date(year, month, day)
    except ValueError:
        return None
