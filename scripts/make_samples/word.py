"""Writes a sample as .docx, as a typist would: two-column tables without rules for head and foot."""

from __future__ import annotations

import datetime as dt
import io
import re
import zipfile
from collections.abc import Sequence
from typing import Any

import docx
from docx.enum.section import WD_ORIENT
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Emu, Mm, Pt, RGBColor

from scripts.make_samples.model import Block, Grid, Heading, Mark, Para, Sample
from scripts.make_samples.pdf import issuer_lines

_CENTRE, _JUSTIFY = WD_ALIGN_PARAGRAPH.CENTER, WD_ALIGN_PARAGRAPH.JUSTIFY
_EPOCH = dt.datetime(2020, 1, 1)  # noqa: DTZ001 - python-docx takes naive times
_TIMES = re.compile(rb"(<dcterms:(?:created|modified)[^>]*>)[^<]+")
_ZIP_TIME = (2020, 1, 1, 0, 0, 0)


def _new(font: str) -> Any:
    document = docx.Document()
    normal = document.styles["Normal"]
    normal.font.name, normal.font.size = font, Pt(14)
    for name in ("w:eastAsia", "w:cs", "w:hAnsi"):
        normal.element.rPr.rFonts.set(qn(name), font)
    normal.paragraph_format.space_after = Pt(4)
    section = document.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.left_margin, section.right_margin = Mm(30), Mm(17)
    section.top_margin = section.bottom_margin = Mm(20)
    core = document.core_properties
    core.author, core.title, core.created, core.modified = "", "", _EPOCH, _EPOCH
    return document


def _write(cell: Any, text: str, first: bool = False, **look: Any) -> Any:
    paragraph = cell.paragraphs[0] if first else cell.add_paragraph()
    paragraph.alignment = look.get("align", _CENTRE)
    paragraph.paragraph_format.space_after = Pt(look.get("after", 0))
    run = paragraph.add_run(text)
    run.bold, run.italic = look.get("bold", False), look.get("italic", False)
    if "size" in look:
        run.font.size = Pt(look["size"])
    return paragraph


def _columns(document: Any, widths: tuple[int, int]) -> tuple[Any, Any]:
    table = document.add_table(rows=1, cols=2)
    table.autofit = False
    for column, width in zip(table.columns, widths, strict=True):
        column.width = Mm(width)
    table.rows[0]._tr.get_or_add_trPr().append(OxmlElement("w:cantSplit"))
    left, right = table.rows[0].cells
    return left, right


def _opening(document: Any, head: Heading) -> None:
    left, right = _columns(document, (60, 106))
    _left(left, head)
    _right(right, head)
    document.add_paragraph()
    if not head.is_letter:
        for line in (head.title, head.subject):
            paragraph = document.add_paragraph()
            paragraph.alignment = _CENTRE
            paragraph.add_run(line).bold = True
    if len(head.addressees) == 1:
        document.add_paragraph(f"Kính gửi: {head.addressees[0]}").alignment = _CENTRE
    elif head.addressees:
        document.add_paragraph("Kính gửi:").paragraph_format.left_indent = Mm(30)
        for line in head.addressees:
            document.add_paragraph(f"- {line}").paragraph_format.left_indent = Mm(40)


def _left(cell: Any, head: Heading) -> None:
    thin, bold = issuer_lines(head)
    for index, line in enumerate((*thin, *bold)):
        _write(cell, line, first=index == 0, bold=index >= len(thin), size=13)
    if head.party:
        _write(cell, "*", size=13)
    number = f"Số {head.number}" if head.party else f"Số: {head.number}"
    _write(cell, number, size=13)
    if head.is_letter:
        _write(cell, f"V/v {head.subject}", size=12)
    if head.secrecy:
        _write(cell, head.secrecy, bold=True, size=14).runs[0].font.color.rgb = RGBColor(200, 30, 45)
    if head.urgency:
        _write(cell, head.urgency, bold=True, size=13)


def _right(cell: Any, head: Heading) -> None:
    if head.party:
        _write(cell, "ĐẢNG CỘNG SẢN VIỆT NAM", first=True, bold=True, size=14)
    else:
        _write(cell, "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", first=True, bold=True, size=12)
        run = _write(cell, "Độc lập - Tự do - Hạnh phúc", bold=True, size=13).runs[0]
        run.underline = True
    _write(cell, f"{head.place}, {head.date}", italic=True, size=13)


def _foot(document: Any, head: Heading) -> None:
    left, right = _columns(document, (80, 83))
    for index, line in enumerate(("Nơi nhận:", *head.recipients) if head.recipients else ()):
        _write(
            left,
            line,
            first=index == 0,
            bold=index == 0,
            italic=index == 0,
            size=11,
            align=WD_ALIGN_PARAGRAPH.LEFT,
        )
    for index, line in enumerate(head.signature):
        _write(right, line, first=index == 0, bold=True)
    for _ in range(4):
        _write(right, "")
    _write(right, head.signer, bold=True)
    document.add_paragraph()  # Word loses a table that ends the document


def _paragraph(document: Any, para: Para) -> None:
    styles = {"number": "List Number", "bullet": "List Bullet"}
    paragraph = document.add_paragraph(style=styles.get(para.style))
    run = paragraph.add_run(para.text)
    run.bold = para.style in ("heading", "centre")
    run.italic = para.style in ("italic", "note")
    paragraph.alignment = _CENTRE if para.style in ("centre", "note") else _JUSTIFY
    if para.style in ("body", "italic", "heading"):
        paragraph.paragraph_format.first_line_indent = Mm(10)


def _grid(document: Any, grid: Grid) -> None:
    table = document.add_table(rows=len(grid.rows), cols=len(grid.widths))
    table.style = "Table Grid"
    section = document.sections[-1]
    room = section.page_width - section.left_margin - section.right_margin
    for column, part in zip(table.columns, grid.widths, strict=True):
        column.width = Emu(room * part // sum(grid.widths))
    for row, cells in enumerate(grid.rows):
        for column, cell in enumerate(cells):
            if cell.merge:
                _merge(table, row, column, cell.merge)
                continue
            _write(
                table.cell(row, column),
                cell.text,
                first=True,
                bold=row < grid.heads,
                size=12,
                align=WD_ALIGN_PARAGRAPH.LEFT,
            )


def _merge(table: Any, row: int, column: int, side: str) -> None:
    source = table.cell(row - 1, column) if side == "up" else table.cell(row, column - 1)
    here = table.cell(row, column)
    for paragraph in here.paragraphs:
        paragraph._p.getparent().remove(paragraph._p)
    here.add_paragraph()
    merged = source.merge(here)
    for paragraph in merged.paragraphs[1:]:
        if not paragraph.text:
            paragraph._p.getparent().remove(paragraph._p)


def _mark(document: Any, head: Heading, what: str) -> None:
    if what == "foot":
        _foot(document, head)
    elif what == "page":
        document.add_page_break()
    else:
        section = document.add_section()
        wide = what == "landscape"
        section.orientation = WD_ORIENT.LANDSCAPE if wide else WD_ORIENT.PORTRAIT
        section.page_width, section.page_height = (Mm(297), Mm(210)) if wide else (Mm(210), Mm(297))


def fixed_zip(content: bytes) -> bytes:
    """The same package with all times of its members fixed, so that a rerun gives the same bytes."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            member = zipfile.ZipInfo(name, _ZIP_TIME)
            member.compress_type = zipfile.ZIP_DEFLATED
            new.writestr(member, _TIMES.sub(rb"\g<1>2020-01-01T00:00:00Z", old.read(name)))
    return out.getvalue()


def write(sample: Sample, blocks: Sequence[Block] | None = None) -> bytes:
    """The sample as .docx, or only some of its blocks; the same bytes for the same sample."""
    document = _new("Times New Roman")
    _opening(document, sample.heading)
    for block in sample.blocks if blocks is None else blocks:
        if isinstance(block, Para):
            _paragraph(document, block)
        elif isinstance(block, Grid):
            _grid(document, block)
        elif isinstance(block, Mark):
            _mark(document, sample.heading, block.what)
    out = io.BytesIO()
    document.save(out)
    return fixed_zip(out.getvalue())
