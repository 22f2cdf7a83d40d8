"""Vietnamese text: NFC, keys to compare by, tone-mark styles. Nothing here loses an accent in place."""

from __future__ import annotations

import re
import unicodedata

from pipeline.remembered import remembered

# the capital and the small letters, for character classes: Vietnamese capitals and small letters take turns
# in Unicode, so that no range holds only one sort
_LETTERS = [chr(code) for code in range(0x41, 0x1EFA) if chr(code).isalpha()]
CAPITALS = "".join(letter for letter in _LETTERS if letter.isupper())
SMALL_LETTERS = "".join(letter for letter in _LETTERS if letter.islower())

_OLD_STYLE = re.compile(r"(?i)(o[àáảãạ]|o[èéẻẽẹ]|(?<!q)u[ỳýỷỹỵ])(?![\w])")
_TONES = dict(
    zip(
        ["oà", "oá", "oả", "oã", "oạ", "oè", "oé", "oẻ", "oẽ", "oẹ", "uỳ", "uý", "uỷ", "uỹ", "uỵ"],
        ["òa", "óa", "ỏa", "õa", "ọa", "òe", "óe", "ỏe", "õe", "ọe", "ùy", "úy", "ủy", "ũy", "ụy"],
        strict=True,
    )
)


def nfc(text: str) -> str:
    """NFC form of `text`."""
    return text if unicodedata.is_normalized("NFC", text) else unicodedata.normalize("NFC", text)


def same_tone(text: str) -> str:
    """`text` with one tone-mark style ("hoà" → "hòa", "uỷ" → "ủy"); same length, for matching only."""

    def move(match: re.Match[str]) -> str:
        found = match.group()
        moved = _TONES[found.lower()]
        return "".join(m.upper() if f.isupper() else m for m, f in zip(moved, found, strict=True))

    return _OLD_STYLE.sub(move, text)


@remembered(4096)
def match_key(text: str) -> str:
    """NFC, lower case, one tone-mark style; the same length as NFC `text`, so offsets carry over."""
    text = nfc(text)
    lowered = text.lower()
    if len(lowered) != len(text):
        lowered = "".join(low if len(low := char.lower()) == 1 else char for char in text)
    return same_tone(lowered)


def fold(text: str) -> str:
    """`text` without diacritics and đ, lower case: for search keys ("Điều" → "dieu")."""
    return text.lower().translate(_UNMARKED)


class _Unmarked(dict[int, str]):
    """Letters by their codes, each without its marks; found when first asked for."""

    def __missing__(self, code: int) -> str:
        letters = unicodedata.normalize("NFD", chr(code).replace("đ", "d"))
        self[code] = "".join(letter for letter in letters if not unicodedata.combining(letter))
        return self[code]


_UNMARKED = _Unmarked()
