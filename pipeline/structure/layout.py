"""Pages in, one text in reading order out, cut into paragraphs and tables (`Layout`)."""

from __future__ import annotations

from pipeline.structure.columns import Sheet, in_reading_order
from pipeline.structure.grids import grid_of, joins
from pipeline.structure.margins import without_margins
from pipeline.structure.notes import without_notes
from pipeline.structure.paragraphs import grouped
from pipeline.structure.rows import Row
from pipeline.structure.writer import Writer
from pipeline.types import Grid, Layout, Paragraph, Reading


def compose(reading: Reading) -> Layout:
    """The document as one text; never raises, whatever the pages hold. Footnotes stand at the text's end
    and belong to no item."""
    ordered: list[Row | Sheet] = []
    notes: list[Row] = []
    for page, items in zip(reading.pages, without_margins(reading.pages), strict=True):
        text, small_print = without_notes(in_reading_order(page, items))
        ordered += text
        notes += small_print
    writer = Writer()
    items_out: list[Paragraph | Grid] = []
    sheets: list[Sheet] = []
    for group in grouped(ordered):
        if isinstance(group, Sheet) and (not sheets or joins(sheets[-1], group)):
            sheets.append(group)
            continue
        _flush(sheets, writer, items_out)
        sheets = []
        if isinstance(group, Sheet):
            sheets = [group]
        elif (paragraph := writer.paragraph(group)) is not None:
            items_out.append(paragraph)
    _flush(sheets, writer, items_out)
    for note in notes:
        writer.paragraph([note])
    return Layout(writer.text, tuple(writer.places), tuple(items_out))


def _flush(sheets: list[Sheet], writer: Writer, items: list[Paragraph | Grid]) -> None:
    if sheets and (grid := grid_of(sheets, writer)) is not None:
        items.append(grid)
