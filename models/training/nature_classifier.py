"""Labelled, noted and invented tasks → models/weights/nature_classifier.npz, its digest, the card's figures.

Run: `python -m models.training.nature_classifier --gold DIR --raw FILE.txt.xz [--archive DIR] [--test DIR]
[--save]`. DIR holds one JSON file a document (docs/gold.md); the archive holds the documents of
archive_labels.tsv, which are read again (some minutes); the raw legal text tells the meanings of words and
holds the paragraphs of paragraph_labels.tsv; the invented tasks lie in natures.tsv. Prints macro-F1 by
cross-validation over documents, on every third document by a model that saw none of them, on each document
of the archive by models that did not see it, and on a test set if one is given. The same input gives the same
weights. Needs the extra `train` (scikit-learn).
"""

from __future__ import annotations

import argparse
import collections
import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass, replace
from importlib.resources import files
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from sklearn.feature_extraction import DictVectorizer
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import GroupKFold

from models.field_classifier import Words
from models.field_features import weighed
from models.nature_classifier import WEIGHTS, NatureModel, digest_path
from models.nature_features import SPANS, Clues, nature_clues
from models.training.archive import read_archive
from models.training.field_words import commonest, learn_material
from models.training.paragraphs import read_paragraphs
from pipeline.text import nfc

STRENGTH, MEANT = 0.4, 0.5  # inverse of each model's regularisation, by cross-validation
SHARE = 0.35  # of the words' scores in the sum
TERMS = 8000  # the commonest ones: the weights stay small
LOUDNESS = 2.0  # of meanings beside the regularisation
INVENTED, PARAGRAPH = 1.2, 1.0  # weights of an invented task and of a paragraph beside a real task
NOTED = 1.0  # the same of an archive's task
FOLDS = 6
LEAST = 2  # a feature must stand in as many documents, so that no sentence can be read back
ITERATIONS = 300
TEMPERATURES = np.arange(0.5, 2.01, 0.05)


@dataclass(frozen=True)
class Example:
    """A task's clues, its nature, and the document that it comes from ("" if it has none)."""

    clues: Clues
    nature: str
    document: str


def read_gold(folder: Path) -> list[Example]:
    """All tasks of a folder whose nature is labelled, in order of their documents."""
    examples = []
    for path in sorted(folder.glob("*.json")):
        content = json.loads(path.read_text(encoding="utf-8"))
        subject = nfc(content["document"].get("subject") or "")
        for task in content["tasks"]:
            if task.get("nature"):
                text = " ".join(nfc(task["text"]).split())
                examples.append(Example(nature_clues(text, subject), task["nature"], path.stem))
    return examples


def read_noted(folder: Path) -> list[Example]:
    """The tasks of an archive whose nature was noted."""
    return [
        Example(
            nature_clues(" ".join(task.text.split()), document.context.subject),
            noted.nature,
            f"archive {document.name}",
        )
        for document in read_archive(folder)
        for task, noted in document.tasks
        if noted.nature
    ]


def read_invented() -> list[Example]:
    """The invented tasks of natures.tsv."""
    lines = (files("models.training") / "natures.tsv").read_text(encoding="utf-8").split("\n")
    rows = [line.split("\t") for line in lines if line and not line.startswith("#")][1:]
    return [Example(nature_clues(text, subject), nature, "") for nature, subject, text in rows]


def read_stated(raw: Path) -> list[Example]:
    """The paragraphs of a raw text whose nature was noted."""
    return [Example(nature_clues(one.text), one.noted.nature, "") for one in read_paragraphs(raw)]


@dataclass(frozen=True)
class Beside:
    """What is learned from beside the labelled documents: tasks of an archive, paragraphs and invented tasks;
    and the terms that are known, with their meanings."""

    noted: Sequence[Example]
    stated: Sequence[Example]
    invented: Sequence[Example]
    words: Words
    meanings: NDArray[np.float64]


def read_beside(raw: Path, archive: Path | None) -> Beside:
    """All that lies beside the labelled documents."""
    material = learn_material(raw)
    known = commonest(material.words, TERMS)
    return Beside(
        read_noted(archive) if archive else [],
        read_stated(raw),
        read_invented(),
        Words(
            {term: column for column, term in enumerate(known)},
            {term: material.words.rarity[term] for term in known},
        ),
        LOUDNESS * material.meanings[[material.words.columns[term] for term in known]].astype(np.float64),
    )


def train(real: Sequence[Example], beside: Beside) -> NatureModel:
    """A model; long documents and frequent labels count for less."""
    examples = [*real, *beside.noted, *beside.stated, *beside.invented]
    wanted = [example.nature for example in examples]
    weights = np.concatenate(
        [
            _weights(real),
            NOTED * _weights(beside.noted),
            np.full(len(beside.stated), PARAGRAPH),
            np.full(len(beside.invented), INVENTED),
        ]
    )
    vectorizer = DictVectorizer()
    acts = LogisticRegression(C=STRENGTH, max_iter=ITERATIONS)
    acts.fit(vectorizer.fit_transform(_frequent(examples)), wanted, sample_weight=weights)
    meant = LogisticRegression(C=MEANT, max_iter=ITERATIONS)
    meant.fit(np.stack([_meanings(example.clues, beside) for example in examples]), wanted, weights)
    names = {str(name): column for column, name in enumerate(vectorizer.get_feature_names_out())}
    by_span = meant.coef_.reshape(len(meant.classes_), len(SPANS) + 1, -1)
    return NatureModel(
        tuple(map(str, acts.classes_)),
        names,
        (1 - SHARE) * acts.coef_,
        beside.words,
        SHARE * np.einsum("td,lsd->stl", beside.meanings, by_span),
        (1 - SHARE) * acts.intercept_ + SHARE * meant.intercept_,
    )


def _meanings(clues: Clues, beside: Beside) -> NDArray[np.float64]:
    """The meanings of each span, one after the other."""
    spoken = []
    for span in clues.spans:
        found = weighed(span, beside.words.rarity)
        rows = beside.meanings[[beside.words.columns[term] for term in found]]
        spoken.append(np.array(list(found.values())) @ rows)
    return np.concatenate(spoken)


def _frequent(examples: Sequence[Example]) -> list[dict[str, float]]:
    where: dict[str, set[str]] = collections.defaultdict(set)
    for order, example in enumerate(examples):
        for name in example.clues.acts:
            where[name].add(example.document or f"text {order}")
    return [
        {name: value for name, value in example.clues.acts.items() if len(where[name]) >= LEAST}
        for example in examples
    ]


def _weights(examples: Sequence[Example]) -> NDArray[np.float64]:
    if not examples:
        return np.zeros(0)
    sizes = collections.Counter(e.document for e in examples)
    natures = collections.Counter(e.nature for e in examples)
    weights = np.array([(sizes[e.document] * natures[e.nature]) ** -0.5 for e in examples])
    scaled: NDArray[np.float64] = weights * (len(weights) / weights.sum())
    return scaled


Judged = list[tuple[str, dict[str, float]]]  # the nature wanted, and how likely each is said to be


def judged(model: NatureModel, examples: Sequence[Example]) -> Judged:
    """What a model says of each example."""
    return [(example.nature, model.likely(example.clues)) for example in examples]


def cross_validate(real: Sequence[Example], beside: Beside) -> Judged:
    """Each real task judged by a model that saw no task of its document."""
    found: Judged = []
    for inside, outside in GroupKFold(FOLDS).split(real, groups=[e.document for e in real]):
        model = train([real[i] for i in inside], beside)
        found += judged(model, [real[i] for i in outside])
    return found


def cross_validate_noted(real: Sequence[Example], beside: Beside) -> Judged:
    """Each of the archive's tasks judged by a model that saw no task of its document."""
    found: Judged = []
    noted = beside.noted
    for inside, outside in GroupKFold(FOLDS).split(noted, groups=[e.document for e in noted]):
        model = train(real, replace(beside, noted=[noted[i] for i in inside]))
        found += judged(model, [noted[i] for i in outside])
    return found


def macro_f1(found: Judged) -> float:
    """Mean F1 over the natures that are wanted."""
    pairs = [(wanted, max(likely, key=likely.__getitem__)) for wanted, likely in found]
    scores = []
    for label in {wanted for wanted, _ in pairs}:
        right = sum(wanted == given == label for wanted, given in pairs)
        scores.append(2 * right / sum((wanted == label) + (given == label) for wanted, given in pairs))
    return sum(scores) / len(scores)


def sharpness(found: Judged) -> float:
    """By what the scores must be multiplied so that the probabilities fit what was right best."""
    return float(min(TEMPERATURES, key=lambda factor: _loss(found, factor)))


def _loss(found: Judged, factor: float) -> float:
    total = 0.0
    for wanted, likely in found:
        raised = {label: max(one, 1e-9) ** factor for label, one in likely.items()}
        total -= np.log(max(raised.get(wanted, 0.0) / sum(raised.values()), 1e-6))
    return total


def save(model: NatureModel, factor: float, path: Path = WEIGHTS) -> None:
    """Write the weights as plain arrays, and their digest."""
    np.savez_compressed(
        path,
        labels=np.frombuffer("\n".join(model.labels).encode(), dtype=np.uint8),
        features=np.frombuffer("\n".join(model.features).encode(), dtype=np.uint8),
        weights=(model.weights * factor).astype(np.float16),
        terms=np.frombuffer("\n".join(model.words.columns).encode(), dtype=np.uint8),
        rarity=np.array(list(model.words.rarity.values()), dtype=np.float16),
        meanings=(model.meanings * factor).astype(np.float16),
        bias=(model.bias * factor).astype(np.float32),
    )
    digest = hashlib.sha256(path.read_bytes()).hexdigest()
    digest_path(path).write_text(digest + "\n", encoding="ascii")


def _report(title: str, found: Judged) -> None:
    right = sum(wanted == max(likely, key=likely.__getitem__) for wanted, likely in found) / len(found)
    print(f"{title:<24} macro-F1 {macro_f1(found):.3f}   right {right:.3f}   tasks {len(found)}")


def main() -> None:
    """Cross-validate, test, and save if asked."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--gold", type=Path, required=True)
    parser.add_argument("--raw", type=Path, required=True)
    parser.add_argument("--archive", type=Path)
    parser.add_argument("--test", type=Path)
    parser.add_argument("--save", action="store_true")
    asked = parser.parse_args()
    real = read_gold(asked.gold)
    beside = read_beside(asked.raw, asked.archive)
    third = sorted(path.stem for path in asked.gold.glob("*.json"))[2::3]
    inside = [e for e in real if e.document not in third]
    _report("two thirds, crosswise", cross_validate(inside, beside))
    kept_back = [e for e in real if e.document in third]
    _report("the third kept back", judged(train(inside, beside), kept_back))
    across = cross_validate(real, beside)
    _report("all, crosswise", across)
    if beside.noted:
        _report("the archive, crosswise", cross_validate_noted(real, beside))
    model = train(real, beside)
    if asked.test:
        _report("test", judged(model, read_gold(asked.test)))
    factor = sharpness(across)
    print(f"scores multiplied by {factor:.2f}")
    if asked.save:
        save(model, factor)


if __name__ == "__main__":
    main()
