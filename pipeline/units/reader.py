"""Reads one unit at a place in a text: name, scope and modifiers; how far it goes and of what kind.

Grammar: unit = official [group | unit] | group | head [name] [owner] [scope] modifiers.
A group is what stands under one "các": words for kinds of unit, joined by commas and "và".
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from pipeline.text import match_key
from pipeline.types import UnitKind
from pipeline.units.lexicon import Head, Lexicon, lexicon

_WORD = re.compile(r"[^\W_]+")
_JOINT = re.compile(r"\s*,\s*(?:và\s+)?|\s+và\s+|\s*/\s*|\s+-\s+")
_SIDE_BY_SIDE = re.compile(
    r"\s+(?=(?:ngành|đoàn thể|đơn vị|cá nhân|địa phương|cơ quan|phòng ban|hội đoàn thể)\b)"
)
_OWNER = re.compile(r"\s+(?:(?:trực\s+)?thuộc|của|trong|tại|do)\s+")
_BELONGS = re.compile(r"\s+(?:trực\s+)?thuộc\s+")
_ALL_LEVELS = re.compile(r"(?:các\s+)?cấp(?![\w])")
_PERSON = re.compile(r"(?:các\s+)?(?:đồng\s+chí|đ/c)\s*:?\s*|(?:ông|bà)\s+(?=[^\W\d_])")
_ORGANISING = re.compile(
    r"\s*(?:$|[,;:.)]|và\s|(?:có\s+)?liên quan|cá nhân|chính trị|xã hội|đảng|tín dụng|thuộc|trực thuộc|trên địa bàn"
    r"|khác|đoàn thể|hành nghề|quốc tế|thành viên|công đoàn|kinh tế|được|phi chính phủ|tôn giáo|đoàn|hội)"
)
_CHAPTER = re.compile(
    r"\s+(?:khu vực|vùng|số)\s+(?:\d+|[ivx]+)(?![\w])|\s+(?:việt nam|trung ương|tw|tư)(?![\w])"
)
_BRANCH = re.compile(r"\s*[-–,]?\s*(?:chi nhánh|khu vực)\s+")
_BRACKET = re.compile(r"\s*\(([^()]{2,80})\)")
_MAX_CAPITALS = 14
_NAMES_GO_ON = frozenset(
    (
        "trung tâm chi cục cục viện tập đoàn hội trường|ban quản lý|ban chỉ đạo|ngân hàng|phòng|đài|tổ|công ty|quỹ|đoàn"
    ).split("|")
)


@dataclass(frozen=True, slots=True)
class Found:
    """A unit up to `end`. `head` with `name_at` is set where a list may go on with names only
    ("các Sở: Tài chính, Y tế"): the first name begins at `name_at`, `lead` is what stands before."""

    end: int
    kind: UnitKind
    head: Head | None = None
    name_at: int = -1
    grouped: bool = False


class Reader:
    """Reads units in one text."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.key = match_key(text)
        self.words: Lexicon = lexicon()
        letters = [c for c in text if c.isalpha()]
        self.shouting = sum(c.isupper() for c in letters) > 0.7 * len(letters)

    # ------------------------------------------------------------ units

    def unit(self, at: int) -> Found | None:
        """The unit that begins exactly at `at`."""
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
        if words.capital and not self.text[at].isupper():
            return None
        read = {"title": self._title, "whole": self._whole, "named": self._named}.get(words.shape, self._noun)
        return self._bracketed(read(words, at, end))

    def head(self, at: int) -> tuple[Head, int] | None:
        """The head word at `at` and its end."""
        if self.words.trap.match(self.key, at):
            return None
        word = _WORD.match(self.key, at)
        pattern = self.words.head.get(word.group()) if word else None
        match = pattern.match(self.key, at) if pattern else None
        if match is None:
            return None
        return self.words.heads[" ".join(match.group().split())], match.end()

    def _person(self, at: int) -> Found | None:
        title = self.head(at)
        if title and title[0].shape == "title":
            return self._title(title[0], at, title[1])
        end = self.capitals(at, lower=False)
        if end == at or not self.text[at].isupper():
            return None
        mark = re.compile(r"\s*[,–-]\s*").match(self.key, end)
        office = self.head(mark.end()) if mark else None
        if mark and office and office[0].shape == "title":
            return self._title(office[0], mark.end(), office[1])
        return Found(end, UnitKind.PERSON)

    def _title(self, head: Head, at: int, end: int) -> Found | None:
        space = re.compile(r"\s+").match(self.key, end)
        owner = self.unit(space.end()) if space else None
        if owner is not None:
            return Found(owner.end, UnitKind.PERSON, owner.head, owner.name_at, owner.grouped)
        if not self.text[at].isupper() and head.words != "thủ trưởng":
            return None
        return Found(self.tails(end), UnitKind.PERSON)

    def _whole(self, head: Head, at: int, end: int) -> Found:
        if head.over:
            space = re.compile(r"\s+").match(self.key, end)
            owner = self.unit(space.end()) if space else None
            if owner is not None and (not owner.grouped or head.words not in ("văn phòng",)):
                return Found(owner.end, UnitKind.UNIT)
        named = self.name(head, end)
        return Found(self._closing(named if named else end), UnitKind.UNIT, head)

    def _named(self, head: Head, at: int, end: int) -> Found | None:
        named = self.name(head, end)
        if named is None:
            return None
        name_at = end + len(self.key[end:]) - len(self.key[end:].lstrip())
        return Found(self._closing(named), UnitKind.UNIT, head, name_at)

    def _noun(self, head: Head, at: int, end: int) -> Found | None:
        place = self.levels(at)
        if place and self._place_name(place[1]):
            return Found(place[0], UnitKind.UNIT)
        if head.words == "tổ chức" and not _ORGANISING.match(self.key, end):
            return None
        tailed = self.tails(end, owner=True)
        if tailed == end and head.shape == "part":
            return None
        kind = (
            UnitKind.REFERENCE if re.search(r"(?:này|trên|tại .*)$", self.key[end:tailed]) else UnitKind.GROUP
        )
        return Found(tailed, kind)

    def _place_name(self, named: bool) -> bool:
        return named

    def _bracketed(self, found: Found | None) -> Found | None:
        bracket = _BRACKET.match(self.key, found.end) if found else None
        if found is None or bracket is None or found.kind is not UnitKind.UNIT:
            return found
        inner = self.unit(bracket.start(1))
        return Found(bracket.end(), found.kind) if inner and inner.end == bracket.end(1) else found

    # ------------------------------------------------------------ groups

    def group(self, at: int) -> Found | None:
        """What stands under one "các", from `at` (after it): all that is joined without a new head."""
        first = self._member(at, first=True)
        if first is None:
            return None
        if first.head is not None and first.name_at >= 0:
            return Found(first.end, UnitKind.GROUP, first.head, first.name_at, grouped=True)
        end = first.end
        if first.kind is UnitKind.PERSON:
            return Found(end, UnitKind.PERSON, grouped=True)
        while True:
            joint = _JOINT.match(self.key, end) or _SIDE_BY_SIDE.match(self.key, end)
            member = self._member(joint.end(), first=False) if joint else None
            if member is None:
                break
            end = member.end
        kind = (
            UnitKind.REFERENCE
            if re.search(r"(?:này|nêu trên|(?:mục|phụ lục) \w+)$", self.key[at:end])
            else UnitKind.GROUP
        )
        return Found(end, kind, grouped=True)

    def _member(self, at: int, *, first: bool) -> Found | None:
        levels = self.levels(at)
        if levels:
            if not first and levels[1]:
                return None
            return Found(self.tails(levels[0], owner=True), UnitKind.GROUP)
        head = self.head(at)
        if head is None:
            return None
        words, end = head
        if words.words == "tổ chức" and not _ORGANISING.match(self.key, end):
            return None
        if words.shape == "named":
            return self._kind_or_name(words, end, first=first)
        if words.shape in ("noun", "part"):
            return Found(self.tails(self._caps_after(end), owner=True), UnitKind.GROUP)
        if not first:
            return None
        return self._title(words, at, end) if words.shape == "title" else self._whole(words, at, end)

    def _caps_after(self, end: int) -> int:
        """A group word may carry a name in capitals: "các doanh nghiệp FDI", "công ty Điện lực"."""
        space = re.compile(r"\s+").match(self.key, end)
        if space is None or self.shouting or self.head(space.end()):
            return end
        return self.capitals(space.end()) if self.text[space.end() : space.end() + 1].isupper() else end

    def _kind_or_name(self, head: Head, end: int, *, first: bool) -> Found | None:
        colon = re.compile(r"\s*:?\s*").match(self.key, end)
        at = colon.end() if colon else end
        named = self.name(head, at - 1 if at > end else at) if at > end else None
        if named:
            if not first:
                return None
            return Found(self._closing(named), UnitKind.GROUP, head, at)
        return Found(self.tails(end, owner=True), UnitKind.GROUP)

    # ------------------------------------------------------------ pieces

    def name(self, head: Head, at: int) -> int | None:
        """End of the name that follows a head, from the list of names or by its capitals."""
        space = re.compile(r"\s+").match(self.key, at)
        if space is None:
            return None
        listed = self.listed(head, space.end())
        if listed is not None:
            return self._further(head, listed)
        start = space.end()
        if head.shape == "whole" and head.names in ("ubnd", ""):
            return None
        end = (
            self.capitals(start)
            if self.text[start : start + 1].isupper() and self.head_blocks(start) is False
            else start
        )
        return end if end > start else None

    def listed(self, head: Head, at: int) -> int | None:
        """End of the listed name of this head's class at `at`."""
        word = _WORD.match(self.key, at)
        pattern = self.words.names.get((head.names, word.group())) if word else None
        match = pattern.match(self.key, at) if pattern else None
        return match.end() if match else None

    def _further(self, head: Head, end: int) -> int:
        space = re.compile(r"\s+(?:-\s+)?").match(self.key, end)
        if head.names not in _NAMES_GO_ON or space is None or self.shouting:
            return end
        if self.text[space.end() : space.end() + 1].isupper() and not self.head_blocks(space.end()):
            return self.capitals(space.end())
        return end

    def head_blocks(self, at: int) -> bool:
        """Whether a new unit begins at `at`, so that a name cannot go on."""
        found = self.head(at)
        return found is not None and found[0].shape in ("whole", "named", "title")

    def capitals(self, at: int, *, lower: bool = True) -> int:
        """End of a run of capitalised words from `at`, with the small words that names hold."""
        end, previous, was_capital = at, "", False
        for _ in range(_MAX_CAPITALS):
            gap = (
                re.compile(r"\s*[-–&]\s*|\s+(?:và\s+|về\s+(?=[^\W\d_]))?").match(self.key, end)
                if end > at
                else None
            )
            start = gap.end() if gap else end
            word = _WORD.match(self.key, start)
            if word is None or (end > at and gap is None):
                break
            plain = gap is None or not gap.group().strip()
            capital = self.text[start].isupper() or word.group().isdigit()
            if capital and (end == at or not self.head_blocks(start)):
                if self.shouting and self._stops(start, word):
                    break
            elif capital or not (lower and plain and self._goes_on(start, word, previous, was_capital)):
                break
            end, previous, was_capital = word.end(), word.group(), capital
        return end

    def _stops(self, at: int, word: re.Match[str]) -> bool:
        following = _WORD.search(self.key, word.end())
        pair = self.key[at : following.end()] if following else ""
        return word.group() in self.words.stops or " ".join(pair.split()) in self.words.stops

    def _goes_on(self, at: int, word: re.Match[str], previous: str, was_capital: bool) -> bool:
        if self._stops(at, word):
            return False
        following = _WORD.search(self.key, word.end())
        pair = f"{word.group()} {following.group()}" if following else ""
        known = self.words.inner
        return was_capital or pair in known or f"{previous} {word.group()}" in known or word.group() in known

    def levels(self, at: int) -> tuple[int, bool] | None:
        """A place or levels of government at `at`: its end, and whether it is named."""
        many = re.compile(r"các\s+").match(self.key, at)
        level = self.words.level.match(self.key, many.end() if many else at)
        if level is None:
            return None
        named = self._place(level.end())
        if named:
            return named, True
        end = level.end()
        while True:
            joint = _JOINT.match(self.key, end)
            more = self.words.level.match(self.key, joint.end()) if joint else None
            if more is None or self._place(more.end()):
                return end, False
            end = more.end()

    def _place(self, at: int) -> int | None:
        space = re.compile(r"\s+").match(self.key, at)
        if space is None:
            return None
        province = self.words.province.match(self.key, space.end())
        if province:
            return province.end()
        if (
            self.shouting
            or not self.text[space.end() : space.end() + 1].isupper()
            or self.head_blocks(space.end())
        ):
            return None
        end, count = space.end(), 0
        run = re.compile(r"(?:[^\W\d_]|['’])+|\d+").match(self.text, end)
        while run and count < 5 and (self.text[run.start()].isupper() or run.group().isdigit()):
            end, count = run.end(), count + 1
            run = re.compile(r"(?<=\w)[ -]((?:[^\W\d_]|['’])+|\d+)").match(self.text, end)
            run = re.compile(r"(?:[^\W\d_]|['’])+|\d+").match(self.text, end + 1) if run else None
            if run and self.head_blocks(run.start()):
                break
        return end

    def _closing(self, end: int) -> int:
        """Scope and modifiers after a complete name."""
        for _ in range(3):
            further = self._scope(end)
            if further == end:
                break
            end = further
        owner = _BELONGS.match(self.key, end)
        found = self.unit(owner.end()) if owner else None
        return found.end if found and found.kind is UnitKind.UNIT else self._plain_tails(end)

    def _scope(self, end: int) -> int:
        chapter = _CHAPTER.match(self.key, end)
        if chapter:
            return chapter.end()
        branch = _BRANCH.match(self.key, end)
        place = self.words.province.match(self.key, branch.end()) if branch else None
        if place:
            return place.end()
        space = re.compile(r"\s+(?:của\s+|tại\s+)?").match(self.key, end)
        if space is None:
            return end
        start = space.end()
        levels = self.levels(start)
        if levels:
            return levels[0]
        cadres = _ALL_LEVELS.match(self.key, start)
        if cadres and (cadres.group() != "cấp" or self.words.level.match(self.key, cadres.end() + 1)):
            return self._cadres(cadres.end())
        place = self.words.province.match(self.key, start)
        return place.end() if place and self.text[start].isupper() else end

    def _cadres(self, end: int) -> int:
        more = re.compile(
            r"\s+(?:tỉnh|huyện|xã|cơ sở)(?:(?:\s*,\s*|\s+và\s+)(?:cấp\s+)?(?:tỉnh|huyện|xã|cơ sở))*(?![\w])"
        ).match(self.key, end)
        return more.end() if more else end

    def _plain_tails(self, end: int) -> int:
        while True:
            match = self.words.plain_tail.match(self.key, end)
            if match is None:
                return end
            end = match.end()

    def tails(self, end: int, *, owner: bool = False) -> int:
        """End of the modifiers of a group word from `end`; with `owner` also "thuộc Bộ Tài chính"."""
        while True:
            match = self.words.tail.match(self.key, end)
            of = _OWNER.match(self.key, end) if owner else None
            found = self._owner(of.end()) if of else None
            further = max(match.end() if match else end, found.end if found else end)
            if further == end:
                return end
            end = further

    def _owner(self, at: int) -> Found | None:
        head = self.head(at)
        if head is None or head[0].shape not in ("whole", "named"):
            place = self.levels(at)
            return Found(place[0], UnitKind.UNIT) if place else None
        return self.unit(at)
