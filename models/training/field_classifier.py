"""Labelled and noted tasks, raw legal text → models/weights/field_classifier.npz, with its digest.

Run: `python -m models.training.field_classifier --gold DIR --raw FILE.txt.xz [--archive DIR]
[--held-out ID,…] [--test DIR] [--save]`. DIR holds one JSON file a document; the archive holds the documents
of archive_labels.tsv, which are read again (some minutes). Prints macro-F1 by cross-validation over
documents, on the documents held out, on each document of the archive by word models that did not see it, and
on a test set, with the commonest confusions. Paragraphs of the raw text whose field was noted
(paragraph_labels.tsv) teach too. Needs the extra `train` (scikit-learn).
"""

from __future__ import annotations

import argparse
import hashlib
import warnings
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
from scipy.optimize import minimize
from sklearn.exceptions import ConvergenceWarning
from sklearn.model_selection import GroupKFold

from models.field_classifier import (
    SOURCES,
    WEIGHTS,
    FieldModel,
    digest_path,
    evidence,
    judge,
    log_shares,
)
from models.field_features import theme_terms
from models.training.field_sources import Gold, read_gold, read_noted
from models.training.field_words import LABELS, Material, fit_words, learn_material, matrix
from models.training.paragraphs import read_paragraphs

FOLDS = 4
_RIDGE, _START_RIDGE = 0.1, 0.02  # keep the weights of sources and labels small, by cross-validation
_NOTED, _STATED = 1.0, 1.0  # weight of an archive's task and of a paragraph, by cross-validation
_EVEN = 8  # how many of an archive's tasks of one field weigh in full
_FIRST = 0.3  # where the search for the sources' weights begins
Pair = tuple[str, str]


def weights_of(documents: Sequence[Gold]) -> np.ndarray:
    """Weights of the tasks: those of long documents and of frequent fields count for less."""
    labels = Counter(field for gold in documents for field in gold.fields)
    weights = np.array(
        [(len(gold.fields) * labels[field]) ** -0.5 for gold in documents for field in gold.fields]
    )
    scaled: np.ndarray = weights * (len(weights) / weights.sum())
    return scaled


def noted_weights(archive: Sequence[Gold]) -> np.ndarray:
    """Weights of an archive's tasks: a field that it holds often weighs no more than a rare one."""
    fields = [field for gold in archive for field in gold.fields]
    counts = Counter(fields)
    return np.array([_NOTED * min(1.0, _EVEN / counts[field]) for field in fields])


@dataclass(frozen=True)
class Beside:
    """What teaches the word models beside labelled documents: an archive's tasks, and paragraphs."""

    archive: Sequence[Gold] = ()
    stated: Sequence[tuple[str, str]] = ()  # a text and its field


def read_beside(raw: Path, archive: Path | None) -> Beside:
    """The archive's tasks and the raw text's paragraphs whose field was noted."""
    stated = [(one.text, one.noted.field) for one in read_paragraphs(raw) if one.noted.field]
    return Beside(read_noted(archive) if archive else [], stated)


def word_models(material: Material, documents: Sequence[Gold], beside: Beside) -> tuple[np.ndarray, ...]:
    """The word models from the material, these documents and what lies beside them."""
    every = [*documents, *beside.archive]
    texts = [theme_terms(task.text) for gold in every for task in gold.tasks]
    texts += [theme_terms(text) for text, _ in beside.stated]
    wanted = [field for gold in every for field in gold.fields] + [field for _, field in beside.stated]
    stated = np.full(len(beside.stated), _STATED)
    weights = np.concatenate([weights_of(documents), noted_weights(beside.archive), stated])
    return fit_words(material, matrix(material.words, texts), wanted, weights)


def train(material: Material, documents: Sequence[Gold], beside: Beside) -> tuple[FieldModel, list[Pair]]:
    """The whole model (what lies beside teaches the word models alone); and (wanted, given) of each task
    where both word models and the sources' weights were learned without its document."""
    rows: dict[str, np.ndarray] = {}
    names = [gold.name for gold in documents]
    for inside, outside in GroupKFold(FOLDS).split(names, groups=names):
        words = word_models(material, [documents[at] for at in inside], beside)
        for gold in (documents[at] for at in outside):
            rows[gold.name] = evidence(material.words, words, gold.context, gold.tasks)
    pairs: list[Pair] = []
    for inside, outside in GroupKFold(FOLDS).split(names, groups=names):
        sources, start = weigh_sources(rows, [documents[at] for at in inside])
        for gold in (documents[at] for at in outside):
            given = (rows[gold.name] @ sources + start).argmax(axis=1)
            pairs += [(field, LABELS[at]) for field, at in zip(gold.fields, given, strict=True)]
    sources, start = weigh_sources(rows, documents)
    words = word_models(material, documents, beside)
    return FieldModel(LABELS, material.words, words, sources, start), pairs


def cross_validate_archive(
    model: FieldModel, material: Material, documents: Sequence[Gold], beside: Beside
) -> list[Pair]:
    """(wanted, given) of each task of the archive by word models that did not see its document."""
    pairs: list[Pair] = []
    archive = beside.archive
    for inside, outside in GroupKFold(FOLDS).split(archive, groups=[gold.name for gold in archive]):
        without = replace(beside, archive=[archive[at] for at in inside])
        words = word_models(material, documents, without)
        pairs += predictions(replace(model, weights=words), [archive[at] for at in outside])
    return pairs


def weigh_sources(rows: dict[str, np.ndarray], documents: Sequence[Gold]) -> tuple[np.ndarray, np.ndarray]:
    """What each source counts for, the same for every field and never negative, and what each field starts
    with: a logistic model over the word models' scores."""
    said = np.concatenate([rows[gold.name] for gold in documents])
    fields = [field for gold in documents for field in gold.fields]
    wanted, at = np.array([LABELS.index(field) for field in fields]), np.arange(len(fields))
    counts = Counter(fields)
    weights = np.array([counts[field] ** -0.5 for field in fields])
    weights *= len(weights) / weights.sum()
    sources = said.shape[2]
    ridge = len(fields) * np.array([_RIDGE] * sources + [_START_RIDGE] * len(LABELS))

    def loss(both: np.ndarray) -> tuple[float, np.ndarray]:
        shares = log_shares(said @ both[:sources] + both[sources:])
        likely = np.exp(shares)
        by_source = np.einsum("n,nl,nls->s", weights, likely, said) - weights @ said[at, wanted]
        by_label = weights @ likely - np.bincount(wanted, weights, len(LABELS))
        cost = -float(weights @ shares[at, wanted]) + float(ridge @ both**2) / 2
        return cost, np.concatenate([by_source, by_label]) + ridge * both

    first = np.array([_FIRST] * sources + [0.0] * len(LABELS))
    bounds = [(0.0, None)] * sources + [(None, None)] * len(LABELS)
    found: np.ndarray = minimize(loss, first, jac=True, method="L-BFGS-B", bounds=bounds).x
    return found[:sources], found[sources:]


def macro_f1(pairs: Sequence[Pair]) -> float:
    """Mean F1 over the labels that are wanted; pairs are (wanted, given)."""
    scores = []
    for label in {wanted for wanted, _ in pairs}:
        right = sum(wanted == given == label for wanted, given in pairs)
        scores.append(2 * right / sum((wanted == label) + (given == label) for wanted, given in pairs))
    return sum(scores) / len(scores)


def predictions(model: FieldModel, documents: Sequence[Gold]) -> list[Pair]:
    """(wanted, given) of each task."""
    return [
        (field, given)
        for gold in documents
        for field, (given, _) in zip(gold.fields, judge(model, gold.context, gold.tasks), strict=True)
    ]


def save(model: FieldModel, path: Path = WEIGHTS) -> None:
    """Write the weights as plain arrays, and their digest."""
    known = list(model.words.columns)
    np.savez_compressed(
        path,
        labels=np.frombuffer("\n".join(model.labels).encode(), dtype=np.uint8),
        terms=np.frombuffer("\n".join(known).encode(), dtype=np.uint8),
        rarity=np.array([model.words.rarity[term] for term in known], dtype=np.float16),
        task_weights=model.weights[0].astype(np.float16),
        text_weights=model.weights[1].astype(np.float16),
        sources=model.sources.astype(np.float32),
        start=model.start.astype(np.float32),
    )
    digest = hashlib.sha256(path.read_bytes()).hexdigest()
    digest_path(path).write_text(digest + "\n", encoding="ascii")


def _report(title: str, pairs: Sequence[Pair]) -> None:
    right = sum(wanted == given for wanted, given in pairs) / len(pairs)
    print(f"{title:<18} macro-F1 {macro_f1(pairs):.3f}   right {right:.3f}   tasks {len(pairs)}")
    wrong = Counter((wanted, given) for wanted, given in pairs if wanted != given)
    for (wanted, given), count in wrong.most_common(12):
        print(f"    {count:>3} {wanted} read as {given}")


def main() -> None:
    """Cross-validate, test, and save if asked."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--gold", type=Path, required=True)
    parser.add_argument("--raw", type=Path, required=True)
    parser.add_argument("--archive", type=Path)
    parser.add_argument("--held-out", default="", help="ids of documents to test on, apart from the others")
    parser.add_argument("--test", type=Path)
    parser.add_argument("--save", action="store_true")
    asked = parser.parse_args()
    warnings.simplefilter("ignore", ConvergenceWarning)  # few iterations regularise
    documents, material = read_gold(asked.gold), learn_material(asked.raw)
    held = set(asked.held_out.split(","))
    inside = [gold for gold in documents if gold.name not in held]
    beside = read_beside(asked.raw, asked.archive)
    model, pairs = train(material, inside, beside)
    _report("cross-validated", pairs)
    print(
        {
            f"{kind} {source}": round(float(weight), 2)
            for (kind, source), weight in zip(
                [(kind, source) for kind in ("task", "text") for source in SOURCES],
                model.sources,
                strict=True,
            )
        }
    )
    if len(inside) < len(documents):
        _report("held out", predictions(model, [gold for gold in documents if gold.name in held]))
    if beside.archive:
        _report("the archive", cross_validate_archive(model, material, inside, beside))
    if asked.test:
        _report("test", predictions(model, read_gold(asked.test)))
    if asked.save:
        save(model)


if __name__ == "__main__":
    main()
