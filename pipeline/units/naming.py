"""The name that follows a head word: listed, or by its capitals and small words; offsets in, ends out."""

from __future__ import annotations

import re

from pipeline.units.lexicon import Head
from pipeline.units.places import JOINT, SPACE, WORD, Places

_GAP = re.compile(r"\s*[-–&]\s*|\s+(?:và\s+|về\s+)?")
_STOP = re.compile(r"\s*(?:$|[,;:.)(]|và\s)")
_MAX_WORDS = 16
_MAX_FREE = 7
_MAX_DIGITS = 3


class Names(Places):
    """Finds names in one text."""

    def name(self, head: Head, at: int, *, one: bool = False) -> int | None:
        """End of the name that follows a head which ends at `at`: listed, or by its capitals; `one`: the
        head names one unit only."""
        start = self.after_space(at)
        if start is None:
            return None
        listed = self.listed(head, start)
        if listed is not None:
            end = self._further(head, listed)
            return self._with_and(head, end) if one else end
        if head.names in ("ubnd", "") or self.shouting:
            return None
        if self.upper(start) or self.text[start : start + 1].isdigit():
            taken = head.names not in self.words.sets["over_heads"] and self.opens_unit(start)
            return None if taken else self._at_least(head, start)
        return self._lower_name(start) if head.names in self.words.sets["opens_lower"] else None

    def _at_least(self, head: Head, start: int) -> int | None:
        end = self.capitals(start, head)
        return end if end > start else None

    def _lower_name(self, start: int) -> int | None:
        """A name that begins in lower case and reaches a capital or a scope ("tỉnh")."""
        word = WORD.match(self.key, start)
        if word is None or not self._goes_on(word, "", was_capital=False):
            return None
        end = self.capitals(start, opens_lower=True)
        names_one = any(c.isupper() or c.isdigit() for c in self.text[start:end])
        return end if names_one or self.levels(self.after_space(end) or end) else None

    def listed(self, head: Head, at: int) -> int | None:
        """End of the listed name of this head's class at `at`."""
        word = WORD.match(self.key, at)
        pattern = self.words.names.get((head.names, word.group())) if word else None
        match = pattern.match(self.key, at) if pattern else None
        if match is None or word is None:
            return None
        # "thuộc Bộ xây dựng kế hoạch"
        verb = not self.upper(at) and self._pair(word) in self.words.sets["name_verbs"]
        return None if verb and head.names in self.words.sets["verb_names"] else match.end()

    def _further(self, head: Head, end: int) -> int:
        if head.names not in self.words.sets["go_on"] or self.shouting:
            return end
        gap = re.compile(r"\s+(?:[-–]\s+)?").match(self.key, end)
        word = WORD.match(self.key, gap.end()) if gap else None
        if gap is None or word is None or self.opens_unit(gap.end()):
            return end
        if self.upper(gap.end()):
            return self.capitals(gap.end())
        runs_on = head.names in self.words.sets["opens_lower"] and self._goes_on(word, "", was_capital=False)
        return self.capitals(gap.end(), opens_lower=True) if runs_on else end

    def _with_and(self, head: Head, end: int) -> int:
        """A part of a body may bear two listed names: "Cục Chuyển đổi số và Dữ liệu"."""
        joint = re.compile(r"\s+và\s+").match(self.key, end)
        if joint is None or head.names not in self.words.sets["and_goes_on"] or self.shouting:
            return end
        start = joint.end()
        if not self.upper(start) or self.head(start):
            return end
        return self.listed(head, start) or self.capitals(start)

    def capitals(self, at: int, head: Head | None = None, *, opens_lower: bool = False) -> int:
        """End of a run of capitalised words from `at`, with the small words that names hold."""
        end, previous, opened, run = at, "", False, 0
        for _ in range(_MAX_WORDS):
            gap = (self._comma(head, end) or _GAP.match(self.key, end)) if end > at else None
            word = WORD.match(self.key, gap.end() if gap else end)
            if word is None or (end > at and gap is None):
                break
            number = word.group().isdigit() and len(word.group()) <= _MAX_DIGITS and previous != "và"
            capital = self.upper(word.start()) or number
            if capital and end > at and self.opens_unit(word.start()):
                break
            joined = gap.group().strip(" ,") if gap else ""
            acts = run > 1 and self._pair(word) in self.words.acts
            small = not acts and self._small(word, previous, joined, opened, opens_lower or end > at)
            if not capital and not small:
                return self._to_place(end) if end > at and not joined else end
            place = self.words.province.match(self.key, word.start()) if capital else None
            # after "X", a number or two capitals ("Hoa Sen") a word in lower case is no second syllable
            proper = capital and self.text[word.end() - 1].islower()
            run = (1 if joined else run + 1) if proper else 0
            end, previous, opened = word.end(), word.group(), run == 1
            if place:
                end, previous, opened = place.end(), "", False
        return end

    def _comma(self, head: Head | None, end: int) -> re.Match[str] | None:
        """Associations bear lists in their names: "Hiệp hội Bia, Rượu và Nước giải khát Việt Nam"."""
        if head is None or head.words != "hiệp hội":
            return None
        comma = re.compile(r",\s+").match(self.key, end)
        return comma if comma and self.upper(comma.end()) and not self.head(comma.end()) else None

    def _to_place(self, end: int) -> int:
        """A few more words may lead from a name to its place ("Hội Cựu giáo chức Việt Nam")."""
        at = end
        for _ in range(4):
            start = self.after_space(at)
            word = WORD.match(self.key, start) if start is not None else None
            if word is None or self.stops(word, self.words.acts) or self.head(word.start()):
                return end
            if self.upper(word.start()):
                return (
                    self.place(word.start()) or end
                    if self.words.province.match(self.key, word.start())
                    else end
                )
            at = word.end()
        return end

    def _small(
        self, word: re.Match[str], previous: str, joined: str, was_capital: bool, allowed: bool
    ) -> bool:
        if not allowed or joined not in ("", "và"):
            return False
        verbs = self.words.verbs - self.words.sets["after_and"]
        if joined and (self.stops(word, self.words.acts) or self._pair(word) in verbs):
            return False
        return self._goes_on(word, "" if joined else previous, was_capital=was_capital and not joined)

    def stops(self, word: re.Match[str], stops: frozenset[str] | None = None) -> bool:
        """Whether a verb or function word of `stops` begins here, which no name holds in lower case."""
        stops = self.words.stops if stops is None else stops
        second = WORD.search(self.key, word.end())
        third = WORD.search(self.key, second.end()) if second else None
        pair = f"{word.group()} {second.group()}" if second else ""
        if pair in stops or (second and third and f"{pair} {third.group()}" in stops):
            return True
        return word.group() in stops and pair not in self.words.inner

    def _goes_on(self, word: re.Match[str], previous: str, *, was_capital: bool) -> bool:
        known = self.words.inner
        if previous and f"{previous} {word.group()}" in known:
            return True  # "Khai thác công trình …", not the verb "trình"
        if self.stops(word):
            return False
        pair = self._pair(word)
        return pair in known or word.group() in known or (was_capital and pair not in self.words.acts)

    def _pair(self, word: re.Match[str]) -> str:
        following = WORD.search(self.key, word.end())
        return f"{word.group()} {following.group()}" if following else ""

    def kinds(self, head: Head, end: int) -> int:
        """End of the words that say what kind of group ("cơ sở giáo dục đại học"); open for some heads,
        up to a verb, a mark or a modifier."""
        if self.words.tail.match(self.key, end):
            return end
        start, limit = end, _MAX_FREE if head.words in self.words.free else 0
        opening = (
            next((v for v in self.words.kind_verbs if self.key.startswith(v, end + 1)), None)
            if limit
            else None
        )
        end = end + 1 + len(opening) if opening else end
        for _ in range(limit):
            word = WORD.match(self.key, self.after_space(end) or len(self.key))
            if word is None or self.words.tail.match(self.key, end) or _STOP.match(self.key, end):
                return end
            if self.stops(word, self.words.acts):
                return end
            if self.upper(word.start()) or self.head(word.start()):
                break
            end = word.end()
        return self.known_kinds(start)

    def known_kinds(self, end: int) -> int:
        """End of the kind in words from the lexicon, also after a comma."""
        known, verbs = self.words.inner, self.words.verbs
        while True:
            gap = JOINT.match(self.key, end) or SPACE.match(self.key, end)
            word = WORD.match(self.key, gap.end()) if gap else None
            if gap is None or word is None or self.stops(word, self.words.acts) or self.head(word.start()):
                return end
            pair = self._pair(word)
            if pair not in known or pair in verbs or (gap.group().strip() and not self._settled(word)):
                return end
            following = WORD.search(self.key, word.end())
            end = following.end() if following else end

    def _settled(self, word: re.Match[str]) -> bool:
        """After a comma the kind must end the item, so that no verb is taken for it."""
        following = WORD.search(self.key, word.end())
        return bool(following and _STOP.match(self.key, following.end()))
