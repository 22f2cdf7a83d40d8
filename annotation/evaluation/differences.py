"""Two texts in, both cut into runs of words that the other has too and runs that it has not, out."""

from __future__ import annotations

from collections.abc import Sequence
from difflib import SequenceMatcher

from annotation.evaluation.words import normal

Run = tuple[str, bool]  # words, whether the other text has them at this place
_MOST = 3000  # words compared; beyond, both are shown unmarked


def differences(gold: str, found: str) -> tuple[list[Run], list[Run]]:
    """The runs of both texts, in order. Small letters, tone style and abbreviations make no difference."""
    wanted, given = gold.split(), found.split()
    if len(wanted) + len(given) > _MOST:
        return [(" ".join(wanted), True)], [(" ".join(given), True)]
    old, new = [_key(word) for word in wanted], [_key(word) for word in given]
    matcher = SequenceMatcher(None, old, new, autojunk=False)
    left: list[Run] = []
    right: list[Run] = []
    for kind, i, j, k, m in matcher.get_opcodes():
        _add(left, wanted[i:j], kind == "equal")
        _add(right, given[k:m], kind == "equal")
    return left, right


def _key(word: str) -> str:
    return normal(word) or word


def _add(runs: list[Run], words: Sequence[str], same: bool) -> None:
    if words:
        runs.append((" ".join(words), same))
