"""Head and foot in, the act's header out (`Header`): the boxes' values, gaps filled from outside the text."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from pipeline.structure.entries import Entry, joined, part_of, places_in
from pipeline.structure.foot import Foot, mended_name, name_in
from pipeline.structure.framing import Mark, heading_words, in_capitals, kind_of_code
from pipeline.structure.heading import TITLED, Heading
from pipeline.structure.told import told_header
from pipeline.structure.values import Dated, Numbered, date_of, digit_height, number_of
from pipeline.text import fold, same_tone
from pipeline.types import (
    DocumentType,
    Grounded,
    Header,
    Layout,
    Reading,
    Secrecy,
    Span,
    Urgency,
)

_LEVELS = list(Secrecy)
_OWN_HEAD = re.compile(
    r"(?:so|ban|van phong|cuc|chi cuc|tong cuc|vu|vien|truong|phong|trung tam|uy ban|ubnd|hdnd|hoi dong|bo|"
    r"thanh tra|cong an|kho bac|doan|hoi|dang uy|chi bo|benh vien|cong ty)\b"
)
_ABOUT = re.compile(r"(?i)^\s*v\s?/\s?v\s*[:.]?\s*")
# what the stamp of an arrival beside a title leaves at the ends of its lines
_FORWARDED = re.compile(r"(?i)^\W*kính chuyển\s*[:.…][\s.…]*")
_ARRIVED = re.compile(r"\s*\W*\s(?:CỔNG THÔNG TIN ĐIỆN TỬ(?: CHÍNH PHỦ)?|CÔNG VĂN ĐẾN)\s*$")


def header_of(
    heading: Heading, foot: Foot | None, layout: Layout, reading: Reading, opening: Entry | None = None
) -> Header:
    """The header that head and foot show, completed from signatures, stamps and envelope.

    An excerpt without a head is asked for its `opening`, the first entry.
    """
    if heading.end == 0 and opening is not None and (told := told_header(opening)) is not None:
        return _with_declared(replace(told, secrecy=reading.secrecy), reading)
    number = _number(heading, layout)
    dated = _dated(heading, layout)
    signer = _signer(foot, reading)
    header = Header(
        number=number.value if number else None,
        issued_on=dated.day if dated else None,
        issued_about=dated.about if dated else None,
        issued_at=dated.words if dated else None,
        place=dated.place if dated else None,
        issuer=_issuer(heading),
        parent=_parent(heading.issuer),
        type=_type(heading, number),
        subject=_subject(heading, number),
        addressees=_addressees(heading.addressees),
        recipients=_recipients(foot),
        signer=signer,
        signer_position=joined(foot.position[:2]) if foot else None,
        signer_authority=joined(foot.authority) if foot else None,
        urgency=_urgency(heading),
        secrecy=_secrecy(heading, reading),
    )
    header = _with_declared(_with_stamps(header, number, reading), reading)
    return replace(header, doubtful=_doubtful(header, heading, foot))


def _number(heading: Heading, layout: Layout) -> Numbered | None:
    if heading.number is not None:
        places = places_in(layout, heading.number.span)
        return number_of(heading.number, places, _digit_height(heading, layout))
    if heading.titled is not None and (match := TITLED.match(fold(heading.titled.text))):
        shown = part_of(heading.titled, match.start("number"), match.end("number"))
        notation = shown.text.partition("/")[2]
        return Numbered(shown, notation, match.end("number"))
    return None


def _dated(heading: Heading, layout: Layout) -> Dated | None:
    entry = heading.dated or heading.titled
    if entry is None:
        return None
    return date_of(entry, places_in(layout, entry.span), _digit_height(heading, layout))


def _digit_height(heading: Heading, layout: Layout) -> float | None:
    if heading.dated is None:
        return None
    return digit_height(layout.text, places_in(layout, heading.dated.span))


def _issuer(heading: Heading) -> Grounded | None:
    lines = heading.issuer or heading.issuing
    whole = joined(lines)
    if whole is None:
        return _issuer_of_title(heading)
    scanned = any(line.sure < 1 for line in lines)
    return replace(whole, text=" ".join(map(_mended, whole.text.split()))) if scanned else whole


def _mended(word: str) -> str:
    """A word of an issuer's name with the accents that OCR has lost or taken for others."""
    known = heading_words().get(fold(word))
    if known is None or same_tone(word.lower()) == same_tone(known):
        return word
    return known.upper() if word.isupper() else known


def _issuer_of_title(heading: Heading) -> Grounded | None:
    match = TITLED.match(fold(heading.titled.text)) if heading.titled else None
    if heading.titled is None or match is None or match["issuer"] is None:
        return None
    return part_of(heading.titled, match.start("issuer"), match.end("issuer"))


def _parent(lines: Sequence[Entry]) -> Grounded | None:
    """The lines above the last one that begins a body's name; a lone word ends one ("… VÀ MÔI / TRƯỜNG")."""
    starts = [at for at, line in enumerate(lines) if " " in line.text and _OWN_HEAD.match(fold(line.text))]
    return joined(lines[: starts[-1]]) if starts and starts[-1] > 0 else None


def _type(heading: Heading, number: Numbered | None) -> DocumentType | None:
    if heading.kind is not None:
        return heading.kind
    if number is not None and number.notation:
        return kind_of_code(number.notation) or DocumentType.CONG_VAN
    return DocumentType.CONG_VAN if heading.addressees and heading.subject else None


def _subject(heading: Heading, number: Numbered | None) -> Grounded | None:
    lines = list(heading.subject)
    first = heading.number
    if first is not None and number is not None and (not lines or lines[0].span.start > first.span.start):
        rest = first.text[number.end :]
        about = _ABOUT.search(rest.lstrip(" .;,"))
        if about is not None and rest.strip():
            start = len(first.text) - len(rest.lstrip(" .;,")) + about.end()
            head = part_of(first, start, len(first.text))
            tail = joined(lines)
            return head if tail is None else _sum(head, tail)
    whole = joined(lines)
    if whole is None or whole.span is None:
        return None
    cut, arrived = _ABOUT.match(whole.text), None
    if not in_capitals(whole.text):
        cut, arrived = cut or _FORWARDED.match(whole.text), _ARRIVED.search(whole.text)
    start, end = cut.end() if cut else 0, arrived.start() if arrived else len(whole.text)
    if not 0 <= start < end:
        return whole
    return Grounded(
        whole.text[start:end], Span(whole.span.start + start, whole.span.end - len(whole.text) + end)
    )


def _sum(head: Grounded, tail: Grounded) -> Grounded:
    assert head.span is not None and tail.span is not None
    return Grounded(f"{head.text} {tail.text}", Span(head.span.start, tail.span.end))


def _addressees(entries: Sequence[Entry]) -> tuple[Grounded, ...]:
    units: list[Grounded] = []
    for entry in entries:
        if entry.text.startswith("("):
            continue
        start = 0
        if entry.mark is Mark.ADDRESSEES:
            colon = entry.text.find(":")
            start = colon + 1 if colon >= 0 else min(len(entry.text), 8)
        for match in re.finditer(r"[^;]+", entry.text[start:]):
            units += _trimmed(entry, start + match.start(), start + match.end())
    return tuple(units)


def _trimmed(entry: Entry, start: int, end: int) -> list[Grounded]:
    """A unit without bullet and end mark, as a list of one or none."""
    text = entry.text
    while start < end and text[start] in " -–—•+*~:":
        start += 1
    while end > start and text[end - 1] in " .,;":
        end -= 1
    return [part_of(entry, start, end)] if end - start > 2 else []


def _recipients(foot: Foot | None) -> tuple[Grounded, ...]:
    if foot is None:
        return ()
    lines: list[Grounded] = []
    for entry in foot.recipients:
        start = 0
        if entry.mark is Mark.RECIPIENTS:
            start = entry.text.find(":") + 1 or len(entry.text)
        lines += _trimmed(entry, start, len(entry.text))
    return tuple(lines)


def _signer(foot: Foot | None, reading: Reading) -> Grounded | None:
    """The name under the signature; from the digital signature where the picture has none."""
    people = [name for s in reading.signatures if (name := name_in(s.signer))]
    shown = _shown_name(foot) if foot is not None else None
    if shown is None:
        return Grounded(people[-1]) if people else None
    spelled = next((person for person in people if fold(person) == fold(shown.text)), shown.text)
    return replace(shown, text=spelled)


def _principal(foot: Foot) -> Sequence[Entry]:
    """The names; those of a joint act from the last, since the body in charge signs to the right."""
    if len(foot.names) < 2:
        return foot.names
    first, second = foot.names[0].span.end, foot.names[1].span.start
    joint = any(first <= office.span.start < second for office in (*foot.authority, *foot.position))
    return foot.names[::-1] if joint else foot.names


def _shown_name(foot: Foot) -> Grounded | None:
    for entry in _principal(foot):
        name = name_in(entry.text)
        if name is not None:
            start = max(entry.text.find(name), 0)
            whole = part_of(entry, start, len(entry.text))
            return replace(whole, text=(mended_name(name) or name) if entry.sure < 1 else name)
    for entry in reversed(foot.likely):
        if entry.sure < 1 and (mended := mended_name(entry.text)):
            return replace(part_of(entry, 0, len(entry.text)), text=mended)
    return None


def _urgency(heading: Heading) -> Urgency:
    found = " ".join(fold(e.text).replace(" ", "") for e in heading.marks if e.mark is Mark.URGENCY)
    for phrase, level in (
        ("hoatoc", Urgency.HOA_TOC),
        ("thuongkhan", Urgency.THUONG_KHAN),
        ("khan", Urgency.KHAN),
    ):
        if phrase in found:
            return level
    return Urgency.NORMAL


def _secrecy(heading: Heading, reading: Reading) -> Secrecy:
    """The stronger of the mark in the head's text and what reading has seen."""
    printed = Secrecy.NONE
    for entry in heading.marks:
        words = fold(entry.text)
        if entry.mark is Mark.SECRECY and in_capitals(entry.text):
            name = "tuyet_mat" if "tuyet" in words else "toi_mat" if "toi" in words else "mat"
            printed = Secrecy(name)
    return max(printed, reading.secrecy, key=_LEVELS.index)


def _with_stamps(header: Header, number: Numbered | None, reading: Reading) -> Header:
    """A number that only a stamp on the page bears whole; digits alone may as well be the day's."""
    if header.number is not None or number is None or not number.notation:
        return header
    whole = re.compile(rf"(?:số\s*:?\s*)?(\d{{1,5}}\s*[/-]\s*{re.escape(number.notation)})", re.IGNORECASE)
    found = next((match for text in reading.annotations if (match := whole.fullmatch(text.strip()))), None)
    return replace(header, number=Grounded(re.sub(r"\s", "", found.group(1)))) if found else header


def _with_declared(header: Header, reading: Reading) -> Header:
    """Gaps filled from what the envelope states."""
    told = reading.declared
    if told is None:
        return header
    filled: dict[str, object] = {}
    for name in ("number", "issuer", "subject", "signer"):
        if getattr(header, name) is None and (value := getattr(told, name)):
            filled[name] = Grounded(value)
    if header.issued_on is None and told.issued_on is not None:
        filled["issued_on"] = told.issued_on
    if header.urgency is Urgency.NORMAL and told.urgency in set(Urgency):
        filled["urgency"] = Urgency(told.urgency)
    if header.type is None and told.kind:
        filled["type"] = next((t for t in DocumentType if t.value == told.kind), DocumentType.OTHER)
    return replace(header, **filled)  # type: ignore[arg-type]


def _doubtful(header: Header, heading: Heading, foot: Foot | None) -> tuple[str, ...]:
    """Fields whose place is there but not legible."""
    doubts = []
    if header.number is None and heading.number is not None:
        doubts.append("number")
    if header.issued_on is None and (heading.dated is not None or heading.number is not None):
        doubts.append("issued_on")
    if foot is not None and (header.signer is None or (foot.likely and not foot.names)):
        doubts.append("signer")
    return tuple(doubts)
