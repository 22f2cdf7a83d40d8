"""Labelled documents → models/weights/confidence.json: what the facts of a task are worth.

    python -m models.training.confidence [--shared DIR] [--save]

In: `gold/train` and `gold/dev` of a folder beside the project and its scorer, which says what is right. A
logistic model a field is fitted on train and calibrated (Platt) on the third of it that nobody read, each
document there judged by models that have not seen it (fitting.py); so are the figures on that third, those on
dev are of the model as saved. Nature and field, whose classifier has seen all of train, are its own
probabilities calibrated on dev; their figures leave out one document at a time too. The second reader, whose
agreement is among the facts, has seen none of the documents that it is asked about. Deterministic. Skips
where there are no labelled documents.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Callable, Mapping, Sequence
from functools import partial
from pathlib import Path

import numpy as np

from models.confidence import FIELDS, WEIGHTS, estimated
from models.training.examples import Example, Read, gather, labelled, read_files, scorer_of
from models.training.fitting import (
    CLASSES,
    OF_CLASSES,
    OTHERS,
    Crossed,
    Models,
    at_level,
    blind,
    crossed,
    level_of,
    levelled,
)
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

_ROUNDED = 4


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


def apart(made: Crossed, examples: Sequence[Example]) -> dict[str, list[Judged]]:
    """Each example of the documents set aside judged by the models made without its document."""
    found: dict[str, list[Judged]] = {field: [] for field in OTHERS}
    for name, models in made.without.items():
        judgements = by_field(models | OF_CLASSES, [one for one in examples if one.document == name])
        for field in OTHERS:
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
    found = [blind(one) for one in gather(shared / "gold" / "train", scorer, read, classify, others)]
    aside = set_aside(shared)
    made = crossed(found, aside)
    models = made.models | OF_CLASSES
    levels = dict.fromkeys(CLASSES, (1.0, 0.0)) | dict(made.levels)
    unread = [one for one in found if one.document in aside]
    report("train, the third set aside, by models without the document", apart(made, unread))
    if (shared / "gold" / "dev").is_dir():
        dev = gather(shared / "gold" / "dev", scorer, read, classify, lambda name: second)
        judgements = by_field(models, dev)
        report("dev", {field: judgements[field] for field in OTHERS})
        report("dev, one document left out at a time", left_out(models, dev, CLASSES))
        levels |= level_of(OF_CLASSES, dev)
    if save:
        write(models | at_level(OF_CLASSES, levels), made.strengths, levels)


def set_aside(shared: Path) -> set[str]:
    """The names of the train documents that nobody read: every third."""
    return set(sorted({name for name, _, _ in labelled(shared / "gold" / "train")})[2::3])


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
