"""A picture file (PNG, JPEG, multi-page TIFF) → `Reading`, one page a frame, read by OCR.

In: the file's bytes, the limits, an `Ocr` or None. Out: pages in points by the picture's own dots an
inch where it states plausible ones. Bad files raise `Unreadable`.
"""

from __future__ import annotations

import io
import warnings
from collections.abc import Callable, Generator, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Any

from pipeline.errors import Reason, Unreadable
from pipeline.limits import Limits
from pipeline.ports import Ocr
from pipeline.progress import Stage, Step, Tell, unheard
from pipeline.read.marks import DOUBT, NO_MARK, mark_unread
from pipeline.read.scanned import Scanned, read_scan, unread
from pipeline.read.sheaf import Key, under_way
from pipeline.types import Issue, Page, Reading, SourceDocument

if TYPE_CHECKING:
    from PIL.Image import Image

A4_WIDTH = 8.27  # inches: what a picture without plausible resolution is taken to show


def read_image(source: SourceDocument, limits: Limits, ocr: Ocr | None, tell: Tell = unheard) -> Reading:
    """The picture's pages, each told as it is begun; `Unreadable` for files that cannot or must not be
    read."""
    pages: list[Page] = []
    issues: list[Issue] = []
    mark = NO_MARK
    sheaf = under_way()
    for number, frame in enumerate(frames(source, limits), start=1):
        dpi = frame.dpi
        key = Key(source.sha256, number, dpi)
        if not sheaf.left and sheaf.wants(key):
            tell(Step(Stage.PAGES, number - 1, frame.count))
        found = Scanned(())
        try:
            if ocr is not None and number <= limits.max_ocr_pages:
                found = sheaf.page(key, partial(_recognised, frame, ocr, first=number == 1))
                if sheaf.spoils(key):
                    issues.append(Issue("read", unread(number)))
            else:
                issues.append(Issue("read", f"trang {number} là ảnh, chưa nhận dạng được (no OCR)"))
        except Unreadable as error:
            if not error.dispensable:
                raise
            issues.append(Issue("read", error.message))
            ocr = None
        if number == 1:
            mark = mark_unread(frame.upright(), dpi) if ocr is None else found.mark
        pages.append(found.page(number, frame.width * 72 / dpi, frame.height * 72 / dpi))
    if mark.doubtful:
        issues.append(Issue("secrecy", DOUBT))
    return Reading(source, tuple(pages), mark.secrecy, issues=tuple(issues))


@dataclass(frozen=True, slots=True)
class Frame:
    """One of a file's `count` pictures: its size in pixels, dots an inch as the file states them, and how it
    comes in colour, `upright` as the camera says; decoded only then, and only until the next is taken."""

    width: int
    height: int
    stated: Any
    count: int
    upright: Callable[[], Image]

    @property
    def dpi(self) -> float:
        """Dots an inch: the file's own if plausible for a page, else as if it showed A4."""
        across = float(self.stated[0]) if self.stated else 0.0
        if 60 <= across <= 1300 and 4 <= self.width / across <= 20:
            return across
        return max(1.0, min(self.width, self.height) / A4_WIDTH)


def _recognised(frame: Frame, ocr: Ocr, first: bool) -> Scanned:
    return read_scan(frame.upright(), frame.dpi, ocr, first=first)


def frames(source: SourceDocument, limits: Limits) -> Generator[Frame]:
    """The file's pictures, one after the other."""
    from PIL import Image, ImageSequence

    if not source.content:
        raise Unreadable(Reason.EMPTY, "tệp rỗng (empty file)")
    if len(source.content) > limits.max_bytes:
        raise Unreadable(Reason.TOO_LARGE, "tệp quá lớn (file too large)")
    with _plainly(), warnings.catch_warnings():
        # Pillow warns of bombs by its own bound; ours is checked before any pixel is decoded.
        warnings.simplefilter("ignore")
        with Image.open(io.BytesIO(source.content)) as image:
            count = getattr(image, "n_frames", 1)
            if count > limits.max_pages:
                raise Unreadable(Reason.TOO_MANY_PAGES, "ảnh có quá nhiều trang (too many pages)")
            for frame in ImageSequence.Iterator(image):
                if frame.width * frame.height > limits.max_pixels:
                    raise Unreadable(Reason.TOO_MANY_PIXELS, "ảnh quá lớn (too many pixels)")
                yield _frame(frame, count)


def _frame(image: Image, count: int) -> Frame:
    """What is turned is decoded at once: only then is its size known."""
    from PIL.ExifTags import Base

    stated = image.info.get("dpi")
    if image.getexif().get(Base.Orientation, 1) == 1:
        return Frame(image.width, image.height, stated, count, partial(_upright, image))
    turned = _upright(image)
    return Frame(turned.width, turned.height, stated, count, lambda: turned)


def _upright(image: Image) -> Image:
    from PIL import ImageOps

    with _plainly():
        return ImageOps.exif_transpose(image).convert("RGB")


@contextmanager
def _plainly() -> Iterator[None]:
    """Pillow's decoders raise nearly anything on damaged bytes: `Unreadable` instead."""
    from PIL import Image

    try:
        yield
    except (Unreadable, GeneratorExit):
        raise
    except Image.DecompressionBombError as error:
        raise Unreadable(Reason.TOO_MANY_PIXELS, "ảnh quá lớn (too many pixels)") from error
    except Exception as error:
        reason = Reason.TRUNCATED if "truncated" in str(error).lower() else Reason.DAMAGED
        raise Unreadable(reason, "ảnh hỏng hoặc bị cắt cụt (damaged picture)") from error
