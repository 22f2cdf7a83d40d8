"""The head of a table in, what its columns hold out (patterns: columns.toml).

A head may take several rows: a column is named by its lowest cell, then by all cells above each other.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

from pipeline.assignments.cells import words_of
from pipeline.assignments.table_lexicon import ColumnRule, column_rules, plain, plain_heads
from pipeline.text import match_key
from pipeline.types import Grid, GridCell

_TITLE_ROWS = 3  # rows above the head that may hold the table's title
_HEAD_LENGTH = 80
_NEAR = 0.84  # of misread heads to the heads that they must be
_PERIOD = re.compile(r"^(?:tháng|quý)?\s*(?:\d{1,2}|[ivx]{1,4})(?:/\d{4})?$")
_NUMBER = re.compile(r"^[\[(]?(?:\d{1,3}(?:\.\d+)*|[IVXLC]{1,6}|[A-Da-d])[\])./]*$")


@dataclass(frozen=True, slots=True)
class Columns:
    """Column index by meaning, the heads' keys by column, and the first row below the head.

    `weak` names the columns whose head alone does not tell; `periods` are columns of months or quarters in
    which a row marks its time, with their head cells.
    """

    index: dict[str, int]
    heads: tuple[str, ...]
    first: int
    weak: frozenset[str]
    periods: tuple[tuple[int, GridCell], ...] = ()

    def has(self, *names: str) -> bool:
        """Whether one of these columns is there."""
        return any(name in self.index for name in names)


def read_columns(grid: Grid, text: str) -> Columns:
    """What the columns hold; empty where no row is a head."""
    for start, row in enumerate(grid.rows[: _TITLE_ROWS + 1]):
        keys = [_key(cell, text) for cell in row]
        if len({cell.paragraphs for cell in row if cell.paragraphs}) < 2:  # a title over all columns
            continue
        if len(_named([[key] for key in keys])[0]) < 2:
            continue
        end = start + 1
        while end < len(grid.rows) and _goes_on(grid.rows[end], grid.rows[end - 1], text):
            end += 1
        stacks = [_stack(cells, text) for cells in zip(*grid.rows[start:end], strict=True)]
        periods = _periods(stacks)
        index, weak = _named([[] if i in periods else stack for i, stack in enumerate(stacks)])
        lowest = grid.rows[end - 1]
        while end < len(grid.rows) and _numbers_columns(grid.rows[end], text):
            end += 1
        heads = tuple(" ".join(stack) for stack in stacks)
        return Columns(index, heads, end, weak, tuple((i, lowest[i]) for i in periods))
    return Columns({}, (), 0, frozenset())


def _periods(stacks: list[list[str]]) -> tuple[int, ...]:
    """The columns that are headed by a month or a quarter each, where there are several."""
    found = tuple(
        i
        for i, stack in enumerate(stacks)
        if stack and _PERIOD.match(stack[-1]) and any(unit in " ".join(stack) for unit in ("tháng", "quý"))
    )
    return found if len(found) > 2 else ()


def _key(cell: GridCell, text: str) -> str:
    return match_key(words_of(cell, text)).strip(" .:*")


def _stack(cells: Sequence[GridCell], text: str) -> list[str]:
    """The head cells of one column, top first, each once."""
    return list(dict.fromkeys(key for cell in cells if (key := _key(cell, text))))


def _goes_on(row: tuple[GridCell, ...], above: tuple[GridCell, ...], text: str) -> bool:
    """Whether a row below a head row belongs to the head: it shares a merged cell with it, or it names the
    parts of a head cell and nothing else."""
    words = [words_of(cell, text) for cell in row]
    if any(_NUMBER.match(word) for word in words[:2]) or not any(words):
        return False
    if any(a.paragraphs and a.paragraphs == b.paragraphs for a, b in zip(row, above, strict=True)):
        return True
    return (
        not words[0] and all(len(word) <= 40 for word in words) and len(_named([[w] for w in words])[0]) > 1
    )


def _named(stacks: list[list[str]]) -> tuple[dict[str, int], frozenset[str]]:
    """The columns that heads name, and those that they name only weakly."""
    found: dict[str, int] = {}
    weak: set[str] = set()
    for entry in column_rules():
        if entry.name in found:
            continue
        column = next(_matching(entry, stacks, set(found.values())), None)
        if column is not None:
            found[entry.name] = column
            if entry.weak:
                weak.add(entry.name)
    for name, column in _misread(stacks, set(found.values())):
        found.setdefault(name, column)
    return found, frozenset(weak)


def _misread(stacks: list[list[str]], taken: set[int]) -> Iterator[tuple[str, int]]:
    """Names for columns whose heads come near to a common one: "Chủtì", "Hạnxong"."""
    for i, stack in enumerate(stacks):
        head = plain(stack[-1]) if stack and i not in taken else ""
        near = [(SequenceMatcher(None, head, known).ratio(), name) for name, known in plain_heads()]
        ratio, name = max(near)
        if head and ratio >= _NEAR:
            yield name, i


def _matching(rule: ColumnRule, stacks: list[list[str]], taken: set[int]) -> Iterator[int]:
    """Columns that no other name took: first by their lowest head cell, then by all of them."""
    free = [i for i, stack in enumerate(stacks) if stack and i not in taken]
    for whole in (False,) if rule.one_cell else (False, True):
        for i in free:
            head = " ".join(stacks[i]) if whole else stacks[i][-1]
            if len(head) <= _HEAD_LENGTH and rule.pattern.search(match_key(head)):
                yield i


def _numbers_columns(row: tuple[GridCell, ...], text: str) -> bool:
    """A row "(1) | (2) | (3)" below the head."""
    words = [words_of(cell, text).strip("() .") for cell in row]
    filled = [word for word in words if word]
    return len(filled) > 2 and all(word.isdigit() or word in "ABCDEabcde" for word in filled)
