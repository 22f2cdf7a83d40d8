"""Rows in reading order in, paragraphs as groups of rows out.

Formats that know their paragraphs say so (`Row.opens`). For pages that only show ink a paragraph's start
is seen from the row before (it ends early), the indent, a list marker, the spacing, or centring.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import replace

from pipeline.structure.columns import Sheet
from pipeline.structure.framing import is_position
from pipeline.structure.markers import find_marker
from pipeline.structure.rows import Row

_MOST_ROWS = 60  # of a paragraph; a page holds about 45
_WINDOW = 6  # rows above and below by which the margins are judged; scans lean
_ENDS = re.compile(r"""[.:;!?]["”’)\]]*$|\./\.?\W*$""")
_STRONG = re.compile(r"(?:Điều|ĐIỀU|Chương|CHƯƠNG|Phần|PHẦN|Mục|MỤC)\s+[\dIVX]+")


def grouped(items: Sequence[Row | Sheet]) -> list[list[Row] | Sheet]:
    """Paragraphs and tables in order; a paragraph that runs over a page's end is one."""
    groups: list[list[Row] | Sheet] = []
    for item in _judged(items):
        if isinstance(item, Sheet):
            groups.append(item)
        elif item.opens or not groups or not isinstance(groups[-1], list):
            groups.append([item])
        else:
            groups[-1].append(item)
    return [part for group in groups for part in ([group] if isinstance(group, Sheet) else _bounded(group))]


def _bounded(rows: list[Row]) -> list[list[Row]]:
    """The rows of a paragraph, cut at the end of a sentence where it is longer than any clerk writes (a file
    without line breaks): what reads clauses looks far ahead in each."""
    if len(rows) <= _MOST_ROWS:
        return [rows]
    parts: list[list[Row]] = [[]]
    for row in rows:
        ends = [at for at, word in enumerate(row.line.words[:-1], 1) if _ENDS.search(word.text)]
        if len(parts[-1]) >= _MOST_ROWS // 2 and ends:
            parts[-1].append(_of_words(row, slice(ends[-1])))
            parts.append([_of_words(row, slice(ends[-1], None))])
        elif len(parts[-1]) >= _MOST_ROWS:
            parts.append([row])
        else:
            parts[-1].append(row)
    return parts


def _of_words(row: Row, which: slice) -> Row:
    line = replace(row.line, words=row.line.words[which])
    return replace(row, line=line, box=line.box, text=line.text)


def _judged(items: Sequence[Row | Sheet]) -> Iterator[Row | Sheet]:
    """The items with `opens`, `centred` and `indent` known."""
    run: list[Row] = []
    before: Row | None = None
    for item in items:
        if isinstance(item, Sheet):
            yield from _judge(run, before)
            yield item
            run, before = [], None
            continue
        if run and item.page != run[-1].page:
            judged = list(_judge(run, before))
            yield from judged
            before, run = judged[-1], []
        run.append(item)
    yield from _judge(run, before)


def _judge(rows: list[Row], before: Row | None) -> Iterator[Row]:
    """Rows of one page; `before` is the last row of the page before."""
    if not rows:
        return
    lefts, rights = _margins(rows)
    previous, room = before, 0.0
    for row, left, right in zip(rows, lefts, rights, strict=True):
        centred = row.centred or (row.opens is None and not row.framed and _is_centred(row, left, right))
        judged = replace(row, centred=centred, indent=row.box.x0 - left)
        if row.opens is None:
            judged = replace(judged, opens=_opens(judged, previous, room))
        yield judged
        previous, room = judged, right - row.box.x1


def _margins(rows: list[Row]) -> tuple[list[float], list[float]]:
    """The text's left and right edge at each row, from the nearest rows that are as wide as the text."""
    widest = max(row.box.x1 - row.box.x0 for row in rows)
    full = [at for at, row in enumerate(rows) if row.box.x1 - row.box.x0 > 0.6 * widest and not row.framed]
    if not full:
        left, right = min(row.box.x0 for row in rows), max(row.box.x1 for row in rows)
        return [left] * len(rows), [right] * len(rows)
    lefts, rights = [], []
    for at in range(len(rows)):
        middle = bisect_left(full, at)
        near = full[max(0, middle - _WINDOW) : middle + _WINDOW + 1]
        lefts.append(min(rows[n].box.x0 for n in near))
        ends = sorted(rows[n].box.x1 for n in near)
        alone = len(ends) > 2 and ends[-1] - ends[-2] > 6  # a speck behind the line
        rights.append(ends[-2] if alone else ends[-1])
    return lefts, rights


def _is_centred(row: Row, left: float, right: float) -> bool:
    before, after = row.box.x0 - left, right - row.box.x1
    if find_marker(row.text) is not None:
        return False
    return min(before, after) > 20 and abs(before - after) < 0.25 * max(before, after) + 6


def _opens(row: Row, previous: Row | None, room: float) -> bool:
    if previous is None or row.framed or previous.framed:
        return True
    if row.page != previous.page:
        return _opens_page(row, previous)
    gap = row.box.y1 - previous.box.y1
    ended = bool(_ENDS.search(previous.text))
    early = room > _first_width(row) + 0.6 * row.size
    indented = row.indent > max(10.0, 0.8 * row.size)
    if row.centred and not previous.centred and not ended and abs(row.box.x0 - previous.box.x0) < 3:
        return False  # an indented block whose last line is short
    if row.centred or previous.centred:
        return not _continues_title(row, previous)
    if gap > 2.4 * max(row.size, previous.size) or gap < -row.size:
        return True
    if find_marker(row.text) is not None and (indented or ended or early):
        return True
    if _STRONG.match(row.text) and (ended or early):
        return True
    if indented and row.box.x0 - previous.box.x0 > 10.0:
        return True
    if early and (ended or row.text[:1].isupper() or indented):
        return True
    return indented and ended and row.text[:1].isupper()


def _opens_page(row: Row, previous: Row) -> bool:
    """The first row of a page goes on with the paragraph before unless something speaks against it."""
    if row.centred or previous.centred or find_marker(row.text) is not None or is_position(row.text):
        return True
    if re.search(r"\./\.?\W*$", previous.text):
        return True
    indented = row.indent > max(10.0, 0.8 * row.size)
    ended = bool(_ENDS.search(previous.text))
    return indented and (ended or row.text[:1].isupper())


def _continues_title(row: Row, previous: Row) -> bool:
    """Two centred rows are one title where the first is nearly as wide as the text and of the same make."""
    if not (row.centred and previous.centred):
        return False
    alike = (
        row.line.words[0].bold == previous.line.words[0].bold
        and row.text.isupper() == previous.text.isupper()
    )
    return alike and previous.indent < 90 and not _ENDS.search(previous.text)


def _first_width(row: Row) -> float:
    box = row.line.words[0].box
    return box.x1 - box.x0
