"""What is drawn on a PDF page besides its text: pictures and ruling lines, in one walk.

In: a pdfium page and its frame. Out: a `Drawing` in points from the page's top left. Nothing is
decoded or rendered; the walk is bounded, so that a hostile page cannot hold it up.
"""

from __future__ import annotations

import ctypes
from dataclasses import dataclass
from typing import Any

import pypdfium2.raw as pdfium

from pipeline.read.textlayer import Frame
from pipeline.types import Box

MOST_OBJECTS = 60_000
DEEPEST = 5
THIN = 3.0  # points: a filled rectangle up to this is a line
SHORT = 4.0


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture on the page: where it stands and how many pixels it holds."""

    box: Box
    width: int
    height: int


@dataclass(frozen=True, slots=True)
class Drawing:
    """Pictures, number of vector paths, and level (y, x0, x1) and upright (x, y0, y1) rulings."""

    pictures: tuple[Picture, ...]
    paths: int
    level: tuple[tuple[float, float, float], ...]
    upright: tuple[tuple[float, float, float], ...]

    def covered(self, width: float, height: float) -> float:
        """Share of the page under pictures, overlaps counted twice, at most 1.0."""
        area = 0.0
        for picture in self.pictures:
            box = picture.box
            across = min(box.x1, width) - max(box.x0, 0.0)
            down = min(box.y1, height) - max(box.y0, 0.0)
            area += max(0.0, across) * max(0.0, down)
        return min(1.0, area / max(1.0, width * height))

    @property
    def most_pixels(self) -> int:
        """Pixels of the largest picture."""
        return max((picture.width * picture.height for picture in self.pictures), default=0)


Affine = tuple[float, float, float, float, float, float]  # x' = a·x + c·y + e, y' = b·x + d·y + f
_SAME: Affine = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)


def drawing_of(page: Any, frame: Frame) -> Drawing:
    """The page's pictures and rulings."""
    walk = _Walk(frame)
    count = pdfium.FPDFPage_CountObjects(page)
    walk.objects((pdfium.FPDFPage_GetObject(page, index) for index in range(count)), _SAME, 0)
    return Drawing(tuple(walk.pictures), walk.paths, tuple(walk.level), tuple(walk.upright))


def letters_shown(page: Any) -> int:
    """How many of the page's texts show ink, whatever their font says they are: spaces show none. For pages
    whose text layer holds no word."""
    left, bottom, right, top = (ctypes.c_float() for _ in range(4))
    found = 0
    for index in range(min(pdfium.FPDFPage_CountObjects(page), MOST_OBJECTS)):
        handle = pdfium.FPDFPage_GetObject(page, index)
        if pdfium.FPDFPageObj_GetType(handle) != pdfium.FPDF_PAGEOBJ_TEXT:
            continue
        if pdfium.FPDFPageObj_GetBounds(handle, left, bottom, right, top):
            found += right.value - left.value > 2 and top.value - bottom.value > 2
    return found


class _Walk:
    def __init__(self, frame: Frame) -> None:
        self._frame = frame
        self._left = MOST_OBJECTS
        self._four = [ctypes.c_float() for _ in range(4)]
        self._two = [ctypes.c_float() for _ in range(2)]
        self._mode = ctypes.c_int()
        self._stroke = pdfium.FPDF_BOOL()
        self.pictures: list[Picture] = []
        self.paths = 0
        self.level: list[tuple[float, float, float]] = []
        self.upright: list[tuple[float, float, float]] = []

    def objects(self, handles: Any, matrix: Affine, depth: int) -> None:
        for handle in handles:
            self._left -= 1
            if self._left < 0:
                return
            kind = pdfium.FPDFPageObj_GetType(handle)
            if kind == pdfium.FPDF_PAGEOBJ_PATH:
                self.paths += 1
                self._path(handle, matrix)
            elif kind == pdfium.FPDF_PAGEOBJ_IMAGE:
                self._picture(handle, matrix)
            elif kind == pdfium.FPDF_PAGEOBJ_FORM and depth < DEEPEST:
                count = pdfium.FPDFFormObj_CountObjects(handle)
                inner = (pdfium.FPDFFormObj_GetObject(handle, index) for index in range(count))
                self.objects(inner, _times(_matrix(handle), matrix), depth + 1)

    def _bounds(self, handle: Any, matrix: Affine) -> Box | None:
        left, bottom, right, top = self._four
        if not pdfium.FPDFPageObj_GetBounds(handle, left, bottom, right, top):
            return None
        x0, y0 = _apply(matrix, left.value, bottom.value)
        x1, y1 = _apply(matrix, right.value, top.value)
        return self._frame.box(x0, y0, x1, y1)

    def _picture(self, handle: Any, matrix: Affine) -> None:
        box = self._bounds(handle, matrix)
        width, height = ctypes.c_uint(), ctypes.c_uint()
        pdfium.FPDFImageObj_GetImagePixelSize(handle, width, height)
        if box is not None:
            self.pictures.append(Picture(box, width.value, height.value))

    def _path(self, handle: Any, matrix: Affine) -> None:
        box = self._bounds(handle, matrix)
        if box is None:
            return
        across, down = box.x1 - box.x0, box.y1 - box.y0
        if down <= THIN:
            if across >= SHORT:
                self.level.append(((box.y0 + box.y1) / 2, box.x0, box.x1))
        elif across <= THIN:
            if down >= SHORT:
                self.upright.append(((box.x0 + box.x1) / 2, box.y0, box.y1))
        elif pdfium.FPDFPath_GetDrawMode(handle, self._mode, self._stroke) and self._stroke.value:
            self._strokes(handle, _times(_matrix(handle), matrix))

    def _strokes(self, handle: Any, matrix: Affine) -> None:
        """The level and upright strokes of a drawn path; curves and slanted strokes are no rulings."""
        x, y = self._two
        last: tuple[float, float] | None = None
        first: tuple[float, float] | None = None
        for index in range(min(pdfium.FPDFPath_CountSegments(handle), 2000)):
            segment = pdfium.FPDFPath_GetPathSegment(handle, index)
            if not pdfium.FPDFPathSegment_GetPoint(segment, x, y):
                continue
            here = _apply(matrix, x.value, y.value)
            kind = pdfium.FPDFPathSegment_GetType(segment)
            if kind == pdfium.FPDF_SEGMENT_MOVETO:
                first = here
            elif kind == pdfium.FPDF_SEGMENT_LINETO and last is not None:
                self._stroke_between(last, here)
            if pdfium.FPDFPathSegment_GetClose(segment) and first is not None:
                self._stroke_between(here, first)
            last = here

    def _stroke_between(self, start: tuple[float, float], end: tuple[float, float]) -> None:
        box = self._frame.box(*start, *end)
        if box.y1 - box.y0 <= 1.0 and box.x1 - box.x0 >= SHORT:
            self.level.append(((box.y0 + box.y1) / 2, box.x0, box.x1))
        elif box.x1 - box.x0 <= 1.0 and box.y1 - box.y0 >= SHORT:
            self.upright.append(((box.x0 + box.x1) / 2, box.y0, box.y1))


def _matrix(handle: Any) -> Affine:
    matrix = pdfium.FS_MATRIX()
    if not pdfium.FPDFPageObj_GetMatrix(handle, matrix):
        return _SAME
    return (matrix.a, matrix.b, matrix.c, matrix.d, matrix.e, matrix.f)


def _times(first: Affine, then: Affine) -> Affine:
    """The map that does `first`, then `then`."""
    a, b, c, d, e, f = first
    p, q, r, s, t, u = then
    return (
        a * p + b * r,
        a * q + b * s,
        c * p + d * r,
        c * q + d * s,
        e * p + f * r + t,
        e * q + f * s + u,
    )


def _apply(matrix: Affine, x: float, y: float) -> tuple[float, float]:
    a, b, c, d, e, f = matrix
    return a * x + c * y + e, b * x + d * y + f
