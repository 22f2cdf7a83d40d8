"""The child's side: a kept document's files and what is wanted in, pictures out.

The last part is the wish, JSON: {"page": 3, "dpi": 110, "boxes": [[x0, y0, x1, y1], …], "veiled": true}.
Without boxes the whole page is drawn; with them only what is around them, where `veiled` paints over all but
the boxes themselves. Answers take a record's form, `pictures` holds page → `data:` address; a format that has
to be read to be drawn gives all its pages at once.
"""

from __future__ import annotations

import base64
import io
import json
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from pipeline.limits import Limits
from pipeline.types import Box, Line, Page, SourceDocument, Table, Word
from service.reader import Part
from service.report.pictures import compact, drawn, pictures

_MOST = 60  # pages that are drawn at once
_AROUND = 5.0  # points shown around what is marked
_EDGE = 1.0  # points that a mark reaches beyond its words

Boxes = Sequence[Sequence[float]]


def draw(parts: Sequence[Part], limits: Limits) -> dict[str, Any]:
    """The pictures, in the form of a record of a cleared document."""
    wish = json.loads(parts[-1].content)
    source = _source(parts[:-1])
    number, dpi, boxes = wish["page"], wish["dpi"], wish.get("boxes")
    if boxes:
        found = {number: _strip(source, number, dpi, boxes, bool(wish.get("veiled")), limits)}
    elif drawn(source):
        found = {number: compact(_drawn(source, number, dpi, limits))}
    else:
        reading = _reading(source, limits)
        wanted = frozenset({number, *range(1, min(len(reading.pages), _MOST) + 1)})
        found = pictures(reading, limits, wanted, dpi)
    return {"document": {}, "issues": [], "pictures": {str(page): shown for page, shown in found.items()}}


def _source(parts: Sequence[Part]) -> SourceDocument:
    from pipeline.read import open_source
    from pipeline.read.packet import bundle

    sources = [open_source(part.name, part.content) for part in parts]
    return sources[0] if len(sources) == 1 else bundle(sources)


def _drawn(source: SourceDocument, number: int, dpi: int, limits: Limits) -> bytes:
    from pipeline.read.render import render_page

    return render_page(source, number, dpi, limits)


def _reading(source: SourceDocument, limits: Limits) -> Any:
    """The pages without OCR: a scan's picture needs none."""
    from pipeline.read import read

    return read(source, limits=limits)


# ------------------------------------------------------------ what is around some places


def _strip(source: SourceDocument, number: int, dpi: int, boxes: Boxes, veiled: bool, limits: Limits) -> str:
    if drawn(source):
        return _address("image/png", cropped(_drawn(source, number, dpi, limits), dpi, boxes, veiled=veiled))
    reading = _reading(source, limits)
    shown = pictures(reading, limits, frozenset({number}), dpi)[number]
    if shown.startswith("data:image/svg+xml"):
        page = next(page for page in reading.pages if page.number == number)
        return _address("image/svg+xml", _svg_strip(page, boxes, veiled=veiled))
    content = base64.b64decode(shown.partition(",")[2])
    return _address("image/png", cropped(content, dpi, boxes, veiled=veiled))


def cropped(picture: bytes, dpi: int, boxes: Boxes, *, veiled: bool) -> bytes:
    """What is around the boxes (points) of a page's picture; nothing beside them where `veiled`."""
    from PIL import Image

    with Image.open(io.BytesIO(picture)) as page:
        shown = page.convert("RGB")
    if veiled:
        sheet = Image.new("RGB", shown.size, "white")
        for box in boxes:
            area = _pixels(box, _EDGE, dpi, shown.size)
            sheet.paste(shown.crop(area), area[:2])
        shown = sheet
    out = io.BytesIO()
    shown.crop(_pixels(_union(boxes), _AROUND, dpi, shown.size)).save(out, "PNG", optimize=True)
    return out.getvalue()


def _svg_strip(page: Page, boxes: Boxes, *, veiled: bool) -> bytes:
    """The same of a page that we set ourselves: words that are not shown are not in it either."""
    from pipeline.read.typeset import svg_page

    x0, y0, x1, y1 = _union(boxes)
    frame = Box(max(0.0, x0 - _AROUND), max(0.0, y0 - _AROUND), x1 + _AROUND, y1 + _AROUND)
    places = [Box(*box) for box in boxes] if veiled else [frame]
    words = [word for word in _words(page) if any(_meets(word.box, place) for place in places)]
    moved = [replace(word, box=_moved(word.box, frame)) for word in words]
    width, height = frame.x1 - frame.x0, frame.y1 - frame.y0
    lines = tuple(Line((word,)) for word in moved)
    return svg_page(replace(page, items=lines, width=width, height=height)).encode()


def _words(page: Page) -> list[Word]:
    words: list[Word] = []
    for item in page.items:
        if isinstance(item, Table):
            words += [w for row in item.rows for cell in row for line in cell.lines for w in line.words]
        else:
            words += item.words
    return list({word.box: word for word in words}.values())  # a merged cell shows its words once


def _meets(one: Box, other: Box) -> bool:
    """Whether the middle of `one` lies in `other`."""
    x, y = (one.x0 + one.x1) / 2, (one.y0 + one.y1) / 2
    return other.x0 <= x <= other.x1 and other.y0 <= y <= other.y1


def _moved(box: Box, frame: Box) -> Box:
    return Box(box.x0 - frame.x0, box.y0 - frame.y0, box.x1 - frame.x0, box.y1 - frame.y0)


def _union(boxes: Boxes) -> tuple[float, float, float, float]:
    columns = list(zip(*boxes, strict=True))
    return min(columns[0]), min(columns[1]), max(columns[2]), max(columns[3])


def _pixels(
    box: Sequence[float], around: float, dpi: int, size: tuple[int, int]
) -> tuple[int, int, int, int]:
    x0, y0, x1, y1 = (side * dpi / 72 for side in box)
    more = around * dpi / 72
    left, top = max(0, int(x0 - more)), max(0, int(y0 - more))
    right, bottom = min(size[0], int(x1 + more) + 1), min(size[1], int(y1 + more) + 1)
    return min(left, size[0] - 1), min(top, size[1] - 1), max(right, left + 1), max(bottom, top + 1)


def _address(media_type: str, content: bytes) -> str:
    return f"data:{media_type};base64,{base64.b64encode(content).decode()}"
