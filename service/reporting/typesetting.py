"""Parts of an administrative letter in, put into a DOCX: paragraphs, two columns side by side, tables with a
head that comes again on each page. Measures are those of Nghị định 30/2020/NĐ-CP, appendix I."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

FONT = "Times New Roman"
LEFT, MIDDLE, RIGHT, BOTH = range(4)  # as WD_ALIGN_PARAGRAPH counts
_SIZE, _TABLE_SIZE = 13, 11
_FIRST = 1.27  # cm before a paragraph's first line
Head = tuple[str, int, int]
"""A cell of a table's head: its words, over how many rows and columns it goes."""


def paper(*, upright: bool = False) -> Any:
    """An empty A4 across, or `upright`, with the decree's margins and font, numbered from its second page."""
    import docx
    from docx.enum.section import WD_ORIENT
    from docx.oxml.ns import qn
    from docx.shared import Mm, Pt

    document = docx.Document()
    section = document.sections[0]
    section.right_margin, section.bottom_margin = Mm(20), Mm(20)
    if upright:
        section.page_width, section.page_height = Mm(210), Mm(297)
        section.top_margin, section.left_margin = Mm(20), Mm(30)
    else:
        section.orientation = WD_ORIENT.LANDSCAPE
        section.page_width, section.page_height = Mm(297), Mm(210)
        section.top_margin, section.left_margin = Mm(30), Mm(20)  # the paper's left side when it is turned
    section.different_first_page_header_footer = True
    section.header_distance = Mm(10 if upright else 15)
    _number(section.header.paragraphs[0])
    style = document.styles["Normal"]
    style.font.name, style.font.size = FONT, Pt(_SIZE)
    style.element.rPr.rFonts.set(qn("w:eastAsia"), FONT)
    style.paragraph_format.space_after = Pt(0)
    return document


def paragraph(
    into: Any,
    words: str,
    *,
    bold: bool = False,
    italic: bool = False,
    align: int | None = None,
    size: int = _SIZE,
    indent: bool = False,
    joined: bool = False,
    before: int = 0,
    after: int = 0,
) -> Any:
    """A paragraph at the end of a document or cell; `joined` to what follows on the same page."""
    from docx.shared import Cm, Pt

    made = into.add_paragraph()
    _say(made, words, bold=bold, italic=italic, size=size)
    made.alignment = BOTH if align is None and indent else align
    made.paragraph_format.keep_with_next = joined
    made.paragraph_format.space_before, made.paragraph_format.space_after = Pt(before), Pt(after)
    if indent:
        made.paragraph_format.first_line_indent = Cm(_FIRST)
        made.paragraph_format.space_after = Pt(max(6, after))
    return made


def line(
    cell: Any, words: str, *, bold: bool = False, italic: bool = False, align: int = LEFT, size: int = _SIZE
) -> None:
    """A line of a cell, which begins with an empty paragraph."""
    first = cell.paragraphs[0]
    made = first if not first.runs and len(cell.paragraphs) == 1 and not cell.text else cell.add_paragraph()
    _say(made, words, bold=bold, italic=italic, size=size)
    made.alignment = align


def side_by_side(document: Any, widths: Sequence[float], *, together: bool = False) -> tuple[Any, Any]:
    """Two cells without borders; `together` on one page."""
    if together:
        paragraph(document, "", size=8, joined=True)
    made = document.add_table(rows=1, cols=2)
    _fix(made, widths)
    left, right = made.rows[0].cells
    if together:
        _property(made.rows[0], "w:cantSplit")
    return left, right


def table(
    document: Any,
    head: Sequence[Sequence[str]],
    rows: Sequence[Sequence[str]],
    widths: Sequence[float],
    *,
    right: Sequence[int] = (),
    middle: Sequence[int] = (),
) -> Any:
    """A table with borders; the head comes again on each page, no row is torn apart."""
    made = document.add_table(rows=len(head), cols=len(widths))
    made.style = "Table Grid"
    _fix(made, widths)
    for place, names in enumerate(head):
        for cell, name in zip(made.rows[place].cells, names, strict=True):
            line(cell, name, bold=True, align=MIDDLE, size=_TABLE_SIZE)
        _property(made.rows[place], "w:tblHeader")
    for row in rows:
        _fill(made, row, widths, right, middle)
    return made


def framed(
    document: Any,
    top: Sequence[Head],
    under: Sequence[str],
    rows: Sequence[Sequence[str]],
    widths: Sequence[float],
) -> Any:
    """A table of numbers whose head has two rows: `top` over `under`, whose cells stand where `top` leaves
    room. The last row is the sum."""
    empty = [""] * len(widths)
    made = table(document, [empty, empty], rows, widths, right=range(2, len(widths)), middle=(0,))
    names, at = iter(under), 0
    for words, down, across in top:
        cell = made.cell(0, at)
        if down > 1 or across > 1:
            cell = cell.merge(made.cell(down - 1, at + across - 1))
        _head(cell, words)
        if down == 1:
            for place in range(across):
                _head(made.cell(1, at + place), next(names))
        at += across
    for cell in made.rows[-1].cells:
        for run in cell.paragraphs[0].runs:
            run.bold = True
    return made


def _head(cell: Any, words: str) -> None:
    for extra in cell.paragraphs[1:]:
        extra._element.getparent().remove(extra._element)
    for run in cell.paragraphs[0].runs:
        run._element.getparent().remove(run._element)
    _say(cell.paragraphs[0], words, bold=True, size=_TABLE_SIZE)
    cell.paragraphs[0].alignment = MIDDLE
    cell.vertical_alignment = 1  # in the middle


def _fill(
    made: Any, row: Sequence[str], widths: Sequence[float], right: Sequence[int], middle: Sequence[int]
) -> None:
    from docx.shared import Cm

    added = made.add_row()
    _property(added, "w:cantSplit")
    for at, (cell, words) in enumerate(zip(added.cells, row, strict=True)):
        align = RIGHT if at in right else MIDDLE if at in middle else LEFT
        line(cell, words, align=align, size=_TABLE_SIZE)
        cell.width = Cm(widths[at])


def _fix(made: Any, widths: Sequence[float]) -> None:
    from docx.shared import Cm

    made.autofit = False
    made.alignment = 1  # in the middle
    for column, width in zip(made.columns, widths, strict=True):
        column.width = Cm(width)
        for cell in column.cells:
            cell.width = Cm(width)


def _say(made: Any, words: str, *, bold: bool = False, italic: bool = False, size: int = _SIZE) -> None:
    from docx.shared import Pt

    run = made.add_run(_printable(words))
    run.bold, run.italic, run.font.size, run.font.name = bold, italic, Pt(size), FONT


def _printable(words: str) -> str:
    """Without what XML cannot hold."""
    return "".join(one for one in words if one in "\t\n" or ord(one) >= 32)


def _property(row: Any, name: str) -> None:
    from docx.oxml import OxmlElement

    row._tr.get_or_add_trPr().append(OxmlElement(name))


def _number(made: Any) -> None:
    """The page's number, in the middle of the head."""
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    made.alignment = MIDDLE
    for kind, words in (("begin", ""), ("", "PAGE"), ("end", "")):
        run = made.add_run()
        if words:
            told = OxmlElement("w:instrText")
            told.text = words
        else:
            told = OxmlElement("w:fldChar")
            told.set(qn("w:fldCharType"), kind)
        run._r.append(told)
