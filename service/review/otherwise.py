"""A task and what a second reader read of it otherwise in, both side by side out: only where they differ now.

The other reading comes with its places on the pages, so that taking it is a correction like any other.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Any

from service.report.cards import due
from service.review.values import Values, same
from service.wording import Say, plain

Record = Mapping[str, Any]

SECOND = "second"
"""The field of a task's record that holds the other reading (docs/record.md)."""
DOUBT = 0.85
"""Below this probability of a field its other reading is shown unasked."""
_FIELDS = ("text", "leads", "cooperators", "deadline")
_ENDS = 6  # words that are shown on each side of a difference
_COMPARED = 250_000  # words by words; longer ones are shown as they are
_CLOSING = ".,;:…"


@dataclass(frozen=True, slots=True)
class Piece:
    """Some of a value's words; `own` where only this reading has them beside what both have."""

    words: str
    own: bool


@dataclass(frozen=True, slots=True)
class Difference:
    """A field, as it stands and as the second reader has it; `between` stands between pieces."""

    field: str
    ours: tuple[Piece, ...]
    theirs: tuple[Piece, ...]
    between: str = " "


@dataclass(frozen=True, slots=True)
class Other:
    """The other reading of a task where it differs; `in_doubt` where the present one is not sure there."""

    differences: tuple[Difference, ...]
    in_doubt: bool


def other_reading(task: Record, say: Say = plain) -> Other | None:
    """What a reviewer is shown of it; None where there is none, or what stands is the same."""
    second = task.get(SECOND) or {}
    fields = [name for name in _FIELDS if name in second and not same(name, task.get(name), second[name])]
    if not fields:
        return None
    known = task.get("probabilities") or {}
    in_doubt = any(float(known.get(name, 1.0)) < DOUBT for name in fields)
    return Other(tuple(_difference(name, task[name], second[name], say) for name in fields), in_doubt)


def taken(task: Record, field: str) -> Values:
    """The values of a task whose `field` is as the second reader has it; raises `LookupError` where it has
    read none otherwise."""
    second = task.get(SECOND) or {}
    if field not in _FIELDS or field not in second:
        raise LookupError(field)
    names = ("text", "evidence") if field == "text" else (field,)
    return {name: second[name] for name in names}


def _difference(field: str, ours: Any, theirs: Any, say: Say) -> Difference:
    if field == "text":
        return Difference(field, *_compared(ours.split(), theirs.split()))
    if field == "deadline":
        return Difference(field, tuple(_due(ours, say)), tuple(_due(theirs, say)))
    return Difference(field, _units(ours, theirs), _units(theirs, ours), "; ")


def _units(these: Sequence[Record], those: Sequence[Record]) -> tuple[Piece, ...]:
    shared = [any(same("leads", [one], [two]) for two in those) for one in these]
    mixed = any(shared)
    return tuple(Piece(one["name"], mixed and not both) for one, both in zip(these, shared, strict=True))


def _due(deadline: Record | None, say: Say) -> Iterator[Piece]:
    if deadline and deadline["kind"] != "none":
        words = f" “{deadline['text']}”" if deadline.get("text") else ""
        yield Piece(due(dict(deadline), say) + words, False)


def _compared(ours: list[str], theirs: list[str]) -> tuple[tuple[Piece, ...], tuple[Piece, ...]]:
    """Both as pieces; of what they share only the words next to a difference."""
    if len(ours) * len(theirs) > _COMPARED:
        return (Piece(" ".join(ours), False),), (Piece(" ".join(theirs), False),)
    mine_keys, other_keys = ([word.rstrip(_CLOSING) or word for word in words] for words in (ours, theirs))
    steps = SequenceMatcher(None, mine_keys, other_keys, autojunk=False).get_opcodes()
    mine, other = [], []
    for at, (kind, a, b, c, d) in enumerate(steps):
        if kind == "equal":
            around = at > 0, at + 1 < len(steps)
            mine.append(Piece(_shortened(ours[a:b], *around), False))
            other.append(Piece(_shortened(theirs[c:d], *around), False))
            continue
        mine += [Piece(" ".join(ours[a:b]), True)] if a < b else []
        other += [Piece(" ".join(theirs[c:d]), True)] if c < d else []
    return tuple(mine), tuple(other)


def _shortened(words: list[str], before: bool, behind: bool) -> str:
    """Words that both have: those at their ends where something differs before or behind them."""
    kept = _ENDS * (before + behind)
    if len(words) <= kept + 1:
        return " ".join(words)
    return " ".join([*(words[:_ENDS] if before else []), "…", *(words[-_ENDS:] if behind else [])])
