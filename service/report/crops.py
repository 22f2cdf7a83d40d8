"""Marks on pages in, the strips of the pages that show them out.

A page's picture stands once in the page's style; a strip is a window on it, so that many errors share it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from annotation.evaluation.faults import Mark

_AROUND = 34.0  # points shown above and below what is marked
_APART = 90.0  # points between marks that begins another strip
_MOST = 4  # strips of one error
_EDGE = 1.5  # points that a mark reaches beyond its words
_AIR = 10.0  # points shown beside the printed lines
_HEAD = 0.35  # of a page's height
_Window = tuple[float, float, float, float]  # left, right, top, bottom


@dataclass(frozen=True, slots=True)
class Placed:
    """A mark, in percent of its strip."""

    kind: str
    left: float
    top: float
    width: float
    height: float


@dataclass(frozen=True, slots=True)
class Strip:
    """A window on a page: `picture` names its class; `across` and `down` are the place and `zoom` the width
    of the page behind it, in percent."""

    page: int
    picture: str
    width: float
    height: float
    zoom: float
    across: float
    down: float
    marks: tuple[Placed, ...]


def pictures(records: Mapping[str, Mapping[str, Any]]) -> dict[tuple[str, int], str]:
    """(document, page) → the class that shows its picture."""
    pages = [(name, page) for name, record in records.items() for page in record.get("pictures", {})]
    return {(name, int(page)): f"p{number}" for number, (name, page) in enumerate(pages, 1)}


def strips(
    marks: Sequence[Mark],
    sizes: Sequence[Sequence[float]],
    classes: Mapping[int, str],
    lines: Sequence[Mapping[str, Any]] = (),
) -> list[Strip]:
    """What shows the marks, in reading order; pages without a picture are left out. Where the page's
    `lines` are given, the empty margins beside them are cut off."""
    found = []
    for page in sorted({mark.place["page"] for mark in marks} & classes.keys()):
        width, height = sizes[page - 1]
        here = sorted(
            (mark for mark in marks if mark.place["page"] == page), key=lambda mark: mark.place["box"][1]
        )
        for cluster in _clusters(here):
            top = max(0.0, min(mark.place["box"][1] for mark in cluster) - _AROUND)
            bottom = min(height, max(mark.place["box"][3] for mark in cluster) + _AROUND)
            if bottom > top:
                window = (*_columns(page, width, here, lines), top, bottom)
                found.append(_strip(page, classes[page], (width, height), window, cluster))
    return found[:_MOST]


def full(page: int, picture: str, size: Sequence[float], marks: Sequence[Mark]) -> Strip:
    """The whole page."""
    here = [mark for mark in marks if mark.place["page"] == page]
    return _strip(page, picture, (size[0], size[1]), (0.0, size[0], 0.0, size[1]), here)


def head(page: int, picture: str, size: Sequence[float]) -> Strip:
    """The upper part of a page, where the heading of a document stands; without marks."""
    return _strip(page, picture, (size[0], size[1]), (0.0, size[0], 0.0, _HEAD * size[1]), ())


def _columns(
    page: int, width: float, marks: Sequence[Mark], lines: Sequence[Mapping[str, Any]]
) -> tuple[float, float]:
    """Left and right edge of what is printed on a page, with a little air; the whole page without lines."""
    boxes = [line["box"] for line in lines if line["page"] == page]
    if not boxes:
        return 0.0, width
    boxes += [mark.place["box"] for mark in marks]
    left, right = min(box[0] for box in boxes), max(box[2] for box in boxes)
    return max(0.0, left - _AIR), min(width, right + _AIR)


def _clusters(marks: Sequence[Mark]) -> list[list[Mark]]:
    """Marks (sorted by height) that stand near each other."""
    groups: list[list[Mark]] = []
    bottom = 0.0
    for mark in marks:
        _, y0, _, y1 = mark.place["box"]
        if groups and y0 - bottom <= _APART:
            groups[-1].append(mark)
            bottom = max(bottom, y1)
        else:
            groups.append([mark])
            bottom = y1
    return groups


def _strip(
    page: int, picture: str, size: tuple[float, float], window: _Window, marks: Sequence[Mark]
) -> Strip:
    (width, height), (left, right, top, bottom) = size, window
    unique = dict.fromkeys((mark.kind, tuple(mark.place["box"])) for mark in marks)
    return Strip(
        page=page,
        picture=picture,
        width=round(right - left, 1),
        height=round(bottom - top, 1),
        zoom=round(100 * width / (right - left), 2),
        across=_share(left, width - (right - left)),
        down=_share(top, height - (bottom - top)),
        marks=tuple(_placed(kind, box, window) for kind, box in unique),
    )


def _share(moved: float, room: float) -> float:
    """How far a picture is moved of the room that it has, in percent."""
    return round(100 * moved / room, 2) if room > 0 else 0.0


def _placed(kind: str, box: Sequence[float], window: _Window) -> Placed:
    x0, y0, x1, y1 = box
    left, right, top, bottom = window
    wide, high = right - left, bottom - top
    return Placed(
        kind=kind,
        left=round(100 * (x0 - _EDGE - left) / wide, 2),
        top=round(100 * (y0 - _EDGE - top) / high, 2),
        width=round(100 * (x1 - x0 + 2 * _EDGE) / wide, 2),
        height=round(100 * (y1 - y0 + 2 * _EDGE) / high, 2),
    )
