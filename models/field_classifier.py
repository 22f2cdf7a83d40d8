"""The field of state management of a document's tasks: the tasks and their document in, a key each out.

Two linear models score the words of each text: one learned from tasks (labelled and invented), one from the
meaning of words in legal text. Each task is then judged by its own words, its leads, its neighbours, all
tasks of the document, the subject and the issuer together, since a task without an own theme takes the
document's. The weights lie in weights/field_classifier.npz (plain arrays, never pickled), their digest beside
them; they are read at the first call. See weights/field_classifier.card.md for data, scores and limits.
"""

from __future__ import annotations

import functools
import hashlib
import io
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from models.field_features import name_terms, theme_terms, weighed
from pipeline.types import DocumentContext, TaskContext

if TYPE_CHECKING:
    import numpy as np

WEIGHTS = Path(__file__).parent / "weights" / "field_classifier.npz"
# What speaks for a field, by each model; the document is its tasks and, as much as all of them, its subject.
SOURCES = ("own", "leads", "subject", "issuer", "document", "neighbours")
_LEADS = 3  # the first leads; a long list of units is about no field
_DOCUMENT_FLOOR, _NEIGHBOUR_FLOOR = 0.01, 0.02  # no field is ruled out by the tasks around


class FieldWeightsChangedError(RuntimeError):
    """The weights are not the ones that were shipped."""


@dataclass(frozen=True)
class Words:
    """The terms that the models know: each one's column, and how rare it is."""

    columns: dict[str, int]
    rarity: dict[str, float]


@dataclass(frozen=True)
class FieldModel:
    """The models' weights (terms by labels), what each source of each model counts for, what each label
    starts with."""

    labels: tuple[str, ...]
    words: Words
    weights: tuple[np.ndarray, ...]
    sources: np.ndarray
    start: np.ndarray


def digest_path(path: Path) -> Path:
    """Where the digest of a weights file lies."""
    return path.with_suffix(".sha256.txt")


@functools.cache
def load(path: Path = WEIGHTS) -> FieldModel:
    """The shipped model; FieldWeightsChangedError if the file was not shipped so."""
    import numpy as np

    content = path.read_bytes()
    if hashlib.sha256(content).hexdigest() != digest_path(path).read_text(encoding="ascii").strip():
        raise FieldWeightsChangedError(path.name)
    with np.load(io.BytesIO(content), allow_pickle=False) as arrays:
        terms = bytes(arrays["terms"]).decode("utf-8").split("\n")
        rarity = arrays["rarity"].astype(np.float32).tolist()
        return FieldModel(
            tuple(bytes(arrays["labels"]).decode("utf-8").split("\n")),
            Words(
                {term: column for column, term in enumerate(terms)},
                dict(zip(terms, rarity, strict=True)),
            ),
            (arrays["task_weights"].astype(np.float32), arrays["text_weights"].astype(np.float32)),
            arrays["sources"].astype(np.float32),
            arrays["start"].astype(np.float32),
        )


def fields(document: DocumentContext, tasks: Sequence[TaskContext]) -> list[tuple[str, float]]:
    """The field of each task and its probability, by the shipped model."""
    return judge(load(), document, tasks)


def judge(
    model: FieldModel, document: DocumentContext, tasks: Sequence[TaskContext]
) -> list[tuple[str, float]]:
    """The likeliest field of each task and its probability."""
    import numpy as np

    if not tasks:
        return []
    likely = np.exp(shares(model, document, tasks))
    return [(model.labels[row.argmax()], float(row.max())) for row in likely]


def shares(model: FieldModel, document: DocumentContext, tasks: Sequence[TaskContext]) -> np.ndarray:
    """The logarithm of each field's probability for each task (one at least): tasks by labels."""
    found = evidence(model.words, model.weights, document, tasks)
    return log_shares(found @ model.sources + model.start)


def evidence(
    words: Words, weights: Sequence[np.ndarray], document: DocumentContext, tasks: Sequence[TaskContext]
) -> np.ndarray:
    """What each source of each model in turn says for each field of each task: tasks by labels by sources."""
    import numpy as np

    own = [weighed(theme_terms(task.text), words.rarity) for task in tasks]
    leads = [weighed(name_terms(task.leads[:_LEADS]), words.rarity) for task in tasks]
    subject = weighed(theme_terms(document.subject), words.rarity)
    issuer = weighed(name_terms([document.issuer]), words.rarity)
    spoken: list[np.ndarray] = []
    for matrix in weights:
        scores = np.stack([_score(matrix, words, text) for text in own])
        shares = np.exp(log_shares(scores))
        theme = _score(matrix, words, subject)
        whole = shares.mean(axis=0)
        if subject:
            whole = (whole + np.exp(log_shares(theme[None])[0])) / 2.0
        around = np.stack([shares[_near(tasks, at)].mean(axis=0) for at in range(len(tasks))])
        if len(tasks) == 1:  # beside a lone task stands only its document
            around = whole[None]
        spoken += [
            scores,
            np.stack([_score(matrix, words, names) for names in leads]),
            np.broadcast_to(theme, scores.shape),
            np.broadcast_to(_score(matrix, words, issuer), scores.shape),
            np.broadcast_to(np.log(whole + _DOCUMENT_FLOOR), scores.shape),
            np.log(around + _NEIGHBOUR_FLOOR),
        ]
    return np.stack([scores - scores.mean(axis=1, keepdims=True) for scores in spoken], axis=2)


def _score(matrix: np.ndarray, words: Words, text: dict[str, float]) -> np.ndarray:
    import numpy as np

    columns = [words.columns[term] for term in text]
    scores: np.ndarray = np.asarray(list(text.values()), dtype=np.float32) @ matrix[columns]
    return scores


def _near(tasks: Sequence[TaskContext], at: int) -> list[int]:
    """The tasks beside a task, and those under the same heading; the task itself among them."""
    parent = tasks[at].headings[:-1]
    return [
        other
        for other, task in enumerate(tasks)
        if abs(other - at) <= 1 or (tasks[at].headings and task.headings[:-1] == parent)
    ]


def log_shares(scores: np.ndarray) -> np.ndarray:
    """Each row's scores as logarithms of probabilities."""
    import numpy as np

    above: np.ndarray = scores - scores.max(axis=1, keepdims=True)
    shares: np.ndarray = above - np.log(np.exp(above).sum(axis=1, keepdims=True))
    return shares
