"""Makes service/urging/letter.docx, the shipped template of an urging letter (công văn) in the form of Nghị
định 30/2020/NĐ-CP, appendix I: A4, Times New Roman, margins 20, 20, 30 and 15 mm. The words are our own."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import docx
from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt

OUT = Path(__file__).resolve().parents[1] / "service" / "urging" / "letter.docx"
FONT = "Times New Roman"
MIDDLE, BOTH = WD_ALIGN_PARAGRAPH.CENTER, WD_ALIGN_PARAGRAPH.JUSTIFY
HEAD = ("STT", "Nội dung nhiệm vụ", "Văn bản giao", "Thời hạn", "Quá hạn (ngày)", "Tình hình cập nhật")
CELLS = ("number", "text", "document", "due", "days", "state")
WIDTHS = (12, 60, 27, 24, 17, 25)


def main() -> None:
    """Writes the template."""
    paper = docx.Document()
    section = paper.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.top_margin = section.bottom_margin = Mm(20)
    section.left_margin, section.right_margin = Mm(30), Mm(15)
    style = paper.styles["Normal"]
    style.font.name, style.font.size = FONT, Pt(14)
    style.element.rPr.rFonts.set(qn("w:eastAsia"), FONT)
    style.paragraph_format.space_after = Pt(0)
    _head(paper)
    _addressee(paper)
    _body(paper)
    _foot(paper)
    paper.core_properties.author = "dondoc"
    paper.save(str(OUT))


def _head(paper: Any) -> None:
    table = _plain_table(paper, 3, (65, 100))
    _say(table.cell(0, 0), "{{ parent | upper }}", size=12, first=True)
    _say(table.cell(0, 0), "{{ office | upper }}", size=12, bold=True)
    _rule(table.cell(0, 0), 22)
    _say(table.cell(0, 1), "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", size=12, bold=True, first=True)
    _say(table.cell(0, 1), "Độc lập - Tự do - Hạnh phúc", size=13, bold=True)
    _rule(table.cell(0, 1), 22)
    _say(table.cell(1, 0), "Số: {{ letter_number }}/{{ notation }}", size=13, first=True)
    place = "{{ place }}, ngày {{ day }} tháng {{ month }} năm {{ year }}"
    _say(table.cell(1, 1), place, size=13, italic=True, first=True)
    _say(table.cell(2, 0), "V/v {{ subject }}", size=12, first=True)


def _addressee(paper: Any) -> None:
    made = paper.add_paragraph()
    made.alignment = MIDDLE
    made.paragraph_format.space_before = made.paragraph_format.space_after = Pt(12)
    _run(made, "Kính gửi: {{ unit }}")


def _body(paper: Any) -> None:
    _text(
        paper,
        "Qua theo dõi việc thực hiện các nhiệm vụ được giao, tính đến hết ngày {{ as_of }}, {{ unit }} còn "
        "{{ count }} nhiệm vụ quá hạn chưa hoàn thành, cụ thể như sau:",
    )
    table = paper.add_table(rows=4, cols=len(HEAD))
    table.style, table.alignment, table.autofit = "Table Grid", WD_TABLE_ALIGNMENT.CENTER, False
    for column, width in enumerate(WIDTHS):
        table.columns[column].width = Mm(width)
        for row in table.rows:
            row.cells[column].width = Mm(width)
    for column, (words, name) in enumerate(zip(HEAD, CELLS, strict=True)):
        _say(table.cell(0, column), words, size=12, bold=True, first=True)
        align = None if name in ("text", "state") else MIDDLE
        _say(table.cell(2, column), f"{{{{ duty.{name} }}}}", size=12, first=True, align=align)
    _say(table.cell(1, 0), "{%tr for duty in duties %}", size=12, first=True)
    _say(table.cell(3, 0), "{%tr endfor %}", size=12, first=True)
    again = OxmlElement("w:tblHeader")
    table.rows[0]._tr.get_or_add_trPr().append(again)
    table.rows[2]._tr.get_or_add_trPr().append(OxmlElement("w:cantSplit"))
    _text(
        paper,
        "{{ office }} đề nghị {{ unit }} khẩn trương hoàn thành các nhiệm vụ nêu trên, cập nhật kết quả vào "
        "phần mềm theo dõi nhiệm vụ; báo cáo nguyên nhân chậm và thời gian hoàn thành từng nhiệm vụ trước "
        "ngày {{ reply_by }} để tổng hợp, báo cáo cấp có thẩm quyền./.",
    )


def _foot(paper: Any) -> None:
    gap = paper.add_paragraph()
    gap.paragraph_format.space_after = Pt(6)
    table = _plain_table(paper, 1, (75, 90))
    left, right = table.cell(0, 0), table.cell(0, 1)
    _say(left, "Nơi nhận:", size=12, bold=True, italic=True, first=True, align=None)
    for words in ("- Như trên;", "{%p for copy in copies %}", "- {{ copy }};", "{%p endfor %}", "- Lưu: VT."):
        _say(left, words, size=11, align=None)
    _say(right, "{%p if authority %}", size=14, bold=True, first=True)
    _say(right, "{{ authority | upper }}", size=14, bold=True)
    _say(right, "{%p endif %}", size=14, bold=True)
    _say(right, "{{ position | upper }}", size=14, bold=True)
    for _ in range(4):
        _say(right, "", size=14)
    _say(right, "{{ signer }}", size=14, bold=True)


def _plain_table(paper: Any, rows: int, widths: tuple[int, int]) -> Any:
    table = paper.add_table(rows=rows, cols=2)
    table.alignment, table.autofit = WD_TABLE_ALIGNMENT.CENTER, False
    for column, width in zip(table.columns, widths, strict=True):
        column.width = Mm(width)
    for row in table.rows:
        for cell, width in zip(row.cells, widths, strict=True):
            cell.width = Mm(width)
        row._tr.get_or_add_trPr().append(OxmlElement("w:cantSplit"))
    return table


def _text(paper: Any, words: str) -> None:
    made = paper.add_paragraph()
    made.alignment = BOTH
    made.paragraph_format.first_line_indent = Mm(10)
    made.paragraph_format.space_before = made.paragraph_format.space_after = Pt(6)
    _run(made, words)


def _say(
    cell: Any,
    words: str,
    *,
    size: int,
    bold: bool = False,
    italic: bool = False,
    first: bool = False,
    align: Any = MIDDLE,
) -> None:
    made = cell.paragraphs[0] if first else cell.add_paragraph()
    made.alignment = align
    _run(made, words, size=size, bold=bold, italic=italic)


def _rule(cell: Any, side: int) -> None:
    """A short line under what stands above it, `side` mm from each edge."""
    made = cell.add_paragraph()
    made.paragraph_format.left_indent = made.paragraph_format.right_indent = Mm(side)
    made.paragraph_format.line_spacing = Pt(4)
    made.paragraph_format.space_after = Pt(6)
    borders, top = OxmlElement("w:pBdr"), OxmlElement("w:top")
    for name, value in (("val", "single"), ("sz", "6"), ("space", "1"), ("color", "000000")):
        top.set(qn(f"w:{name}"), value)
    borders.append(top)
    made._p.get_or_add_pPr().append(borders)


def _run(into: Any, words: str, *, size: int = 14, bold: bool = False, italic: bool = False) -> None:
    made = into.add_run(words)
    made.font.name, made.font.size, made.bold, made.italic = FONT, Pt(size), bold, italic
    made._r.get_or_add_rPr().get_or_add_rFonts().set(qn("w:eastAsia"), FONT)


if __name__ == "__main__":
    main()
