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

SURE = 0.5  # below this OCR confidence a digit of number or date is doubtful
PLAIN = 0.955  # from this on a word is print, however tall
TALL, TALL_MIXED = 1.3, 1.5  # of the printed digits' height: written by hand (digits; digits with letters)

_LABEL = re.compile(r"(?i)^.{0,12}?\bs[oốôóòồỗổộ6]\s*[:;.,]?\s*")
_NOTATION = r"[A-ZĐÐ][\wĐđÐ&.]*(?:\s?[-–]\s?[A-ZĐÐ0-9][\wĐđÐ&.]*)*"
_NUMBER = re.compile(
    rf"(?P<digits>\S{{0,9}}?(?:\s\S{{0,3}})?)\s*[/⁄]\s*(?P<rest>(?:(?:19|20)\d\d\s*/\s*)?{_NOTATION})"
)
_PARTY = re.compile(
    r"(?P<digits>[^\s/-]{0,6}?)\s?[-–]\s?(?P<rest>[A-ZĐÐ]{1,4}[a-z]?/[\wĐđÐ&.]+(?:[-–][\wĐđÐ]+)*)"
)
_GLUED = re.compile(rf"(?P<digits>\d{{1,5}})(?P<rest>[A-ZĐÐ]{{2,}}[a-z]?[-–]{_NOTATION})")
_BARE = re.compile(r"(?P<digits>\d{1,5})(?:\s*[/-]\s*)?$")
_DATE = re.compile(
    r".*\bng[a-z]{0,2}(?P<day>.{0,9}?)\s*t\s?h[aá]ng\s*(?P<month>.{0,8}?)\s*n[aă]m\s*(?P<year>\d{4})?"
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


def number_of(entry: Entry, places: Sequence[Place], height: float | None) -> Numbered | None:
    """Number and notation of a line ("Số: 05 /CT-UBND"); None for a line without either.

    `height` is that of printed digits on a scan, None where it is not known.
    """
    text = entry.text
    label = _LABEL.match(text)
    start = label.end() if label else 0
    found = (pattern.match(text, start) for pattern in (_PARTY, _NUMBER, _GLUED, _BARE))
    match = next((one for one in found if one is not None), None)
    if match is None:
        return None
    digits = re.sub(r"\s", "", match["digits"])
    rest = match.groupdict().get("rest") or ""
    notation = _healed(rest)
    joint = "-" if match.re is _PARTY else "/"
    shown = f"{digits}{joint}{notation}" if notation else digits
    at = entry.span.start
    span = Span(at + match.start("digits"), at + match.end())
    written = Span(span.start, at + match.end("digits"))
    clear = re.fullmatch(r"\d{1,5}[a-zA-Z]?", digits) is not None and _apart(text, written.start - at, places)
    sure = clear and _printed(places, written, height)
    return Numbered(Grounded(shown, span) if sure else None, notation, match.end())


def _printed(places: Sequence[Place], span: Span, height: float | None) -> bool:
    """Whether the words of a range are surely read and, on a scan, no taller than printed digits."""
    for place in places:
        if place.confidence is None or not place.span.overlaps(span):
            continue
        bound = TALL if len(place.span) <= len(span) else TALL_MIXED
        tall = height is not None and place.box.y1 - place.box.y0 > bound * height
        if place.confidence < SURE or (tall and place.confidence < PLAIN):
            return False
    return True


def _apart(text: str, start: int, places: Sequence[Place]) -> bool:
    """Whether digits stand apart from the label; OCR glues handwriting to it ("Số2")."""
    scanned = any(place.confidence is not None for place in places)
    return not scanned or start == 0 or not text[start - 1].isalpha()


def digit_height(text: str, places: Sequence[Place]) -> float | None:
    """Height of the printed year of a date line, by which handwriting beside it stands out."""
    for place in reversed(places):
        if re.fullmatch(r"(?:19|20)\d\d[.,]?", text[place.span.start : place.span.end]):
            return place.box.y1 - place.box.y0
    return None


def _healed(notation: str) -> str:
    """A notation without blanks, OCR's slips in the kind's code mended ("QD-UBND" → "QĐ-UBND")."""
    text = re.sub(r"\s", "", notation).replace("Ð", "Đ").replace("–", "-").rstrip(".,;")
    head, joint, rest = text.partition("-")
    codes = {fold(code): code for _, code, _ in kinds() if code}
    known = codes.get(fold(head))
    return f"{known}{joint}{rest}" if known and known != head and len(head) == len(known) else text


def date_of(entry: Entry, places: Sequence[Place], height: float | None) -> Dated | None:
    """Place and date of a line ("Hà Nội, ngày 05 tháng 9 năm 2019"); None for a line without a date."""
    folded = fold(entry.text)
    match = _DATE.match(folded) or _NUMERIC.search(folded)
    if match is None:
        return None
    at = entry.span.start
    day, month, year = (_digits(match[name]) for name in ("day", "month", "year"))
    legible = {
        name: _printed(places, Span(at + match.start(name), at + match.end(name)), height)
        for name in ("day", "month")
    }
    about = _date(year, month, 1) if legible["month"] else None
    whole = _date(year, month, day) if legible["day"] and about else None
    start = max(folded.rfind("ng", 0, match.start("day")), 0) if match.re is _DATE else match.start()
    place = entry.text[:start].strip(" ,.;-–")
    return Dated(whole, about, place or None, part_of(entry, start, match.end()))


def date_in(text: str) -> dt.date | None:
    """The date that a text states in figures or words; None for none."""
    folded = fold(text)
    match = _NUMERIC.search(folded) or _DATE.match(folded)
    return _date(*(_digits(match[name]) for name in ("year", "month", "day"))) if match else None


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
