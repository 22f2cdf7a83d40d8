"""Level rulings and words → tables that are ruled only across, their columns parted by white space.

In: a page's level rulings, the words left outside ruled tables, those tables. Out: `Table`s of the same
words, and the words outside them. Our own check of gaps comes first and costs microseconds; where it
finds columns, pdfplumber's alignment of words says where they begin. It is given our words, so that
offsets, healed syllables and boxes stay as they are and no page is read twice.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from pipeline.read.tables import Ruling, merge
from pipeline.types import Box, Cell, Line, Table, Word

LONG = 0.4  # share of the page's width: shorter rulings underline a heading or part off footnotes
ALIKE = 6.0  # points by which the ends of one table's rulings differ
BROKEN = 24.0  # points of a break in a ruling that is drawn cell by cell
GAP = 5.0  # points of white that part columns; the blanks of justified lines rarely reach it
FEWEST = 3  # rulings, and columns
NEAR = 40.0  # points before a column's begin that a longer phrase of it may begin
TALLEST = 6  # lines of prose in one column that are no group's heading but text between tables
_NUMBER = re.compile(r"\(?\d{1,3}[.)]?$")


@dataclass(frozen=True, slots=True)
class _Band:
    """What stands between two rulings: rows of words from top to bottom."""

    top: float
    bottom: float
    rows: tuple[tuple[Word, ...], ...]

    def spread(self) -> list[tuple[float, float]]:
        """Stretches across which ink stands, over all rows."""
        return _stretches((word.box.x0, word.box.x1) for row in self.rows for word in row)

    @property
    def prose(self) -> bool:
        """Text in one column that is too long for the heading of a group of rows."""
        return len(self.rows) >= TALLEST and len(self.spread()) < 2


def find_open_tables(
    level: Sequence[Ruling], rows: Sequence[Sequence[Word]], ruled: Sequence[Table], width: float
) -> tuple[tuple[Table, ...], list[list[Word]]]:
    """The tables ruled only across on a page `width` points wide, and the rows of words without theirs."""
    tables, rest = [], [list(row) for row in rows]
    for rulings in _families(level, ruled, LONG * width):
        for bands in _runs(_bands(rulings, rest)):
            table = _table(bands, rulings) if _in_columns(bands) else None
            if table is not None:
                tables.append(table)
                taken = {id(word) for band in bands for row in band.rows for word in row}
                rest = [[word for word in row if id(word) not in taken] for row in rest]
    return tuple(tables), [row for row in rest if row]


def _families(level: Sequence[Ruling], ruled: Sequence[Table], shortest: float) -> list[list[Ruling]]:
    """Long rulings outside the ruled tables by their extent, from top to bottom, three at least."""
    if len(level) < FEWEST:
        return []
    families: list[list[Ruling]] = []
    boxes = [table.box for table in ruled if table.box]
    for ruling in _mended(merge(level)):
        y, x0, x1 = ruling
        if x1 - x0 < shortest or any(box.y0 - ALIKE <= y <= box.y1 + ALIKE for box in boxes):
            continue
        like = (each for each in families if _alike(each[0], ruling))
        family = next(like, None)
        if family is None:
            families.append([ruling])
        else:
            family.append(ruling)
    return [sorted(family) for family in families if len(family) >= FEWEST]


def _alike(one: Ruling, other: Ruling) -> bool:
    return abs(one[1] - other[1]) <= ALIKE and abs(one[2] - other[2]) <= ALIKE


def _mended(rulings: Sequence[Ruling]) -> list[Ruling]:
    """Rulings drawn in pieces, one for each column, made whole."""
    whole: list[Ruling] = []
    for ruling in sorted(rulings):
        last = whole[-1] if whole else None
        if last and abs(last[0] - ruling[0]) < 0.5 and ruling[1] - last[2] <= BROKEN:
            whole[-1] = (last[0], last[1], max(last[2], ruling[2]))
        else:
            whole.append(ruling)
    return whole


def _bands(rulings: Sequence[Ruling], rows: Sequence[Sequence[Word]]) -> list[_Band]:
    left, right = rulings[0][1] - ALIKE, rulings[0][2] + ALIKE
    bands = []
    for (top, _, _), (bottom, _, _) in itertools.pairwise(rulings):
        inside = (
            tuple(
                word
                for word in row
                if top <= _middle(word) < bottom and left <= word.box.x0 and word.box.x1 <= right
            )
            for row in rows
        )
        bands.append(_Band(top, bottom, tuple(row for row in inside if row)))
    return bands


def _middle(word: Word) -> float:
    return (word.box.y0 + word.box.y1) / 2


def _runs(bands: Sequence[_Band]) -> list[list[_Band]]:
    """Stretches of bands without prose or blank space between them: a heading's and a foot's line may be
    as long as a table's."""
    runs: list[list[_Band]] = [[]]
    for band in bands:
        if band.prose or (not band.rows and band.bottom - band.top > 40):
            runs.append([])
        else:
            runs[-1].append(band)
    return [run for run in map(_trimmed, runs) if len(run) >= FEWEST - 1]


def _trimmed(run: list[_Band]) -> list[_Band]:
    """Without bands at either end that hold no words."""
    held = [at for at, band in enumerate(run) if band.rows]
    return run[held[0] : held[-1] + 1] if held else []


def _in_columns(bands: Sequence[_Band]) -> bool:
    """True if at least half of the bands show three columns: the check that costs nothing."""
    return 2 * sum(len(band.spread()) >= FEWEST for band in bands) >= len(bands)


def _stretches(spans: Iterable[tuple[float, float]]) -> list[tuple[float, float]]:
    found: list[tuple[float, float]] = []
    for x0, x1 in sorted(spans):
        if found and x0 - found[-1][1] < GAP:
            found[-1] = (found[-1][0], max(found[-1][1], x1))
        else:
            found.append((x0, x1))
    return found


def _table(bands: Sequence[_Band], rulings: Sequence[Ruling]) -> Table | None:
    """The bands as a table; None where their words do not line up in three columns."""
    left, right = rulings[0][1], rulings[0][2]
    xs = _columns(bands, left, right)
    if len(xs) <= FEWEST:
        return None
    rows = tuple(_cells(part, xs) for band in bands for part in _numbered(band, xs[1]))
    return Table(rows, Box(left, bands[0].top, right, bands[-1].bottom))


def _columns(bands: Sequence[_Band], left: float, right: float) -> tuple[float, ...]:
    """Where the columns part, from `left` to `right`: pdfplumber tells which phrases line up on their
    left, right or middle, and white space beside them where one column ends."""
    from pdfplumber.table import words_to_edges_v

    parted = [band for band in bands if len(band.spread()) > 1]
    phrases = [
        {"x0": x0, "x1": x1, "top": row[0].box.y0, "bottom": row[0].box.y1}
        for band in parted
        for row in band.rows
        for x0, x1 in _stretches((word.box.x0, word.box.x1) for word in row)
    ]
    begins = sorted({float(edge["x0"]) for edge in words_to_edges_v(phrases, word_threshold=3)})
    spans = [(phrase["x0"], phrase["x1"]) for phrase in phrases]
    inner = sorted({_clear(begin, spans) for begin in begins[1:-1]})
    return (left, *(x for x in inner if left + GAP < x < right - GAP), right)


def _clear(begin: float, spans: Sequence[tuple[float, float]]) -> float:
    """The place at or before a column's begin that the fewest phrases run across: the longest of centred
    phrases begins before those that line up."""
    near = {x0 for x0, _ in spans if begin - NEAR <= x0 <= begin} | {begin}
    return min((sum(x0 < x < x1 for x0, x1 in spans), begin - x, x) for x in near)[2] - 1


def _numbered(band: _Band, first: float) -> list[_Band]:
    """A band cut into rows where its first column counts them; the table may be ruled at its head and
    foot alone. Not where text stands above the first number, since numbers then stand amid their rows."""
    starts = [
        at
        for at, row in enumerate(band.rows)
        if row[0].box.x1 <= first + GAP and _NUMBER.fullmatch(row[0].text)
    ]
    if len(starts) < 2 or starts[0] != 0:
        return [band]
    tops = [min(word.box.y0 for word in band.rows[at]) for at in starts[1:]]
    ys = [band.top, *tops, band.bottom]
    ends = [*starts[1:], len(band.rows)]
    return [
        _Band(ys[at], ys[at + 1], band.rows[start:end])
        for at, (start, end) in enumerate(zip(starts, ends, strict=True))
    ]


def _cells(band: _Band, xs: Sequence[float]) -> tuple[Cell, ...]:
    """The band's cells; those that a phrase bridges are one, repeated."""
    homes = _homes(band, xs)
    cells: dict[int, Cell] = {}
    for home in sorted(set(homes)):
        end = max(column for column, at in enumerate(homes) if at == home) + 1
        # Words that stick out at either side of the table belong to its outer cells.
        low = xs[home] if home else float("-inf")
        high = xs[end] if end < len(homes) else float("inf")
        lines = (
            tuple(word for word in row if low <= (word.box.x0 + word.box.x1) / 2 < high) for row in band.rows
        )
        box = Box(xs[home], band.top, xs[end], band.bottom)
        cells[home] = Cell(tuple(Line(line) for line in lines if line), box)
    return tuple(replace(cells[home], merged=home != column) for column, home in enumerate(homes))


def _homes(band: _Band, xs: Sequence[float]) -> list[int]:
    """The first column of each column's cell; a heading of a group, alone in its band, takes all."""
    inner = range(1, len(xs) - 1)
    phrases = [span for row in band.rows for span in _stretches((w.box.x0, w.box.x1) for w in row)]
    bridged = {at for at in inner if any(x0 < xs[at] - GAP and xs[at] + GAP < x1 for x0, x1 in phrases)}
    alone = bool(bridged) and len(band.spread()) < 2
    homes = [0]
    for at in inner:
        homes.append(homes[-1] if alone or at in bridged else at)
    return homes
