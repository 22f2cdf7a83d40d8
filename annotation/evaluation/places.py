"""Words of a label in, where they stand in the document's text out: for tasks that no record holds."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any

from pipeline.text import match_key
from pipeline.types import Span

_WORD = re.compile(r"\w+")
_LEAST = 0.5  # Dice below which a passage holds other words than those looked for

Line = Mapping[str, Any]


def locate(words: str, text: str) -> Span | None:
    """The passage of `text` that shares most words with `words`; None where none shares half of them."""
    wanted = [found.group() for found in _WORD.finditer(match_key(words))]
    tokens = [(found.group(), found.start(), found.end()) for found in _WORD.finditer(match_key(text))]
    size = min(len(wanted), len(tokens))
    if not size:
        return None
    best, at = _closest(Counter(wanted), [word for word, _, _ in tokens], size)
    if 2 * best / (len(wanted) + size) < _LEAST:
        return None
    known = set(wanted)
    inside = [token for token in tokens[at : at + size] if token[0] in known]
    return Span(inside[0][1], inside[-1][2])


def _closest(wanted: Counter[str], tokens: Sequence[str], size: int) -> tuple[int, int]:
    """(words shared, first token) of the best passage of `size` tokens; the passage slides token by token."""
    left = Counter(wanted)
    shared = best = at = 0
    for end, token in enumerate(tokens, 1):
        shared += left[token] > 0
        left[token] -= 1
        if end > size:
            gone = tokens[end - size - 1]
            left[gone] += 1
            shared -= left[gone] > 0
        if shared > best:
            best, at = shared, max(0, end - size)
    return best, at


def boxes(span: Span, lines: Sequence[Line]) -> list[dict[str, Any]]:
    """The parts of a document's lines (as evidence holds them) that a passage covers."""
    return [_part(line, span) for line in lines if line["start"] < span.end and span.start < line["end"]]


def _part(line: Line, span: Span) -> dict[str, Any]:
    start, end = max(span.start, line["start"]), min(span.end, line["end"])
    x0, y0, x1, y1 = line["box"]
    width = (x1 - x0) / max(1, line["end"] - line["start"])
    left, right = x0 + (start - line["start"]) * width, x0 + (end - line["start"]) * width
    return {"page": line["page"], "box": [left, y0, right, y1], "start": start, "end": end}
