"""Vietnamese text in encodings older than Unicode in, NFC Unicode out.

Such text reaches us as the characters that its bytes have in Windows-1252, or as bytes. The tables are
data (`letters.tsv`, `fonts.tsv`); what the encoding is comes from the font's name where there is one,
else from the spelling of a whole document, never of a short string.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from enum import StrEnum
from functools import cache
from importlib.resources import files

from pipeline.encodings.syllables import spelling
from pipeline.text import nfc

__all__ = ["Encoding", "decode", "decode_bytes", "detect", "encode", "fonts", "mend_capitals", "of_font"]

_ENOUGH = 12  # marked words below which statistics prove nothing
_SURE = 0.8  # share of syllables that a right decoding reaches
_SHOUTED = re.compile(r"[^\W\d_]+")
_SAMPLE = 200_000  # characters that are enough to tell


class Encoding(StrEnum):
    """The three that offices used."""

    TCVN3 = "tcvn3"
    VNI = "vni"
    VISCII = "viscii"


def _rows(name: str) -> list[list[str]]:
    text = (files(__package__) / name).read_text(encoding="utf-8")
    lines = [line.split("\t") for line in text.splitlines() if line and not line.startswith("#")]
    return lines[1:]


def _shown(codes: str) -> str:
    """Bytes in hex as the characters that Windows shows for them."""
    return "".join(_char(int(code, 16)) for code in codes.split())


def _char(byte: int) -> str:
    try:
        return bytes([byte]).decode("cp1252")
    except UnicodeDecodeError:
        return chr(byte)


@cache
def _table(encoding: Encoding) -> dict[str, str]:
    """Characters as shown → letter."""
    column = 1 + list(Encoding).index(encoding)
    table: dict[str, str] = {}
    for row in _rows("letters.tsv"):
        if row[column]:
            table[_shown(row[column])] = nfc(row[0])
    return table


@cache
def _pattern(encoding: Encoding) -> re.Pattern[str]:
    keys = sorted(_table(encoding), key=len, reverse=True)
    if encoding is Encoding.VNI:  # in capitals a mark may be typed small: "Aù"
        keys += [key[0] + key[1].lower() for key in keys if len(key) == 2 and key[0].isupper()]
        keys.sort(key=len, reverse=True)
    return re.compile("|".join(map(re.escape, keys)))


def decode(text: str, encoding: Encoding, *, capitals: bool = False) -> str:
    """NFC text for `text` as Windows-1252 shows it; `capitals` for fonts that show small letters large.

    Characters that the encoding does not know stay as they are.
    """
    table = _table(encoding)
    latin = text if text.isascii() else "".join(map(_windows, text))

    def letter(match: re.Match[str]) -> str:
        found = match.group()
        return table.get(found) or table[found.upper()]

    out = nfc(_pattern(encoding).sub(letter, latin))
    return out.upper() if capitals else out


def _windows(char: str) -> str:
    """A C1 control as the Windows character of that byte; the reverse of reading it as Latin-1."""
    return _char(ord(char)) if "\x80" <= char <= "\x9f" else char


def encode(text: str, encoding: Encoding) -> str:
    """`text` as Windows-1252 would show it in `encoding`; letters that it lacks stay as they are."""
    back: dict[str, str] = {}
    for shown, letter in _table(encoding).items():
        back.setdefault(letter, shown)
    return "".join(back.get(char, char) for char in nfc(text))


def of_font(name: str | None) -> tuple[Encoding, bool] | None:
    """Encoding of a font by its name, and whether it shows small letters as capitals."""
    lowered = (name or "").strip().lower()
    for begins, encoding in _rows_of_fonts():
        if lowered.startswith(begins):
            return Encoding(encoding), encoding == Encoding.TCVN3 and lowered.split(";")[0].endswith("h")
    return None


@cache
def _rows_of_fonts() -> tuple[tuple[str, str], ...]:
    return tuple((begins, encoding) for begins, encoding in _rows("fonts.tsv"))


def detect(text: str) -> Encoding | None:
    """The encoding in which a whole document's `text` is spelled right, None where that is as it stands."""
    sample = text[:_SAMPLE]
    read = spelling(sample.lower())
    if read.good and read.share >= _SURE:  # Unicode; its quotation marks are letters of VISCII
        return None
    best, most = None, read.score
    for encoding in Encoding:
        found = spelling(decode(sample, encoding).lower())
        if found.score > most and found.good >= _ENOUGH and found.share >= _SURE:
            best, most = encoding, found.score
    return best


def fonts(texts: Mapping[str, str]) -> dict[str, tuple[Encoding, bool]]:
    """For a document's texts by font name: the fonts whose text must be decoded, and how.

    A font made for an encoding may hold Unicode text all the same: decoded only where that is better.
    Text in other fonts is judged together.
    """
    found: dict[str, tuple[Encoding, bool]] = {}
    rest: list[str] = []
    for name, text in texts.items():
        made_for = of_font(name)
        if made_for is None:
            rest.append(name)
        elif spelling(decode(text, made_for[0]).lower()).score > spelling(text.lower()).score:
            found[name] = made_for
    encoding = detect("\n".join(texts[name] for name in rest))
    if encoding is not None:
        found.update((name, (encoding, False)) for name in rest)
    return found


def decode_bytes(content: bytes, *, legacy: bool = True) -> str:
    """The text of a file without a declared encoding.

    Unicode by its marks or its form, else the 8-bit encoding whose reading is spelled best; a UTF-8 text
    that was once read as an 8-bit one ("Quyáº¿t") is put right. Windows-1258 comes out composed. Without
    `legacy`, text in the encodings older than Unicode stays as Windows-1252 shows it.
    """
    text = _unicode(content)
    if text is not None:
        return _unmix(text, legacy)
    shown = "".join(map(_char, content))
    encoding = detect(shown) if legacy else None
    if encoding is not None:
        return decode(shown, encoding)
    vietnamese = nfc(content.decode("cp1258", errors="replace"))
    return vietnamese if spelling(vietnamese).score > spelling(shown).score else shown


def _unicode(content: bytes) -> str | None:
    if content[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return content.decode("utf-16", errors="replace")
    zeros = (content[1:4000:2].count(0), content[0:4000:2].count(0))
    half = max(len(content[:4000]) // 2, 1)
    if max(zeros) > half // 3:
        return content.decode("utf-16-le" if zeros[0] > zeros[1] else "utf-16-be", errors="replace")
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        # a text cut off within its last character is still UTF-8
        return content[: error.start].decode("utf-8-sig") if error.start > len(content) - 4 else None


def _unmix(text: str, legacy: bool) -> str:
    """`text`, or what it was before its UTF-8 bytes were read as Windows-1252, -1258 or Latin-1."""
    if text.isascii():
        return text
    sample = text[:_SAMPLE]
    most = spelling(sample)
    if most.share >= _SURE and "áº" not in sample and "á»" not in sample:
        return text
    encoding = detect(text) if legacy else None
    if encoding is not None:
        return decode(text, encoding)
    for name in ("cp1252", "latin-1", "cp1258"):
        again = _again(text, name)
        if again is not None and spelling(again).score > most.score:
            return again
    return text


def _again(text: str, name: str) -> str | None:
    pieces = bytearray()
    for char in text:
        try:
            pieces += char.encode(name)
        except UnicodeEncodeError:
            if ord(char) > 255:
                return None
            pieces.append(ord(char))
    try:
        return pieces.decode("utf-8")
    except UnicodeDecodeError:
        return None


def mend_capitals(word: str) -> str:
    """`word` all in capitals where a conversion left its marked letters small ("CHủ" → "CHỦ")."""
    if word.isascii() or word.islower() or word.isupper():
        return word

    def mend(match: re.Match[str]) -> str:
        found = match.group()
        plain = [char for char in found if char.isascii()]
        small = [char for char in found if char.islower()]
        shouted = len(plain) >= 2 and all(char.isupper() for char in plain)
        return found.upper() if shouted and small and all(map(_marked, small)) else found

    return _SHOUTED.sub(mend, word)


def _marked(char: str) -> bool:
    return char == "đ" or len(unicodedata.normalize("NFD", char)) > 1
