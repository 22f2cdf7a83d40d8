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
    """A window on a page: `picture` names its class, `down` is the picture's place in percent."""

    page: int
    picture: str
    width: float
    height: float
    down: float
    marks: tuple[Placed, ...]


def pictures(records: Mapping[str, Mapping[str, Any]]) -> dict[tuple[str, int], str]:
    """(document, page) → the class that shows its picture."""
    pages = [(name, page) for name, record in records.items() for page in record.get("pictures", {})]
    return {(name, int(page)): f"p{number}" for number, (name, page) in enumerate(pages, 1)}


def strips(
    marks: Sequence[Mark], sizes: Sequence[Sequence[float]], classes: Mapping[int, str]
) -> list[Strip]:
    """What shows the marks, in reading order; pages without a picture are left out."""
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
                found.append(_strip(page, classes[page], (width, height), (top, bottom), cluster))
    return found[:_MOST]


def full(page: int, picture: str, size: Sequence[float], marks: Sequence[Mark]) -> Strip:
    """The whole page."""
    here = [mark for mark in marks if mark.place["page"] == page]
    return _strip(page, picture, (size[0], size[1]), (0.0, size[1]), here)


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
    page: int, picture: str, size: tuple[float, float], span: tuple[float, float], marks: Sequence[Mark]
) -> Strip:
    (width, height), (top, bottom) = size, span
    room = height - (bottom - top)
    unique = dict.fromkeys((mark.kind, tuple(mark.place["box"])) for mark in marks)
    return Strip(
        page=page,
        picture=picture,
        width=round(width, 1),
        height=round(bottom - top, 1),
        down=round(100 * top / room, 2) if room > 0 else 0.0,
        marks=tuple(_placed(kind, box, width, top, bottom) for kind, box in unique),
    )


def _placed(kind: str, box: Sequence[float], width: float, top: float, bottom: float) -> Placed:
    x0, y0, x1, y1 = box
    high = bottom - top
    return Placed(
        kind=kind,
        left=round(100 * (x0 - _EDGE) / width, 2),
        top=round(100 * (y0 - _EDGE - top) / high, 2),
        width=round(100 * (x1 - x0 + 2 * _EDGE) / width, 2),
        height=round(100 * (y1 - y0 + 2 * _EDGE) / high, 2),
    )
