"""A document's pages in, each page's items out without what only frames the page: running heads and feet,
page numbers, watermarks."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Sequence

from pipeline.structure.framing import Mark, mark_of
from pipeline.types import Line, Origin, Page, Table

_MARGIN = 0.11  # of the page's height, above and below
_NUMBER = re.compile(r"(?i)(?:trang\s*)?[-–—.~_|\s]*\d{1,4}[-–—.~_|\s]*(?:/\s*\d{1,4})?$")
_NOISE = re.compile(r"\W*\w?\W*$")
_MISREAD = re.compile(r"(?![IVX]+\.)\S{1,3}$")  # a page number that OCR took for a word ("G9"); no "II."
_MIDDLE = 0.05  # of the page's width, to each side of its middle
_WATERMARK = re.compile(r"(?i)(?:https?://|www\.)\S+$|\S+\.(?:gov|com|net|org|edu)?\.?vn/?$")
_DIGITS = re.compile(r"\d+")


def without_margins(pages: Sequence[Page]) -> list[list[Line | Table]]:
    """For each page the items that belong to the text."""
    repeated = _repeated(pages)
    return [[item for item in page.items if not _frames(item, page, repeated)] for page in pages]


def _bears_heading(page: Page) -> bool:
    """Whether an act's own heading stands in the top margin: an attached plan repeats the decision's."""
    lines = (item for item in page.items[:6] if isinstance(item, Line) and item.words)
    return any(mark_of(line.text) is Mark.MOTTO and _in_margin(line, page) for line in lines)


def _frames(item: Line | Table, page: Page, repeated: set[tuple[str, int]]) -> bool:
    if isinstance(item, Table) or not item.words:
        return not isinstance(item, Table)
    text = item.text.strip()
    if page.origin is Origin.FLOW:
        return False
    if _WATERMARK.match(text):
        return True
    if not _in_margin(item, page):
        return False
    if _NUMBER.match(text) or (page.origin is Origin.OCR and (_NOISE.match(text) or _misread(item, page))):
        return True
    return _key(text, item, page) in repeated and not _bears_heading(page)


def _misread(line: Line, page: Page) -> bool:
    """Whether a scan's line is a page number in letters: short, alone and in the middle."""
    box = line.words[0].box
    alone = len(line.words) == 1 and _MISREAD.match(line.text.strip()) is not None
    return alone and abs((box.x0 + box.x1) / 2 - page.width / 2) < _MIDDLE * page.width


def _in_margin(line: Line, page: Page) -> bool:
    box = line.words[0].box  # the line's own costs a union of all
    edge = _MARGIN * page.height
    return box.y1 < edge or box.y0 > page.height - edge


def _key(text: str, line: Line, page: Page) -> tuple[str, int]:
    """Words with digits levelled, and which margin: what a running head shares over pages."""
    return _DIGITS.sub("#", text.casefold()), int(line.words[0].box.y0 > page.height / 2)


def _repeated(pages: Sequence[Page]) -> set[tuple[str, int]]:
    """Lines that stand in the same margin of several pages at the same height."""
    heights: dict[tuple[str, int], list[float]] = defaultdict(list)
    for page in pages:
        if page.origin is Origin.FLOW or _bears_heading(page):
            continue
        for item in page.items:
            if isinstance(item, Line) and item.words and _in_margin(item, page):
                heights[_key(item.text.strip(), item, page)].append(item.words[0].box.y0)
    return {
        key
        for key, tops in heights.items()
        if len(tops) > 1 and Counter(round(top / 6) for top in tops).most_common(1)[0][1] > 1
    }
