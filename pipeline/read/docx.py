"""A .docx in, blocks in document order out: paragraphs with their numbers, tables, text boxes, footnotes."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from typing import Any

from pipeline.encodings import Encoding, fonts
from pipeline.errors import Reason, Unreadable
from pipeline.limits import Limits
from pipeline.read import columns
from pipeline.read.docx_numbers import Numbers
from pipeline.read.docx_package import Package
from pipeline.read.docx_runs import PAGE, Run, RunReader, stretches
from pipeline.read.docx_styles import VAL, ParagraphLook, RunLook, Style, Styles, W, paragraph_look, run_look
from pipeline.read.docx_tables import flatten, read_table
from pipeline.read.flow import POINTS, Align, Block, Break, Flow, Piece, Stretch
from pipeline.read.grids import text_of

_THROUGH = {W + name for name in ("sdt", "sdtContent", "customXml", "ins", "moveTo", "smartTag")}
_DEEPEST = 40
# Of a header or footer only these belong to the act: secrecy and urgency (boxes 10a and 10b).
_MARK = re.compile(r"(?:(?:TUYỆT |TỐI )?MẬT|HỎA TỐC.*|HOẢ TỐC.*|(?:THƯỢNG )?KHẨN)[.!]?$")


def blocks_of(content: bytes, limits: Limits) -> list[Block]:
    """The document's blocks; Unreadable where the file is no sound .docx."""
    package = Package(content, limits)
    styles = Styles(package.styles)
    legacy: dict[str, tuple[Encoding, bool]] = {}
    while True:
        reader = RunReader(styles, legacy=legacy)
        walker = _Walker(styles, Numbers(package.numbering), reader, _orientations(package.body))
        blocks = [*walker.document(package.body), *walker.notes(package.notes)]
        blocks = [*walker.marks(package.headers), *blocks]
        if legacy:
            return columns.split(blocks)
        legacy = fonts({name: "\n".join(texts) for name, texts in reader.texts.items()})
        if not legacy:  # nearly always: Unicode throughout
            return columns.split(blocks)


def pictures_of(content: bytes, limits: Limits) -> list[bytes]:
    """The pictures in the file: the pages themselves, where a scan was pasted into Word."""
    return Package(content, limits).pictures()


def _orientations(body: Any) -> list[tuple[bool, bool]]:
    """For each section in order: is it landscape, does it begin a page."""
    found: list[tuple[bool, bool]] = []
    for section in body.iter(W + "sectPr"):
        size, kind = section.find(W + "pgSz"), section.find(W + "type")
        landscape = size is not None and size.get(W + "orient") == "landscape"
        found.append((landscape, kind is None or kind.get(VAL) != "continuous"))
    return found


@dataclass(slots=True)
class _Walker:
    styles: Styles
    numbers: Numbers
    reader: RunReader
    sections: list[tuple[bool, bool]]
    section: int = 0
    depth: int = 0
    carried: list[Run] = field(default_factory=list)  # of a paragraph whose end mark was deleted

    def document(self, body: Any) -> list[Block]:
        """The body's blocks, the sheet turned where the first section is landscape."""
        turned: list[Block] = [Break(True)] if self.sections and self.sections[0][0] else []
        return turned + self.blocks(body)

    def blocks(self, parent: Any) -> list[Block]:
        """The blocks below a body, cell, text box or note."""
        self.depth += 1
        if self.depth > _DEEPEST:
            raise Unreadable(Reason.DAMAGED, "bảng lồng nhau quá sâu (tables nested too deep)")
        out: list[Block] = []
        for child in parent:
            if child.tag == W + "p":
                out += self._paragraph(child)
            elif child.tag == W + "tbl":
                out += read_table(child, self.styles, self.blocks)
            elif child.tag in _THROUGH:
                out += self.blocks(child)
        self.depth -= 1
        return out

    def notes(self, roots: list[Any]) -> Iterator[Block]:
        """The footnotes' and endnotes' paragraphs."""
        for root in roots:
            for note in () if root is None else root:
                if note.get(W + "type") in (None, "normal"):
                    yield from self.blocks(note)

    def marks(self, headers: list[Any]) -> list[Block]:
        """The headers' secrecy and urgency marks, each once."""
        found: dict[str, Block] = {}
        for header in headers:
            for flow in flatten(self.blocks(header)):
                text = text_of((flow,)).upper()
                if _MARK.match(text):
                    found.setdefault(text, flow)
        return list(found.values())

    def _paragraph(self, paragraph: Any) -> list[Block]:
        properties = paragraph.find(W + "pPr")
        named = None if properties is None else properties.find(W + "pStyle")
        name = None if named is None else named.get(VAL)
        style = self.styles.paragraph(name)
        look = paragraph_look(properties)
        runs = [*self.carried, *self.reader.runs(paragraph, style.run)]
        boxes, self.reader.boxes = self.reader.boxes, []
        self.carried = runs if _mark_deleted(properties) else []
        out: list[Block] = []
        if not self.carried:
            label, listed = self._label(look, style, name)
            look = look.over(listed).over(style.paragraph)
            out += [Break()] if look.page_before else []
            out += _pages(runs, look, label, self._mark(properties, style))
            if not runs and label and self.depth > 1:  # the number alone: the first column of a table
                out.append(Flow((Stretch(_numbered(label, RunLook(), self._mark(properties, style))),)))
        for box in boxes:
            out += self.blocks(box)
        if properties is not None and properties.find(W + "sectPr") is not None:
            out += self._next_section()
        return out

    def _next_section(self) -> list[Block]:
        before = self.sections[self.section][0] if self.section < len(self.sections) else False
        self.section += 1
        if self.section >= len(self.sections):
            return []
        landscape, new_page = self.sections[self.section]
        return [Break(landscape)] if new_page or landscape != before else []

    def _mark(self, properties: Any, style: Style) -> RunLook:
        """How the paragraph's generated number looks."""
        found = None if properties is None else properties.find(W + "rPr")
        return run_look(found).over(style.run)

    def _label(self, look: ParagraphLook, style: Style, name: str | None) -> tuple[str, ParagraphLook]:
        found = self.numbers.level(look.over(style.paragraph), name)
        if found is None:
            return "", ParagraphLook()
        list_id, index, level = found
        return self.numbers.label(list_id, index), level.look


def _pages(runs: list[Run], look: ParagraphLook, label: str, mark: RunLook) -> list[Block]:
    """The paragraph, cut where it breaks the page."""
    out: list[Block] = []
    part: list[Run] = []
    for run in runs:
        head, *rest = run.text.split(PAGE)
        part.append(replace(run, text=head))
        for text in rest:
            out += _flow(part, look, label, mark)
            out.append(Break())
            label, part = "", [replace(run, text=text)]
    return out + _flow(part, look, label, mark)


def _flow(runs: list[Run], look: ParagraphLook, label: str, mark: RunLook) -> list[Block]:
    parts = stretches(runs)
    if not parts:
        return []
    if label:
        head = parts[0].pieces[0]
        number = _numbered(label, RunLook(head.bold, head.italic, head.size), mark)
        first = Stretch((*number, *parts[0].pieces), parts[0].opens)
        parts = (first, *parts[1:])
    return [Flow(parts, look.align or Align.LEFT, look.indent or 0.0, look.first or 0.0, look.stops or ())]


def _numbered(label: str, text: RunLook, mark: RunLook) -> tuple[Piece, ...]:
    """A generated number as words ("Điều 1." is two); it looks like its paragraph's mark."""
    size = text.size or mark.size or POINTS
    bold = bool(mark.bold) and text.bold is not False
    return tuple(
        Piece(word, size, bold, bool(mark.italic), spaces=min(at, 1)) for at, word in enumerate(label.split())
    )


def _mark_deleted(properties: Any) -> bool:
    """Whether a tracked change took the paragraph's end away, so that it runs on into the next."""
    mark = None if properties is None else properties.find(W + "rPr")
    return mark is not None and mark.find(W + "del") is not None
