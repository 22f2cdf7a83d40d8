"""Two people's labels of the same documents in, how far they agree out.

F1 takes either as the other's answer and does not depend on which: of tasks found by both, of their words, of
units, of deadlines, of tasks alike in all. What is left to chance is taken out of the classes by
Krippendorff's alpha for nominal values (K. Krippendorff, Content Analysis, 2nd ed., 2004, ch. 11): 1 is full
agreement, 0 what chance gives.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from annotation.evaluation.comparing import Comparison, compare
from annotation.evaluation.figures import figures
from annotation.exchange.pieces import pieces
from annotation.marked import MarkedDocument, label_of

Unit = Sequence[Hashable | None]
"""What each rater said of one thing; None where he said nothing of it."""
_WORDS = ("task", "lead", "cooperator", "deadline", "complete")
_CLASSES = ("nature", "field")


@dataclass(frozen=True, slots=True)
class Agreement:
    """Two raters' agreement over documents. `f1` by what is compared; `spans` is the F1 of characters marked
    as tasks, None where places are not known; `alpha` of classes over the tasks that both found, of the kind
    of deadline there, and of each word being of a task; None where there is nothing to tell apart.
    `different` are the tasks that one of them has otherwise, by document."""

    documents: int
    f1: Mapping[str, float]
    spans: float | None
    alpha: Mapping[str, float | None]
    different: Mapping[str, int]


def agreement(one: Mapping[str, Mapping[str, Any]], other: Mapping[str, Mapping[str, Any]]) -> Agreement:
    """How far two sets of labels agree over the documents that both hold; raises `ValueError` for none."""
    shared = sorted(one.keys() & other.keys())
    if not shared:
        raise ValueError("không có văn bản nào được cả hai gán nhãn (no document labelled by both)")
    compared = [compare(name, one[name], other[name]) for name in shared]
    counted = figures(compared)
    return Agreement(
        documents=len(shared),
        f1={name: counted[name]["f1"] for name in _WORDS},
        spans=None,
        alpha={name: alpha(_of_tasks(compared, name)) for name in (*_CLASSES, "deadline_kind")},
        different={
            each.id: sum(not match.complete for match in each.matches) + len(each.missed) + len(each.false)
            for each in compared
        },
    )


def marked_agreement(one: Sequence[MarkedDocument], other: Sequence[MarkedDocument]) -> Agreement:
    """The same of marked documents, with that of places."""
    labels = [{document.id: {"tasks": label_of(document)} for document in each} for each in (one, other)]
    found = agreement(*labels)
    others = {document.id: document for document in other}
    pairs = [(document, others[document.id]) for document in one if document.id in others]
    marks = [(_characters(mine), _characters(his)) for mine, his in pairs]
    shared = sum(len(mine & his) for mine, his in marks)
    total = sum(len(mine) + len(his) for mine, his in marks)
    words = [unit for mine, his in pairs for unit in _words(mine, his)]
    return Agreement(
        found.documents,
        found.f1,
        2 * shared / total if total else None,
        {**found.alpha, "word": alpha(words)},
        found.different,
    )


def alpha(units: Iterable[Unit]) -> float | None:
    """Krippendorff's alpha of nominal values; units of which fewer than two raters spoke do not count. None
    where all values are the same or there are none: nothing could have been told apart."""
    coincidences: defaultdict[tuple[Hashable, Hashable], float] = defaultdict(float)
    for unit in units:
        said = Counter(value for value in unit if value is not None)
        raters = said.total()
        if raters < 2:
            continue
        for value, times in said.items():
            for their, others in said.items():
                pairs = times * (others - (value == their))
                coincidences[value, their] += pairs / (raters - 1)
    margins: defaultdict[Hashable, float] = defaultdict(float)
    for (value, _), weight in coincidences.items():
        margins[value] += weight
    total = sum(margins.values())
    expected = total**2 - sum(weight**2 for weight in margins.values())
    if not total or not expected:
        return None
    observed = total - sum(weight for (value, their), weight in coincidences.items() if value == their)
    return 1 - (total - 1) * observed / expected


def _of_tasks(compared: Sequence[Comparison], name: str) -> list[Unit]:
    return [
        (_value(each.gold_tasks[match.gold], name), _value(each.found_tasks[match.found], name))
        for each in compared
        for match in each.matches
    ]


def _value(task: Mapping[str, Any], name: str) -> str | None:
    if name == "deadline_kind":
        return str((task.get("deadline") or {}).get("kind") or "none")
    return task.get(name) or None


def _characters(document: MarkedDocument) -> set[int]:
    return {
        at
        for task in document.tasks
        for span in task.spans
        for at in range(span.start, span.end)
        if not document.text[at].isspace()
    }


def _words(one: MarkedDocument, other: MarkedDocument) -> list[Unit]:
    """Of each word, whether each rater holds it to be of a task."""
    mine, his = _characters(one), _characters(other)
    return [
        (span.start in mine, span.start in his)
        for span in pieces(one.text, ())
        if not one.text[span.start].isspace()
    ]
