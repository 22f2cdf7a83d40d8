"""Look-alike letters → the ones meant: fonts and OCR write Ð (eth) for Đ and ⁄ (fraction) for /."""

from __future__ import annotations

import re

from pipeline.text import SMALL_LETTERS, nfc

_MEANT = str.maketrans(
    {"\u00d0": "Đ", "\u00f0": "đ", "\u0189": "Đ", "\u2044": "/", "\u2215": "/", "\u02d7": "-"}
)

_DAGGER = re.compile(rf"†(?=[{SMALL_LETTERS}])")


def meant(text: str) -> str:
    """`text` in NFC with the letters that were meant; the same length as its NFC form."""
    return nfc(text).translate(_MEANT)


def meant_on_scan(text: str) -> str:
    """`meant`, and what OCR takes a printed letter for: a dagger before small letters is a t; one behind a
    word calls a note."""
    return _DAGGER.sub("t", meant(text))
