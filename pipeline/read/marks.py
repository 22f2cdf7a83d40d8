"""The secrecy mark of a document's first page: from its lines, and from its untouched picture.

In: the first page's lines; its picture in colour as it came, since the mark is itself a red stamp that
cleaning for OCR removes. Out: a `Secrecy`, and whether it is in doubt. Ordinary uses of the words (bảo
mật, bí mật nhà nước, mật khẩu in running text) are no marks; round seals are none.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from pipeline.ports import Ocr
from pipeline.text import fold, nfc
from pipeline.types import Box, Line, Secrecy, Table

if TYPE_CHECKING:
    from PIL.Image import Image

TOP = 0.5  # share of the page's height in which a stamp is looked for
# The mark stands alone on its line in capitals, or after the words "độ mật".
_LEVEL = r"(?P<level>T\s*U\s*Y\s*[ỆẾ]\s*T\s+M\s*Ậ\s*T|T\s*[ỐÓ]\s*I\s+M\s*Ậ\s*T|M\s*Ậ\s*T)"
_MARK = re.compile(rf"\W*(?:ĐỘ\s+MẬT\W*\s+|ĐỘ\s+)?{_LEVEL}\W*$")
_STATED = re.compile(r"(?i)\W*độ\s+mật\s*[:.-]\s*(?P<level>tuyệt\s+mật|tối\s+mật|mật)\W*$")
# A heading in capitals may break its line before "MẬT": the line above ends with its first half.
_HALF = re.compile(r"(?i)(?:\b(?:bí|bảo|cơ|niêm|độ|thân|trực|và|hoặc|hay)|,)\s*$")
_URGENT = re.compile(r"(?:hoatoc|thuongkhan|khan)\w{0,12}$")
_FOLDED = (("tuyetmat", Secrecy.TUYET_MAT), ("toimat", Secrecy.TOI_MAT), ("mat", Secrecy.MAT))


@dataclass(frozen=True, slots=True)
class Mark:
    """What was found; `doubtful` if it looks like the mark without being read for certain."""

    secrecy: Secrecy
    doubtful: bool = False


DOUBT = "có thể có dấu độ mật, đọc chưa chắc (a secrecy mark in doubt)"
NO_MARK = Mark(Secrecy.NONE)


def secrecy_of_lines(lines: Iterable[Line]) -> Secrecy:
    """The highest mark that stands alone on one of the first page's lines (NĐ 26/2020/NĐ-CP)."""
    found, above = Secrecy.NONE, ""
    for line in lines:
        for text in readings(line):
            match = _MARK.match(text) or _STATED.match(text)
            if match and not _HALF.search(above):
                found = higher(found, _level(match["level"]))
        above = nfc(line.text)
    return found


def readings(line: Line) -> tuple[str, ...]:
    """A line as it is given and as it was read: correction of spelling must not hide a mark."""
    raw = nfc(" ".join(word.raw or word.text for word in line.words))
    return tuple(dict.fromkeys((nfc(line.text), raw)))


def higher(one: Secrecy, other: Secrecy) -> Secrecy:
    """The stricter of two marks."""
    order = list(Secrecy)
    return max(one, other, key=order.index)


def mark_of_page(items: Iterable[Line | Table], height: float) -> Mark:
    """The mark among an OCRed page's lines; a misread one in its upper half is doubtful."""
    lines = [line for item in items for line in _lines(item)]
    sure = secrecy_of_lines(lines)
    if sure is not Secrecy.NONE:
        return Mark(sure)
    upper = [line for line in lines if line.box.y0 < TOP * height and len(line.words) <= 3]
    texts = (text for line in upper for text in readings(line) if text.upper() == text)
    return strictest(mark_of_reading(text, 0.0) for text in texts)


def _lines(item: Line | Table) -> Iterable[Line]:
    if isinstance(item, Line):
        return (item,)
    return (line for row in item.rows for cell in row if not cell.merged for line in cell.lines)


@dataclass(frozen=True, slots=True)
class Stamp:
    """A red stamp of the page's upper half as read by itself: its box in points, its lines."""

    box: Box
    lines: tuple[Line, ...]

    @property
    def mark(self) -> Mark:
        """What it says of secrecy."""
        marks = []
        for line in self.lines:
            sure = [word.confidence or 0.0 for word in line.words]
            marks += [mark_of_reading(text, sum(sure) / len(sure)) for text in readings(line)]
        whole = " ".join(line.text for line in self.lines)
        found = strictest([*marks, mark_of_reading(whole, 0.6)])
        if found.secrecy is Secrecy.NONE and any(fold(word) == "mat" for word in re.findall(r"\w+", whole)):
            return Mark(Secrecy.MAT, doubtful=True)
        return found

    @property
    def urgency(self) -> Line | None:
        """Its words as a line of the page if they are a mark of urgency, which cleaning would lose."""
        words = tuple(word for line in self.lines for word in line.words)
        if not _URGENT.match(fold("".join(word.text for word in words))):
            return None
        return Line(tuple(replace(word, box=self.box) for word in words))


def stamps_of_picture(image: Image, dpi: float, ocr: Ocr) -> tuple[Stamp, ...]:
    """The red stamps of the page's upper half, each read by itself."""
    return tuple(Stamp(box, tuple(ocr(crop, 300.0))) for box, crop in red_stamps(image, dpi))


def mark_unread(image: Image, dpi: float) -> Mark:
    """Without an engine to read it, any red stamp on the page may be the mark."""
    return Mark(Secrecy.NONE, doubtful=bool(red_stamps(image, dpi)))


def strictest(marks: Iterable[Mark]) -> Mark:
    """The highest mark; a certain one before a doubtful one of its level."""
    found = NO_MARK
    for mark in marks:
        if mark.secrecy is found.secrecy:
            found = Mark(found.secrecy, found.doubtful and mark.doubtful)
        elif higher(mark.secrecy, found.secrecy) is mark.secrecy:
            found = mark
    return found


def mark_of_reading(text: str, confidence: float) -> Mark:
    """What a stamp that was read as `text` says: letters without marks, or one letter off, are doubt."""
    match = _MARK.match(nfc(text).upper())
    if match:
        return Mark(_level(match["level"]), confidence < 0.5)
    letters = re.sub(r"[^a-z]", "", fold(text.replace("0", "o").replace("1", "i")))
    for folded, level in _FOLDED:
        if letters == folded or (len(folded) > 3 and _is_near(letters, folded)):
            return Mark(level, doubtful=True)
    if re.fullmatch(r"[il]?(?:m|rn|nn)at[il]?", letters):
        return Mark(Secrecy.MAT, doubtful=True)
    return NO_MARK


def _level(text: str) -> Secrecy:
    letters = re.sub(r"[^a-z]", "", fold(text))
    return next(level for folded, level in _FOLDED if letters == folded)


def _is_near(letters: str, folded: str) -> bool:
    from rapidfuzz.distance import Levenshtein

    return Levenshtein.distance(letters, folded) <= len(folded) // 4


def red_stamps(image: Image, dpi: float) -> list[tuple[Box, Image]]:
    """The page's red stamps that are wider than high: box in points, picture in black on white at 300
    dots an inch."""
    import numpy as np

    from pipeline.read.picture import red_mask

    if image.mode != "RGB":
        return []
    upper = image.crop((0, 0, image.width, round(image.height * TOP)))
    red = red_mask(np.asarray(upper))
    if red.mean() < 0.0001:
        return []
    scale = 72 / dpi
    return [
        (Box(box.x0 * scale, box.y0 * scale, box.x1 * scale, box.y1 * scale), _crop(red, box, dpi))
        for box in _regions(red, dpi)
    ]


def _regions(red: Any, dpi: float) -> list[Box]:
    """Boxes in pixels around red ink that hangs together at a grain of 5 points, stamp-shaped ones."""
    import numpy as np

    grain = max(1, round(dpi * 5 / 72))
    height, width = red.shape[0] // grain, red.shape[1] // grain
    cells = red[: height * grain, : width * grain].reshape(height, grain, width, grain).mean(axis=(1, 3))
    left = set(map(tuple, np.argwhere(cells > 0.02).tolist()))
    boxes = []
    while left:
        group, edge = [], [left.pop()]
        while edge:
            y, x = edge.pop()
            group.append((y, x))
            near = {(y + dy, x + dx) for dy in (-1, 0, 1) for dx in (-2, -1, 0, 1, 2)} & left
            left -= near
            edge.extend(near)
        ys, xs = [y for y, _ in group], [x for _, x in group]
        box = Box(min(xs) * grain, min(ys) * grain, (max(xs) + 1) * grain, (max(ys) + 1) * grain)
        if _is_stamp(box, dpi):
            boxes.append(box)
    return boxes


def _is_stamp(box: Box, dpi: float) -> bool:
    """Wider than high, as a mark is and a round seal is not; between 20 and 250 points wide."""
    across, down = (box.x1 - box.x0) * 72 / dpi, (box.y1 - box.y0) * 72 / dpi
    return 20 <= across <= 250 and 8 <= down <= 90 and across >= 1.25 * down


def _crop(red: Any, box: Box, dpi: float) -> Image:
    import numpy as np
    from PIL import Image as pillow  # noqa: N813 - the module, beside its class

    from pipeline.read.picture import skew, turned

    part = red[int(box.y0) : int(box.y1), int(box.x0) : int(box.x1)]
    stamp = pillow.fromarray(np.where(part, 0, 255).astype(np.uint8))
    scale = max(1.0, 300 / dpi)
    stamp = stamp.resize((round(stamp.width * scale), round(stamp.height * scale)), pillow.Resampling.BICUBIC)
    sheet = pillow.new("L", (stamp.width + 400, stamp.height + 300), 255)
    sheet.paste(stamp, (200, 150))
    return turned(sheet, skew(sheet, 300.0, steepest=15.0))
