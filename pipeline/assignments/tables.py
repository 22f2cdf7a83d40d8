"""An assignment table in (STT | Nhiệm vụ | Chủ trì | Phối hợp | Thời hạn | Sản phẩm, in any order and
wording), one draft a row out.

columns.py reads the head, rows.py the rows, cells.py the units; here rows become drafts. Merged cells count
for every row that they cover; "nt"/"như trên" copies from above; a blank lead is that of the row above in
the numbering, or of the row before where the row says something else of its own. A blank deadline is none.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, replace

from pipeline.assignments.assigning import assigns
from pipeline.assignments.bullets import assigned_in_lead, split_bullets
from pipeline.assignments.cells import read_party, span_of, words_of
from pipeline.assignments.columns import Columns, read_columns
from pipeline.assignments.cooperators import find_cooperators
from pipeline.assignments.roles import find_subject
from pipeline.assignments.rows import Row, read_rows
from pipeline.assignments.scope import Draft, Scope, moved, moved_deadline, overridden
from pipeline.assignments.table_lexicon import table_pattern
from pipeline.assignments.times import read_time
from pipeline.assignments.timing import others
from pipeline.deadlines import choose, find_deadlines
from pipeline.text import match_key
from pipeline.types import (
    Clause,
    ClauseRole,
    Deadline,
    DeadlineKind,
    Grid,
    GridCell,
    Grounded,
    Span,
    UnitMention,
)


def read_table(
    grid: Grid, text: str, scope: Scope, issued_on: dt.date | None
) -> tuple[tuple[Draft, ...], tuple[Clause, ...]]:
    """The drafts of a table's rows; none when its columns are not those of an assignment table."""
    columns = read_columns(grid, text)
    rows = read_rows(grid, columns, text)
    if not assigns(columns, rows, text, scope):
        return (), (Clause(grid.span, " › ".join(scope.path), ClauseRole.OTHER, "table_without_leads"),)
    drafts: list[Draft] = []
    clauses: list[Clause] = []
    reader = _Reader(text, scope, issued_on, columns)
    for row in rows:
        found = reader.read(row)
        drafts.extend(found)
        if row.work:
            span = Span(row.work[0].span.start, row.work[-1].span.end)
            role = ClauseRole.TASK if found else ClauseRole.HEADING
            path = " › ".join((*scope.path, row.number or str(row.position)))
            clauses.append(Clause(span, path, role, "table_row"))
    return tuple(drafts), tuple(clauses)


@dataclass(frozen=True, slots=True)
class _Parent:
    """What a row hands down to those below it in the numbering."""

    level: int
    leads: tuple[UnitMention, ...]
    deadline: Deadline | None


class _Reader:
    """Reads rows in order, remembering what the rows above hand down."""

    def __init__(self, text: str, scope: Scope, issued_on: dt.date | None, columns: Columns) -> None:
        self._text = text
        self._scope = scope
        self._issued_on = issued_on
        self._columns = columns
        self._above: Row | None = None
        self._before: tuple[UnitMention, ...] = ()
        self._parents: list[_Parent] = []

    def read(self, row: Row) -> tuple[Draft, ...]:
        """The drafts of a row; none for headings, totals and rows due before the document's date."""
        row = self._copied(row)
        if row.level is not None:
            self._parents = [parent for parent in self._parents if parent.level < row.level]
        words = self._work(row)
        if not words or table_pattern("total").match(match_key(words)):
            return ()
        party = self._party(row)
        leads, inherited = (party, False) if party else self._handed_down(row)
        deadline = self._deadline(row)
        if row.level is not None:
            self._parents.append(_Parent(row.level, party, deadline))
        if not leads or self._is_heading(row, party, words):
            self._before = ()
            if leads and row.level is None and _titles_group(row, party, words):
                self._parents = [parent for parent in self._parents if not parent.leads]
            return ()
        again = self._above is not None and row.lead is not None and _same(row.lead, self._above.lead)
        self._above, self._before = row, leads
        told = assigned_in_lead(row.lead, text=self._text)
        if told and again:  # the lead cell that says the work was read with the first of its rows
            return ()
        draft = self._draft(row, leads, inherited, deadline)
        if self._is_past(draft.deadline):
            return ()
        return split_bullets(row, draft, told, self._text, self._issued_on)

    def _work(self, row: Row) -> str:
        return " ".join(self._text[p.span.start : p.span.end].replace("\n", " ") for p in row.work).strip()

    def _copied(self, row: Row) -> Row:
        """The row with "như trên" cells replaced by the cells above."""
        above, same = self._above, table_pattern("same")
        if above is None:
            return row

        def cell(here: GridCell | None, there: GridCell | None) -> GridCell | None:
            ditto = here is not None and same.match(match_key(words_of(here, self._text)))
            return there if ditto else here

        return replace(
            row,
            lead=cell(row.lead, above.lead),
            cooperator=cell(row.cooperator, above.cooperator),
            time=cell(row.time, above.time),
            output=cell(row.output, above.output),
        )

    # ------------------------------------------------------------ leads

    def _party(self, row: Row) -> tuple[UnitMention, ...]:
        """The leads of the lead cell, or those that the work itself names."""
        if row.lead is not None and row.lead.paragraphs:
            combined = "both" in self._columns.index
            return read_party(row.lead.paragraphs, self._text, combined=combined).leads
        if not row.work:
            return ()
        base = row.work[0].span.start
        found = find_subject(self._text[base : row.work[-1].span.end].replace("\n", " "))
        if found is None or found.cue not in ("subject", "request"):
            return ()
        return tuple(moved(mention, base) for mention in found.leads)

    def _handed_down(self, row: Row) -> tuple[tuple[UnitMention, ...], bool]:
        for parent in reversed(self._parents):
            if parent.leads:
                return parent.leads, True
        if self._before and any(_filled(cell) for cell in (row.time, row.cooperator, row.output)):
            return self._before, True
        return self._scope.leads, bool(self._scope.leads)

    def _is_heading(self, row: Row, own: tuple[UnitMention, ...], words: str) -> bool:
        """Whether a row only titles those below it."""
        if _titles_group(row, own, words):
            return True
        if row.parent:
            return not (own and _filled(row.time) and row.child_led)
        others = (row.time, row.cooperator, row.output)
        if own or any(_filled(cell) for cell in others):
            return False
        if any(parent.leads for parent in self._parents):
            return False
        if "lead" in self._columns.index or "both" in self._columns.index:
            return True
        return (row.level == 0 and not row.number[:1].isdigit()) or words.isupper()

    # ------------------------------------------------------------ the draft

    def _draft(
        self, row: Row, leads: tuple[UnitMention, ...], inherited: bool, deadline: Deadline | None
    ) -> Draft:
        output_span = span_of(row.output)
        output = Grounded(words_of(row.output, self._text), output_span) if output_span else None
        below = None
        if deadline is None and not _filled(row.time):
            handed = (parent.deadline for parent in reversed(self._parents) if parent.deadline)
            below = next(handed, self._scope.deadline)
        return Draft(
            spans=tuple(p.span for p in row.work),
            path=(*self._scope.path, row.number or str(row.position)),
            leads=leads,
            cooperators=self._cooperators(row, leads),
            deadline=deadline or below,
            rule="table_row",
            leads_inherited=inherited,
            deadline_inherited=below is not None,
            output=output,
            other_deadlines=self._other_deadlines(row, deadline),
        )

    def _cooperators(self, row: Row, leads: tuple[UnitMention, ...]) -> tuple[UnitMention, ...]:
        """Those of the cooperators' cell, of the lead's cell, and of the work itself; each once."""
        found: list[UnitMention] = []
        if row.cooperator is not None:
            party = read_party(row.cooperator.paragraphs, self._text)
            found += (*party.leads, *party.cooperators)
        said = self._cooperators_in_passing(row)
        known = {match_key(lead.name) for lead in leads}
        found += (mention for mention in said if match_key(mention.name) not in known)
        once = {match_key(mention.name): mention for mention in reversed(found)}
        return tuple(reversed(once.values()))

    def _cooperators_in_passing(self, row: Row) -> tuple[UnitMention, ...]:
        """Those that the lead cell or the work names."""
        combined = "both" in self._columns.index
        in_lead = (
            read_party(row.lead.paragraphs, self._text, combined=combined).cooperators if row.lead else ()
        )
        if not row.work:
            return in_lead
        base = row.work[0].span.start
        words = self._text[base : row.work[-1].span.end].replace("\n", " ")
        return (*in_lead, *(moved(mention, base) for mention in find_cooperators(words)))

    def _deadline(self, row: Row) -> Deadline | None:
        """The reading of the time cell; of the work's own words where that is blank."""
        if row.time is not None and row.time.paragraphs:
            head = self._columns.heads[self._columns.index["time"]]
            return read_time(row.time, head, self._text, self._issued_on)
        marked = self._marked(row)
        if marked is not None:
            return marked
        if not row.work:
            return None
        base = row.work[0].span.start
        words = self._text[base : row.work[-1].span.end]
        chosen = choose(find_deadlines(words, self._issued_on), words)
        return moved_deadline(chosen, base) if chosen else None

    def _other_deadlines(self, row: Row, own: Deadline | None) -> tuple[Deadline, ...]:
        """Those of the work's words besides the row's own, and the one from above that it overrides."""
        above = (p.deadline for p in reversed(self._parents) if p.deadline and p.deadline is not own)
        handed = next(above, self._scope.deadline)
        if own is None or not row.work:
            return overridden(own, handed)
        base = row.work[0].span.start
        said = find_deadlines(self._text[base : row.work[-1].span.end], self._issued_on)
        return (*others([moved_deadline(one, base) for one in said], own), *overridden(own, handed))

    def _marked(self, row: Row) -> Deadline | None:
        """The last month or quarter whose column the row marks."""
        mark = table_pattern("mark")
        for column, head in reversed(self._columns.periods):
            if mark.match(match_key(words_of(row.cells[column], self._text))):
                return read_time(head, self._columns.heads[column], self._text, self._issued_on)
        return None

    def _is_past(self, deadline: Deadline | None) -> bool:
        """Rows that were due before the document's date are no tasks (labelling guide)."""
        if deadline is None or deadline.kind is not DeadlineKind.DATE:
            return False
        if deadline.date is None or self._issued_on is None:
            return False
        return deadline.date < self._issued_on and "before_issue" in deadline.flags


def _spans_all(row: Row) -> bool:
    """Whether one cell takes the whole row."""
    filled = {cell.paragraphs for cell in row.cells if cell.paragraphs}
    return len(row.cells) > 2 and len(filled) == 1 and all(cell.paragraphs for cell in row.cells)


def _titles_group(row: Row, own: tuple[UnitMention, ...], words: str) -> bool:
    """Whether a row is the title of a group of rows: one cell, or capitals that name nobody."""
    return _spans_all(row) or (words.isupper() and not own)


def _filled(cell: GridCell | None) -> bool:
    return cell is not None and bool(cell.paragraphs)


def _same(one: GridCell, other: GridCell | None) -> bool:
    return other is not None and bool(one.paragraphs) and one.paragraphs == other.paragraphs
