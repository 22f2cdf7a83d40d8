"""A scan that lies sideways or on its head without the file saying so → read as it should stand.

In: a page's picture and a way to read it. Out: what it says, the picture upright and by how much it was
turned. Only a page that reads badly, or whose words stand higher than wide, is read a second time.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from pipeline.read.scan import readable_share
from pipeline.types import Line, Table, Word

if TYPE_CHECKING:
    from PIL.Image import Image

Items = tuple[Line | Table, ...]

ENOUGH = 8  # words below which nothing is known of how a page lies
SURE = 0.6  # mean confidence by letters: good scans reach 0.9, poor ones 0.75, letters on their head 0.5
READABLE = 0.85  # share of possible syllables: letters on their head make half or two thirds by chance
BETTER = 0.15  # of their product, which a turned reading must gain
LONG = 3  # letters of a word that is wider than high


def read_upright(image: Image, read: Callable[[Image], Items]) -> tuple[Items, Image, int]:
    """Items and picture of the page as it should stand, and the degrees it was turned clockwise."""
    items = read(image)
    for degrees in _turns(items):
        upright = _turned(image, degrees)
        found = read(upright)
        if not _lies(found) and _merit(found) > _merit(items) + BETTER:
            return found, upright, degrees
    return items, image, 0


def _turns(items: Items) -> tuple[int, ...]:
    """The turns worth trying, likeliest first. An engine reads a column of upright letters that runs from
    foot to head or from head to foot; it reads letters on their head for others."""
    words = _words(items)
    if len(words) < ENOUGH:
        return ()
    misread = _sure(words) < SURE and readable_share([word.text for word in words]) < READABLE
    if _lies(items):
        return (90, 270) if misread else (270, 90)
    return (180,) if misread else ()


def _turned(image: Image, degrees: int) -> Image:
    from PIL.Image import Transpose

    ways = {90: Transpose.ROTATE_270, 180: Transpose.ROTATE_180, 270: Transpose.ROTATE_90}
    return image.transpose(ways[degrees])


def _lies(items: Items) -> bool:
    """True if most longer words stand higher than wide."""
    long = [word.box for word in _words(items) if len(word.text) >= LONG]
    return 2 * sum(box.y1 - box.y0 > box.x1 - box.x0 for box in long) > len(long)


def _merit(items: Items) -> float:
    """How sure and how Vietnamese a reading is; nothing for words that stand on end."""
    words = _words(items)
    return 0.0 if _lies(items) else _sure(words) * readable_share([word.text for word in words])


def _sure(words: Sequence[Word]) -> float:
    """Mean confidence, by letters."""
    letters = sum(len(word.text) for word in words)
    sure = sum(len(word.text) * (1.0 if word.confidence is None else word.confidence) for word in words)
    return sure / letters if letters else 0.0


def _words(items: Items) -> list[Word]:
    return [word for item in items for line in _lines(item) for word in line.words]


def _lines(item: Line | Table) -> Sequence[Line]:
    if isinstance(item, Line):
        return (item,)
    return [line for row in item.rows for cell in row if not cell.merged for line in cell.lines]
