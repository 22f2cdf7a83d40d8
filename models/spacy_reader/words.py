"""Text in, spaCy's tokens out, offsets and accents as they were: two tokenizers for config.cfg.

`dondoc.plain.v1` cuts at white space and punctuation; `dondoc.underthesea.v1` makes words of several
syllables as underthesea's segmentation does ("ủy ban nhân dân"). spaCy's own for Vietnamese needs pyvi, or
leaves punctuation glued to words.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any

from spacy.attrs import NORM
from spacy.language import Language
from spacy.tokens import Doc
from spacy.util import registry
from spacy.vocab import Vocab

from pipeline.text import match_key
from pipeline.types import Span

Cut = Callable[[str], Iterable[Span]]

_PLAIN = re.compile(r"\d+(?:[./-]\d+)*|[^\W\d_]+|[^\w\s]|_")
_DIGITS = re.compile(r"\d+")
MARKS = (
    "↑",
    "⇑",
    "⇈",
    "|",
    "←",
    "→",
)  # before words of the context, so that they are no words of the piece (docs.py)


def plainly(text: str) -> Iterator[Span]:
    """Runs of letters, numbers and dates, and single marks."""
    return (Span(*match.span()) for match in _PLAIN.finditer(text))


def segmented(text: str) -> Iterator[Span]:
    """Words as underthesea segments them; where it changes characters, plain ones."""
    from underthesea import word_tokenize

    at = 0
    for word in word_tokenize(text, use_token_normalize=False):
        syllables = word.split()
        found = re.compile(r"\s+".join(map(re.escape, syllables))).search(text, at) if syllables else None
        if found is None or text[at : found.start()].strip():
            break
        yield Span(*found.span())
        at = found.end()
    yield from (Span(at + one.start, at + one.end) for one in plainly(text[at:]))


class Words:
    """A spaCy tokenizer: text in, a document whose text is the same out. There is nothing to save of it."""

    def __init__(self, vocab: Vocab, cut: Cut) -> None:
        self._vocab, self._cut = vocab, cut

    def __call__(self, text: str) -> Doc:
        """A document of the text's words; white space other than one blank is a token, as always in spaCy."""
        words: list[str] = []
        spaces: list[bool] = []
        at = 0
        for span in (*self._cut(text), Span(len(text), len(text))):
            gap = text[at : span.start]
            if gap and words and gap[0] == " ":
                spaces[-1], gap = True, gap[1:]
            kept = [one for one in (gap, text[span.start : span.end]) if one]
            words += kept
            spaces += [False] * len(kept)
            at = span.end
        return Doc(self._vocab, words=words, spaces=spaces)

    def to_bytes(self, **_: Any) -> bytes:
        """Nothing."""
        return b""

    def from_bytes(self, _content: bytes, **_: Any) -> Words:
        """Itself."""
        return self

    def to_disk(self, _path: str | Path, **_: Any) -> None:
        """Nothing is written."""

    def from_disk(self, _path: str | Path, **_: Any) -> Words:
        """Itself."""
        return self


def _made_of(cut: Cut) -> Callable[[Language], Words]:
    return lambda nlp: Words(nlp.vocab, cut)


@registry.tokenizers("dondoc.plain.v1")
def plain() -> Callable[[Language], Words]:
    """For `[nlp.tokenizer]`: words without segmentation."""
    return _made_of(plainly)


@registry.tokenizers("dondoc.underthesea.v1")
def underthesea() -> Callable[[Language], Words]:
    """For `[nlp.tokenizer]`: words as underthesea segments them."""
    return _made_of(segmented)


@registry.callbacks("dondoc.norms.v1")
def norms() -> Callable[[Language], Language]:
    """For `[nlp.after_creation]`: words are normed as in all of dondoc, and numbers are alike."""

    def set_norm(nlp: Language) -> Language:
        vocab: Any = nlp.vocab  # its types leave the getters out
        vocab.lex_attr_getters[NORM] = _norm
        return nlp

    return set_norm


def _norm(word: str) -> str:
    return _DIGITS.sub("0", match_key(word.lstrip("".join(MARKS)) or word))
