"""Sentences of Vietnamese text; the path's only importer of underthesea.

underthesea's sentence splitter is trained on news; in administrative text it also cuts after list numbers
("1."), authority prefixes ("TL.") and inside road numbers ("ĐT.759B"), and not after a month's number.
`split_sentences` mends those cuts and returns spans of the untouched text.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from itertools import pairwise
from typing import Any

from pipeline.text import CAPITALS
from pipeline.types import Span

_ABBREVIATION = re.compile(
    r"(?:^|[\s(;,/-])(?:TM|KT|TL|TUQ|Q|TP|Tp|TX|Tx|TT|ĐT|QL|TS|ThS|PGS|GS|BS|KS|Th\.S|Ths|St|No|Mr|vv|v\.v|[A-ZĐ])\.$"
)
_NUMBER_ONLY = re.compile(r"^\(?(?:\d{1,2}(?:\.\d{1,2})*|[a-zđ]|[IVX]+)[.)]+$")
_AFTER_NUMBER = re.compile(rf"(?<=\d)\.\s+(?=[{CAPITALS}][^\W\d]*\s)")  # "… trong tháng 4. Ủy ban …"


@cache
def _tokenizer() -> Any:
    with _unseen("torch", "transformers"):
        from underthesea import sent_tokenize

    return sent_tokenize


@contextmanager
def _unseen(*names: str) -> Iterator[None]:
    """Packages that are not there meanwhile: underthesea loads them wherever they are, seconds and hundreds
    of megabytes for its translator alone."""
    hidden = [name for name in names if name not in sys.modules]
    sys.modules |= dict.fromkeys(hidden)  # type: ignore[arg-type] # what the import system takes for absent
    try:
        yield
    finally:
        for name in hidden:
            sys.modules.pop(name, None)


def split_sentences(text: str) -> tuple[Span, ...]:
    """Spans of the sentences of `text`, in order, without surrounding white space."""
    if ". " not in text and "! " not in text and "? " not in text:
        return _trimmed(text, 0, len(text))
    starts = {0, *(match.end() for match in _AFTER_NUMBER.finditer(text))}
    at = 0
    for sentence in _tokenizer()(text):
        start = text.find(sentence, at)
        if start < 0:  # the tokenizer changed characters: no cut here
            continue
        at = start + len(sentence)
        starts.add(start)
    cuts = sorted(starts)
    return _merge(text, [Span(start, end) for start, end in pairwise([*cuts, len(text)])])


def _merge(text: str, pieces: list[Span]) -> tuple[Span, ...]:
    if not pieces:
        return _trimmed(text, 0, len(text))
    merged: list[Span] = []
    start = 0
    for index, piece in enumerate(pieces):
        following = text[pieces[index + 1].start :] if index + 1 < len(pieces) else ""
        end = pieces[index + 1].start if following else len(text)
        said = text[start : piece.end].strip()
        if following and (_ABBREVIATION.search(said) or _NUMBER_ONLY.match(said) or _goes_on(following[0])):
            continue
        merged.extend(_trimmed(text, start, end))
        start = end
    return tuple(merged)


def _goes_on(letter: str) -> bool:
    """Whether no sentence begins with this character."""
    return letter.islower() or letter.isdigit() or letter.isspace() or letter in ",;)"


def _trimmed(text: str, start: int, end: int) -> tuple[Span, ...]:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return (Span(start, end),) if end > start else ()
