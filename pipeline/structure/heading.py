"""The entries of an act in, its head out: which entry is which of the boxes, and where the body begins.

Boxes of Nghị định 30/2020/NĐ-CP: 2 issuer, 3 number, 4 place and date, 5a type and subject or 5b V/v, 9a
addressees, 10 marks. Acts before 2005 carry number and date in the title instead.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from pipeline.structure.entries import Entry
from pipeline.structure.framing import Mark, in_capitals, is_issuing, kind_of_line
from pipeline.structure.markers import find_marker
from pipeline.text import fold
from pipeline.types import DocumentType, Paragraph, Span

_FAR = 40  # entries: a head is never longer
_YEAR = re.compile(r"(?:năm )?(?:19|20)\d\d(?:\s?[-–]\s?(?:19|20)\d\d)?[.;]?", re.IGNORECASE)
_NOISE = 0.62  # mean confidence: a stamp, not words
_LONG = 240  # characters: a paragraph of the body
_HEAD = {Mark.MOTTO, Mark.NUMBER, Mark.PLACE_DATE, Mark.TYPE, Mark.ADDRESSEES, Mark.SUBJECT}
_SKIPPED = {Mark.RULE, Mark.MOTTO, Mark.URGENCY, Mark.SECRECY}
# "CỦA THỦ TƯỚNG CHÍNH PHỦ SỐ 02/2010/QĐ-TTg NGÀY 15 THÁNG 01 NĂM 2010": the title of older acts
TITLED = re.compile(r"(?:cua\s+(?P<issuer>.{3,90}?)\s+)?so\s*:?\s*(?P<number>\S+)\s+ngay\b(?P<date>.{5,40})$")


@dataclass(slots=True)
class Heading:
    """The entries of the head's boxes; `end` is the index of the body's first entry."""

    issuer: list[Entry] = field(default_factory=list)
    number: Entry | None = None
    dated: Entry | None = None
    titled: Entry | None = None
    kind: DocumentType | None = None
    subject: list[Entry] = field(default_factory=list)
    addressees: list[Entry] = field(default_factory=list)
    issuing: list[Entry] = field(default_factory=list)
    marks: list[Entry] = field(default_factory=list)
    end: int = 0


def find_heading(entries: Sequence[Entry]) -> Heading:
    """The head; one without entries where the text begins with the body (an excerpt)."""
    heading = Heading()
    limit = _first_of_body(entries)
    if not any(entry.mark in _HEAD for entry in entries[:limit]):
        return heading
    title = next((i for i in range(limit) if entries[i].mark is Mark.TYPE), None)
    address = next((i for i in range(limit) if entries[i].mark is Mark.ADDRESSEES), None)
    if title is not None and (address is None or title < address):
        _read_top(entries[:title], heading)
        heading.kind = kind_of_line(entries[title].text)
        at = _read_title(entries, title + 1, heading)
    else:
        at = address if address is not None else limit
        _read_top(entries[:at], heading, untitled=True)
    heading.end = _read_addressees(entries, _skip_issuing(entries, at, heading), heading)
    return heading


def _first_of_body(entries: Sequence[Entry]) -> int:
    """The first entry that no head can hold; the title of an act may be long where it is in capitals."""
    for at, entry in enumerate(entries[:_FAR]):
        after_title = at > 0 and entries[at - 1].mark is Mark.TYPE
        if entry.grid or (_recites(entry) and not after_title):
            return at
        if len(entry.text) > _LONG and not (after_title or in_capitals(entry.text) or entry.mark in _HEAD):
            return at
        if re.match(r"(?:Điều|ĐIỀU) (?:1|thứ)\b|I\. ", entry.text):
            return at
    return min(len(entries), _FAR)


def _read_top(entries: Sequence[Entry], heading: Heading, *, untitled: bool = False) -> None:
    """Issuer, number, place and date, V/v, marks; an act without a title has its subject below the number,
    even where a scan has lost the "V/v"."""
    subject_open = False
    for entry in entries:
        mark = entry.mark
        if mark in (Mark.NONE, Mark.RECITAL) and subject_open and not _is_noise(entry):
            heading.subject.append(entry)
            continue
        if _is_noise(entry):
            continue
        subject_open = False
        if mark is Mark.NUMBER and heading.number is None:
            heading.number = entry
            subject_open = untitled
        elif mark is Mark.PLACE_DATE and heading.dated is None:
            heading.dated = entry
        elif mark is Mark.SUBJECT:
            heading.subject = [entry]
            subject_open = True
        elif mark in (Mark.URGENCY, Mark.SECRECY):
            heading.marks.append(entry)
        elif mark is Mark.NONE and heading.number is None and _names_issuer(entry):
            heading.issuer.append(entry)


def _names_issuer(entry: Entry) -> bool:
    """Whether an unmarked line may be one of the issuer's: words, no noise of a stamp."""
    letters = sum(char.isalpha() for char in entry.text)
    if letters < 3 or letters < 0.6 * len(entry.text.replace(" ", "")) or len(entry.text) > 120:
        return False
    return in_capitals(entry.text) or is_issuing(entry.text)


def _read_title(entries: Sequence[Entry], at: int, heading: Heading) -> int:
    """The subject below the type's line; the index after it."""
    while at < len(entries) and at < _FAR:
        entry = entries[at]
        if entry.grid or entry.mark in (Mark.ADDRESSEES, Mark.TYPE):
            break
        if not heading.subject and entry.mark in _SKIPPED:
            heading.marks += [entry] if entry.mark in (Mark.URGENCY, Mark.SECRECY) else []
        elif heading.titled is None and not heading.subject and (titled := _titled(entries, at)):
            heading.titled = titled
            at += int(titled is not entry)
        elif entry.mark is Mark.PLACE_DATE and not in_capitals(entry.text) and heading.dated is None:
            heading.dated = entry
        elif _is_noise(entry) or _names_author(entries, at, heading):
            pass
        elif not _goes_on(entry, heading):
            break
        else:
            heading.subject.append(entry)
        at += 1
    return at


def _titled(entries: Sequence[Entry], at: int) -> Entry | None:
    """The line of an older act's title that states number and date, maybe set in two."""
    entry = entries[at]
    if TITLED.match(fold(entry.text)):
        return entry
    following = entries[at + 1] if at + 1 < len(entries) else None
    if following is None or not fold(following.text).startswith("ngay") or len(entry.text) > _LONG:
        return None
    text = f"{entry.text} {following.text}"
    if not TITLED.match(fold(text)):
        return None
    whole = Paragraph(Span(entry.span.start, following.span.end), entry.page)
    return Entry(whole, text, Mark.NONE)


def _is_noise(entry: Entry) -> bool:
    """Specks that OCR took for letters."""
    letters = sum(char.isalpha() for char in entry.text)
    few = letters < 4 and len(entry.text) < 12
    return entry.mark is Mark.NONE and (few or entry.sure < _NOISE) and not _YEAR.fullmatch(entry.text)


def _names_author(entries: Sequence[Entry], at: int, heading: Heading) -> bool:
    """ "CỦA CHỦ TỊCH …" between type and subject."""
    entry = entries[at]
    following = entries[at + 1] if at + 1 < len(entries) else None
    if heading.subject or following is None or not fold(entry.text).startswith("cua "):
        return False
    return in_capitals(entry.text) and (following.centred or in_capitals(following.text))


def _goes_on(entry: Entry, heading: Heading) -> bool:
    """Whether a line belongs to the subject."""
    first = not heading.subject and len(entry.text) < _LONG and fold(entry.text).startswith("thuc hien")
    if entry.mark in (Mark.RULE, Mark.MOTTO, Mark.ATTACHED) or (_recites(entry) and not first):
        return False
    if not heading.subject:
        return find_marker(entry.text) is None and not is_issuing(entry.text) and len(entry.text) < 700
    if is_issuing(entry.text) and in_capitals(entry.text):
        return False
    if find_marker(entry.text) is not None:
        return False
    capitals = in_capitals(entry.text) and in_capitals(heading.subject[0].text)
    wrapped = (entry.text[:1].islower() and len(entry.text) < _LONG / 2) or _YEAR.fullmatch(entry.text)
    return capitals or bool(wrapped) or (entry.centred and len(entry.text) < _LONG)


def _recites(entry: Entry) -> bool:
    """Whether an entry is a ground ("Thực hiện …,"), not a title's line with the same words."""
    return entry.mark is Mark.RECITAL and entry.text[:1].isupper() and not in_capitals(entry.text)


def _skip_issuing(entries: Sequence[Entry], at: int, heading: Heading) -> int:
    """Past rules and the authority's line before the recitals ("BỘ TRƯỞNG BỘ …")."""
    while at < len(entries) and not entries[at].grid:
        entry = entries[at]
        authority = in_capitals(entry.text) and entry.mark is Mark.NONE and len(entry.text) < 160
        if authority and (is_issuing(entry.text) or (heading.issuing and entry.centred)):
            heading.issuing.append(entry)
        elif entry.mark not in _SKIPPED:
            break
        at += 1
    return at


def _read_addressees(entries: Sequence[Entry], at: int, heading: Heading) -> int:
    """The units of "Kính gửi"; the index after them."""
    if at >= len(entries) or entries[at].mark is not Mark.ADDRESSEES:
        return at
    heading.addressees.append(entries[at])
    bare = entries[at].text.rstrip().endswith(":")
    at += 1
    while at < len(entries) and not entries[at].grid:
        entry = entries[at]
        listed = re.match(r"\s*[-–—•+*~]", entry.text) is not None and len(entry.text) < 600
        aside = entry.text.startswith("(") and len(entry.text) < 200
        first = bare and len(heading.addressees) == 1 and entry.mark is Mark.NONE and len(entry.text) < 200
        follows = heading.addressees[-1].text.rstrip().endswith(";") and len(entry.text) < 200
        if not (listed or aside or first or follows or (entry.centred and len(entry.text) < 200)):
            break
        heading.addressees.append(entry)
        at += 1
    return at
