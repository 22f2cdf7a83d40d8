"""The entries of an act in, its foot out: recipients ("Nơi nhận") and signature (boxes 7 and 9b).

The foot may come as two columns, one after the other, or in either order in a text; what follows it (annexes)
begins at `end`.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from pipeline.structure.entries import Entry
from pipeline.structure.framing import Mark, in_capitals, is_position, signers, surnames
from pipeline.text import fold

_NAME = re.compile(r"[^\W\d_]+(?:['’.-][^\W\d_]+)?")
_RANK = re.compile(r"^(?:(?P<rank>[^\W\d_][\w./]*(?:\s[^\W\d_]+)?)\.?\s+)??(?P<name>\S.*)$")
_UPLAND = re.compile(r"[YAHK]$|[HK]['’]")  # how names of the Central Highlands begin
_KEPT = re.compile(r"\s*[-–—~•+*]|(?:luu|nhu tren|nhu dieu)\b")
_NEW_PART = {Mark.ANNEX, Mark.TYPE, Mark.ATTACHED, Mark.MOTTO}


@dataclass(slots=True)
class Foot:
    """The foot's entries by box; `start` and `end` are indices into the entries it was found in."""

    start: int
    end: int
    recipients: list[Entry] = field(default_factory=list)
    authority: list[Entry] = field(default_factory=list)
    position: list[Entry] = field(default_factory=list)
    names: list[Entry] = field(default_factory=list)
    likely: list[Entry] = field(default_factory=list)


def find_foot(entries: Sequence[Entry], start: int) -> Foot | None:
    """The first foot from `start` on; None where there is none."""
    opening = next((at for at in range(start, len(entries)) if _opens(entries, at)), None)
    if opening is None:
        return None
    first = opening
    while first > start and _precedes(entries[first - 1]):
        first -= 1
    return _read(entries, first, entries[opening].page)


def _precedes(entry: Entry) -> bool:
    """Whether an entry before the foot's first is the foot's too: an office set higher, a speck."""
    if entry.grid or entry.mark in _NEW_PART:
        return False
    speck = entry.sure < 1 and sum(char.isalpha() for char in entry.text) < 3
    return speck or is_position(entry.text)


def _opens(entries: Sequence[Entry], at: int) -> bool:
    entry = entries[at]
    if entry.grid or len(entry.text) > 120:
        return False
    if entry.mark in (Mark.RECIPIENTS, Mark.LISTED):
        return True
    below = [other for other in entries[at + 1 : at + 5] if not other.grid]
    signed = any(name_in(other.text) or other.mark is Mark.SIGNED for other in below)
    if entry.mark is Mark.AUTHORITY:
        return in_capitals(entry.text) or (signed and len(entry.text) < 60)
    return signed and is_position(entry.text)


def name_in(text: str) -> str | None:
    """The person's name that a line consists of, without rank or degree; None for any other line."""
    words = text.replace(",", " ").split()
    while len(words) > 2 and _is_rank(words[0], words[1]):
        words = words[2:] if fold(f"{words[0]} {words[1]}") in signers()["ranks"] else words[1:]
    if not 2 <= len(words) <= 6 or not all(_NAME.fullmatch(word) for word in words):
        return None
    if any(fold(word) == "va" for word in words) or is_position(text):
        return None
    known = words[0].capitalize() in surnames() or _UPLAND.match(words[0]) is not None
    if all(map(_is_cased, words)):
        plausible = len(words) in (3, 4) and fold(words[0]) not in signers()["heads"]
        return " ".join(words) if known or plausible else None
    return " ".join(words) if known and in_capitals(text) and len(words) <= 5 else None


def _is_cased(word: str) -> bool:
    """Whether a word is written as in a name, "H'Yim" and "Tô-mát" included."""
    return all(
        part[:1].isupper() and (part[1:].islower() or len(part) == 1) for part in re.split("['’-]", word)
    )


def mended_name(text: str) -> str | None:
    """The name on a line that a stamp or pen has spoilt: specks dropped, the family name completed by its
    end ("rần" → "Trần"); a given name alone is kept as it is. None for what is no name."""
    words = [word for word in re.findall(r"[^\W\d_]+", text) if len(word) > 1]
    if not 2 <= len(words) <= 5 or any(len(word) > 7 for word in words):
        return None
    if not all(word[:1].isupper() and word[1:].islower() for word in words[1:]):
        return None
    begun = [name for name in surnames() if len(words[0]) > 4 and name[:4] == words[0][:4]]
    endings = [name for name in surnames() if len(words[0]) > 2 and name.endswith(words[0][1:])]
    cut = [name for name in surnames() if len(words[0]) > 2 and name.endswith(words[0])]
    alike = [name for name in surnames() if fold(name) == fold(words[0])]
    if words[0] not in surnames():
        found = cut or alike or begun or endings
        if len(found) == 1 and len(words) > 2:
            words[0] = found[0]
    return " ".join(words) if words[0][:1].isupper() else None


def _is_rank(first: str, second: str) -> bool:
    ranks = signers()["ranks"]
    degrees = [part for part in re.split(r"[./]", fold(first)) if part]
    dotted = "." in first and bool(degrees) and all(part in ranks for part in degrees)
    return dotted or fold(first).strip(".") in ranks[8:] or fold(f"{first} {second}") in ranks


class _Reading:
    """Where the reader of a foot stands."""

    def __init__(self, foot: Foot, page: int) -> None:
        self.foot = foot
        self.page = page
        self.in_list = False
        self.office = False


def _read(entries: Sequence[Entry], start: int, page: int) -> Foot:
    state = _Reading(Foot(start, start), page)
    at = start
    while at < len(entries) and _take(entries[at], state, entries[at + 1 : at + 3]):
        at += 1
    state.foot.end = at
    return state.foot


def _take(entry: Entry, state: _Reading, following: Sequence[Entry]) -> bool:
    """Files an entry under its box; False for the first that is not the foot's."""
    if entry.grid or entry.mark in _NEW_PART:
        return False
    if entry.page > state.page and not _belongs(entry, state):
        return False
    foot = state.foot
    if entry.mark in (Mark.RECIPIENTS, Mark.LISTED):
        state.in_list = True
        foot.recipients.append(entry)
    elif entry.mark is Mark.AUTHORITY and (in_capitals(entry.text) or len(entry.text) < 60):
        state.in_list = False
        foot.authority.append(entry)
    elif is_position(entry.text) or (state.office and is_position(entry.text.upper())):
        state.in_list = False
        foot.position.append(entry)
    elif entry.mark in (Mark.SIGNED, Mark.RULE):
        pass
    elif state.in_list and _is_recipient(entry, following):
        foot.recipients.append(entry)
    elif name_in(entry.text):
        state.in_list = False
        foot.names.append(entry)
    elif state.office and in_capitals(entry.text) and len(entry.text) < 60:
        foot.position.append(entry)  # the second line of an office
    elif foot.names or len(entry.text) > 120:
        return not foot.names and state.in_list
    else:
        state.in_list = False
        foot.likely.append(entry)
    state.office = entry.mark is Mark.AUTHORITY or is_position(entry.text)
    return True


def _belongs(entry: Entry, state: _Reading) -> bool:
    """Whether an entry of a later page still is the foot's: a list or signature cut by the page's end."""
    if state.foot.names or len(entry.text) > 120:
        return False
    kept = bool(_KEPT.match(fold(entry.text))) and state.in_list
    belongs = kept or entry.mark in (Mark.AUTHORITY, Mark.SIGNED) or is_position(entry.text)
    belongs = belongs or name_in(entry.text) is not None
    if belongs:
        state.page = entry.page
    return belongs


def _is_recipient(entry: Entry, following: Sequence[Entry]) -> bool:
    if _KEPT.match(fold(entry.text)):
        return True
    if len(entry.text) < 120 and entry.text.rstrip().endswith((";", ",")):
        return True
    if name_in(entry.text) or in_capitals(entry.text):
        return False
    before_item = any(_KEPT.match(fold(other.text)) for other in following)
    return len(entry.text) < 160 and (before_item or entry.text.rstrip().endswith(")"))
