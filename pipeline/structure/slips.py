"""Markers as OCR left them in, markers as the list must have had them out.

A list's own order proves what a slip hid: before "b)" stands "a)", whatever digit was read; between two
items of a list whose paragraphs end with semicolons, a paragraph without marker is an item that lost it.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from pipeline.structure.markers import Marker, find_marker, ordinal
from pipeline.text import CAPITALS

_NOISE = re.compile(r"^[—–_~.,'\"“”\s-]{1,4}(?=(?:[a-zđ]|\d{1,2})\)\s)")
_DIGIT_FOR_A = re.compile(r"^[8860932]\)$")

_COMMA = re.compile(rf"^(\d{{1,2}})\s?[,;:]\s+(?=[{CAPITALS}])")
_ODD_LETTER = re.compile(r"^[^\W\d_]\)\s+")


def markers_of(paragraphs: Sequence[str | None]) -> list[Marker | None]:
    """The marker of each paragraph (None for a table or an unnumbered one), slips healed."""
    found = [_read(words) if words is not None else None for words in paragraphs]
    for index, marker in enumerate(found):
        if marker is None:
            found[index] = (
                _comma(index, found, paragraphs)
                or _odd_letter(index, found, paragraphs)
                or _lost(index, found, paragraphs)
            )
        elif _DIGIT_FOR_A.match(marker.label) and _second_letter_follows(index, found):
            found[index] = replace(marker, name="letter", label="a)")
    return found


def _read(words: str) -> Marker | None:
    noise = _NOISE.match(words)
    if noise:
        marker = find_marker(words[noise.end() :])
        if marker is not None:
            return replace(marker, end=marker.end + noise.end())
    return find_marker(words)


def _second_letter_follows(index: int, found: Sequence[Marker | None]) -> bool:
    following = next((marker for marker in found[index + 1 : index + 4] if marker is not None), None)
    return following is not None and following.name == "letter" and ordinal(following) == 2


def _comma(index: int, found: Sequence[Marker | None], paragraphs: Sequence[str | None]) -> Marker | None:
    """ "5, Đối với …" after an item 4: the stop was read as a comma."""
    words = paragraphs[index]
    match = _COMMA.match(words) if words is not None else None
    if match is None:
        return None
    for before in reversed(found[:index]):
        if before is not None and before.name == "arabic":
            number = int(match.group(1))
            label = f"{number}."
            return replace(before, label=label, end=match.end()) if ordinal(before) == number - 1 else None
    return None


def _odd_letter(
    index: int, found: Sequence[Marker | None], paragraphs: Sequence[str | None]
) -> Marker | None:
    """A letter that no list has ("ø)") after a lettered item: the next letter, misread."""
    words = paragraphs[index]
    before = found[index - 1] if index else None
    odd = _ODD_LETTER.match(words) if words is not None else None
    if odd is None or before is None or before.name != "letter":
        return None
    return replace(before, label="", end=odd.end())


def _lost(index: int, found: Sequence[Marker | None], paragraphs: Sequence[str | None]) -> Marker | None:
    """The marker that a paragraph between two items of one list must have had."""
    if index == 0 or index + 1 >= len(found):
        return None
    before, after = found[index - 1], found[index + 1]
    words, above = paragraphs[index], paragraphs[index - 1]
    if before is None or after is None or words is None or above is None:
        return None
    listed = above.rstrip().endswith(";") and words.rstrip().endswith((";", "."))
    skips_one = (ordinal(after) or 0) - (ordinal(before) or 0) >= 2
    if before.name != after.name or before.rank is not None or not listed or not skips_one:
        return None
    return replace(before, label="", end=0)
