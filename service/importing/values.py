"""A cell's words in, what they mean out: days, deadlines, documents' numbers, units, states."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass
from typing import Any

from pipeline.text import nfc
from pipeline.units.register import Register
from service.importing.phrases import holds, phrases, plain
from service.importing.remarks import Unclear
from service.review.forms import NotUnderstood, deadline_from
from service.tracking.forms import WrongForm, day_from
from service.tracking.life import Lead, Life
from service.tracking.naming import meant_by

_DAY = re.compile(r"(?:ngày\s*)?(\d{1,2})\s*[/.-]\s*(\d{1,2})\s*[/.-]\s*(\d{4})", re.IGNORECASE)
_LONG_DAY = re.compile(r"ngày\s+(\d{1,2})\s+tháng\s+(\d{1,2})\s+năm\s+(\d{4})", re.IGNORECASE)
_BEFORE_NUMBER = re.compile(r"^(?:văn bản|công văn|cv|vb)?\s*(?:số)?\s*:?\s*(?=\d)", re.IGNORECASE)
_FIRST, _LAST = dt.date(1990, 1, 1), dt.date(2100, 1, 1)


@dataclass(frozen=True, slots=True)
class Named:
    """A document as a cell names it."""

    number: str
    on: dt.date | None


def line(text: str) -> str:
    """As one line."""
    return " ".join(nfc(text).split())


def day_of(text: str) -> dt.date | None:
    """The day that a cell says; None for an empty one. Raises `Unclear`."""
    words = line(text)
    if not words:
        return None
    found = _LONG_DAY.search(words) or _DAY.fullmatch(words.split(" ")[-1]) or _DAY.search(words)
    try:
        day = _of(found) if found else day_from(words, "") or _FIRST
    except (ValueError, WrongForm):
        raise Unclear("not_a_day", words) from None
    if not _FIRST <= day < _LAST:
        raise Unclear("not_a_day", words)
    return day


def document_of(text: str) -> Named:
    """Number and day of a document, as "12/CT-UBND ngày 3/2/2026" has both."""
    words = line(text)
    found = _LONG_DAY.search(words) or _DAY.search(words)
    on = None
    if found:
        try:
            on = _of(found)
            words = re.sub(r"[\s,;(]*(?:ngày)?\s*$", "", words[: found.start()], flags=re.IGNORECASE)
        except ValueError:
            on = None
    return Named(_BEFORE_NUMBER.sub("", words).strip(" ,;()"), on)


def due_of(text: str, counts_from: dt.date) -> tuple[dt.date | None, dict[str, Any]]:
    """The day that a deadline sets and how it is read; none where the words set none. Raises `Unclear`."""
    words = line(text)
    if not plain(words) or plain(words) in phrases().words["no_deadline"]:
        return None, {}
    found = _DAY.fullmatch(words)
    if found:
        day = day_of(words)
        return day, {"text": words, "kind": "date", "date": day.isoformat() if day else None}
    try:
        read = deadline_from(words, counts_from)
    except NotUnderstood:
        raise Unclear("not_a_deadline", words) from None
    if read is None:
        return None, {}
    return dt.date.fromisoformat(read["date"]) if read["date"] else None, read


def units_of(text: str, register: Register, issuer: str, on: dt.date) -> tuple[Lead, ...]:
    """The bodies that a cell names, by these names, with their ids where the register has them."""
    meant = meant_by(register, issuer, on)
    return tuple(meant(Lead(one)) for one in _parted(text))


def state_of(text: str) -> tuple[Life | None, bool]:
    """The state that a cell tells, by the longest phrase that it holds; whether it says "in time"."""
    words = plain(text)
    said = [
        (len(phrase), life)
        for life, several in phrases().states.items()
        for phrase in several
        if holds(words, phrase)
    ]
    in_time = any(holds(words, one) for one in phrases().words["in_time"])
    return (Life(max(said)[1]) if said else None), in_time


def _of(found: re.Match[str]) -> dt.date:
    return dt.date(int(found[3]), int(found[2]), int(found[1]))


def _parted(text: str) -> list[str]:
    found: list[str] = []
    for one in re.split(r"[;\n]", nfc(text)):
        for piece in one.split(","):
            words = line(piece).strip(" .-+•")
            if not words:
                continue
            begins = words.startswith(phrases().begin)
            if found and piece is not one.split(",")[0] and not begins:
                found[-1] = f"{found[-1]}, {words}"
            else:
                found.append(words)
    return list(dict.fromkeys(found))
