"""A page's picture → lines of words with boxes and confidence, by Tesseract in this process.

In: a PIL image and its dots an inch. Out: `Line`s in points of the picture. One engine is kept warm
per process, since loading the Vietnamese data costs more than a page's first lines.
"""

from __future__ import annotations

import functools
import os
import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pipeline.errors import Reason, Unreadable
from pipeline.ports import Ocr
from pipeline.read.baselines import area, overlap, rows_of
from pipeline.read.gluing import parted
from pipeline.read.letters import meant_on_scan
from pipeline.read.lost_markers import with_markers
from pipeline.types import Box, Line, Word

if TYPE_CHECKING:
    from PIL.Image import Image

_DATA_DIRS = (
    "/usr/share/tesseract-ocr/5/tessdata",
    "/usr/share/tesseract-ocr/4.00/tessdata",
    "/usr/share/tessdata",
    "/usr/local/share/tessdata",
    "/opt/homebrew/share/tessdata",
)
SURE = 0.5  # words read with more are not looked at again
WORTH = 0.6  # what a second look must reach to be kept
SPECKS = 15  # short finds of a second look on one page, with hardly a longer one among them, are dirt
SHORT = 3  # letters of such a find
PAPER = 220  # grey above this is no ink
FAINT = 0.4  # specks and strokes read as single signs with less than this are left out
_NO_LIBRARY = "thiếu tesserocr (pip install tesserocr)"
_NOISE = re.compile(r"(?![./…]+$)(?:[^\w\s]|_){2,}|[_~^ˆ˜`´¨|°¦«»\\<>=]")  # no letters, no list marker
_READABLE = re.compile(r"[^\W_]{2,}|\d")


def tesseract() -> Ocr:
    """The Vietnamese engine of this process; `Unreadable(MISSING_PROGRAM)` where its data is missing."""
    return _engine(_data_dir())


def missing() -> str:
    """What is to be installed before this machine can read scans, "" where nothing is; loads no engine."""
    try:
        _data_dir()
    except Unreadable as error:
        return error.message
    return "" if find_spec("tesserocr") else _NO_LIBRARY


def _data_dir() -> str:
    """The folder that holds vie.traineddata."""
    prefix = os.environ.get("TESSDATA_PREFIX", "")
    for folder in (prefix, f"{prefix}/tessdata", *_DATA_DIRS):
        if folder and Path(folder, "vie.traineddata").is_file():
            return folder
    raise Unreadable(
        Reason.MISSING_PROGRAM, "thiếu dữ liệu tiếng Việt của Tesseract (install tesseract-ocr-vie)"
    )


@functools.cache
def _engine(folder: str) -> Ocr:
    # Tesseract's threads cost more than they give on a page; read when the library loads.
    os.environ.setdefault("OMP_THREAD_LIMIT", "1")
    try:
        import tesserocr
    except ImportError as error:
        raise Unreadable(Reason.MISSING_PROGRAM, _NO_LIBRARY) from error
    api = tesserocr.PyTessBaseAPI(path=folder, lang="vie", oem=tesserocr.OEM.LSTM_ONLY)
    return _Tesseract(api, tesserocr)


class _Tesseract:
    """The warm engine behind the `Ocr` port."""

    def __init__(self, api: Any, library: Any) -> None:
        self._api = api
        self._modes = library.PSM
        self._levels = library.RIL

    def __call__(self, image: object, dpi: float) -> tuple[Line, ...]:
        picture: Image = image  # type: ignore[assignment]
        rows = self._recognise(picture, dpi, self._modes.AUTO)
        # Layout analysis takes names under a seal or beside a signature for a drawing: look again at
        # what the first pass left, as scattered words.
        sure = [word for row in rows for word in row if (word.confidence or 0) >= SURE]
        left = _without(picture, sure, dpi)
        second = [word for row in self._recognise(left, dpi, self._modes.SPARSE_TEXT) for word in row]
        joined = _joined(rows, without_specks([word for word in second if _is_worth(word)]))
        marked = with_markers(joined, left, dpi, lambda crop: self._sign(crop, dpi))
        return tuple(Line(tuple(part for word in row for part in parted(word))) for row in marked)

    def _sign(self, crop: Image, dpi: float) -> tuple[str, float]:
        """What a crop of a few letters says, and how surely."""
        from PIL import ImageOps

        rows = self._recognise(ImageOps.expand(crop, 40, 255), dpi, self._modes.SINGLE_LINE)
        words = [word for row in rows for word in row]
        return "".join(word.text for word in words), min(
            (word.confidence or 0 for word in words), default=0.0
        )

    def _recognise(self, picture: Image, dpi: float, mode: int) -> list[list[Word]]:
        """Tesseract's text lines, as words."""
        self._api.SetPageSegMode(mode)
        self._api.SetImage(picture)
        self._api.SetSourceResolution(round(dpi))
        try:
            if not self._api.Recognize():
                return []
            return list(self._rows(72.0 / dpi))
        finally:
            self._api.Clear()

    def _rows(self, scale: float) -> Iterator[list[Word]]:
        iterator = self._api.GetIterator()
        if iterator is None or iterator.Empty(self._levels.WORD):
            return
        row: list[Word] = []
        size = 0.0
        while True:
            if iterator.IsAtBeginningOf(self._levels.TEXTLINE):
                if row:
                    yield row
                row, size = [], _size(iterator) * scale
            word = self._word(iterator, scale, size)
            if word is not None:
                row.append(word)
            if not iterator.Next(self._levels.WORD):
                break
        if row:
            yield row

    def _word(self, iterator: Any, scale: float, size: float) -> Word | None:
        if iterator.Empty(self._levels.WORD):
            return None
        bounds = iterator.BoundingBox(self._levels.WORD)
        text = meant_on_scan((iterator.GetUTF8Text(self._levels.WORD) or "").strip())
        if bounds is None or not text or _NOISE.fullmatch(text):
            return None
        x0, y0, x1, y1 = (value * scale for value in bounds)
        confidence = max(0.0, min(1.0, iterator.Confidence(self._levels.WORD) / 100))
        if confidence < FAINT and not _READABLE.search(text):
            return None
        return Word(text, Box(x0, y0, x1, y1), round(size, 1), confidence=round(confidence, 3))


def _size(iterator: Any) -> float:
    """A line's font size in pixels, from the height of its row."""
    attributes = iterator.RowAttributes()
    return float(attributes["row_height"]) if attributes else 0.0


def _without(picture: Image, words: Sequence[Word], dpi: float) -> Image:
    """The picture with the words painted over and its paper white: on a page without words Tesseract
    takes the paper's grain for ink, and seconds to find that it says nothing."""
    from PIL import ImageDraw

    left = picture.convert("L").point(lambda grey: 255 if grey > PAPER else grey)
    pen = ImageDraw.Draw(left)
    for word in words:
        box = word.box
        sides = (box.x0 - 1, box.y0 - 1, box.x1 + 1, box.y1 + 1)
        pen.rectangle([side * dpi / 72 for side in sides], fill=255)
    return left


def _is_worth(word: Word) -> bool:
    return (word.confidence or 0) >= WORTH and bool(_READABLE.search(word.text))


def without_specks(words: Sequence[Word]) -> Sequence[Word]:
    """What a second look found, without the dirt of a spotted copy that is read as little words."""
    longer = [word for word in words if len(word.text) > SHORT]
    return longer if len(words) > SPECKS and len(longer) < 0.2 * len(words) else words


def _joined(rows: Sequence[list[Word]], second: Sequence[Word]) -> list[list[Word]]:
    """First and second pass in one: a better reading takes its word's place, others join their row."""
    rows = [list(row) for row in rows]
    apart: list[Word] = []
    for word in second:
        at = _same_place(rows, word)
        if at is not None:
            row, index = at
            if _is_better(word, rows[row][index]):
                rows[row][index] = replace(word, size=rows[row][index].size)
            continue
        home = next((row for row in rows if _continues(row, word)), None)
        (apart if home is None else home).append(word)
    return [sorted(row, key=lambda word: word.box.x0) for row in [*rows, *rows_of(apart)] if row]


def _same_place(rows: Sequence[list[Word]], word: Word) -> tuple[int, int] | None:
    for number, row in enumerate(rows):
        for index, other in enumerate(row):
            if overlap(word.box, other.box) > 0.5:
                return number, index
    return None


def _is_better(word: Word, old: Word) -> bool:
    """A surer reading of the whole word; never a piece of it."""
    whole = area(word.box) > 0.75 * area(old.box) and len(word.text) >= len(old.text)
    return whole and (word.confidence or 0) > (old.confidence or 0)


def _continues(row: Sequence[Word], word: Word) -> bool:
    """True if the word stands on the row, in a gap of it or right beside it."""
    top, bottom = min(each.box.y0 for each in row), max(each.box.y1 for each in row)
    shared = min(bottom, word.box.y1) - max(top, word.box.y0)
    if shared < 0.6 * (word.box.y1 - word.box.y0) or shared < 0.4 * (bottom - top):
        return False
    reach = 1.5 * (bottom - top)
    return any(
        -1 <= word.box.x0 - each.box.x1 < reach or -1 <= each.box.x0 - word.box.x1 < reach for each in row
    )
