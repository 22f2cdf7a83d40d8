"""What digital signing leaves on a PDF: who signed and when, and the texts stamped on its pages.

In: an open pdfium document or page. Out: `Signature`s as the file claims them (nothing is verified
here), and `Stamp`s with their words in place. Damaged signatures give less, never an error.
"""

from __future__ import annotations

import ctypes
import datetime as dt
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import pypdfium2.raw as pdfium

from pipeline.read.baselines import rows_of, with_lines
from pipeline.read.der import signer_of
from pipeline.text import nfc
from pipeline.types import Box, Line, Signature, Table, Word

MOST_SIGNATURES = 50
MOST_ANNOTATIONS = 500
_STAMPING = (pdfium.FPDF_ANNOT_FREETEXT, pdfium.FPDF_ANNOT_STAMP, pdfium.FPDF_ANNOT_WIDGET)
_HIDDEN = 0x02
# "D:20240318084142+07'00'": the time a signing program writes (ISO 32000-1, 7.9.4).
_TIME = re.compile(r"D?:?(?P<stamp>\d{14})(?:(?P<zulu>Z)|(?P<sign>[+-])(?P<hours>\d\d)'?(?P<minutes>\d\d)?)?")
# What a clerk stamps in: a number, a day, a month, a year; longer texts are signature panels.
_IN_PLACE = re.compile(r"\d{1,5}[A-Za-zĐđ]?(?:[/-][\w/-]{0,30})?$|\d{1,2}[/.]\d{1,2}[/.]\d{4}$")


Letter = tuple[str, Box]


@dataclass(frozen=True, slots=True)
class Stamp:
    """A text stamped on a page; `in_place` if its words complete the page's own lines."""

    words: tuple[Word, ...]
    in_place: bool

    @property
    def text(self) -> str:
        """The stamp's lines, joined by spaces."""
        return " ".join(word.text for row in rows_of(self.words) for word in row)


def signatures_of(document: Any) -> tuple[Signature, ...]:
    """The document's signatures in the file's order, each signer once with the first time."""
    found: dict[tuple[str, dt.datetime | None], Signature] = {}
    count = pdfium.FPDF_GetSignatureCount(document.raw)
    for index in range(min(max(count, 0), MOST_SIGNATURES)):
        handle = pdfium.FPDF_GetSignatureObject(document.raw, index)
        signer = nfc(signer_of(_bytes(pdfium.FPDFSignatureObj_GetContents, handle)))
        when = signing_time(_bytes(pdfium.FPDFSignatureObj_GetTime, handle).decode("latin-1"))
        if signer or when:
            found.setdefault((signer, when), Signature(signer, when))
    return tuple(found.values())


def _bytes(ask: Any, handle: Any) -> bytes:
    """What a pdfium function that fills a buffer gives."""
    length = ask(handle, None, 0)
    if not 0 < length < 2**22:
        return b""
    buffer = ctypes.create_string_buffer(length)
    ask(handle, buffer, length)
    return buffer.raw


def signing_time(text: str) -> dt.datetime | None:
    """The moment of a PDF date string ("D:20240318084142+07'00'"), None if it is none."""
    match = _TIME.match(text)
    if not match:
        return None
    zone = None
    if match["zulu"]:
        zone = dt.UTC
    elif match["sign"]:
        offset = dt.timedelta(hours=int(match["hours"]), minutes=int(match["minutes"] or 0))
        zone = dt.timezone(offset if match["sign"] == "+" else -offset)
    try:
        return dt.datetime.strptime(match["stamp"], "%Y%m%d%H%M%S").replace(tzinfo=zone)
    except ValueError:
        return None


def stamp_boxes(page: Any) -> list[tuple[float, float, float, float]]:
    """The rectangles (left, bottom, right, top, page coordinates) of annotations that can bear text."""
    boxes = []
    for index in range(min(pdfium.FPDFPage_GetAnnotCount(page), MOST_ANNOTATIONS)):
        annotation = pdfium.FPDFPage_GetAnnot(page, index)
        if not annotation:
            continue
        rect = pdfium.FS_RECTF()
        if (
            pdfium.FPDFAnnot_GetSubtype(annotation) in _STAMPING
            and not pdfium.FPDFAnnot_GetFlags(annotation) & _HIDDEN
            and pdfium.FPDFAnnot_GetRect(annotation, rect)
        ):
            boxes.append((rect.left, rect.bottom, rect.right, rect.top))
        pdfium.FPDFPage_CloseAnnot(annotation)
    return boxes


def flatten(page: Any) -> None:
    """Draws the page's annotations into its content; seen once the page is loaded again."""
    pdfium.FPDFPage_Flatten(page, pdfium.FLAT_NORMALDISPLAY)


def stamps_of(before: Sequence[Letter], after: Sequence[Letter], boxes: Sequence[Box]) -> tuple[Stamp, ...]:
    """The stamps, from the page's letters `before` and `after` flattening and the annotations' boxes."""
    own = Counter(map(_place, before))
    groups: dict[int, list[Letter]] = {}
    for letter in after:
        place = _place(letter)
        if own[place]:
            own[place] -= 1
            continue
        home = _home(letter[1], boxes)
        if home is not None:
            groups.setdefault(home, []).append(letter)
    stamps = (tuple(_words(letters)) for letters in groups.values())
    return tuple(Stamp(words, _fits_in_place(words)) for words in stamps)


def _place(letter: Letter) -> tuple[str, int, int]:
    text, box = letter
    return text, round(box.x0 + box.x1), round(box.y0 + box.y1)


def _words(letters: Sequence[Letter]) -> Iterator[Word]:
    """Letters in the order of writing, joined where they touch."""
    text, box = letters[0]
    for letter, place in letters[1:]:
        gap, size = place.x0 - box.x1, box.y1 - box.y0
        if abs(place.y1 - box.y1) < 0.3 * size and -0.3 * size < gap < 0.15 * size:
            text, box = text + letter, box.union(place)
        else:
            yield Word(nfc(text), box, round(size, 1))
            text, box = letter, place
    yield Word(nfc(text), box, round(box.y1 - box.y0, 1))


def _home(box: Box, boxes: Sequence[Box]) -> int | None:
    """The annotation that holds the letter's middle, the last drawn first."""
    x, y = (box.x0 + box.x1) / 2, (box.y0 + box.y1) / 2
    for index in range(len(boxes) - 1, -1, -1):
        home = boxes[index]
        if home.x0 - 2 <= x <= home.x1 + 2 and home.y0 - 2 <= y <= home.y1 + 2:
            return index
    return None


def _fits_in_place(words: Sequence[Word]) -> bool:
    return len(words) <= 2 and all(_IN_PLACE.match(word.text) for word in words)


def with_stamps(items: Sequence[Line | Table], stamps: Sequence[Stamp]) -> tuple[Line | Table, ...]:
    """`items` completed by the stamped numbers and days: on their line, or as lines of their own."""
    found = list(items)
    for stamp in stamps:
        for word in stamp.words if stamp.in_place else ():
            at = next((i for i, item in enumerate(found) if _stands_on(word, item)), None)
            line = found[at] if at is not None else None
            if at is not None and isinstance(line, Line):
                found[at] = Line(tuple(sorted((*line.words, word), key=lambda each: each.box.x0)))
            else:
                found = list(with_lines(found, [Line((word,))]))
    return tuple(found)


def _stands_on(word: Word, item: Line | Table) -> bool:
    if isinstance(item, Table):
        return False
    box = item.box
    shared = min(box.y1, word.box.y1) - max(box.y0, word.box.y0)
    level = shared > 0.5 * min(box.y1 - box.y0, word.box.y1 - word.box.y0)
    return level and box.x0 - 20 <= word.box.x0 and word.box.x1 <= box.x1 + 40
