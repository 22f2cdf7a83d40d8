"""What follows a unit's name and belongs to it: scope, owner, modifiers; a place in, the end out."""

from __future__ import annotations

import re
from dataclasses import replace
from functools import cached_property
from typing import TYPE_CHECKING

from pipeline.types import UnitKind
from pipeline.units.lexicon import Head
from pipeline.units.naming import Names
from pipeline.units.places import SPACE, WORD
from pipeline.units.register.known import long_names

if TYPE_CHECKING:
    from pipeline.units.reader import Found

_OWNER = re.compile(r"\s+(?:(?:trực\s+)?thuộc|của|trong|tại|do)\s+")
_BELONGS = re.compile(r"\s+(?:(?:trực\s+)?thuộc|giúp việc)\s+")
_OF_BODY = re.compile(r"\s+(?:[-–]\s+)?(?=(?:bộ|tổng cục|sở|ngân hàng nhà nước|văn phòng chính phủ)\s)")
_PARTS = frozenset(("vụ", "cục", "tổng cục", "phòng", "bảo hiểm xã hội", "bhxh"))  # parts of larger bodies
_CADRES = re.compile(
    r"(?:các\s+cấp|cấp\s+(?:tỉnh|huyện|xã|cơ sở|trung ương|nhà nước|quốc gia|bộ|ngành|trường))"
    r"(?:(?:\s*,\s*|\s+và\s+)(?:cấp\s+)?(?:tỉnh|huyện|xã|cơ sở)(?![\w]))*(?![\w])"
)
_CHAPTER = re.compile(
    r"\s+(?:khu vực|vùng|số|cơ sở)\s+(?:\d+|[ivx]+)(?![\w])"
    r"|\s+(?:việt nam|trung ương|tw|tư|miền (?:bắc|trung|nam))(?![\w])"
)
_BRANCH = re.compile(r"\s*(?:[-–,]\s*)?(?:chi nhánh|khu vực|cơ sở)\s+")
_ENDS = re.compile(r"\s*(?:$|[,;:.()/]|và\s)")
_LEVEL = re.compile(r"\s+(tỉnh|thành phố|huyện|thị xã|quận|phường|xã(?!\s+hội)|thị trấn)(?![\w])")
_FROM = re.compile(r"\s+(?:(?:ven biển|miền núi)\s+)?từ\s+(?:(?:tỉnh|thành phố)\s+)?")
_TO = re.compile(r"\s+(?:đến|tới)\s+(?:(?:tỉnh|thành phố)\s+)?")
_TOLD = re.compile(r"\s+(?:được giao|được phân công)$")
_LONGEST_TOLD = 30  # characters back in which that ends
_ZONES = ("khu công nghiệp", "khu kinh tế", "cụm công nghiệp", "khu chế xuất")  # a name may follow
_NEXT = re.compile(r"\s*,\s*(?:và\s+)?|\s+và\s+")
_MANAGED = re.compile(r"\s+(?:trực tiếp )?quản lý(?![\w])")


class Modifiers(Names):
    """Reads scope and modifiers; how a unit is read is left to the reader of units."""

    def __init__(self, text: str) -> None:
        super().__init__(text)
        self.memory: dict[int, object] = {}
        self.depth = 0

    @cached_property
    def registered(self) -> dict[int, int]:
        """Where registered names begin and end."""
        return long_names(self.key)

    def unit(self, at: int) -> Found | None:
        """The unit that begins exactly at `at`."""
        raise NotImplementedError

    def as_registered(self, at: int, head: Head, end: int, found: Found | None) -> Found | None:
        """What was found after a head that ends at `end`; a registered name is one even where it goes on
        with "và", a comma or "các" ("Vụ Tài chính các ngân hàng và tổ chức tài chính")."""
        if found is None or found.kind is not UnitKind.UNIT or not self.upper(self.after_space(end) or end):
            return found
        known = self.registered.get(at, 0)
        return replace(found, end=self.closing(known, head)) if known > found.end else found

    def ends_here(self, end: int) -> bool:
        """Whether nothing of a name follows: punctuation, a verb or a function word."""
        if _ENDS.match(self.key, end):
            return True
        start = self.after_space(end)
        word = WORD.match(self.key, start) if start is not None else None
        return word is not None and not self.upper(word.start()) and self.stops(word)

    def closing(self, end: int, head: Head | None = None) -> int:
        """End of the scope and modifiers after a complete name, and of the body that it is part of."""
        for _ in range(3):
            further = self._plain_tail(self._scope(end))
            if further == end:
                break
            end = further
        part = head is not None and (head.names in _PARTS or head.words in _PARTS)
        helps = self.key.endswith("giúp việc", 0, end)
        owner = _BELONGS.match(self.key, end) or (SPACE.match(self.key, end) if helps else None)
        owner = owner or (_OF_BODY.match(self.key, end) if part else None)
        found = self.unit(owner.end()) if owner else None
        return found.end if found and found.kind is UnitKind.UNIT else end

    def level_of(self, end: int) -> int | None:
        """End of the level right after a head ("cấp tỉnh", "các cấp")."""
        start = self.after_space(end)
        level = _CADRES.match(self.key, start) if start is not None else None
        return level.end() if level else None

    def scope_names(self, end: int) -> tuple[int, int]:
        """Where the place's name and its level begin after a complete name (-1: none)."""
        start = self.after_space(end)
        levels = self.levels(start) if start is not None else None
        return (levels[1], start) if levels and start is not None and levels[1] >= 0 else (-1, -1)

    def _scope(self, end: int) -> int:
        chapter = _CHAPTER.match(self.key, end)
        if chapter:
            return chapter.end()
        branch = _BRANCH.match(self.key, end)
        place = self.place(branch.end()) if branch else None
        if place:
            return place
        space = re.compile(r"\s+(?:của\s+|tại\s+)?").match(self.key, end)
        if space is None:
            return end
        cadres = _CADRES.match(self.key, space.end())
        if cadres:
            return cadres.end()
        levels = self.levels(space.end())
        if levels:
            return levels[0]
        province = self.words.province.match(self.key, space.end())
        return province.end() if province and self.upper(space.end()) else end

    def _plain_tail(self, end: int) -> int:
        match = self.words.plain_tail.match(self.key, end)
        return match.end() if match else self._range(end)

    def _range(self, end: int) -> int:
        """ "từ Thanh Hóa đến Cà Mau", after levels of government."""
        since = _FROM.match(self.key, end)
        first = self.place(since.end()) if since else None
        until = _TO.match(self.key, first) if first else None
        return (self.place(until.end()) or end) if until else end

    def of_kind(self, head: Head, end: int, *, free: bool = True) -> int:
        """End of a group word with the kind, name, owner and modifiers that make it a certain group;
        `free`: its kind may be told in any words."""
        start = self.after_space(end)
        listed = self.listed(head, start) if start is not None else None
        if listed is not None:
            end = listed
        elif (
            start is not None
            and self.upper(start)
            and not self.shouting
            and not self._begins_other(head, start)
        ):
            end = self.capitals(start)
        return self.tails(self.kinds(head, end) if free else self.known_kinds(end), owner=True)

    def _begins_other(self, head: Head, at: int) -> bool:
        """Whether a unit or a look-alike of one begins after a head ("trên cơ sở Báo cáo …")."""
        if head.names in self.words.sets["over_heads"]:
            return False
        return self.head(at) is not None or self.words.trap.match(self.key, at) is not None

    def tails(self, end: int, *, owner: bool = False) -> int:
        """End of the modifiers of a group word; with `owner` also "thuộc Bộ Tài chính"."""
        while True:
            match = self.words.tail.match(self.key, end)
            owned = self._owner(end) if owner else end
            further = max(self._named_after(match.end()) if match else end, owned, self._level(end))
            further = max(further, self._body(end), self._range(end)) if owner else further
            if further == end:
                return end
            end = further

    def _body(self, end: int) -> int:
        """A body's name right after a word for its kind: "cơ quan Kho bạc"."""
        start = self.after_space(end)
        if start is None or not self.upper(start) or self.shouting:
            return end
        head = self.head(start)
        found = self.unit(start) if head and head[0].shape in ("whole", "named") else None
        return found.end if found and found.kind is UnitKind.UNIT else end

    def _level(self, end: int) -> int:
        """A level or place right after a group word: "các sở, ban, ngành tỉnh"."""
        level = _LEVEL.match(self.key, end)
        found = self.levels(level.start(1), many=False) if level else None
        return found[0] if found else end

    def _named_after(self, end: int) -> int:
        """A modifier's last word may itself open a name: "thuộc Bộ", "thuộc Bộ Tài chính"."""
        if self.key.endswith(_ZONES, 0, end):
            return self.place(self.after_space(end) or -1) or end
        last = self.key.rfind(" ", 0, end) + 1
        head = self.head(last)
        if head is None or head[0].shape != "named" or head[1] != end:
            return end
        return self.name(head[0], end) or end

    def _owner(self, end: int) -> int:
        of = _OWNER.match(self.key, end)
        if of is None:
            return end
        head = self.head(of.end())
        if head is None:
            place = self.levels(of.end())
            return place[0] if place else end
        if head[0].shape == "title" or (head[0].shape != "whole" and not self.upper(of.end())):
            place = self.levels(of.end(), many=False)
            if place is None and not head[0].words.startswith("tổ chức"):
                return end
        found = self.unit(of.end())
        if found is None or (
            found.kind is UnitKind.GROUP and not any(map(str.isupper, self.text[of.end() : found.end]))
        ):
            return end
        if of.group().strip() != "do":
            return found.end
        managed = _MANAGED.match(self.key, found.end)
        return managed.end() if managed else end

    def described(self, end: int) -> int:
        """End of a description of a group ("được giao …", "cung cấp dịch vụ …") that a closing word ends."""
        told = _TOLD.search(self.key, max(0, end - _LONGEST_TOLD), end)
        starts = (told.start(), end) if told else (end,)
        found = (pattern.match(self.key, at) for at in starts for pattern in self.words.descriptions)
        return next((self._before_unit(end, m.end()) for m in found if m and m.end() > end), end)

    def _before_unit(self, start: int, end: int) -> int:
        """A description ends before another unit: "… quản lý về điện, nước và Sở Y tế"."""
        for joint in _NEXT.finditer(self.key, start, end):
            if self.upper(joint.end()) and self.opens_unit(joint.end()):
                return joint.start()
        return end
