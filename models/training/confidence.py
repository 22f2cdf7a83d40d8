"""Labelled documents → models/weights/confidence.json: what the facts of a task are worth.

    python -m models.training.confidence [--shared DIR] [--save]

In: `gold/train` and `gold/dev` of a folder beside the project and its scorer, which says what is right. A
logistic model a field is fitted on two thirds of train, those that rules were written against, and calibrated
(Platt) on the third that nobody read; figures on that third leave out one document at a time, those on dev
are of the model as saved. Nature and field, whose classifier has seen all of train, are its own probabilities
calibrated on dev; their figures leave out one document at a time too. The second reader, whose agreement is
among the facts, has seen none of the documents that it is asked about. Deterministic. Skips where there are
no labelled documents.
"""

from __future__ import annotations

import argparse
import json
from collections import Counter
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path

import numpy as np

from models.confidence import FIELDS, WEIGHTS, Logistic, estimated
from models.training.examples import Example, Read, gather, labelled, read_files, scorer_of
from models.training.logistic import Array, calibrated, fit, matrix, platt
from models.training.reliability import (
    Judged,
    accepted,
    brier,
    calibration_error,
    chance_error,
    interval,
    level,
    ranking,
)
from pipeline.ports import SecondReader

LEAST_DOCUMENTS = 3  # a fact that fewer documents show teaches nothing
STRENGTHS = (3.0, 10.0, 30.0, 100.0, 300.0)  # penalties tried, by cross-validation over documents
_ROUNDED = 4
AGAINST = ("illegible", "page_illegible")  # can only speak against a task, however few documents show it
CLASSES = ("nature", "field")  # the classifier says itself how likely it is right
OTHERS = tuple(field for field in FIELDS if field not in CLASSES)
Models = dict[str, Logistic]


# ---------------------------------------------------------------- examples → models


def trained(examples: Sequence[Example], field: str, strength: float) -> Logistic:
    """One field's model, not yet calibrated; long documents count for less."""
    rows = [one for one in examples if field in one.right]
    model = _fitted(rows, field, strength)
    while wrong := {name for name in AGAINST if model.weights.get(name, 0.0) > 0}:
        rows = [_without(one, wrong) for one in rows]
        model = _fitted(rows, field, strength)
    return model


def _fitted(rows: Sequence[Example], field: str, strength: float) -> Logistic:
    made = matrix([one.facts for one in rows], [one.document for one in rows], LEAST_DOCUMENTS)
    return fit(made, _right(rows, field), _weights(rows), strength)


def _without(one: Example, names: Collection[str]) -> Example:
    return replace(one, facts={key: value for key, value in one.facts.items() if key not in names})


def strongest(examples: Sequence[Example], field: str) -> float:
    """The penalty with the least loss on documents left out, six groups of them in turn."""
    names = sorted({one.document for one in examples})
    folds = [set(names[at::6]) for at in range(6)]

    def loss(strength: float) -> float:
        total = 0.0
        for outside in folds:
            model = trained([one for one in examples if one.document not in outside], field, strength)
            rows = [one for one in examples if one.document in outside and field in one.right]
            signs = 2 * _right(rows, field) - 1
            total += float((_weights(rows) * np.log1p(np.exp(-signs * _odds(model, rows)))).sum())
        return total

    return min(STRENGTHS, key=loss)


def level_of(models: Models, examples: Sequence[Example]) -> dict[str, tuple[float, float]]:
    """Each field's calibration, slope and offset."""
    found = {}
    for field, model in models.items():
        rows = [one for one in examples if field in one.right]
        found[field] = platt(_odds(model, rows), _right(rows, field), _weights(rows))
    return found


def levelled(models: Models, examples: Sequence[Example]) -> Models:
    """The models calibrated on these examples."""
    return at_level(models, level_of(models, examples))


def at_level(models: Models, levels: Mapping[str, tuple[float, float]]) -> Models:
    """The models with this calibration of each."""
    return {field: calibrated(model, *levels[field]) for field, model in models.items()}


def _blind(one: Example) -> Example:
    """The example without what the classifier says of it: these documents taught it."""
    return _without(one, {f"{field}_odds" for field in CLASSES})


def _right(rows: Sequence[Example], field: str) -> Array:
    return np.array([one.right[field] for one in rows], dtype=float)


def _odds(model: Logistic, rows: Sequence[Example]) -> Array:
    return np.array([model.odds(one.facts) for one in rows], dtype=float)


def _weights(rows: Sequence[Example]) -> Array:
    sizes = Counter(one.document for one in rows)
    weights = np.array([sizes[one.document] ** -0.5 for one in rows])
    scaled: Array = weights * (len(weights) / weights.sum())
    return scaled


# ---------------------------------------------------------------- figures


def left_out(models: Models, examples: Sequence[Example], fields: Sequence[str]) -> dict[str, list[Judged]]:
    """Each example judged, in these fields, by models calibrated without its document."""
    found: dict[str, list[Judged]] = {field: [] for field in fields}
    for name in sorted({one.document for one in examples}):
        others = [one for one in examples if one.document != name]
        own = [one for one in examples if one.document == name]
        judgements = by_field(levelled(models, others), own)
        for field in fields:
            found[field] += judgements[field]
    return found


def by_field(models: Models, examples: Sequence[Example]) -> dict[str, list[Judged]]:
    """What the models say of each field, and whether it is right."""
    found: dict[str, list[Judged]] = {field: [] for field in FIELDS}
    for one in examples:
        likely = estimated(models, one.facts)
        for field, right in one.right.items():
            found[field].append(Judged(getattr(likely, field), right, one.document))
    return found


def report(title: str, found: Mapping[str, Sequence[Judged]]) -> None:
    """The table of figures, each with its interval over documents."""
    first = next(iter(found.values()))
    print(f"\n{title}: {len(first)} tasks, {len({one.document for one in first})} documents")
    print(f"{'field':<12} right  ECE (interval; by chance)    promised - kept           Brier   AUC")
    for field, them in found.items():
        likely, right = np.array([o.likely for o in them]), np.array([float(o.right) for o in them])
        error, over = interval(them, calibration_error), interval(them, level)
        print(
            f"{field:<12} {right.mean():.3f}  {_span(error)} {chance_error(likely):.3f}   {_span(over)}"
            f"   {brier(likely, right):.3f}   {ranking(likely, right):.3f}"
        )
    for precision in (0.95, 0.98) if "complete" in found else ():
        share = interval(found["complete"], accepted(precision))
        print(f"taken unseen at precision {precision}: {_span(share)}")


def _span(figure: tuple[float, float, float]) -> str:
    return "{:.3f} ({:.3f} to {:.3f})".format(*figure)


# ---------------------------------------------------------------- the command


def main() -> None:
    """Fit, calibrate, tell how honest the result is, and save it if asked."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n", 1)[0])
    parser.add_argument("--shared", type=Path, default=Path("../shared"))
    parser.add_argument("--save", action="store_true")
    asked = parser.parse_args()
    if not (asked.shared / "gold" / "train").is_dir():
        print(f"confidence: skipped, no labelled documents in {asked.shared / 'gold' / 'train'}")
        return
    run(asked.shared, read_files, save=asked.save)


def run(shared: Path, read: Read, *, save: bool) -> None:
    """The whole of it; `read` gives a document's pages."""
    from models.reader.model import second
    from models.task_classifier import classify

    scorer = scorer_of(shared)
    others = second_readers(shared, read)
    found = [_blind(one) for one in gather(shared / "gold" / "train", scorer, read, classify, others)]
    names = sorted({name for name, _, _ in labelled(shared / "gold" / "train")})
    aside = set(names[2::3])
    known = [one for one in found if one.document not in aside]
    unread = [one for one in found if one.document in aside]
    strengths = {field: strongest(known, field) for field in OTHERS}
    models = {field: trained(known, field, strengths[field]) for field in OTHERS}
    models |= {field: Logistic(0.0, {f"{field}_odds": 1.0}) for field in CLASSES}
    levels = level_of(models, unread)
    report("train, the third set aside, one document left out at a time", left_out(models, unread, OTHERS))
    if (shared / "gold" / "dev").is_dir():
        dev = gather(shared / "gold" / "dev", scorer, read, classify, lambda name: second)
        judgements = by_field(at_level(models, levels), dev)
        report("dev", {field: judgements[field] for field in OTHERS})
        report("dev, one document left out at a time", left_out(models, dev, CLASSES))
        levels |= {field: level_of(models, dev)[field] for field in CLASSES}
    if save:
        write(at_level(models, levels), strengths, levels)


def second_readers(shared: Path, read: Read) -> Callable[[str], SecondReader]:
    """By a train document's name, a second reader that was taught without it."""
    from models.reader.read import see
    from models.training.reader import SAMPLES, folded, gathered

    samples = [one.lesson for one in gathered(SAMPLES, read)]
    readers = folded(gathered(shared / "gold" / "train", read), samples)
    return lambda name: partial(see, judge=readers[name])


def write(models: Models, strengths: Mapping[str, float], levels: Mapping[str, tuple[float, float]]) -> None:
    """Saves the weights that are shipped."""
    WEIGHTS.write_bytes(readable(models, strengths, levels))


def readable(
    models: Models, strengths: Mapping[str, float], levels: Mapping[str, tuple[float, float]]
) -> bytes:
    """The weights as a file that a person can read; calibration is already in them."""
    content = {
        "fields": {
            field: {
                "bias": round(model.bias, _ROUNDED),
                "penalty": strengths.get(field),
                "calibration": [round(one, _ROUNDED) for one in levels[field]],
                "weights": {key: round(one, _ROUNDED) for key, one in sorted(model.weights.items())},
            }
            for field, model in models.items()
        }
    }
    return (json.dumps(content, indent=1) + "\n").encode()


if __name__ == "__main__":
    main()
