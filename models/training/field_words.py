"""Raw legal text → the terms of the field model and their meanings; labelled texts → its two word models."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import numpy as np
import scipy.sparse as sp
from sklearn.linear_model import LogisticRegression
from sklearn.utils.extmath import randomized_svd

from models.field_classifier import Words
from models.field_features import terms, theme_terms, weighed
from models.training.field_sources import Labelled, carriers, codified, invented, paragraphs, phrases
from pipeline.labels import FIELDS
from pipeline.text import match_key

LABELS = tuple(sorted(FIELDS))
SEED = 1
_SHARE = 0.16  # of the raw paragraphs are read for the terms' meanings
_PARAGRAPH = (80, 400)  # characters: the least, the most that is read
_LEAST_PARAGRAPHS, _MOST_TERMS = 10, 32000
_SINGLE = 0.7  # a single syllable says less than a pair
_RAREST = 9.5
_MEANINGS, _MEANING_WEIGHT = 128, 2.5  # dimensions; weight beside the regularisation
_STRENGTH, _ITERATIONS = 10.0, 40
_CARRIED, _CARRIERS = 2, 2  # variants of an invented task, carriers in each
_INVENTED, _PHRASES, _CODIFIED, _GOLD = 3000.0, 1500.0, 3000.0, 2.0  # weight of each source; gold's of a task


@dataclass(frozen=True)
class Material:
    """What every word model learns from beside labelled documents, read once."""

    words: Words
    meanings: np.ndarray
    tasks: sp.csr_matrix
    task_labels: list[str]
    task_weights: np.ndarray
    texts: sp.csr_matrix
    text_labels: list[str]


def commonest(words: Words, count: int) -> list[str]:
    """The terms that stand in most paragraphs."""
    return sorted(words.rarity, key=lambda term: (words.rarity[term] / _weight(term), term))[:count]


def _weight(term: str) -> float:
    return 1.0 if " " in term else _SINGLE


def matrix(words: Words, texts: Sequence[list[str]]) -> sp.csr_matrix:
    """A row of weighed terms for each text's terms."""
    rows = [weighed(text, words.rarity) for text in texts]
    columns = [words.columns[term] for row in rows for term in row]
    values = [value for row in rows for value in row.values()]
    starts = np.cumsum([0, *(len(row) for row in rows)])
    return sp.csr_matrix((values, columns, starts), shape=(len(rows), len(words.columns)), dtype=np.float32)


def learn_words(raw: Path, needed: Iterable[str]) -> tuple[Words, np.ndarray]:
    """The commonest terms of the raw text and the needed ones; and each one's meaning, a vector learned from
    the terms that stand in the same paragraphs (latent semantic analysis)."""
    chosen = random.Random(SEED)  # noqa: S311
    least, most = _PARAGRAPH
    read = [
        terms(match_key(line[:most]))
        for line in paragraphs(raw)
        if len(line) >= least and not line.startswith("(Điều") and chosen.random() < _SHARE
    ]
    counts = Counter(term for found in read for term in dict.fromkeys(found))
    common = [term for term, count in counts.most_common(_MOST_TERMS) if count >= _LEAST_PARAGRAPHS]
    known = sorted({*common, *needed})
    rarity = {
        term: min(float(np.log((len(read) + 1) / (counts[term] + 1))) + 1.0, _RAREST) * _weight(term)
        for term in known
    }
    words = Words({term: column for column, term in enumerate(known)}, rarity)
    _, _, meanings = randomized_svd(matrix(words, read), _MEANINGS, n_iter=2, random_state=SEED)
    return words, (meanings.T * _MEANING_WEIGHT).astype(np.float32)


@cache
def learn_material(raw: Path) -> Material:
    """Terms and examples from the raw text, the invented tasks and the phrases; learned once a process."""
    chosen = random.Random(SEED)  # noqa: S311
    shared = [terms(match_key(text)) for text in carriers()]
    tasks, labels = [], []
    for field, text in invented():
        own = theme_terms(text)
        for at in range(1 + _CARRIED):
            around = chosen.sample(shared, _CARRIERS if at else 0)
            tasks.append(own + [term for carrier in around for term in carrier])
            labels.append(field)
    named = [(field, terms(match_key(text))) for field, text in phrases()]
    words, meanings = learn_words(raw, (term for text in [*tasks, *(t for _, t in named)] for term in text))
    weights = np.concatenate(
        [balanced(labels, _INVENTED), balanced([field for field, _ in named], _PHRASES)],
    )
    texts: list[Labelled] = codified(raw, SEED)
    return Material(
        words,
        meanings,
        matrix(words, tasks + [text for _, text in named]),
        labels + [field for field, _ in named],
        weights,
        matrix(words, [terms(match_key(text)) for _, text in texts]),
        [field for field, _ in texts],
    )


def balanced(labels: Sequence[str], total: float) -> np.ndarray:
    """Weights that sum up to a total, the same for each label."""
    counts = Counter(labels)
    weights = np.array([1.0 / counts[label] for label in labels])
    scaled: np.ndarray = weights * (total / weights.sum())
    return scaled


def fit_words(
    material: Material, rows: sp.csr_matrix, labels: Sequence[str], weights: np.ndarray
) -> tuple[np.ndarray, ...]:
    """The two word models (terms by labels) from the material and the rows of labelled tasks: by the terms
    themselves, and by their meanings, which reach terms that no task had."""
    all_labels = [*material.task_labels, *labels]
    all_weights = np.concatenate([material.task_weights, weights * _GOLD])
    all_rows = sp.vstack([material.tasks, rows]).tocsr()
    used = np.flatnonzero(np.asarray(abs(all_rows).sum(axis=0)).ravel())
    by_term = np.zeros((all_rows.shape[1], len(LABELS)), dtype=np.float32)
    by_term[used] = _fit(all_rows[:, used], all_labels, all_weights)
    dense = np.vstack([all_rows @ material.meanings, material.texts @ material.meanings])
    text_weights = balanced(material.text_labels, _CODIFIED)
    by_meaning = _fit(dense, all_labels + material.text_labels, np.concatenate([all_weights, text_weights]))
    return by_term, (material.meanings @ by_meaning).astype(np.float32)


def _fit(rows: sp.csr_matrix | np.ndarray, labels: Sequence[str], weights: np.ndarray) -> np.ndarray:
    model = LogisticRegression(C=_STRENGTH, max_iter=_ITERATIONS, tol=1e-3)
    model.fit(rows, labels, sample_weight=weights)
    assert tuple(model.classes_) == LABELS
    learned: np.ndarray = model.coef_.T.astype(np.float32)
    return learned
