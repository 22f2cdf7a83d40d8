"""A picture file (PNG, JPEG, multi-page TIFF) → `Reading`, one page a frame, read by OCR.

In: the file's bytes, the limits, an `Ocr` or None. Out: pages in points by the picture's own dots an
inch where it states plausible ones. Bad files raise `Unreadable`.
"""

from __future__ import annotations

import io
import warnings
from collections.abc import Iterator
from functools import partial
from typing import TYPE_CHECKING

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
    for number, picture in enumerate(frames(source, limits), start=1):
        dpi = resolution(picture)
        key = Key(source.sha256, number, dpi)
        if not sheaf.left and sheaf.wants(key):
            tell(Step(Stage.PAGES, number - 1, picture.info.get("frames", number)))
        found = Scanned(())
        try:
            if ocr is not None and number <= limits.max_ocr_pages:
                recognise = partial(read_scan, picture, dpi, ocr, first=number == 1)
                found = sheaf.page(key, recognise)
                if sheaf.spoils(key):
                    issues.append(Issue("read", unread(number)))
            else:
                issues.append(Issue("read", f"trang {number} là ảnh, chưa nhận dạng được (no OCR)"))
        except Unreadable as error:
            if error.reason is not Reason.MISSING_PROGRAM:
                raise
            issues.append(Issue("read", error.message))
            ocr = None
        if number == 1:
            mark = mark_unread(picture, dpi) if ocr is None else found.mark
        pages.append(found.page(number, picture.width * 72 / dpi, picture.height * 72 / dpi))
    if mark.doubtful:
        issues.append(Issue("secrecy", DOUBT))
    return Reading(source, tuple(pages), mark.secrecy, issues=tuple(issues))


def frames(source: SourceDocument, limits: Limits) -> Iterator[Image]:
    """The file's pictures in colour, upright as the camera says, one after the other."""
    from PIL import Image, ImageOps, ImageSequence

    if not source.content:
        raise Unreadable(Reason.EMPTY, "tệp rỗng (empty file)")
    if len(source.content) > limits.max_bytes:
        raise Unreadable(Reason.TOO_LARGE, "tệp quá lớn (file too large)")
    try:
        with warnings.catch_warnings():
            # Pillow warns of bombs by its own bound; ours is checked before any pixel is decoded.
            warnings.simplefilter("ignore")
            with Image.open(io.BytesIO(source.content)) as image:
                count = getattr(image, "n_frames", 1)
                if count > limits.max_pages:
                    raise Unreadable(Reason.TOO_MANY_PAGES, "ảnh có quá nhiều trang (too many pages)")
                for frame in ImageSequence.Iterator(image):
                    if frame.width * frame.height > limits.max_pixels:
                        raise Unreadable(Reason.TOO_MANY_PIXELS, "ảnh quá lớn (too many pixels)")
                    dpi = frame.info.get("dpi")
                    upright = ImageOps.exif_transpose(frame).convert("RGB")
                    upright.info |= {"dpi": dpi, "frames": count}
                    yield upright
    except Unreadable:
        raise
    except Image.DecompressionBombError as error:
        raise Unreadable(Reason.TOO_MANY_PIXELS, "ảnh quá lớn (too many pixels)") from error
    except Exception as error:  # Pillow's decoders raise nearly anything on damaged bytes
        reason = Reason.TRUNCATED if "truncated" in str(error).lower() else Reason.DAMAGED
        raise Unreadable(reason, "ảnh hỏng hoặc bị cắt cụt (damaged picture)") from error


def resolution(picture: Image) -> float:
    """Dots an inch: the picture's own if plausible for a page, else as if it showed A4."""
    stated = picture.info.get("dpi")
    across = float(stated[0]) if stated else 0.0
    if 60 <= across <= 1300 and 4 <= picture.width / across <= 20:
        return across
    shorter = min(picture.width, picture.height)
    return max(1.0, shorter / A4_WIDTH)
