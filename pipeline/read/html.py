"""A web page in, blocks out: paragraphs, lists and tables; what is not shown is dropped.

Read by the standard library's parser, because it knows where in the source a text stands: pieces keep
their range of characters in the decoded page.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from html import unescape
from html.parser import HTMLParser

from pipeline.read.flow import POINTS, Align, Block, Flow, FlowCell, FlowTable, Piece, stretches_of
from pipeline.read.grids import Spanned, grid_of, ruled_by_content, text_of
from pipeline.read.legacy import in_unicode
from pipeline.text import nfc
from pipeline.types import Span

_HIDDEN = {"script", "style", "head", "template", "noscript", "nav", "aside", "select", "button", "svg"}
_VOID = {"br", "hr", "img", "input", "meta", "link", "col", "area", "base", "source", "wbr"}
_BLOCK_NAMES = (
    "address article blockquote body center dd div dl dt fieldset figure footer form h1 h2 h3 h4 h5 h6"
    " header hr html li main ol p pre section table tbody td tfoot th thead tr ul"
)
_BLOCKS = frozenset(_BLOCK_NAMES.split())
_HEADINGS = {"h1", "h2", "h3", "h4", "h5", "h6"}
_CENTRE = re.compile(r"text-align\s*:\s*center", re.I)
_RIGHT = re.compile(r"text-align\s*:\s*right", re.I)
_NONE = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.I)
_BORDER = re.compile(r"border(?:-\w+)?\s*:\s*(?!none|0)[^;]*(?:solid|double|dotted|dashed|windowtext)", re.I)
_WORD = re.compile(r"\S+")
_DEEPEST = 200  # open elements; deeper nesting is flattened


def blocks_of(text: str) -> list[Block]:
    """The page's blocks; pieces' `source` counts characters of `text`."""
    reader = _Reader(text)
    reader.feed(text)
    reader.close()
    return in_unicode(reader.finish())


@dataclass(slots=True)
class _Look:
    bold: bool = False
    italic: bool = False
    hidden: bool = False
    align: Align = Align.LEFT


@dataclass(slots=True)
class _Table:
    ruled: bool
    rows: list[list[Spanned]] = field(default_factory=list)


@dataclass(slots=True)
class _Area:
    """Where text goes: the page or a cell. `lines` are the open paragraph's stretches."""

    blocks: list[Block] = field(default_factory=list)
    lines: list[list[Piece]] = field(default_factory=lambda: [[]])
    table: _Table | None = None
    span: tuple[int, int] = (1, 1)


class _Reader(HTMLParser):
    def __init__(self, text: str) -> None:
        super().__init__(convert_charrefs=False)
        self._starts = [0]
        self._starts += [match.end() for match in re.finditer("\n", text)]
        self._areas = [_Area()]
        self._open: list[tuple[str, _Look]] = [("", _Look())]
        self._lists: list[int | None] = []  # the next number of each open list, None for bullets
        self._pending: list[tuple[str, int, int]] = []  # text of the open word, with where it stands

    # ------------------------------------------------------------ what the parser calls

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = {name: value or "" for name, value in attrs}
        if tag in _BLOCKS:
            self._close_paragraph()
        if tag == "br":
            self._close_word()
            self._area.lines.append([])
        if tag in _VOID:
            return
        if len(self._open) < _DEEPEST:
            self._open.append((tag, self._looking(tag, values)))
        self._begin(tag, values)

    def handle_endtag(self, tag: str) -> None:
        if tag in _BLOCKS:
            self._close_paragraph()
        if tag in ("td", "th"):
            self._close_cell()
        elif tag == "table":
            self._close_table()
        elif tag in ("ol", "ul") and self._lists:
            self._lists.pop()
        for at in range(len(self._open) - 1, 0, -1):
            if self._open[at][0] == tag:
                del self._open[at:]
                break

    def handle_data(self, data: str) -> None:
        self._text(data, self._offset())

    def handle_entityref(self, name: str) -> None:
        self._reference(f"&{name}")

    def handle_charref(self, name: str) -> None:
        self._reference(f"&#{name}")

    # ------------------------------------------------------------ text

    def _offset(self) -> int:
        line, column = self.getpos()
        return self._starts[min(line, len(self._starts)) - 1] + column

    def _reference(self, written: str) -> None:
        start = self._offset()
        end = start + len(written)
        if self.rawdata[end : end + 1] == ";":
            written, end = written + ";", end + 1
        shown = unescape(written)
        if shown.isspace():
            self._close_word()
        elif not self._open[-1][1].hidden:
            self._pending.append((shown, start, end))

    def _text(self, data: str, start: int) -> None:
        if self._open[-1][1].hidden:
            return
        if data[:1].isspace():
            self._close_word()
        for match in _WORD.finditer(data):
            self._pending.append((match.group(), start + match.start(), start + match.end()))
            if match.end() < len(data):
                self._close_word()

    def _close_word(self) -> None:
        if not self._pending:
            return
        written = "".join(part for part, _, _ in self._pending)
        span = Span(self._pending[0][1], self._pending[-1][2])
        self._pending = []
        text = nfc("".join(char for char in written if char not in "\u200b\ufeff"))
        if text.strip():
            look = self._open[-1][1]
            raw = None if text == written else written
            self._area.lines[-1].append(Piece(text, POINTS, look.bold, look.italic, raw, span))

    def _close_paragraph(self) -> None:
        self._close_word()
        area = self._area
        align = self._open[-1][1].align
        stretches = stretches_of(area.lines, broken=align is Align.CENTRE)
        area.lines = [[]]
        if stretches:
            area.blocks.append(Flow(stretches, align))

    # ------------------------------------------------------------ elements

    @property
    def _area(self) -> _Area:
        return self._areas[-1]

    def _looking(self, tag: str, values: dict[str, str]) -> _Look:
        look = replace(self._open[-1][1])
        style = values.get("style", "")
        look.bold = look.bold or tag in ("b", "strong", "th") or tag in _HEADINGS
        look.italic = look.italic or tag in ("i", "em")
        look.hidden = look.hidden or tag in _HIDDEN or "hidden" in values or bool(_NONE.search(style))
        align = values.get("align", "").lower()
        if tag in ("center", "th") or align == "center" or _CENTRE.search(style):
            look.align = Align.CENTRE
        elif align == "right" or _RIGHT.search(style):
            look.align = Align.RIGHT
        elif align or tag in ("td", "table"):
            look.align = Align.LEFT
        return look

    def _begin(self, tag: str, values: dict[str, str]) -> None:
        if tag == "table":
            border = values.get("border", "0") not in ("", "0")
            ruled = border or bool(_BORDER.search(values.get("style", "")))
            self._areas.append(_Area(table=_Table(ruled)))
        elif tag == "tr" and (table := self._table()) is not None:
            table.rows.append([])
        elif tag in ("td", "th") and (table := self._table()) is not None:
            table.ruled = table.ruled or tag == "th" or bool(_BORDER.search(values.get("style", "")))
            spans = (_count(values.get("colspan")), _count(values.get("rowspan")))
            self._areas.append(_Area(span=spans))
        elif tag in ("ol", "ul"):
            start = _count(values.get("start"))
            self._lists.append(start if tag == "ol" else None)
        elif tag == "li":
            self._label()

    def _label(self) -> None:
        """The generated number or bullet of a list's item."""
        label = "•"
        if self._lists and self._lists[-1] is not None:
            label = f"{self._lists[-1]}."
            self._lists[-1] += 1
        if not self._open[-1][1].hidden:
            self._area.lines[-1].append(Piece(label, POINTS))

    def _table(self) -> _Table | None:
        """The innermost open table; an open cell of it is ended first."""
        if self._area.table is None and len(self._areas) > 1:
            self._close_cell()
        return self._area.table

    def _close_cell(self) -> None:
        if len(self._areas) < 2 or self._area.table is not None:
            return
        self._close_paragraph()
        cell = self._areas.pop()
        flows: list[Flow] = []
        for block in cell.blocks:
            if isinstance(block, Flow):
                flows.append(block)
            elif isinstance(block, FlowTable):
                flows += [f for row in block.rows for inner in row if not inner.merged for f in inner.flows]
        table = self._area.table
        if table is not None:
            if not table.rows:
                table.rows.append([])
            table.rows[-1].append(Spanned(tuple(flows), *cell.span))

    def _close_table(self) -> None:
        self._close_cell()
        if self._area.table is None or len(self._areas) < 2:
            return
        stray = self._areas.pop()
        table = stray.table
        assert table is not None
        self._area.blocks += stray.blocks
        grid = grid_of([row for row in table.rows if row])
        if grid and grid[0]:
            self._area.blocks += _shaped(grid, table.ruled)

    def finish(self) -> list[Block]:
        """Ends what the page left open."""
        self._close_paragraph()
        while len(self._areas) > 1:
            if self._area.table is None:
                self._close_cell()
            else:
                self._close_table()
        return self._areas[0].blocks


def _shaped(grid: tuple[tuple[FlowCell, ...], ...], ruled: bool) -> list[Block]:
    """The table, or its content where it has a single cell or an unruled column."""
    cells = [cell for row in grid for cell in row if not cell.merged]
    if len(cells) == 1 or (len(grid[0]) == 1 and not ruled):
        return [flow for cell in cells for flow in cell.flows]
    text = " ".join(text_of(cell.flows) for cell in cells)
    certain = ruled_by_content(text, len(grid[0]), len(grid))
    widths = _widths(grid)
    return [FlowTable(grid, widths, ruled if certain is None else certain)]


def _widths(grid: tuple[tuple[FlowCell, ...], ...]) -> tuple[float, ...]:
    """Columns' shares by how much they hold."""
    totals = [1.0] * len(grid[0])
    for row in grid:
        for column, cell in enumerate(row):
            if not cell.merged and cell.columns == 1:
                totals[column] = max(totals[column], len(text_of(cell.flows)))
    return tuple(min(max(total, 6.0), 120.0) ** 0.7 for total in totals)


def _count(value: str | None) -> int:
    found = re.match(r"\s*(\d{1,4})", value or "")
    return max(int(found.group(1)), 1) if found else 1
