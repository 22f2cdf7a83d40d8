"""A .docx in, blocks in document order out: paragraphs with their numbers, tables, text boxes, footnotes."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import Any

from pipeline.encodings import Encoding, fonts
from pipeline.errors import Reason, Unreadable
from pipeline.limits import Limits
from pipeline.read.archive import Archive
from pipeline.read.docx_numbers import Numbers
from pipeline.read.docx_runs import PAGE, Run, RunReader, stretches
from pipeline.read.docx_styles import VAL, ParagraphLook, RunLook, Style, Styles, W, paragraph_look, run_look
from pipeline.read.docx_tables import read_table
from pipeline.read.flow import Align, Block, Break, Flow, Piece, Stretch
from pipeline.read.markup import parse_xml

_THROUGH = {W + name for name in ("sdt", "sdtContent", "customXml", "ins", "moveTo", "smartTag")}
_MAIN = "word/document.xml"
_DEEPEST = 40


def blocks_of(content: bytes, limits: Limits) -> list[Block]:
    """The document's blocks; Unreadable where the file is no sound .docx."""
    archive = Archive(content, limits)
    if _MAIN not in archive:
        raise Unreadable(Reason.DAMAGED, "tệp .docx thiếu phần văn bản (no document part)")
    body = _xml(archive, _MAIN).find(W + "body")
    if body is None:
        raise Unreadable(Reason.DAMAGED, "tệp .docx không có thân văn bản (no body)")
    styles = Styles(_part(archive, "word/styles.xml"))
    numbering, notes = _part(archive, "word/numbering.xml"), _part(archive, "word/footnotes.xml")
    legacy: dict[str, tuple[Encoding, bool]] = {}
    while True:
        reader = RunReader(styles, legacy=legacy)
        walker = _Walker(styles, Numbers(numbering), reader)
        blocks = walker.blocks(body) + walker.notes(notes)
        if legacy:
            return blocks
        legacy = fonts({name: "\n".join(texts) for name, texts in reader.texts.items()})
        if not legacy:  # nearly always: Unicode throughout
            return blocks


def _xml(archive: Archive, name: str) -> Any:
    return parse_xml(archive.read(name))


def _part(archive: Archive, name: str) -> Any:
    return _xml(archive, name) if name in archive else None


@dataclass(slots=True)
class _Walker:
    styles: Styles
    numbers: Numbers
    reader: RunReader
    depth: int = 0
    landscape: bool = field(default=False)

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

    def notes(self, root: Any) -> list[Block]:
        """The footnotes' paragraphs."""
        if root is None:
            return []
        return [
            block
            for note in root.iter(W + "footnote")
            if note.get(W + "type") in (None, "normal")
            for block in self.blocks(note)
        ]

    def _paragraph(self, paragraph: Any) -> list[Block]:
        properties = paragraph.find(W + "pPr")
        named = None if properties is None else properties.find(W + "pStyle")
        name = None if named is None else named.get(VAL)
        style = self.styles.paragraph(name)
        look = paragraph_look(properties)
        label, listed = self._label(look, style, name)
        look = look.over(listed).over(style.paragraph)
        runs = list(self.reader.runs(paragraph, style.run))
        boxes, self.reader.boxes = self.reader.boxes, []
        out: list[Block] = [Break()] if look.page_before else []
        out += _pages(runs, look, label, self._mark(properties, style))
        for box in boxes:
            out += self.blocks(box)
        return out

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
        number = Piece(label, head.size, bool(mark.bold and head.bold), bool(mark.italic), spaces=0)
        first = Stretch((number, *parts[0].pieces), parts[0].opens)
        parts = (first, *parts[1:])
    return [Flow(parts, look.align or Align.LEFT, look.indent or 0.0, look.first or 0.0, look.stops or ())]
