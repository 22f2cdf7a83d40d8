"""Reads one unit at a place in a text: name, scope and modifiers; how far it goes and of what kind.

Grammar: unit = official [group | unit] | group | head [name] [owner] [scope] modifiers.
A group is what stands under one "các": words for kinds of unit, joined by commas and "và".
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from pipeline.remembered import remembered
from pipeline.types import UnitKind
from pipeline.units.lexicon import Head
from pipeline.units.modifiers import Modifiers
from pipeline.units.places import JOINT

_SIDE_BY_SIDE = re.compile(
    r"\s+(?=(?:ban(?=,?\s+ngành)|ngành|đoàn thể|đơn vị|cá nhân|địa phương|cơ quan|phòng ban"
    r"|hội đoàn thể)(?![\w]))"
)
_PERSON = re.compile(r"(?:các\s+)?(?:đồng\s+chí|đ/c)\s*:?\s*|(?:ông|bà)\s+(?=[^\W\d_])")
_ORGANISING = re.compile(
    r"\s*(?:$|[,;:.)]|và\s|(?:có\s+)?liên quan|cá nhân|chính trị|xã hội|đảng|tín dụng|thuộc"
    r"|trực thuộc|trên địa bàn|khác|đoàn thể|hành nghề|quốc tế|thành viên|công đoàn|kinh tế|được giao"
    r"|phi chính phủ|tôn giáo)"
)
_BESIDE = re.compile(r"(?:cơ quan|cá nhân), (?:các )?$")
_BRACKET = re.compile(r"\s*\(([^()]{2,80})\)")
_OFFICE = re.compile(
    r"(?:bộ|sở|cục|tổng cục|cơ quan|đơn vị|ban|ngành|vụ|viện|trường|phòng|tỉnh|huyện|xã|phường|ủy ban"
    r"|hội đồng|quỹ|trung tâm|bệnh viện|công ty)(?![\w])"
)
_REFERENCE = re.compile(r"(?:này|nêu trên|nói trên|trên đây|(?:mục|phụ lục|điểm|khoản) [\w.]+)$")
_OWNED = re.compile(r"\s(?:của|do|thuộc)\s")
# not "các cấp, các ngành và chính quyền địa phương", but "các cấp ủy và chính quyền"
_AFTER_AND = ("chính quyền", "chính quyền địa phương")
_RULES = ("cấp ủy", "tổ chức đảng")
_PROPER = re.compile(r"[A-ZĐ]\w+(?:\s\w+)?(?:,\s+[A-ZĐ]\w+(?:\s\w+)?)+")  # "Tổng cục, Cục, Vụ"
LONGEST = 20_000  # characters of a text that are read; no clause is as long
_MAX_DEPTH = 8  # units within units ("Văn phòng Đảng ủy Sở …")
_SELF = frozenset(("bộ", "sở", "tổng cục", "thành phố", "tỉnh", "cục", "tổng công ty", "tập đoàn", "ngành"))


@dataclass(frozen=True, slots=True)
class Found:
    """A unit up to `end`. Where a list may go on with names only ("các Sở: Tài chính, Y tế"; "UBND các
    huyện A, B"), the first name begins at `name_at`; `head` is set where it is a head's name; `grouped`
    after "các"; `scope_at` is where a level ("huyện") begins that the next unit may replace."""

    end: int
    kind: UnitKind
    head: Head | None = None
    name_at: int = -1
    scope_at: int = -1
    grouped: bool = False


class Reader(Modifiers):
    """Reads units in one text."""

    def unit(self, at: int) -> Found | None:
        """The unit that begins exactly at `at`."""
        if at not in self.memory:
            if self.depth >= _MAX_DEPTH:
                return None
            self.memory[at] = None  # a unit cannot be part of itself
            self.depth += 1
            self.memory[at] = self._unit(at)
            self.depth -= 1
        found = self.memory[at]
        return found if isinstance(found, Found) else None

    def _unit(self, at: int) -> Found | None:
        person = _PERSON.match(self.key, at)
        if person:
            return self._person(person.end())
        quantifier = self.words.quantifier.match(self.key, at)
        if quantifier:
            return self.group(quantifier.end())
        head = self.head(at)
        if head is None:
            return None
        words, end = head
        if words.shape == "title":
            return self._title(words, at, end)
        if words.shape in ("whole", "scoped"):
            whole = self.as_registered(at, words, end, self._whole(words, end))
            unscoped = words.shape == "scoped" and whole is not None and whole.end == end
            return None if unscoped else self._bracketed(whole)
        if words.shape == "named":
            named = self._bracketed(self.as_registered(at, words, end, self._named(words, end)))
            return named or self._untold(at) or self._itself(words, at, end)
        return self._noun(words, at, end)

    def _person(self, at: int) -> Found | None:
        title = self.head(at)
        if title and title[0].shape == "title":
            return self._title(title[0], at, title[1])
        end = self.place(at) if self.upper(at) else None
        if end is None or " " not in self.text[at:end]:
            return None
        mark = re.compile(r"\s*[,–-]\s*").match(self.key, end)
        office = self.head(mark.end()) if mark else None
        if mark and office and office[0].shape == "title":
            return self._title(office[0], mark.end(), office[1])
        return Found(end, UnitKind.PERSON)

    def _title(self, head: Head, at: int, end: int) -> Found | None:
        start = self.after_space(end)
        if start is not None and head.over:
            owner = self._group_or_unit(start)
            if owner is not None:
                return replace(owner, kind=UnitKind.PERSON)
            office = _OFFICE.match(self.key, start)
            if office and not self.words.trap.match(self.key, start):
                return Found(office.end(), UnitKind.PERSON)
        if not self.upper(at) or head.words in ("lãnh đạo", "trưởng", "người đứng đầu"):
            return None
        return Found(self.tails(end, owner=True), UnitKind.PERSON)

    def _group_or_unit(self, at: int) -> Found | None:
        head = self.head(at)
        if head and head[0].shape in ("noun", "part"):
            return self.group(at)
        return self.unit(at)

    def _whole(self, head: Head, end: int) -> Found:
        start = self.after_space(end)
        owner = self.unit(start) if head.over and start is not None else None
        named = self.name(head, end) or end
        if owner is not None and owner.kind is not UnitKind.PERSON and owner.end >= named:
            if owner.kind is UnitKind.GROUP and not owner.grouped:
                return Found(self.closing(named, head), UnitKind.UNIT)
            return Found(owner.end, UnitKind.UNIT)
        many = self._of_many(head, start)
        if many is not None:
            return many
        name_at, scope_at = self.scope_names(named)
        return Found(self.closing(named, head), UnitKind.UNIT, None, name_at, scope_at)

    def _of_many(self, head: Head, start: int | None) -> Found | None:
        """A body of each member of a group: "Công an các đơn vị, địa phương"."""
        if head.names != "ubnd" or start is None or not self.words.quantifier.match(self.key, start):
            return None
        group = None if self.levels(start) else self.unit(start)
        told = group is not None and group.kind is UnitKind.GROUP and group.name_at < 0
        return Found(group.end, UnitKind.UNIT) if group and told else None

    def _named(self, head: Head, end: int) -> Found | None:
        named = self.name(head, end, one=True)
        if named is None and head.names == "hội đồng":
            named = self.level_of(end)
        if named is None:
            return self._named_after_colon(head, end)
        return Found(self.closing(named, head), UnitKind.UNIT, head, self.after_space(end) or end)

    def _named_after_colon(self, head: Head, end: int) -> Found | None:
        """ "Sở: Y tế, Nội vụ": a list of names under one head."""
        colon = re.compile(r"\s*:\s*").match(self.key, end)
        name = self.listed(head, colon.end()) if colon and self.upper(colon.end()) else None
        return Found(name, UnitKind.UNIT, head, colon.end(), grouped=True) if colon and name else None

    def _itself(self, head: Head, at: int, end: int) -> Found | None:
        """ "Bộ", "Thành phố" with a capital: the issuer's own, where nothing of a name follows."""
        if head.words not in _SELF or not self.upper(at) or not self.ends_here(end):
            return None
        return Found(end, UnitKind.REFERENCE)

    def _untold(self, at: int) -> Found | None:
        """A group without "các": "sở, ban, ngành"."""
        first = self._member(at, first=True)
        found = self.group(at) if first and JOINT.match(self.key, first.end) else None
        return found if first and found and found.end > first.end else None

    def _noun(self, head: Head, at: int, end: int) -> Found | None:
        place = self.levels(at, many=False)
        if place and place[1] >= 0:
            return Found(place[0], UnitKind.UNIT)
        if head.words == "tổ chức" and not self._organisation(at, end):
            return None
        further = self.of_kind(head, end, free=False)
        if head.shape == "part" and not (self.upper(further - 1) or self._marked(head, end, further)):
            return self._untold(at) or self._itself(head, at, end)
        if head.words in ("cơ quan", "đơn vị", "tổ chức") and self.key.startswith(", ", further):
            return self.group(at)
        if self.upper(at) and self.upper(self.after_space(end) or end) and head.names:
            return Found(self.closing(further), UnitKind.UNIT)  # "Hội Nông dân xã"
        refers = _REFERENCE.search(self.key[end:further])
        return Found(further, UnitKind.REFERENCE if refers else UnitKind.GROUP)

    def _organisation(self, at: int, end: int) -> bool:
        """Whether "tổ chức" is a noun here and not the verb."""
        return bool(_ORGANISING.match(self.key, end)) or bool(_BESIDE.search(self.key[max(0, at - 12) : at]))

    def _marked(self, head: Head, end: int, further: int) -> bool:
        """Whether what follows a part's word makes a unit of it: a listed name, a capital, a marker."""
        if self.words.marker.match(self.key, end) or any(map(str.isupper, self.text[end:further])):
            return True
        start = self.after_space(end)
        return start is not None and self.listed(head, start) is not None

    def _bracketed(self, found: Found | None) -> Found | None:
        bracket = _BRACKET.match(self.key, found.end) if found else None
        if found is None or bracket is None:
            return found
        inner = self.unit(bracket.start(1))
        return Found(bracket.end(), found.kind) if inner and inner.end == bracket.end(1) else found

    def group(self, at: int) -> Found | None:
        """What stands under one "các", from `at` (after it): all that is joined without a new head."""
        first = self._member(at, first=True)
        if first is None or first.name_at >= 0 or first.kind is UnitKind.PERSON:
            return replace(first, grouped=True) if first else None
        end, last = first.end, at
        while not self.key.endswith("liên quan", at, end):
            joint = JOINT.match(self.key, end) or _SIDE_BY_SIDE.match(self.key, end)
            member = self._member(joint.end(), first=False) if joint else None
            if joint is None or member is None or self._anew(at, self.key[last:end], joint, member.end):
                break
            end, last = member.end, joint.end()
        listed = self._listed_after(at, end)
        if listed is not None:
            return listed
        end = self.described(end)
        kind = UnitKind.REFERENCE if _REFERENCE.search(self.key[at:end]) else UnitKind.GROUP
        return Found(end, kind, grouped=True)

    def _anew(self, at: int, before: str, joint: re.Match[str], end: int) -> bool:
        """Whether what follows a joint is a unit of its own and no longer under the "các" before `at`;
        `before` is the member before the joint, `end` where the one after it ends."""
        start = joint.end()
        head = self.head(start)
        if head is None:
            return self.upper(start) and not self.upper(at)
        words = head[0]
        if self.upper(start) and not self.upper(at):
            plain = words.shape in ("noun", "part") and not words.names
            return not plain or any(map(str.isupper, self.text[start + 1 : end]))
        if before.startswith(words.words) and _OWNED.search(before):
            return True  # "các cơ quan báo chí của Bộ, cơ quan báo chí thuộc quyền quản lý"
        if "và" not in joint.group():
            return False
        if words.words in _AFTER_AND:
            return not self.key.startswith(_RULES, at)
        return not self.upper(start) and _PROPER.fullmatch(self.text[at : joint.start()]) is not None

    def _listed_after(self, at: int, end: int) -> Found | None:
        """ "các Bộ, ngành: Tài chính, Công an": the names after the colon are the first word's."""
        head = self.head(at)
        found = self._named_after_colon(head[0], end) if head and head[0].shape == "named" else None
        return replace(found, kind=UnitKind.GROUP) if found else None

    def _member(self, at: int, *, first: bool) -> Found | None:
        levels = self.levels(at, many=False)
        if levels:
            if levels[1] >= 0 and not first:
                return None
            return Found(self.tails(levels[0], owner=True), UnitKind.GROUP, None, levels[1])
        head = self.head(at)
        if head is None:
            return None
        words, end = head
        if words.words == "tổ chức" and not self._organisation(at, end):
            return None
        if words.shape == "named":
            return self._kind_or_name(words, end, first=first)
        if words.shape in ("noun", "part") or (words.words.endswith(" ủy") and not self.upper(at)):
            return Found(self.of_kind(words, end), UnitKind.GROUP)
        if not first:
            return None
        return self._title(words, at, end) if words.shape == "title" else self._whole(words, end)

    def _kind_or_name(self, head: Head, end: int, *, first: bool) -> Found | None:
        colon = re.compile(r"\s*:").match(self.key, end)
        after = colon.end() if colon else end
        named = self.name(head, after)
        if named is None or self._only_kind(head, end, named):
            return Found(self.of_kind(head, end), UnitKind.GROUP)
        if not first:
            return None
        return Found(self.closing(named), UnitKind.GROUP, head, self.after_space(after) or end)

    def _only_kind(self, head: Head, end: int, named: int) -> bool:
        """Whether a name in lower case says a kind: "các hiệp hội doanh nghiệp"."""
        name = self.text[end:named]
        proper = head.names in self.words.sets["verb_names"] or name.lower() != name
        return not proper and self.text[end : end + 1] == " "


def reader(text: str) -> Reader:
    """The reader of a text, or of the head of one that no clause or cell is as long as."""
    return _reader(text[:LONGEST])


@remembered(256, longest=LONGEST)
def _reader(text: str) -> Reader:
    """The last ones are kept, since a clause is asked at several places."""
    return Reader(text)
