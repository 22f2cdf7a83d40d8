"""Whether a table assigns: its columns and rows in, yes or no out.

Lists of people, timetables, forms and tables of figures name units too; a table assigns where it says who has
to do what.
"""

from __future__ import annotations

from collections.abc import Iterable

from pipeline.assignments.cells import words_of
from pipeline.assignments.columns import Columns
from pipeline.assignments.roles import begins_action, find_subject
from pipeline.assignments.rows import Row
from pipeline.assignments.scope import SHUT, Scope
from pipeline.assignments.table_lexicon import table_pattern
from pipeline.text import match_key


def assigns(columns: Columns, rows: tuple[Row, ...], text: str, scope: Scope) -> bool:
    """Whether the rows of a table are assignments."""
    if not columns.has("work") or _lists(columns, "people") or _is_timetable(rows, text):
        return False
    led = columns.has("lead", "both")
    # a list by its title ("Danh mục …") assigns all the same where it names who has to do what, and when
    if scope.zone in SHUT and not (led and columns.has("time", "cooperator", "both")):
        return False
    works = [_work(row, text) for row in rows if row.work and not row.parent]
    acts = _mostly(begins_action(words) for words in works)
    figures = _lists(columns, "figures")
    if led and "lead" not in columns.weak:
        return acts or not figures
    if led:
        return not figures and (acts or columns.has("time", "cooperator"))
    return (bool(scope.leads) and acts) or _mostly(_names_doer(words) for words in works)


def _lists(columns: Columns, what: str) -> bool:
    return any(table_pattern(what).search(head) for head in columns.heads)


def _is_timetable(rows: tuple[Row, ...], text: str) -> bool:
    """Whether the times are hours of a day."""
    times = [match_key(words) for row in rows if (words := words_of(row.time, text))]
    return _mostly(table_pattern("clock").match(words) is not None for words in times)


def _work(row: Row, text: str) -> str:
    return text[row.work[0].span.start : row.work[-1].span.end].lstrip(" -–+•").replace("\n", " ")


def _names_doer(words: str) -> bool:
    found = find_subject(words)
    return found is not None and bool(found.leads) and found.cue in ("subject", "request")


def _mostly(answers: Iterable[bool]) -> bool:
    """Whether more than half say yes; no answers say no."""
    said = list(answers)
    return sum(said) * 2 > len(said)
