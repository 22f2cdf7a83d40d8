"""A page's picture made ready for OCR: upright, without red stamps, without ruling lines.

In: a PIL image in colour and its dots an inch. Out: a `Cleaned` picture in grey, the angle it was
turned by and the rulings found, all by need: a clean or binarised page passes through unchanged.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

if TYPE_CHECKING:
    from PIL.Image import Image as Picture

DARK = 150  # grey below this is ink
SKEWED = 0.15  # degrees that are worth turning a picture for
STEEPEST = 4.0
BRIDGED = 0.97  # of a ruling that must be ink
RED_SHARE = 0.0002  # of the page's pixels: less is noise, not a stamp
_ONES = np.array([byte.bit_count() for byte in range(256)], dtype=np.uint8)

Ruling = tuple[float, float, float]  # place, start, end


@dataclass(frozen=True, slots=True)
class Cleaned:
    """A grey picture for OCR. `angle` in degrees is what the page was turned by, counter-clockwise;
    `level` and `upright` are rulings in points of the turned page; `red` shows its red ink alone, black
    on white, None without any."""

    image: Picture
    angle: float
    level: tuple[Ruling, ...]
    upright: tuple[Ruling, ...]
    red: Picture | None = None


def clean(image: Picture, dpi: float) -> Cleaned:
    """The picture without what keeps an OCR engine from its text."""
    from PIL import Image

    grey, red = without_red(image), red_alone(image)
    angle = skew(grey, dpi)
    if abs(angle) >= SKEWED:
        grey, red = turned(grey, angle), red and turned(red, angle)
    else:
        angle = 0.0
    pixels = np.array(grey)
    level, upright = _erase_rulings(pixels, dpi)
    return Cleaned(Image.fromarray(pixels), angle, level, upright, red)


def without_red(image: Picture) -> Picture:
    """Grey; where the page bears red ink, its red channel, in which a stamp is as white as paper."""
    if image.mode != "RGB":
        return image.convert("L")
    return image.getchannel("R") if _bears_red(image) else image.convert("L")


def red_alone(image: Picture) -> Picture | None:
    """The red ink in black on white; None on a page that bears none."""
    from PIL import Image

    if image.mode != "RGB" or not _bears_red(image):
        return None
    return Image.fromarray(np.where(red_mask(np.asarray(image)), 0, 255).astype(np.uint8))


def _bears_red(image: Picture) -> bool:
    return bool(red_mask(np.asarray(image)[::4, ::4]).mean() > RED_SHARE)


def red_mask(pixels: Any) -> Any:
    """Where an RGB array shows red ink."""
    red, green, blue = (pixels[..., channel].astype(np.int16) for channel in range(3))
    return (red > 90) & (red - green > 45) & (red - blue > 35)


def turned(grey: Picture, angle: float) -> Picture:
    """The picture turned about its middle, paper filled in at the corners."""
    from PIL.Image import Resampling

    return grey.rotate(angle, Resampling.BICUBIC, fillcolor=255)


def skew(grey: Picture, dpi: float, steepest: float = STEEPEST) -> float:
    """Degrees by which to turn the picture so that its lines are level: the angle at which rows of
    ink and rows of paper part best. 0.0 if there is too little ink to tell."""
    step = max(1, round(dpi / 75))
    small = grey.reduce(step)
    ys, xs = np.nonzero(np.asarray(small) < DARK + 30)
    if len(xs) < 200:
        return 0.0
    if len(xs) > 60_000:
        keep = np.random.default_rng(0).choice(len(xs), 60_000, replace=False)
        ys, xs = ys[keep], xs[keep]
    coarse = _best(xs, ys, np.arange(-steepest, steepest + 0.01, 0.25))
    return float(_best(xs, ys, np.arange(coarse - 0.25, coarse + 0.26, 0.05)))


def _best(xs: Any, ys: Any, angles: Any) -> float:
    return float(max(angles, key=lambda angle: _sharpness(xs, ys, float(angle))))


def _sharpness(xs: Any, ys: Any, angle: float) -> float:
    rows = np.round(ys - xs * math.tan(math.radians(angle))).astype(np.int64)
    counts = np.bincount(rows - rows.min()).astype(np.float64)
    return float(((counts[1:] - counts[:-1]) ** 2).sum())


def _erase_rulings(pixels: Any, dpi: float) -> tuple[tuple[Ruling, ...], tuple[Ruling, ...]]:
    """Finds the rulings and paints them white; lines are longer than any stroke of a letter."""
    ink = pixels < DARK
    scale = 72.0 / dpi
    level_mask = _runs_along(ink, round(dpi * 0.5))
    upright_mask = _with_short(ink.T, _runs_along(ink.T, round(dpi * 0.4)), round(dpi * 0.2)).T
    level = _rulings(level_mask, scale)
    upright = _rulings(upright_mask.T, scale)
    if level_mask.any() or upright_mask.any():
        pixels[_grown(level_mask, upright_mask)] = 255
    return level, upright


def _with_short(ink: Any, mask: Any, length: int) -> Any:
    """The mask of long runs with shorter ones in the same rows, where a ruling goes on that a merged cell
    broke off: the head of a table over a line that titles all columns."""
    ruled = np.flatnonzero(mask.any(axis=1))
    if len(ruled):
        mask[ruled] |= _runs_along(ink[ruled], length)
    return mask


def _runs_along(ink: Any, length: int) -> Any:
    """Ink that lies in runs of `length` or more along the second axis, small breaks bridged."""
    mask = np.zeros_like(ink)
    if 0 < length < ink.shape[1]:  # a picture of a few pixels has no rulings
        some = _may_hold_runs(ink, length)
        mask[some] = _runs_in(ink[some], length)
    return mask


def _may_hold_runs(ink: Any, length: int) -> Any:
    """The rows in which such a run can lie, by their bytes of eight pixels: hardly any on a page of text."""
    bytes_within = (length - 7) // 8  # whatever pixel the run begins at
    if bytes_within < 1:
        return np.arange(len(ink))
    inked = _ONES[np.packbits(ink, axis=1)]
    sums = np.zeros((inked.shape[0], inked.shape[1] + 1), dtype=np.int32)
    np.cumsum(inked, axis=1, out=sums[:, 1:])
    blank = length - length * BRIDGED
    full = sums[:, bytes_within:] - sums[:, :-bytes_within] >= 8 * bytes_within - blank
    return np.flatnonzero(full.any(axis=1))


def _runs_in(ink: Any, length: int) -> Any:
    height, width = ink.shape
    sums = np.zeros((height, width + 1), dtype=np.int32)
    np.cumsum(ink, axis=1, out=sums[:, 1:])
    full = (sums[:, length:] - sums[:, :-length]) >= length * BRIDGED
    hits = np.zeros((height, width + 1), dtype=np.int32)
    hits[:, : full.shape[1]] += full
    hits[:, length : length + full.shape[1]] -= full
    return (np.cumsum(hits[:, :width], axis=1) > 0) & ink


def _grown(level: Any, upright: Any) -> Any:
    """The rulings' pixels and their grey edges."""
    both = level | upright
    grown = both.copy()
    grown[1:] |= both[:-1]
    grown[:-1] |= both[1:]
    grown[:, 1:] |= both[:, :-1]
    grown[:, :-1] |= both[:, 1:]
    return grown


def _rulings(mask: Any, scale: float) -> tuple[Ruling, ...]:
    """The runs of a mask along its second axis as (place, start, end) in points, one a pixel row."""
    ruled = np.flatnonzero(mask.any(axis=1))
    padded = np.zeros((len(ruled), mask.shape[1] + 2), dtype=np.int8)
    padded[:, 1:-1] = mask[ruled]
    edges = np.diff(padded, axis=1)
    rows, starts = np.nonzero(edges == 1)
    _, ends = np.nonzero(edges == -1)
    return tuple(
        (float(ruled[row]) * scale, float(start) * scale, float(end) * scale)
        for row, start, end in zip(rows, starts, ends, strict=True)
        if end - start > 8
    )
