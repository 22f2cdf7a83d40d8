"""Coordinated units: a text and a place in, the units of the list that begins there out."""

from __future__ import annotations

import re

from pipeline.types import Span, UnitKind, UnitMention
from pipeline.units.reader import Found, Reader, reader

_LEAD = re.compile(r"\s*(?:(?:và|cùng với|cùng|với|;|,)\s+)*", re.IGNORECASE)
_JOINT = re.compile(
    r"\s*[,;]\s*(?:(?:và|cùng với|cùng|với)\s+)?|\s+(?:và|cùng với|cùng|với|&)\s+"
    r"|\s+[-–+•]\s+|\s*/\s*|\s*\n\s*(?:[-–+•]\s*)?"
)
_SUCH_AS = re.compile(r"(?:\s*,)?\s+(?:như|gồm|bao gồm|cụ thể là)\s*:?\s+")
_NAME_JOINT = re.compile(r"\s*[,;]\s*(?:và\s+)?|\s*/\s*|\s+và\s+|\s*\n\s*")
_ASIDE = re.compile(r"\s*\((?!\s*(?:qua|để|trước|gửi))[^()]{1,60}\)(?=\s*(?:[,;]|và\s|$))")
_AND_SO_ON = re.compile(r"\s*(?:,\s*)?(?:\.\.+|…|v\.\s?v\.*)")
# which parts are named before their body, by what stands between them and how the body begins
_PARTS_OF_WHOLE = (
    (re.compile(r",\s+(?=bộ\s)"), frozenset(("vụ",))),
    (
        re.compile(r"\s+[-–]\s+(?=(?:bộ|sở|tổng cục|công an)\s)"),
        frozenset(("vụ", "phòng", "cục", "chi cục", "thanh tra", "trung tâm", "viện")),
    ),
)
_PLAIN = ("đoàn thể", "cá nhân", "người dân")
_SHARED_WORDS = re.compile(r"(?:(?<=\s)|^)(?:các|những|hai|ba|bốn|\d{1,2})\s+", re.IGNORECASE)


def read_list(read: Reader, start: int) -> tuple[list[UnitMention], int]:
    """Units joined to one list from exactly `start`, and where it ends (`start` if there is none)."""
    mentions: list[UnitMention] = []
    at, end = start, start
    shared: tuple[int, Found] | None = None  # the last head that many names share, and where it began
    while True:
        found = _with_whole(read, at, read.unit(at)) or (_plain_member(read, at) if mentions else None)
        name = _name_again(read, *shared, at) if shared else None
        if name and (found is None or found.end <= name.span.end):
            members, end = [name], name.span.end
        elif found:
            members, end = _spread(read, at, found)
            shared = (at, found) if found.grouped and found.head and found.name_at >= 0 else shared
        else:
            return mentions, end
        mentions += members
        aside = _ASIDE.match(read.key, end)
        joint = _JOINT.match(read.key, aside.end() if aside else end)
        if joint is None and found is not None:
            joint = _such_as(read, found, end)
        if joint is None:
            return mentions, end
        at = joint.end()


def _with_whole(read: Reader, at: int, found: Found | None) -> Found | None:
    """A part of a body up to the body that is named behind it, with which a part is never on a par: "Vụ Pháp
    chế, Bộ Xây dựng", "Phòng Cảnh sát giao thông - Công an tỉnh"."""
    part = read.head(at) if found is not None and found.kind is UnitKind.UNIT else None
    if found is None or part is None:
        return found
    for between, parts in _PARTS_OF_WHOLE:
        joint = between.match(read.key, found.end) if part[0].words in parts else None
        whole = read.unit(joint.end()) if joint else None
        if whole is not None and whole.kind is UnitKind.UNIT:
            return Found(whole.end, UnitKind.UNIT)
    return found


def _plain_member(read: Reader, at: int) -> Found | None:
    """A word for a kind that is a unit in a list only: "…, Mặt trận Tổ quốc, đoàn thể"."""
    head = read.head(at)
    return read.group(at) if head and head[0].words in _PLAIN else None


def _such_as(read: Reader, found: Found, end: int) -> re.Match[str] | None:
    """Where a group's members are named after it: "các ngành liên quan như Sở Y tế, Công an tỉnh"."""
    if found.kind is not UnitKind.GROUP:
        return None
    joint = _SUCH_AS.match(read.key, end)
    member = read.unit(joint.end()) if joint else None
    return joint if member and member.kind is UnitKind.UNIT else None


def _spread(read: Reader, at: int, found: Found) -> tuple[list[UnitMention], int]:
    """The unit at `at`, and the names that go on under its head ("các Sở: Tài chính, Y tế")."""
    whole = _mention(read, at, found.end, found.kind)
    if found.name_at < 0:
        return [whole], found.end
    further: list[UnitMention] = []
    end = found.end
    while True:
        joint = _NAME_JOINT.match(read.key, end)
        shared = _next_name(read, at, found, joint.end()) if joint else None
        if shared is None:
            break
        further.append(shared)
        end = shared.span.end
    apart = (
        found.grouped
        or ":" in read.text[at : found.name_at]
        or _SHARED_WORDS.search(read.text[at : found.name_at])
    )
    if not apart or not (further or ":" in read.text[at : found.name_at]):
        return [whole, *further], end
    return [_shared(read, at, found.name_at, found.name_at, found.end, found.kind), *further], end


def _next_name(read: Reader, at: int, found: Found, start: int) -> UnitMention | None:
    """The next bare name of a list: of the same class, a capitalised one, or a place."""
    if not read.upper(start) and found.scope_at < 0 and read.place(start) is None:
        return None
    if found.scope_at >= 0:
        levels = read.levels(start, many=False)
        if levels and levels[1] >= 0:
            return _shared(read, at, found.scope_at, start, levels[0], found.kind)
    end = _name_end(read, at, found, start)
    return _shared(read, at, found.name_at, start, end, found.kind) if end else None


def _name_again(read: Reader, at: int, found: Found, start: int) -> UnitMention | None:
    """A listed name of a head before another unit: "các Bộ: Công an, Ngân hàng Nhà nước, Tài chính"."""
    end = read.listed(found.head, start) if found.head and read.upper(start) else None
    return _shared(read, at, found.name_at, start, end, found.kind) if end else None


def _name_end(read: Reader, at: int, found: Found, start: int) -> int | None:
    many = found.grouped or bool(_SHARED_WORDS.search(read.text[at : found.name_at]))
    if found.head is None:
        if many:
            return read.place(start)
        province = read.words.province.match(read.key, start)
        return province.end() if province and read.words.province.match(read.key, found.name_at) else None
    listed = read.listed(found.head, start)
    if listed is not None:
        return listed
    opens = read.head(start)
    if not many or read.shouting or not read.upper(start) or (opens and opens[0].shape != "part"):
        return None
    end = read.capitals(start)
    return end if end > start else None


def _shared(read: Reader, at: int, upto: int, start: int, end: int, kind: UnitKind) -> UnitMention:
    """A member whose head stands before the list: from `at` to `upto` without "các" and colon."""
    head = " ".join(_SHARED_WORDS.sub("", read.text[at:upto].partition(",")[0].replace(":", " ")).split())
    text = read.text[start:end]
    if " ".join(text.split()).lower() in read.words.cities and head.endswith(" tỉnh"):
        head = head.removesuffix("tỉnh") + "thành phố"
    kind = UnitKind.PERSON if kind is UnitKind.PERSON else UnitKind.UNIT
    return UnitMention(Span(start, end), text, " ".join(f"{head[:1].upper()}{head[1:]} {text}".split()), kind)


def _mention(read: Reader, start: int, end: int, kind: UnitKind) -> UnitMention:
    text = read.text[start:end]
    return UnitMention(Span(start, end), text, read.said(start, end), kind)


def units_at(text: str, start: int) -> tuple[tuple[UnitMention, ...], int]:
    """The list of units that begins at `start` (spaces and a bare "và"/"cùng" skipped), and its end;
    `((), start)` where none begins."""
    lead = _LEAD.match(text, start)
    mentions, end = read_list(reader(text), lead.end() if lead else start)
    and_so_on = _AND_SO_ON.match(text, end) if len(mentions) > 1 else None
    return (tuple(mentions), and_so_on.end() if and_so_on else end) if mentions else ((), start)
