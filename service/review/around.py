"""A task in, the passages that may say something of it out, the nearest first: its own words, its row of a
table, what introduces it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from service.review.ground import Range

Record = Mapping[str, Any]
_ROW = "table_row"


def own(record: Record, task: Record) -> list[Range]:
    """The task's own words, the rest of its item or of its row of a table."""
    words = [(place["start"], place["end"]) for place in task.get("evidence") or ()]
    if not words:
        return []
    whole = (min(start for start, _ in words), max(end for _, end in words))
    return [whole, *_row(record, whole), *_beside(record, whole)]


def introducing(record: Record, task: Record) -> list[Range]:
    """What introduces the task, the nearest first: clauses before it at the items that hold its own."""
    words = own(record, task)
    if not words:
        return []
    at, levels = words[0][0], str(task.get("path") or "").split(" › ")
    above = {" › ".join(levels[:size]) for size in range(len(levels))}
    before = [one for one in _spans(record) if one[1] <= at and one[2]["path"] in above]
    return [(start, end) for start, end, _ in reversed(before)]


def _row(record: Record, whole: Range) -> Iterator[Range]:
    """The cells around a task of a table: the text up to the rows before and after it."""
    spans = _spans(record)
    for at, (start, end, clause) in enumerate(spans):
        if clause.get("rule") == _ROW and start < whole[1] and whole[0] < end:
            yield end, spans[at + 1][0] if at + 1 < len(spans) else len(record.get("text") or "")
            if at:
                yield spans[at - 1][1], start


def _beside(record: Record, whole: Range) -> Iterator[Range]:
    """The other clauses of the same item, those before the task first."""
    spans = _spans(record)
    mine = {clause["path"] for start, end, clause in spans if start < whole[1] and whole[0] < end} - {""}
    others = [one for one in spans if one[2]["path"] in mine and (one[1] <= whole[0] or one[0] >= whole[1])]
    yield from ((start, end) for start, end, _ in sorted(others, key=lambda one: abs(one[0] - whole[0])))


def _spans(record: Record) -> Sequence[tuple[int, int, Mapping[str, Any]]]:
    """The clauses with their ranges of the text, as they follow each other."""
    spans = [
        (clause["evidence"][0]["start"], clause["evidence"][-1]["end"], clause)
        for clause in record.get("clauses") or ()
        if clause["evidence"]
    ]
    return sorted(spans, key=lambda one: one[:2])
