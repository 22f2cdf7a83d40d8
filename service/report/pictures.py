"""A reading's pages in, pictures of them as `data:` addresses out: what the report shows behind the marks."""

from __future__ import annotations

import base64
import io
from collections.abc import Mapping, Sequence
from typing import Any

from pipeline.errors import Unreadable
from pipeline.limits import Limits
from pipeline.types import Origin, Page, Reading, SourceDocument

DPI = 110  # sharp enough to read on a screen; a page of text takes about 60 kB
_PLAIN = 120_000  # bytes; a larger PNG is a scan, which JPEG holds in a fifth


_MOST = 60  # pages shown of a long document beside those that bear a mark


def pictured(record: Mapping[str, Any]) -> frozenset[int]:
    """The pages worth showing: those that prove something, and the first ones."""
    proved = list(record["document"]["evidence"].values())
    for task in record["tasks"]:
        proved += [task["evidence"], task["deadline"]["evidence"]]
        proved += [unit["evidence"] for unit in (*task["leads"], *task["cooperators"])]
    marked = {place["page"] for places in proved for place in places}
    return frozenset(marked | set(range(1, min(record["source"]["pages"], _MOST) + 1)))


def pictures(reading: Reading, limits: Limits, wanted: frozenset[int], dpi: int = DPI) -> dict[int, str]:
    """Page number → picture of the page, for the wanted pages."""
    files = _files(reading, limits)
    firsts: dict[int, int] = {}
    for page in reading.pages:
        firsts.setdefault(page.part, page.number)
    return {
        page.number: _picture(page, files, page.number - firsts[page.part] + 1, limits, dpi)
        for page in reading.pages
        if page.number in wanted
    }


def _files(reading: Reading, limits: Limits) -> Mapping[int, SourceDocument]:
    """The files that the pages come from, by `Page.part`."""
    from pipeline.read import edxml, packet, sniff

    source = reading.source
    members: Sequence[SourceDocument] = (source,)
    if source.media_type == sniff.ZIP:
        members = packet.members(source, limits)
    elif source.media_type == sniff.EDXML:
        members = edxml.opened(source, limits)[1]
    return dict(enumerate(members))


def _picture(page: Page, files: Mapping[int, SourceDocument], number: int, limits: Limits, dpi: int) -> str:
    """As the file shows it; where it has no pages of its own, as we typeset it."""
    from pipeline.read.render import render_page
    from pipeline.read.typeset import svg_page

    file = files.get(page.part)
    if page.origin is not Origin.FLOW and file is not None and drawn(file):
        try:
            return compact(render_page(file, number, dpi, limits))
        except Unreadable:
            pass  # a scan pasted into Word has no page of its own
    return _address("image/svg+xml", svg_page(page).encode())


def drawn(file: SourceDocument) -> bool:
    """Whether the file shows its pages itself."""
    from pipeline.read import sniff

    return file.media_type in (sniff.PDF, sniff.PNG, sniff.JPEG, sniff.TIFF)


def compact(png: bytes) -> str:
    """PNG for text and lines, JPEG for scans."""
    if len(png) <= _PLAIN:
        return _address("image/png", png)
    from PIL import Image

    out = io.BytesIO()
    with Image.open(io.BytesIO(png)) as picture:
        picture.convert("RGB").save(out, "JPEG", quality=62, optimize=True, progressive=True)
    smaller = out.getvalue()
    return _address("image/jpeg", smaller) if len(smaller) < len(png) else _address("image/png", png)


def _address(media_type: str, content: bytes) -> str:
    return f"data:{media_type};base64,{base64.b64encode(content).decode()}"
