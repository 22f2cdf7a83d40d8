"""Text in, terminals of the deadline grammar out: words, numbers, dates in figures, tails.

A token keeps its place in the text. A number group ("25/12/2013", "4-5/2014", "12/2013/QĐ-UBND")
is one date, several numbers, or the number of a document, which yields nothing. A "tail" is the
free text after a trigger word ("sau khi …") up to the next stop.
"""

from __future__ import annotations

import re
from collections.abc import Set
from typing import NamedTuple

from pipeline.rules import Node
from pipeline.text import match_key

_PIECES = re.compile(r"\d+(?:(?:\s{0,2}[/\-–]\s{0,2}|\.)\d+)*|[^\W\d_]+|\n|[^\w\s]")
_SPLIT = re.compile(r"\s*([\-–])\s*")
_CODE_SIGNS = frozenset("/-_%,")
_CODE_AFTER = re.compile(r"/(?!\d*\s?(?:lần|tháng|năm|tuần|quý|ngày)\b)[^\W\d_]|-[^\W\d_]|[_%]|,\d")
_CODE_BEFORE = re.compile(r"([^\W\d_]+)[/\-]$")
_GLUE = frozenset({"ngày", "tháng", "năm", "quý", "trước", "h", "g", "giờ", "đến", "từ"})
_NUMBER_WORDS = {
    word: number
    for number, words in enumerate(
        ("một", "hai", "ba", "bốn tư", "năm lăm", "sáu", "bảy bẩy", "tám", "chín"), 1
    )
    for word in words.split()
}
_ROMAN = {"i": 1, "ii": 2, "iii": 3, "iv": 4}
# as OCR reads them
_ROMAN |= {
    "l": 1,
    "il": 2,
    "li": 2,
    "ll": 2,
    "lll": 3,
    "iil": 3,
    "ili": 3,
    "lii": 3,
    "lil": 3,
    "ih": 3,
    "lv": 4,
}
# written either way; the rules know the second
_SPELLINGS = {
    "quí": "quý",
    "kì": "kỳ",
    "kí": "ký",
    "hàng": "hằng",
    "–": "-",
    "’": "'",
    "ph": "phút",
    "g": "h",
    "ilần": "lần",
    "llần": "lần",
}
# letters that OCR puts for the digits of a day or month ("ngày l5/l0/2024", "tháng l1")
_MISREAD = re.compile(
    r"(?:(?<=ngày )|(?<=háng ))(?=[lio]*\d)[\dlio]{2}(?![\w/])"
    r"|(?<![\w/.])(?=[lio]*\d)[\dlio]{1,2}/(?=[lio]*\d)[\dlio]{1,2}(?=/\d{4}(?!\d))"
)
_DIGITS = str.maketrans("lio", "110")
_NO_CODE = frozenset({"lần", "tháng", "năm", "quý", "quí", "tuần", "ngày", *_ROMAN})
_TRIGGERS = frozenset(
    {"khi", "ngày", "sau", "kịp", "dịp", "trước", "theo", "trình", "điểm", "lúc", "từ", "tại", "hạn", "gian"}
)
_STOPS = frozenset(',;.:()\n-"“”…')
_STOP_WORDS = frozenset({"trước", "chậm", "muộn"})
MAX_TAIL = 40

_PAPER = r"(?:văn bản|chỉ thị|công văn|công điện|quyết định|kế hoạch|thông báo|nghị quyết)"
_SIGNED = re.compile(
    rf"(?:được )?(?:ký,? ban hành|ký|ban hành|phát hành)(?: {_PAPER} này| {_PAPER}(?! \w))?"
    r"(?! (?:hợp|biên|kết|quy|nghị|thông|văn|luật|chỉ|kế|công|quyết|phụ|cam|giấy)\b)"
    rf"|{_PAPER}(?: này)? (?:được )?(?:ký ban hành|ký|ban hành|có hiệu lực(?: thi hành)?)(?! (?:hợp|biên)\b)"
)


class Tail(NamedTuple):
    """The free words after a trigger word, as matched (lower case, one tone style) and as written."""

    key: str
    words: str


class Token(NamedTuple):
    """A piece of text, in lower case, with its place."""

    text: str
    start: int
    end: int


def key_of(text: str) -> str:
    """A text as the rules match it, equally long: one case and tone style, misread digits put right."""
    return _MISREAD.sub(lambda match: match.group().translate(_DIGITS), match_key(text))


def tokens_of(text: str) -> list[Token]:
    """Words, numbers and signs of a matched text, each in one spelling; dates in figures stay whole."""
    found: list[Token] = []
    for match in _PIECES.finditer(text):
        piece, start = match.group(), match.start()
        if piece[0].isdecimal():
            _cut_group(text, piece, start, found)
        else:
            found.append(Token(_SPELLINGS.get(piece, piece), start, match.end()))
    return found


def _cut_group(text: str, piece: str, start: int, found: list[Token]) -> None:
    end = start + len(piece)
    if _is_code(text, start, end):
        found.append(Token("#", start, end))
        return
    if piece.isdecimal():
        found.append(Token(piece, start, end))
        return
    dashes = _SPLIT.findall(piece)
    whole = re.sub(r"\s*[\-–]\s*", "/", piece)
    if len(dashes) == 2 and "/" not in piece and re.fullmatch(r"\d{1,2}/\d{1,2}/\d{4}", whole):
        found.append(Token(piece, start, end))
        return
    at = start
    for part in _SPLIT.split(piece):
        at = text.index(part, at)
        found.append(Token(_SPELLINGS.get(part, part), at, at + len(part)))
        at += len(part)


def _is_code(text: str, start: int, end: int) -> bool:
    if text[end : end + 1] in _CODE_SIGNS and _CODE_AFTER.match(text, end):
        return True
    if not start or text[start - 1] not in "/-":
        return False
    before = _CODE_BEFORE.search(text, max(0, start - 12), start)
    return before is not None and before.group(1) not in _NO_CODE


def terminals_of(tokens: list[Token], key: str, text: str, words: Set[str]) -> dict[int, list[Node]]:
    """Terminal nodes by token position; `key` is `text` as matched, `words` the literals of the grammar."""
    found: dict[int, list[Node]] = {}
    stop = _next_stops(tokens)
    for at, token in enumerate(tokens):
        nodes: list[Node] = []
        if token.text[0].isdecimal():
            _numbers(token, at, tokens, nodes)
        else:
            _words(token, at, words, nodes)
        if at and tokens[at - 1].text in _TRIGGERS and token.text[0] not in _STOPS:
            _tails(at, stop[at], tokens, key, text, nodes)
        if nodes:
            found[at] = nodes
    return found


def _words(token: Token, at: int, words: Set[str], nodes: list[Node]) -> None:
    if token.text in words:
        nodes.append(Node(token.text, at, at + 1, token.text))
    if token.text in _NUMBER_WORDS:
        nodes.append(Node("NUMW", at, at + 1, _NUMBER_WORDS[token.text]))
    if token.text in _ROMAN:
        nodes.append(Node("ROMAN", at, at + 1, _ROMAN[token.text]))


def _numbers(token: Token, at: int, tokens: list[Token], nodes: list[Node]) -> None:
    if at and _glued(tokens[at - 1], token):
        return
    if token.text.isdecimal():
        value = int(token.text) if len(token.text) <= 4 else 0
        if len(token.text) <= 3:
            nodes.append(Node("NUM", at, at + 1, value))
        elif 1900 <= value <= 2100:
            nodes.append(Node("YEAR", at, at + 1, value))
        return
    figures = [int(part) for part in re.findall(r"\d+", token.text)]
    dots = "." in token.text
    if len(figures) == 3 and all(figures) and figures[0] <= 31 and figures[1] <= 12:
        year = figures[2] + 2000 if figures[2] < 100 and not dots else figures[2]
        if 1900 <= year <= 2100:
            nodes.append(Node("DMY", at, at + 1, (figures[0], figures[1], year)))
    elif len(figures) == 2:
        if 1 <= figures[0] <= 12 and 1900 <= figures[1] <= 2100:
            nodes.append(Node("MY", at, at + 1, (figures[0], figures[1])))
        elif 1 <= figures[0] <= 31 and 1 <= figures[1] <= 12:
            nodes.append(Node("DMDOT" if dots else "DM", at, at + 1, (figures[0], figures[1])))


def _glued(before: Token, token: Token) -> bool:
    """A number that hangs on a word ("QH15", "H5") is none, but "ngày05" is OCR's glue."""
    return before.end == token.start and before.text[-1].isalpha() and before.text not in _GLUE


def _next_stops(tokens: list[Token]) -> list[int]:
    stops = [0] * len(tokens)
    stop = len(tokens)
    for at in range(len(tokens) - 1, -1, -1):
        text = tokens[at].text
        if (text in _STOPS and not _joins(tokens, at)) or (
            text in _STOP_WORDS and at + 1 < len(tokens) and _opens(tokens, at)
        ):
            stop = at
        stops[at] = stop
    return stops


def _joins(tokens: list[Token], at: int) -> bool:
    """A dash inside a word or a document's notation ("15/CĐ-TTg") stops nothing."""
    if tokens[at].text != "-" or not 0 < at < len(tokens) - 1:
        return False
    return tokens[at - 1].end == tokens[at].start and tokens[at].end == tokens[at + 1].start


def _opens(tokens: list[Token], at: int) -> bool:
    following = tokens[at + 1].text
    return following in ("nhất", "ngày", "tháng") or following[0].isdecimal()


def _tails(at: int, stop: int, tokens: list[Token], key: str, text: str, nodes: list[Node]) -> None:
    stop = min(stop, at + MAX_TAIL)
    if stop <= at:
        return
    place = slice(tokens[at].start, tokens[stop - 1].end)
    tail = Tail(" ".join(key[place].split()), " ".join(text[place].split()))
    nodes.append(Node("TAIL", at, stop, tail))
    signed = _SIGNED.match(tail.key)
    if signed:
        nodes.append(Node("SIGNED", at, at + len(_PIECES.findall(signed.group())), signed.group()))


def is_signing(tail: str) -> bool:
    """Whether the words after "kể từ ngày" name this document's own signing or issue."""
    return _SIGNED.match(tail) is not None
