"""A PDF page's words set in fonts older than Unicode (.VnTime, VNI-Times) → the same words in Unicode.

In: words as their characters read, each with its font's name and its range of the layer's text. Out: the
words decoded where that is better Vietnamese, `raw` keeping the original. Fonts are remembered over a
document, so that a page of few words is read like the others.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from pipeline.encodings import Encoding, decode, fonts, mend_capitals, of_font
from pipeline.encodings.syllables import spelling
from pipeline.read.letters import meant
from pipeline.types import Span, Word

_SUBSET = re.compile(r"[A-Z]{6}\+")
_STYLE = re.compile(r"(?i)(?:[-,; ]?(?:bold|italic|oblique|regular|normal|mt))+$")
_DOTLESS = re.compile(r"_?(Vn[A-Z])")  # producers that drop the dot of ".VnTime"
_UNICODE = re.compile("[\u1ea0-\u1ef9]")  # letters that only Unicode Vietnamese has
_HYPHEN = re.compile("[\x02\ufffe]$")

OldFonts = dict[str, tuple[Encoding, bool]]  # family → its encoding, and whether it shows capitals


def family(name: str) -> str:
    """A PDF font's name without its subset's tag and its style; ".VnTimeH" for "ABCDEF+VnTimeH,Bold"."""
    bare = _STYLE.sub("", _SUBSET.sub("", name.strip()))
    return _DOTLESS.sub(r".\1", bare) if _DOTLESS.match(bare) else bare


def in_unicode(words: Sequence[Word], names: Sequence[str], text: str, known: OldFonts) -> list[Word]:
    """The words with those in old fonts decoded; adds what it learns of a font to `known`."""
    families = {name: family(name) for name in set(names)}
    told = any(each in known or of_font(each) for each in families.values())
    if not told and (text.isascii() or _UNICODE.search(text)):
        return list(words)  # nearly always
    originals = [_original(word, text) for word in words]
    texts: dict[str, list[str]] = {}
    for name, original in zip(names, originals, strict=True):
        texts.setdefault(families[name], []).append(original)
    known.update(fonts({name: " ".join(each) for name, each in texts.items()}))
    found: list[Word] = []
    for word, name in zip(words, names, strict=True):
        encoding = known.get(families[name])
        goes_on = encoding and found and _goes_on(found[-1], word)
        whole = _whole(found.pop(), word, text) if goes_on else word
        found.append(_decoded(whole, _original(whole, text), encoding))
    return found


def _goes_on(left: Word, right: Word) -> bool:
    """True for the parts of a run that was cut as no syllable before it was decoded."""
    touching = left.source and right.source and left.source.end == right.source.start
    return bool(touching) and abs(left.box.y1 - right.box.y1) < 1


def _whole(left: Word, right: Word, text: str) -> Word:
    assert left.source is not None and right.source is not None
    source = Span(left.source.start, right.source.end)
    raw = text[source.start : source.end]
    return replace(left, text=raw, box=left.box.union(right.box), raw=None, source=source)


def _original(word: Word, text: str) -> str:
    """The word's characters as bytes show them; symbol fonts put them in the private area."""
    raw = text[word.source.start : word.source.end] if word.source else word.text
    return "".join(chr(ord(char) - 0xF000) if "\uf020" <= char <= "\uf0ff" else char for char in raw)


def _decoded(word: Word, original: str, encoding: tuple[Encoding, bool] | None) -> Word:
    if encoding is None:
        return word
    table, capitals = encoding
    if _HYPHEN.search(original):
        # TCVN3's ư is the code of the soft hyphen, which pdfium takes for one at a line's end.
        ending = decode(original[:-1] + "\xad", table)
        original = original[:-1] + ("\xad" if spelling(ending.lower()).good else "-")
    text = meant(mend_capitals(decode(original, table, capitals=capitals)))
    return word if text == word.text else replace(word, text=text, raw=word.raw or word.text)
