"""A sheet's first rows in, what its columns hold out: found by their headings, of one line or several."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from rapidfuzz import fuzz

from service.importing.phrases import holds, phrases, plain

NEEDED = ("text", "lead")
"""Without these no row can be read."""
ROLES = tuple(phrases().columns)
_DEEPEST = 40  # rows in which headings are looked for
_TALLEST = 3  # rows of headings


@dataclass(frozen=True, slots=True)
class Headings:
    """Where a sheet's headings end, what each column is headed, which column (by number) holds what."""

    end: int
    names: tuple[str, ...]
    columns: Mapping[str, int]
    likeness: Mapping[str, float]


def headings_of(rows: Sequence[Sequence[str]], ends: Mapping[str, int]) -> Headings | None:
    """The likeliest headings: those by which most columns are known, then the likest; None where there is no
    column of tasks."""
    best: tuple[tuple[float, ...], Headings] | None = None
    for begin in range(min(len(rows), _DEEPEST)):
        if len({text for text in rows[begin] if text}) < 2:
            continue
        for height in range(1, _TALLEST + 1):
            end = begin + height
            if end > len(rows):
                break
            names = _names(rows[begin:end])
            columns, likeness = matched(names)
            if "text" not in columns or len(columns) < 2:
                continue
            rank = (len(columns), sum(likeness.values()) / len(columns) - height, -begin)
            if best is None or rank > best[0]:
                reach = max([ends.get(str(row), row) for row in range(begin, end)])
                end = max(end, min(reach + 1, begin + _TALLEST))
                best = (rank, Headings(end, _names(rows[begin:end]), columns, likeness))
    return best[1] if best else None


def matched(names: Sequence[str]) -> tuple[dict[str, int], dict[str, float]]:
    """Which column holds what, and how like its heading is (of 100); each column and each meaning once."""
    ranked = sorted(
        (
            (score, -column, role)
            for column, name in enumerate(names)
            if name
            for role, score in _scores(plain(name)).items()
        ),
        reverse=True,
    )
    columns: dict[str, int] = {}
    likeness: dict[str, float] = {}
    for score, column, role in ranked:
        if role not in columns and -column not in columns.values():
            columns[role], likeness[role] = -column, score
    return columns, likeness


def _scores(name: str) -> dict[str, float]:
    known = phrases()
    found = {}
    for role, synonyms in known.columns.items():
        score = max(max(fuzz.ratio(name, one), fuzz.token_sort_ratio(name, one)) for one in synonyms)
        within = [len(one) for one in synonyms if " " in one and holds(name, one)]
        if score < known.least and within and len(name) < 80:
            score = known.holds + min(max(within), 30) / 10
        if score >= min(known.least, known.holds):
            found[role] = score
    return {role: score for role, score in found.items() if score >= known.least or score > known.holds}


def _names(rows: Sequence[Sequence[str]]) -> tuple[str, ...]:
    """What stands above each column, from the top; what is merged over several rows once."""
    width = max(len(row) for row in rows)
    names = []
    for column in range(width):
        said = [" ".join(row[column].split()) for row in rows if column < len(row) and row[column]]
        names.append(" ".join(dict.fromkeys(said)))
    return tuple(names)
