"""A header and the sentences before the first task in, the level of who assigns out, and by what it shows.

A committee and its chair share a heading: told apart by who speaks, on whose behalf it is signed, the kind of
document. What an office passes on is assigned by whose will it passes on; a conclusion by who concluded.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from pipeline.classes.speech import Speech, concluder, content, scope_of, speeches
from pipeline.text import fold
from pipeline.types import DocumentType, Grounded, Header

_LOCAL_GOVERNMENT = ("committee", "chair", "council")
_FINAL = {
    ("committee", True): "provincial_committee",
    ("chair", True): "provincial_chair",
    ("council", True): "provincial_council",
    ("committee", False): "local_committee",
    ("chair", False): "local_chair",
    ("council", False): "local_council",
}
_OFFICE = re.compile(r"van phong\b")
_COMMITTEE = re.compile(r"uy ban nhan dan|ubnd|hoi dong nhan dan|hdnd")


@dataclass(frozen=True, slots=True)
class Assigned:
    """A key of `ASSIGNERS` (pipeline/labels.py), `by` what it shows (said, concluded, signed, issuer, number,
    kind; "" for nothing), and the words that show it."""

    level: str
    by: str = ""
    words: str = ""


@dataclass(frozen=True, slots=True)
class _House:
    """The issuer: its level ("" if it is not known), place, whether it is an office that writes for others,
    and the words that name it."""

    level: str
    scope: str
    office: bool
    by: str
    words: str

    def final(self, level: str, scope: str = "") -> str:
        """A level with its place; where none is named it is the issuer's, else a province."""
        place = self.scope if scope in ("", "city") else scope
        return _FINAL.get((level, place != "local"), level)


@cache
def _rows(table: str) -> tuple[tuple[str, re.Pattern[str]], ...]:
    return tuple((row["level"], re.compile(row["pattern"])) for row in content()[table])


def assigner_of(header: Header, opening: Sequence[str] = ()) -> Assigned:
    """Who assigns the tasks of a document. `opening` are the sentences before the first task, and its own."""
    house = _house(header)
    subject = header.subject.text if header.subject else ""
    told = concluder(subject)
    if told is not None:
        return _spoken(told, house, header, "concluded")
    passing = house.office or not house.level
    if not (passing or house.level in _LOCAL_GOVERNMENT):
        return Assigned(house.level, house.by, house.words)
    said = [one for one in speeches(opening, passing=passing) if _may(house, one)]
    if house.level in _LOCAL_GOVERNMENT:
        return _of_committee(header, house, said, opening)
    if said:
        return _spoken(said[-1], house, header, "said")
    return Assigned(house.level or "other", house.by if house.level else "", house.words)


def _spoken(speech: Speech, house: _House, header: Header, by: str) -> Assigned:
    return Assigned(house.final(speech.level, scope_of(speech.tail, header.issued_on)), by, speech.words)


def _may(house: _House, speech: Speech) -> bool:
    """Whether a document of this issuer speaks for that speaker: others are only told of."""
    if not house.level:
        return True
    if house.level in _LOCAL_GOVERNMENT:
        return speech.level in _LOCAL_GOVERNMENT
    if house.level in ("government", "prime_minister"):
        return speech.level in ("government", "prime_minister")
    return speech.level == house.level


# ---------------------------------------------------------------- the issuer


def _house(header: Header) -> _House:
    parent = _key(header.parent)
    whole = _key(header.issuer)
    own = whole[len(parent) :].lstrip(" -–") if parent and whole.startswith(parent) else whole
    words = header.issuer.text if header.issuer else ""
    if _OFFICE.match(own):
        return _office(own, parent, words, header)
    level = _level("body", own)
    if level:
        scope = scope_of(own, header.issued_on) if level in _LOCAL_GOVERNMENT else ""
        if scope == "city" or (not scope and parent):
            scope = "local" if parent else "province"
        return _House(level, scope, False, "issuer", words)
    number = _key(header.number)
    level = _level("notation", number)
    office = "vpcp" in number
    return _House(level, "", office, "number", header.number.text if header.number and level else "")


def _office(own: str, parent: str, words: str, header: Header) -> _House:
    """An office: of the Government, of a committee, of a ministry, of the Party."""
    if "chinh phu" in own:
        return _House("government", "", True, "issuer", words)
    named = f"{own} {parent}"
    if _COMMITTEE.search(named):
        return _House("committee", scope_of(named, header.issued_on), True, "issuer", words)
    level = _level("body", own) or _level("body", parent) or "other"
    return _House(level, "", True, "issuer", words)


def _level(table: str, key: str) -> str:
    for level, pattern in _rows(table):
        if key and (pattern.match(key) if table == "body" else pattern.search(key)):
            return level
    return ""


def _key(value: Grounded | None) -> str:
    return " ".join(fold(value.text).split()) if value else ""


# ---------------------------------------------------------------- committee or chair


def _of_committee(header: Header, house: _House, said: Sequence[Speech], opening: Sequence[str]) -> Assigned:
    chair = [one for one in said if one.level == "chair"]
    if chair:
        return _spoken(chair[-1], house, header, "said")
    if house.level == "council":
        return Assigned(house.final("council"), house.by, house.words)
    signed = _signed(header, house, said)
    if signed is not None:
        return signed
    if header.type in (DocumentType.CHI_THI, DocumentType.CONG_DIEN) or _concludes(header, opening):
        return Assigned(house.final("chair"), "kind", "")
    if said:
        return _spoken(said[-1], house, header, "said")
    if house.office:
        return Assigned("department" if house.scope != "local" else "other", house.by, house.words)
    return Assigned(house.final("committee"), house.by, house.words)


def _signed(header: Header, house: _House, said: Sequence[Speech]) -> Assigned | None:
    """What heading and signature say; None where they say nothing."""
    if house.level == "chair":
        return Assigned(house.final("chair"), "issuer", house.words)
    signing = content()["signing"]
    offices = [one.text for one in (header.signer_authority, header.signer_position) if one]
    shown = " ".join(offices)
    key = fold(shown)
    if re.search(signing["behalf"], key) and re.search(signing["committee"], key):
        return Assigned(house.final("committee"), "signed", shown)
    if re.search(signing["order"], key) and re.search(signing["chair"], key):
        by = _spoken(said[-1], house, header, "said") if said else None
        return by or Assigned(house.final("chair"), "signed", shown)
    if not house.office and re.search(signing["chair"], key):
        return Assigned(house.final("chair"), "signed", shown)
    return None


def _concludes(header: Header, opening: Sequence[str]) -> bool:
    """Whether a notice conveys what somebody concluded."""
    if header.type is not DocumentType.THONG_BAO:
        return False
    subject = header.subject.text if header.subject else ""
    return any("ket luan" in fold(words) for words in (subject, *opening))
