"""Any text in, how Vietnamese its spelling is out: the measure by which encodings are told apart.

A syllable is an onset, a rime and a tone; the rimes are listed as a speller's table has them.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

_ONSET = re.compile("ngh?|nh|ch|gh|gi|kh|ph|qu|th|tr|[bcdđghklmnprstvx]")
_SPELLER = """
    a ac ach ai am an ang anh ao ap at au ay ăc ăm ăn ăng ăp ăt âc âm ân âng âp ât âu ây
    e ec em en eng eo ep et ê êch êm ên ênh êp êt êu
    i ia ich iêc iêm iên iêng iêp iêt iêu im in inh ip it iu
    o oa oac oach oai oam oan oang oanh oao oap oat oay oăc oăm oăn oăng oăt oc oe oen oeo oet oi om on
    ong ooc oong op ot ô ôc ôi ôm ôn ông ôp ôt ơ ơi ơm ơn ơp ơt
    u ua uân uâng uât uây uc uê uêch uênh ui um un ung uơ up ut uy uya uych uyên uyêt uynh uyt uyu
    uôc uôi uôm uôn uông uôt uôu ư ưa ưc ưi ưm ưn ưng ươc ươi ươm ươn ương ươp ươt ươu ưt ưu
    y ych yêm yên yêng yêt yêu ynh yt
"""
_RIMES = frozenset(_SPELLER.split())
_TONES = {"\u0300", "\u0301", "\u0303", "\u0309", "\u0323"}
_STOPPED = {"\u0301", "\u0323"}  # a syllable closed by a stop has one of these two tones
_WORD = re.compile(r"[^\W\d_]+")


@dataclass(frozen=True, slots=True)
class Spelling:
    """Words with letters beyond ASCII: how many are Vietnamese syllables, how many are not."""

    good: int
    bad: int

    @property
    def score(self) -> int:
        """Greater for the likelier reading."""
        return self.good - 2 * self.bad

    @property
    def share(self) -> float:
        """Share of the marked words that are syllables; 0.0 where there are none."""
        return self.good / (self.good + self.bad) if self.good + self.bad else 0.0


def spelling(text: str) -> Spelling:
    """Counts over the whole of `text`, which may be in any normal form."""
    return _count(word.group() for word in _WORD.finditer(unicodedata.normalize("NFC", text)))


def _count(words: Iterable[str]) -> Spelling:
    good = bad = 0
    for word in words:
        if word.isascii():
            continue
        if is_syllable(word):
            good += 1
        else:
            bad += 1
    return Spelling(good, bad)


@lru_cache(maxsize=16384)
def is_syllable(word: str) -> bool:
    """Whether `word` (NFC) is spelled as one Vietnamese syllable in one case or with a capital first."""
    if not (word.islower() or word.isupper() or word[1:].islower()):
        return False
    decomposed = unicodedata.normalize("NFD", word.lower())
    tones = [char for char in decomposed if char in _TONES]
    plain = unicodedata.normalize("NFC", "".join(char for char in decomposed if char not in _TONES))
    if len(tones) > 1 or (plain.endswith(("c", "ch", "p", "t")) and not _STOPPED.issuperset(tones or "-")):
        return False
    if plain in _RIMES:
        return True
    onset = _ONSET.match(plain)
    if onset is None:
        return False
    rest = plain[onset.end() :]
    return rest in _RIMES or (onset.group() in ("gi", "qu") and (plain[1:] in _RIMES or not rest))
