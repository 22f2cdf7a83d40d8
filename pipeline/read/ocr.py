"""A page's picture → lines of words with boxes and confidence, by Tesseract in this process.

In: a PIL image and its dots an inch. Out: `Line`s in points of the page. One engine is kept warm
per process, since loading the Vietnamese data costs more than a page's first lines.
"""

from __future__ import annotations

import functools
import os
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pipeline.errors import Reason, Unreadable
from pipeline.ports import Ocr
from pipeline.read.baselines import split_at_gaps
from pipeline.text import nfc
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


def tesseract() -> Ocr:
    """The Vietnamese engine of this process; `Unreadable(MISSING_PROGRAM)` where its data is missing."""
    return _engine(_data_dir())


def _data_dir() -> str:
    """The folder that holds vie.traineddata."""
    prefix = os.environ.get("TESSDATA_PREFIX", "")
    for folder in (prefix, f"{prefix}/tessdata", *_DATA_DIRS):
        if folder and Path(folder, "vie.traineddata").is_file():
            return folder
    raise Unreadable(
        Reason.MISSING_PROGRAM, "Thiếu dữ liệu tiếng Việt của Tesseract (install tesseract-ocr-vie)"
    )


@functools.cache
def _engine(folder: str) -> Ocr:
    # Tesseract's threads cost more than they give on a page; read when the library loads.
    os.environ.setdefault("OMP_THREAD_LIMIT", "1")
    try:
        import tesserocr
    except ImportError as error:
        raise Unreadable(Reason.MISSING_PROGRAM, "Thiếu tesserocr (pip install tesserocr)") from error
    api = tesserocr.PyTessBaseAPI(
        path=folder, lang="vie", psm=tesserocr.PSM.AUTO, oem=tesserocr.OEM.LSTM_ONLY
    )
    return _Tesseract(api, tesserocr.RIL)


class _Tesseract:
    """The warm engine behind the `Ocr` port."""

    def __init__(self, api: Any, levels: Any) -> None:
        self._api = api
        self._levels = levels

    def __call__(self, image: object, dpi: float) -> tuple[Line, ...]:
        picture: Image = image  # type: ignore[assignment]
        self._api.SetImage(picture)
        self._api.SetSourceResolution(round(dpi))
        try:
            self._api.Recognize()
            rows = list(self._rows(72.0 / dpi))
        finally:
            self._api.Clear()
        lines = [line for row in rows for line in split_at_gaps(row)]
        return tuple(sorted(lines, key=lambda line: (line.box.y1, line.box.x0)))

    def _rows(self, scale: float) -> Iterator[list[Word]]:
        """Tesseract's text lines, as words."""
        iterator = self._api.GetIterator()
        row: list[Word] = []
        size = 0.0
        if iterator is None:
            return
        while True:
            if iterator.IsAtBeginningOf(self._levels.TEXTLINE):
                if row:
                    yield row
                row = []
                size = _size(iterator) * scale
            word = self._word(iterator, scale, size)
            if word is not None:
                row.append(word)
            if not iterator.Next(self._levels.WORD):
                break
        if row:
            yield row

    def _word(self, iterator: Any, scale: float, size: float) -> Word | None:
        bounds = iterator.BoundingBox(self._levels.WORD)
        if bounds is None:
            return None
        text = nfc((iterator.GetUTF8Text(self._levels.WORD) or "").strip())
        if not text:
            return None
        x0, y0, x1, y1 = (value * scale for value in bounds)
        confidence = max(0.0, min(1.0, iterator.Confidence(self._levels.WORD) / 100))
        return Word(text, Box(x0, y0, x1, y1), round(size, 1), confidence=round(confidence, 3))


def _size(iterator: Any) -> float:
    """A line's font size in pixels, from the height of its row."""
    attributes = iterator.RowAttributes()
    return float(attributes["row_height"]) * 0.75 if attributes else 0.0
