"""Pieces and mentions in, what the taggers see of them out: lists of named facts, one a piece or mention."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from models.reader.mentions import Mentions
from models.reader.pieces import Piece
from pipeline.text import match_key
from pipeline.types import Deadline, Directive, UnitMention

_TOKEN = re.compile(r"[^\W\d_]+|\d+|[:;.,()\"“”]")
_OPENING = 6  # words at a piece's beginning whose order counts
_BAG = 50  # words of a piece that count at all
_NEAR = 4  # words beside a mention
_LED = 25  # words before it whose order does not count
_SIZES = (3, 6, 12, 25, 50, 100)

Facts = list[str]


def tokens(text: str) -> list[str]:
    """Words and marks to learn by; all numbers alike."""
    return ["0" if one.isdecimal() else one for one in _TOKEN.findall(match_key(text))]


def of_pieces(directive: Directive, pieces: Sequence[Piece], mentions: Sequence[Mentions]) -> list[Facts]:
    """What is seen of each piece; its neighbours' opening words are seen as well."""
    text = directive.layout.text
    words = [tokens(text[one.span.start : one.span.end][:2000]) for one in pieces]
    kind = directive.header.type.value if directive.header.type else "unknown"
    return [list(_of_piece(at, pieces, words, mentions, kind)) for at in range(len(pieces))]


def _of_piece(
    at: int,
    pieces: Sequence[Piece],
    words: Sequence[list[str]],
    mentions: Sequence[Mentions],
    kind: str,
) -> Iterator[str]:
    piece, own, found = pieces[at], words[at], mentions[at]
    yield f"type={kind}"
    yield f"kind={piece.kind}"
    yield f"marker={piece.marker}"
    yield f"depth={min(piece.depth, 5)}"
    yield f"edges={piece.opens}{piece.closes}"
    yield f"annex={piece.annex}"
    yield f"size={sum(len(own) > size for size in _SIZES)}"
    yield f"end={own[-1] if own else ''}"
    yield f"units={min(len(found.units), 3)}"
    yield f"due={min(len(found.deadlines), 2)}"
    yield f"opens_with_unit={bool(found.units) and found.units[0].span.start - piece.span.start < 12}"
    yield f"place={10 * at // len(pieces)}"
    if piece.column:
        yield f"column={piece.column[:40]}"
        yield from (f"head={one}" for one in dict.fromkeys(piece.column.split()))
    for order, word in enumerate(own[:_OPENING]):
        yield f"w{order}={word}"
    yield from (f"p{order}={one}_{two}" for order, (one, two) in enumerate(pairwise(own[:_OPENING])))
    yield from (f"in={word}" for word in dict.fromkeys(own[:_BAG]))
    yield from (f"two={one}_{two}" for one, two in dict.fromkeys(pairwise(own[:_BAG])))
    for level, place in enumerate(dict.fromkeys(piece.above[:3])):
        yield from _of_other(f"above{level}", words[place], pieces[place])
        if level == 0:
            yield from (f"above={word}" for word in dict.fromkeys(words[place][:_BAG]))
    if piece.above:
        yield from _of_other("top", words[piece.above[-1]], pieces[piece.above[-1]])
    yield f"above_units={any(mentions[place].units for place in piece.above)}"
    for name, place in (("before", at - 1), ("after", at + 1)):
        if 0 <= place < len(pieces):
            yield from _of_other(name, words[place], pieces[place])


def _of_other(name: str, words: Sequence[str], piece: Piece) -> Iterator[str]:
    yield f"{name}.kind={piece.kind}{piece.marker}"
    yield f"{name}.start={'_'.join(words[:2])}"
    yield f"{name}.end={words[-1] if words else ''}"


def of_mentions(
    piece: Piece, text: str, mentions: Sequence[UnitMention | Deadline], tag: str, around: str
) -> list[Facts]:
    """What is seen of a piece's units or deadlines, in order; `tag` is what the piece was judged to be and
    `around` what those around it are."""
    return [
        list(_of_mention(at, piece, text, one, len(mentions), tag, around)) for at, one in enumerate(mentions)
    ]


def _of_mention(
    at: int, piece: Piece, text: str, one: UnitMention | Deadline, number: int, tag: str, around: str
) -> Iterator[str]:
    before = tokens(text[max(piece.span.start, one.span.start - 60) : one.span.start])[-_NEAR:]
    after = tokens(text[one.span.end : min(piece.span.end, one.span.end + 60)])[:_NEAR]
    name = tokens(text[one.span.start : one.span.end])
    yield f"tag={tag}"
    yield f"around={around}"
    yield f"kind={one.kind.value}"
    yield f"form={piece.kind}"
    yield f"at={min(at, 3)}"
    yield f"of={min(number, 4)}"
    yield f"first={one.span.start - piece.span.start < 4}"
    if piece.column:
        yield f"column={piece.column[:40]}"
        yield from (f"head={word}" for word in dict.fromkeys(piece.column.split()))
    yield from (f"b{len(before) - order}={word}" for order, word in enumerate(before))
    yield from (f"a{order}={word}" for order, word in enumerate(after))
    yield f"bb={'_'.join(before[-2:])}"
    yield f"aa={'_'.join(after[:2])}"
    led = tokens(text[piece.span.start : one.span.start])[-_LED:]
    yield from (f"before={word}" for word in dict.fromkeys(led))
    yield f"bt={'_'.join(before[-1:])}|{tag}"
    yield f"at={'_'.join(after[:1])}|{tag}"
    yield f"name0={name[0] if name else ''}"
    yield f"name1={'_'.join(name[:2])}"
    if isinstance(one, Deadline):
        yield f"rule={one.rule}"
    else:
        yield f"issuer={'_'.join(name[-2:])}"
