"""What a line of head or foot is, by its first words (rules: framing.toml, kinds.tsv)."""

from __future__ import annotations

import re
import tomllib
from collections import Counter
from collections.abc import Sequence
from enum import StrEnum
from functools import cache
from importlib.resources import files
from typing import Any

from pipeline.remembered import remembered
from pipeline.text import fold
from pipeline.types import DocumentType, Word


class Mark(StrEnum):
    """The part of head or foot that a line opens."""

    NONE = ""
    RULE = "rule"
    MOTTO = "motto"
    NUMBER = "number"
    PLACE_DATE = "place_date"
    TYPE = "type"
    ADDRESSEES = "addressees"
    RECIPIENTS = "recipients"
    AUTHORITY = "authority"
    ANNEX = "annex"
    ATTACHED = "attached"
    LISTED = "listed"
    SUBJECT = "subject"
    URGENCY = "urgency"
    SECRECY = "secrecy"
    SIGNED = "signed"
    RECITAL = "recital"


_SPECKS = " _=~'.:|*ˆ`“‘"  # what a scan adds before a line


@cache
def _rules() -> tuple[tuple[Mark, re.Pattern[str]], ...]:
    table = tomllib.loads((files("pipeline.structure") / "framing.toml").read_text(encoding="utf-8"))
    return tuple((Mark(rule["name"]), re.compile(rule["pattern"])) for rule in table["mark"])


@cache
def kinds() -> tuple[tuple[str, str, DocumentType], ...]:
    """Name without diacritics, code in the number, and type of every kind of act."""
    text = (files("pipeline.structure") / "kinds.tsv").read_text(encoding="utf-8")
    rows = (line.split("\t") for line in text.splitlines() if line and not line.startswith("#"))
    return tuple((fold(name), code, DocumentType(kind)) for name, code, kind in rows)


@cache
def _kind_line() -> re.Pattern[str]:
    names = "|".join(re.escape(name).replace("\\ ", r"\s?") for name, _, _ in kinds())
    joint = r"(?:\s?lien (?:nganh|tich|bo))?"
    acts = "chi thi|quyet dinh|nghi quyet|nghi dinh|thong tu|sac lenh|cong dien"
    return re.compile(rf"(?:ra )?({names}){joint}\s*:?$|(?:ra )?({acts})\s+cua\s.{{1,60}}$")


@remembered(4096)
def mark_of(text: str) -> Mark:
    """What the line opens; `Mark.NONE` for any other line."""
    folded = fold(text[:160]).lstrip(_SPECKS).strip() or fold(text[:160]).strip()
    if kind_of_line(text) is not None:
        return Mark.TYPE
    return next((mark for mark, pattern in _rules() if pattern.match(folded)), Mark.NONE)


def kind_of_line(text: str) -> DocumentType | None:
    """The type that a title line in capitals names ("CHỈ THỊ"); None for any other line."""
    stripped = text.strip(" .:*-–_")
    if not 4 < len(stripped) < 90 or not in_capitals(stripped.split("của", maxsplit=1)[0]):
        return None
    match = _kind_line().match(fold(stripped))
    if match is None:
        return None
    found = (match.group(1) or match.group(2)).replace(" ", "")
    return next((kind for name, _, kind in kinds() if name.replace(" ", "") == found), None)


def in_capitals(text: str) -> bool:
    """Whether a line is set in capitals, OCR's slips allowed."""
    letters = [char for char in text if char.isalpha()]
    return sum(char.isupper() for char in letters) >= 0.8 * len(letters) if letters else False


@cache
def signers() -> dict[str, tuple[str, ...]]:
    """The lists of signers.toml, folded: positions, issuing, ranks, heads."""
    lists = ("positions", "issuing", "ranks", "heads")
    return {name: tuple(fold(entry) for entry in _signers()[name]) for name in lists}


@cache
def _signers() -> dict[str, Any]:
    return tomllib.loads((files("pipeline.structure") / "signers.toml").read_text(encoding="utf-8"))


@cache
def heading_words() -> dict[str, str]:
    """The words of issuers' names by their form without diacritics, where only one has that form."""
    words = set(_signers()["heading_words"].split())
    forms = Counter(fold(word) for word in words)
    return {fold(word): word for word in words if forms[fold(word)] == 1}


@cache
def surnames() -> frozenset[str]:
    """The common family names, as written."""
    return frozenset(_signers()["surnames"])


def is_issuing(text: str) -> bool:
    """Whether a line names an authority that issues acts ("BỘ TRƯỞNG BỘ …", "ỦY BAN NHÂN DÂN …")."""
    return fold(text.strip(" *-")).startswith(signers()["issuing"])


def kind_of_code(notation: str) -> DocumentType | None:
    """The type that the code in a notation names ("CT-UBND" → chỉ thị), None where it begins with a unit."""
    codes = {code: kind for _, code, kind in reversed(kinds()) if code}
    head = re.split(r"[-/]", re.sub(r"^(?:19|20)\d\d/", "", notation))[0]
    return codes.get(head)


_MOTTO = re.compile(r"cong h.a x. h.i|doc lap [-–—_~.]+ tu do|dang cong san viet")


def begins_motto(words: Sequence[Word]) -> bool:
    """Whether the national motto begins with these words, in capitals or as printed."""
    if words[0].text[:1] not in "CĐ":
        return False
    return _MOTTO.match(fold(" ".join(word.text for word in words))) is not None


def kind_of_name(name: str) -> DocumentType | None:
    """The type that a kind's name in running text means ("Công điện"); None for any other words."""
    folded = fold(name)
    return next((kind for known, _, kind in kinds() if known == folded), None)


def is_position(text: str) -> bool:
    """Whether a line names an office, in capitals ("PHÓ CHỦ TỊCH")."""
    return (
        len(text) < 90
        and in_capitals(text)
        and fold(text.strip(" .*=_~'")).startswith(signers()["positions"])
    )
