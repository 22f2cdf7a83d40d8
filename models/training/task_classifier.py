"""Labelled documents → models/weights/task_classifier.npz, with its digest and its card's figures.

Run: `python -m models.training.task_classifier --gold DIR [--test DIR] [--save]`. DIR holds one JSON file a
document (docs/gold.md). Prints macro-F1 by cross-validation over documents, and on a test set if
one is given. Needs the extra `train` (scikit-learn).
"""

from __future__ import annotations

import argparse
import collections
import hashlib
import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from sklearn.feature_extraction import DictVectorizer
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import GroupKFold

from models.task_classifier import WEIGHTS, Linear, best_field, best_nature, digest_path
from models.task_features import field_features, nature_features
from pipeline.text import nfc

Features = Callable[[str, str, str], dict[str, float]]
FEATURES: dict[str, Features] = {"nature": nature_features, "field": field_features}
STRENGTH = {"nature": 0.1, "field": 0.03}  # inverse of the regularisation, by cross-validation
FOLDS = 6
LEAST_DOCUMENTS = 2  # a term must stand in as many documents, so that no sentence can be read back
ITERATIONS = 150


@dataclass(frozen=True)
class Task:
    """A labelled task and the document that it comes from."""

    text: str
    document_type: str
    subject: str
    labels: dict[str, str]
    document: str


def read_gold(folder: Path) -> list[Task]:
    """All tasks of a folder whose two classes are labelled."""
    tasks = []
    for path in sorted(folder.glob("*.json")):
        content = json.loads(path.read_text(encoding="utf-8"))
        header = content["document"]
        for task in content["tasks"]:
            labels = {name: task.get(name) or "" for name in FEATURES}
            if all(labels.values()):
                text = " ".join(nfc(task["text"]).split())
                kind, subject = header.get("type") or "", nfc(header.get("subject") or "")
                tasks.append(Task(text, kind, subject, labels, path.stem))
    return tasks


def train(tasks: Sequence[Task], name: str) -> Linear:
    """A model of one label set; long documents and frequent labels count for less."""
    rows = [FEATURES[name](t.text, t.document_type, t.subject) for t in tasks]
    rows = _frequent(rows, [t.document for t in tasks])
    wanted = [t.labels[name] for t in tasks]
    vectorizer = DictVectorizer()
    matrix = vectorizer.fit_transform(rows)
    model = LogisticRegression(C=STRENGTH[name], max_iter=ITERATIONS)
    model.fit(matrix, wanted, sample_weight=_weights(tasks, wanted))
    terms = {str(term): column for column, term in enumerate(vectorizer.get_feature_names_out())}
    return Linear(tuple(map(str, model.classes_)), terms, model.coef_, model.intercept_)


def _frequent(rows: Sequence[dict[str, float]], documents: Sequence[str]) -> list[dict[str, float]]:
    where: dict[str, set[str]] = collections.defaultdict(set)
    for row, document in zip(rows, documents, strict=True):
        for term in row:
            where[term].add(document)
    kept = {term for term, them in where.items() if len(them) >= LEAST_DOCUMENTS}
    return [{term: value for term, value in row.items() if term in kept} for row in rows]


def _weights(tasks: Sequence[Task], wanted: Sequence[str]) -> np.ndarray:
    sizes = collections.Counter(t.document for t in tasks)
    labels = collections.Counter(wanted)
    weights = np.array([(sizes[t.document] * labels[w]) ** -0.5 for t, w in zip(tasks, wanted, strict=True)])
    scaled: np.ndarray = weights * (len(weights) / weights.sum())
    return scaled


def macro_f1(pairs: Sequence[tuple[str, str]]) -> float:
    """Mean F1 over the labels that are wanted; pairs are (wanted, given)."""
    scores = []
    for label in {wanted for wanted, _ in pairs}:
        right = sum(wanted == given == label for wanted, given in pairs)
        scores.append(2 * right / sum((wanted == label) + (given == label) for wanted, given in pairs))
    return sum(scores) / len(scores)


def predictions(model: Linear, tasks: Sequence[Task], name: str) -> list[tuple[str, str]]:
    """(wanted, given) of each task."""
    best: Callable[[Linear, str, str, str], tuple[str, float]] = (
        best_field if name == "field" else best_nature
    )
    return [(t.labels[name], best(model, t.text, t.document_type, t.subject)[0]) for t in tasks]


def cross_validate(tasks: Sequence[Task], name: str) -> list[tuple[str, str]]:
    """Predictions for every task by a model that saw no task of its document."""
    pairs = []
    for inside, outside in GroupKFold(FOLDS).split(tasks, groups=[t.document for t in tasks]):
        model = train([tasks[i] for i in inside], name)
        pairs += predictions(model, [tasks[i] for i in outside], name)
    return pairs


def save(models: dict[str, Linear], path: Path = WEIGHTS) -> None:
    """Write the weights as plain arrays, and their digest."""
    arrays: dict[str, np.ndarray] = {}
    for name, model in models.items():
        arrays[f"{name}_labels"] = np.frombuffer("\n".join(model.labels).encode(), dtype=np.uint8)
        arrays[f"{name}_terms"] = np.frombuffer("\n".join(model.terms).encode(), dtype=np.uint8)
        arrays[f"{name}_weights"] = model.weights.astype(np.float16)
        arrays[f"{name}_bias"] = model.bias.astype(np.float32)
    np.savez_compressed(path, **arrays)  # type: ignore[arg-type]
    digest = hashlib.sha256(path.read_bytes()).hexdigest()
    digest_path(path).write_text(digest + "\n", encoding="ascii")


def _report(title: str, pairs: Sequence[tuple[str, str]]) -> None:
    right = sum(wanted == given for wanted, given in pairs) / len(pairs)
    print(f"{title:<24} macro-F1 {macro_f1(pairs):.3f}   right {right:.3f}   tasks {len(pairs)}")


def main() -> None:
    """Cross-validate, test, and save if asked."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--gold", type=Path, required=True)
    parser.add_argument("--test", type=Path)
    parser.add_argument("--save", action="store_true")
    asked = parser.parse_args()
    tasks = read_gold(asked.gold)
    models = {}
    for name in FEATURES:
        _report(f"{name}, cross-validated", cross_validate(tasks, name))
        models[name] = train(tasks, name)
        if asked.test:
            _report(f"{name}, test", predictions(models[name], read_gold(asked.test), name))
    if asked.save:
        save(models)


if __name__ == "__main__":
    main()
