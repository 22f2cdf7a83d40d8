"""Typesets a sample as a born-digital PDF in the layout of Nghị định 30/2020/NĐ-CP."""

from __future__ import annotations

import io
from collections.abc import Sequence
from html import escape
from typing import Any

from reportlab.lib.enums import TA_CENTER, TA_JUSTIFY, TA_LEFT
from reportlab.lib.pagesizes import A4, landscape
from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.units import mm
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.platypus import (
    BaseDocTemplate,
    Flowable,
    Frame,
    KeepTogether,
    NextPageTemplate,
    PageBreak,
    PageTemplate,
    Paragraph,
    Spacer,
    Table,
)

from scripts.make_samples.fonts import typeface
from scripts.make_samples.model import Block, Grid, Heading, Mark, Para, Sample

_LEFT, _RIGHT, _TOP, _BOTTOM = 30 * mm, 17 * mm, 20 * mm, 20 * mm
_TABLE_PADDING = 3


def _register() -> None:
    if "Serif" in pdfmetrics.getRegisteredFontNames():
        return
    names = {"regular": "Serif", "bold": "Serif-B", "italic": "Serif-I", "bolditalic": "Serif-BI"}
    for style, path in typeface().items():
        pdfmetrics.registerFont(TTFont(names[style], str(path)))
    pdfmetrics.registerFontFamily("Serif", "Serif", "Serif-B", "Serif-I", "Serif-BI")


def _style(name: str, font: str, size: float, align: int, **more: Any) -> ParagraphStyle:
    return ParagraphStyle(name, fontName=font, fontSize=size, leading=size * 1.25, alignment=align, **more)


def _styles(size: float) -> dict[str, ParagraphStyle]:
    first = 10 * mm
    return {
        "body": _style("body", "Serif", size, TA_JUSTIFY, firstLineIndent=first, spaceAfter=4),
        "italic": _style("italic", "Serif-I", size, TA_JUSTIFY, firstLineIndent=first, spaceAfter=3),
        "heading": _style("heading", "Serif-B", size, TA_JUSTIFY, firstLineIndent=first, spaceAfter=4),
        "centre": _style("centre", "Serif-B", size, TA_CENTER, spaceAfter=4),
        "note": _style("note", "Serif-I", size, TA_CENTER, spaceAfter=6),
        "head": _style("head", "Serif", 12, TA_CENTER),
        "small": _style("small", "Serif", 11, TA_LEFT),
        "cell": _style("cell", "Serif", 11, TA_LEFT),
        "cellhead": _style("cellhead", "Serif-B", 11, TA_CENTER),
        "sign": _style("sign", "Serif", 13, TA_CENTER),
        "to": _style("to", "Serif", size, TA_LEFT, leftIndent=30 * mm, spaceAfter=2),
    }


class _Numbers:
    """Prints the labels of lists that only Word numbers itself."""

    def __init__(self) -> None:
        self.count = 0

    def label(self, para: Para) -> str:
        if para.style == "number":
            self.count += 1
            return f"{self.count}. {para.text}"
        if para.style == "bullet":
            return f"- {para.text}"
        self.count = 0
        return para.text


class _Rule(Flowable):  # type: ignore[misc]
    """A thin line of `length` points in the middle of the room that there is."""

    def __init__(self, length: float) -> None:
        super().__init__()
        self.length = length

    def wrap(self, room: float, _height: float) -> tuple[float, float]:
        self.width = room
        return room, 5

    def draw(self) -> None:
        self.canv.setLineWidth(0.7)
        self.canv.line((self.width - self.length) / 2, 3, (self.width + self.length) / 2, 3)


def _gaps(text: str) -> str:
    """`text` with its double spaces kept: room for handwriting."""
    return escape(text).replace("  ", "\u00a0\u00a0")


def issuer_lines(head: Heading) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The heading's left lines: those of parent bodies (printed thin) and those of the issuer."""
    count = head.parents if head.parents >= 0 else len(head.issuer) - 1
    return head.issuer[:count], head.issuer[count:]


def _left(head: Heading, styles: dict[str, ParagraphStyle]) -> list[Flowable]:
    thin, bold = issuer_lines(head)
    cell: list[Flowable] = [Paragraph(escape(line), styles["head"]) for line in thin]
    cell += [Paragraph(f"<b>{escape(line)}</b>", styles["head"]) for line in bold]
    if head.party:
        cell.append(Paragraph("*", styles["head"]))
        cell.append(Paragraph(f"Số {escape(head.number)}", styles["head"]))
    else:
        cell.append(_Rule(50))
        cell.append(Paragraph(f"Số: {_gaps(head.printed or head.number)}", styles["head"]))
    if head.is_letter:
        cell.append(Paragraph(f"V/v {escape(head.subject)}", styles["head"]))
    if head.urgency:
        cell.append(_boxed(head.urgency, styles))
    return cell


def _boxed(text: str, styles: dict[str, ParagraphStyle]) -> Table:
    box = Table(
        [[Paragraph(f"<b>{text}</b>", styles["head"])]], colWidths=[44 * mm], hAlign="CENTER", spaceBefore=6
    )
    box.setStyle([("BOX", (0, 0), (-1, -1), 1, "black"), ("VALIGN", (0, 0), (-1, -1), "MIDDLE")])
    return box


def _right(head: Heading, styles: dict[str, ParagraphStyle]) -> list[Flowable]:
    place = Paragraph(f"<i>{escape(head.place)}, {_gaps(head.date)}</i>", styles["head"])
    if head.party:
        return [Paragraph("<b>ĐẢNG CỘNG SẢN VIỆT NAM</b>", styles["head"]), _Rule(150), Spacer(1, 6), place]
    return [
        Paragraph("<b>CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM</b>", styles["head"]),
        Paragraph("<b>Độc lập - Tự do - Hạnh phúc</b>", styles["head"]),
        _Rule(140),
        place,
    ]


def _columns(left: list[Flowable], right: list[Flowable], widths: tuple[float, float]) -> Table:
    table = Table([[left, right]], colWidths=widths)
    table.setStyle(
        [
            ("VALIGN", (0, 0), (-1, -1), "TOP"),
            ("LEFTPADDING", (0, 0), (-1, -1), 0),
            ("RIGHTPADDING", (0, 0), (-1, -1), 0),
        ]
    )
    return table


def _opening(head: Heading, styles: dict[str, ParagraphStyle], width: float) -> list[Flowable]:
    story: list[Flowable] = [
        _columns(_left(head, styles), _right(head, styles), (width * 0.42, width * 0.58))
    ]
    story.append(Spacer(1, 10))
    if not head.is_letter:
        story.append(Paragraph(escape(head.title), styles["centre"]))
        story.append(Paragraph(escape(head.subject), styles["centre"]))
        story += [_Rule(80), Spacer(1, 6)]
    if len(head.addressees) == 1:
        story.append(Paragraph(f"Kính gửi: {escape(head.addressees[0])}", styles["to"]))
    elif head.addressees:
        story.append(Paragraph("Kính gửi:", styles["to"]))
        story += [Paragraph(f"- {escape(line)}", styles["to"]) for line in head.addressees]
    return [*story, Spacer(1, 6)]


def _foot(head: Heading, styles: dict[str, ParagraphStyle], width: float) -> Flowable:
    left: list[Flowable] = []
    if head.recipients and not head.cosignature:
        left += _recipients(head, styles)
    if head.cosignature:
        left += _signed(head.cosignature[:-1], head.cosignature[-1], styles)
    right = _signed(head.signature, head.signer, styles)
    below = _recipients(head, styles) if head.cosignature else []
    return KeepTogether([Spacer(1, 8), _columns(left, right, (width * 0.48, width * 0.52)), *below])


def _recipients(head: Heading, styles: dict[str, ParagraphStyle]) -> list[Flowable]:
    lines = [Paragraph(escape(line), styles["small"]) for line in head.recipients]
    return [Paragraph("<b><i>Nơi nhận:</i></b>", styles["small"]), *lines]


def _signed(lines: Sequence[str], name: str, styles: dict[str, ParagraphStyle]) -> list[Flowable]:
    above = [Paragraph(f"<b>{escape(line)}</b>", styles["sign"]) for line in lines]
    return [*above, Spacer(1, 22 * mm), Paragraph(f"<b>{escape(name)}</b>", styles["sign"])]


def _spans(grid: Grid) -> list[tuple[Any, ...]]:
    commands: list[tuple[Any, ...]] = []
    for row, cells in enumerate(grid.rows):
        for column, cell in enumerate(cells):
            if cell.merge:
                continue
            right, down = column, row
            while right + 1 < len(cells) and cells[right + 1].merge == "left":
                right += 1
            while down + 1 < len(grid.rows) and grid.rows[down + 1][column].merge == "up":
                down += 1
            if (right, down) != (column, row):
                commands.append(("SPAN", (column, row), (right, down)))
    return commands


def _table(grid: Grid, styles: dict[str, ParagraphStyle], width: float) -> Table:
    data = [
        [[Paragraph(escape(cell.text), styles["cellhead" if row < grid.heads else "cell"])] for cell in cells]
        for row, cells in enumerate(grid.rows)
    ]
    widths = [width * part / sum(grid.widths) for part in grid.widths]
    table = Table(
        data,
        colWidths=widths,
        repeatRows=grid.heads,
        splitByRow=0,
        splitInRow=30,
        spaceBefore=4,
        spaceAfter=8,
    )
    look: list[tuple[Any, ...]] = [
        ("GRID", (0, 0), (-1, -1), 0.5, "black"),
        ("VALIGN", (0, 0), (-1, -1), "TOP"),
        ("LEFTPADDING", (0, 0), (-1, -1), _TABLE_PADDING),
        ("RIGHTPADDING", (0, 0), (-1, -1), _TABLE_PADDING),
    ]
    table.setStyle(look + _spans(grid))
    return table


def _mark(what: str) -> list[Flowable]:
    if what in ("landscape", "portrait"):
        return [NextPageTemplate(what), PageBreak()]
    return [PageBreak()] if what == "page" else []


def _story(sample: Sample, styles: dict[str, ParagraphStyle]) -> list[Flowable]:
    width = A4[0] - _LEFT - _RIGHT
    story, numbers, across = _opening(sample.heading, styles, width), _Numbers(), width
    for block in sample.blocks:
        if block == Mark("landscape"):
            across = A4[1] - _LEFT - _RIGHT
        elif block == Mark("portrait"):
            across = width
        story += _flow(block, sample.heading, styles, across, numbers)
    return story


def _flow(
    block: Block, head: Heading, styles: dict[str, ParagraphStyle], width: float, numbers: _Numbers
) -> list[Flowable]:
    if isinstance(block, Grid):
        return [_table(block, styles, width)]
    if isinstance(block, Mark):
        return [_foot(head, styles, width)] if block.what == "foot" else _mark(block.what)
    style = block.style if block.style in styles else "body"
    return [Paragraph(escape(numbers.label(block)), styles[style])]


def _page_number(canvas: Any, document: Any) -> None:
    if document.page > 1:
        canvas.setFont("Serif", 12)
        canvas.drawCentredString(canvas._pagesize[0] / 2, canvas._pagesize[1] - 13 * mm, str(document.page))


def _template(name: str, size: tuple[float, float]) -> PageTemplate:
    frame = Frame(_LEFT, _BOTTOM, size[0] - _LEFT - _RIGHT, size[1] - _TOP - _BOTTOM, 0, 0, 0, 0, id=name)
    return PageTemplate(id=name, frames=[frame], pagesize=size, onPage=_page_number)


def typeset(sample: Sample) -> bytes:
    """The sample as a PDF; the same bytes for the same sample and typeface."""
    _register()
    out = io.BytesIO()
    size = float(str(sample.options.get("size", 13.5)))
    document = BaseDocTemplate(
        out, pagesize=A4, invariant=1, title=sample.id, author="", producer="dondoc samples"
    )
    document.addPageTemplates([_template("portrait", A4), _template("landscape", landscape(A4))])
    document.build(_story(sample, _styles(size)))
    return out.getvalue()
