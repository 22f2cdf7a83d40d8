"""An assignment table in (STT | Nhiệm vụ | Chủ trì | Phối hợp | Thời hạn | Sản phẩm, in any order and
wording), one draft a row out.

Merged cells count for every row that they cover; "nt"/"như trên" copies from above; a row of a sub-item
without a lead inherits that of the row above it in the numbering.
"""

from __future__ import annotations

import datetime as dt
import re
import tomllib
from dataclasses import dataclass, replace
from functools import cache
from importlib.resources import files

from pipeline.assignments.roles import find_cooperators, find_subject
from pipeline.assignments.scope import Draft, Scope, moved, moved_deadline
from pipeline.deadlines import choose, find_deadlines, read_cell
from pipeline.text import match_key
from pipeline.types import (
    Clause,
    ClauseRole,
    Deadline,
    DeadlineKind,
    Grid,
    GridCell,
    Grounded,
    Paragraph,
    Span,
    UnitMention,
)
from pipeline.units import split_list

_DASH = re.compile(r"^\s*[-–+•]\s*")
_HEAD_ROWS = 3
_SILENT = {ClauseRole.OTHER, ClauseRole.FUNCTION}


@cache
def _patterns() -> tuple[tuple[tuple[str, re.Pattern[str]], ...], re.Pattern[str]]:
    table = tomllib.loads((files("pipeline.assignments") / "columns.toml").read_text(encoding="utf-8"))
    columns = tuple((c["name"], re.compile(match_key(c["pattern"]))) for c in table["column"])
    return columns, re.compile(match_key(table["same"]["pattern"]))


@dataclass(frozen=True, slots=True)
class _Row:
    """The cells of a row by what their column holds."""

    work: GridCell
    lead: GridCell | None
    cooperator: GridCell | None
    time: GridCell | None
    output: GridCell | None
    number: str
    position: int


def read_table(
    grid: Grid, text: str, scope: Scope, issued_on: dt.date | None
) -> tuple[tuple[Draft, ...], tuple[Clause, ...]]:
    """The drafts of a table's rows; none when its columns are not those of an assignment table."""
    columns, first = _columns(grid, text)
    led = "lead" in columns or (bool(scope.leads) and "time" in columns)
    # a list by its title ("Danh mục …") assigns all the same where it names who has to do what, and when
    named = "lead" in columns and ("time" in columns or "cooperator" in columns)
    assigns = "work" in columns and led and (named or scope.zone not in _SILENT)
    if not assigns:
        return (), (Clause(grid.span, " › ".join(scope.path), ClauseRole.OTHER, "table_without_leads"),)
    drafts: list[Draft] = []
    clauses: list[Clause] = []
    reader = _Reader(text, scope, issued_on)
    for position, cells in enumerate(grid.rows[first:], start=1):
        row = _row(cells, columns, text, position)
        found = reader.read(row)
        drafts.extend(found)
        span = _cell_span(row.work)
        if span is not None:
            role = ClauseRole.TASK if found else ClauseRole.HEADING
            clauses.append(
                Clause(span, " › ".join((*scope.path, row.number or str(position))), role, "table_row")
            )
    return tuple(drafts), tuple(clauses)


def _columns(grid: Grid, text: str) -> tuple[dict[str, int], int]:
    """Column index by meaning, and the index of the first row below the head.

    The head may take several rows; it ends where a row names no column that the rows above left open.
    """
    best: dict[str, int] = {}
    first = 0
    for index, row in enumerate(grid.rows[:_HEAD_ROWS]):
        found = _named(row, text)
        if len(found) < 2 and index >= first:
            continue
        if len(found) > len(best) or set(found) - set(best):
            best, first = {**best, **found}, index + 1
    while first and first < len(grid.rows) and _numbers_columns(grid.rows[first], text):
        first += 1
    return best, first


def _named(row: tuple[GridCell, ...], text: str) -> dict[str, int]:
    """The columns that the cells of a head row name."""
    heads = [match_key(_words(cell, text)).strip() for cell in row]
    found: dict[str, int] = {}
    for name, pattern in _patterns()[0]:
        if name in found:
            continue
        taken = set(found.values())
        column = next(
            (
                i
                for i, head in enumerate(heads)
                if head and len(head) <= 80 and i not in taken and pattern.search(head)
            ),
            None,
        )
        if column is not None:
            found[name] = column
    return found


def _numbers_columns(row: tuple[GridCell, ...], text: str) -> bool:
    """A row "(1) | (2) | (3)" below the head."""
    words = [_words(cell, text).strip("() .") for cell in row]
    return all(word.isdigit() or word in "ABCD" for word in words if word) and sum(bool(w) for w in words) > 2


def _row(cells: tuple[GridCell, ...], columns: dict[str, int], text: str, position: int) -> _Row:
    def cell(name: str) -> GridCell | None:
        return cells[columns[name]] if name in columns and columns[name] < len(cells) else None

    work = cell("work")
    number = cell("number")
    assert work is not None
    return _Row(
        work,
        cell("lead"),
        cell("cooperator"),
        cell("time"),
        cell("output"),
        _words(number, text).strip(" .)") if number else "",
        position,
    )


def _words(cell: GridCell, text: str) -> str:
    return " ".join(text[p.span.start : p.span.end].replace("\n", " ") for p in cell.paragraphs)


def _cell_span(cell: GridCell) -> Span | None:
    if not cell.paragraphs:
        return None
    return Span(cell.paragraphs[0].span.start, cell.paragraphs[-1].span.end)


class _Reader:
    """Reads rows in order, remembering what a row above hands down."""

    def __init__(self, text: str, scope: Scope, issued_on: dt.date | None) -> None:
        self._text = text
        self._scope = scope
        self._issued_on = issued_on
        self._above: _Row | None = None
        self._parents: dict[str, tuple[UnitMention, ...]] = {}

    def read(self, row: _Row) -> tuple[Draft, ...]:
        row = self._copied(row)
        words = _words(row.work, self._text).strip()
        leads = self._units(row.lead)
        inherited = False
        if not leads:
            leads, inherited = self._handed_down(row)
        else:
            self._parents[row.number] = leads
        if not words or words == row.number or not leads:
            return ()
        self._above = row
        draft = self._draft(row, leads, inherited)
        if self._is_past(draft.deadline):
            return ()
        return self._split(row, draft)

    def _copied(self, row: _Row) -> _Row:
        """The row with "như trên" cells replaced by the cells above."""
        above, same = self._above, _patterns()[1]
        if above is None:
            return row

        def cell(here: GridCell | None, there: GridCell | None) -> GridCell | None:
            return (
                there
                if here is not None and same.match(match_key(_words(here, self._text)).strip())
                else here
            )

        return replace(
            row,
            lead=cell(row.lead, above.lead),
            cooperator=cell(row.cooperator, above.cooperator),
            time=cell(row.time, above.time),
            output=cell(row.output, above.output),
        )

    def _handed_down(self, row: _Row) -> tuple[tuple[UnitMention, ...], bool]:
        number = row.number
        while "." in number:
            number = number.rpartition(".")[0]
            if self._parents.get(number):
                return self._parents[number], True
        return self._scope.leads, bool(self._scope.leads)

    def _units(self, cell: GridCell | None) -> tuple[UnitMention, ...]:
        if cell is None:
            return ()
        return tuple(mention for p in cell.paragraphs for mention in self._paragraph_units(p))

    def _paragraph_units(self, paragraph: Paragraph) -> tuple[UnitMention, ...]:
        words = self._text[paragraph.span.start : paragraph.span.end]
        bullet = _DASH.match(words)
        skip = bullet.end() if bullet else 0
        subject = find_subject(words[skip:])
        if subject is not None and subject.cue == "subject":  # the cell also says what the unit does
            return tuple(moved(m, paragraph.span.start + skip) for m in subject.leads)
        return tuple(moved(m, paragraph.span.start + skip) for m in split_list(words[skip:]))

    def _draft(self, row: _Row, leads: tuple[UnitMention, ...], inherited: bool) -> Draft:
        cooperators = self._units(row.cooperator) or self._own_cooperators(row)
        deadline = self._deadline(row)
        output_span = _cell_span(row.output) if row.output else None
        output = Grounded(_words(row.output, self._text), output_span) if row.output and output_span else None
        return Draft(
            spans=tuple(p.span for p in row.work.paragraphs),
            path=(*self._scope.path, row.number or str(row.position)),
            leads=leads,
            cooperators=cooperators,
            deadline=deadline or self._scope.deadline,
            rule="table_row",
            leads_inherited=inherited,
            deadline_inherited=deadline is None and self._scope.deadline is not None,
            output=output,
        )

    def _own_cooperators(self, row: _Row) -> tuple[UnitMention, ...]:
        span = _cell_span(row.work)
        if span is None:
            return ()
        words = self._text[span.start : span.end]
        return tuple(moved(m, span.start) for m in find_cooperators(words))

    def _deadline(self, row: _Row) -> Deadline | None:
        span = _cell_span(row.time) if row.time else None
        if span is not None:
            reading = read_cell(self._text[span.start : span.end], self._issued_on)
            return moved_deadline(reading, span.start) if reading else None
        span = _cell_span(row.work)
        if span is None:
            return None
        words = self._text[span.start : span.end]
        chosen = choose(find_deadlines(words, self._issued_on), words)
        return moved_deadline(chosen, span.start) if chosen else None

    def _is_past(self, deadline: Deadline | None) -> bool:
        """Rows that were due before the document's date are no tasks (labelling guide)."""
        if (
            deadline is None
            or deadline.kind is not DeadlineKind.DATE
            or not deadline.date
            or not self._issued_on
        ):
            return False
        return deadline.date < self._issued_on and "before_issue" in deadline.flags

    def _split(self, row: _Row, draft: Draft) -> tuple[Draft, ...]:
        """A row whose bullets have a lead each is one task a bullet."""
        bullets = [p for p in row.work.paragraphs if _DASH.match(self._text[p.span.start : p.span.end])]
        lead_paragraphs = list(row.lead.paragraphs) if row.lead else []
        if len(bullets) < 2 or len(lead_paragraphs) < 2 or len(bullets) != len(lead_paragraphs):
            return (draft,)
        if not all(self._names_doer(p) for p in bullets) and not all(
            _DASH.match(self._text[p.span.start : p.span.end]) for p in lead_paragraphs
        ):
            return (draft,)
        return tuple(
            _led_by(
                replace(draft, spans=(self._without_bullet(p),)), self._paragraph_units(lead) or draft.leads
            )
            for p, lead in zip(bullets, lead_paragraphs, strict=True)
        )

    def _names_doer(self, paragraph: Paragraph) -> bool:
        found = find_subject(self._text[self._without_bullet(paragraph).start : paragraph.span.end])
        return found is not None and bool(found.leads)

    def _without_bullet(self, paragraph: Paragraph) -> Span:
        bullet = _DASH.match(self._text[paragraph.span.start : paragraph.span.end])
        return Span(paragraph.span.start + (bullet.end() if bullet else 0), paragraph.span.end)


def _led_by(draft: Draft, leads: tuple[UnitMention, ...]) -> Draft:
    """The draft with these leads; a lead does not cooperate with itself."""
    named = {match_key(lead.name) for lead in leads}
    return replace(
        draft, leads=leads, cooperators=tuple(c for c in draft.cooperators if match_key(c.name) not in named)
    )
