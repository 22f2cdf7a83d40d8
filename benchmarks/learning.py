"""`make learning`: the rules, the learned reader and both together, on the same labelled documents.

    python -m benchmarks.learning [--shared DIR]

In: `gold/train` and `gold/dev` of a folder beside the project, the scorer there. The reader is taught anew by
the samples and train; the confidence model is the shipped one on dev, on the third of train set aside one
fitted without the document. Out: complete F1 of each with intervals over documents, what may be filed without
a look by a threshold chosen on that third, the calibration error, the reader's speed on one core, a peer's
figure, the learning curve, what an office that learns has to correct (benchmarks/stream.py); as last line
JSON.
"""

from __future__ import annotations

import argparse
import json
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from types import ModuleType
from typing import Any

import numpy as np

from annotation.budget.bounds import upper
from annotation.evaluation.resampling import Array, bounds, draws, ratio
from benchmarks.curve import drawn
from benchmarks.newcomer import newcomer
from benchmarks.stream import simulate
from models.confidence import estimate, estimated
from models.reader.judging import Judge
from models.reader.read import see
from models.task_classifier import classify
from models.training.confidence import set_aside
from models.training.examples import filed as filed_by_rules
from models.training.examples import gather, judged, read_files, scorer_of
from models.training.fitting import OF_CLASSES, Models, blind, crossed
from models.training.lessons import Lesson
from models.training.reader import SAMPLES, Taught, filed, folded, gathered, learning_curve, taught
from models.training.reliability import calibration_error
from pipeline.extract import extract_from
from pipeline.ports import Estimator, SecondReader
from pipeline.types import Directive

PRECISION = 0.99
NO_CLASSES = {"nature": "", "field": ""}


@dataclass(frozen=True)
class Scored:
    """A document's tasks: how many are labelled; how many were found by each and are complete; of each of the
    rules' how likely it is complete and whether it is."""

    name: str
    labelled: int
    rules: tuple[int, int]
    model: tuple[int, int]
    combined: tuple[int, int]
    likely: tuple[tuple[float, bool], ...]


def main() -> int:
    """Teach, read, compare."""
    parser = argparse.ArgumentParser(prog="make learning", description=(__doc__ or "").split("\n", 1)[0])
    parser.add_argument("--shared", type=Path, default=Path("../shared"))
    parser.add_argument("--draw", type=Path, help="draw the learning curve into this file (SVG)")
    asked = parser.parse_args()
    shared: Path = asked.shared
    if not (shared / "gold" / "train").is_dir():
        print(f"learning: skipped, no labelled documents beside the project ({shared.name}/gold)")
        return 0
    scorer = scorer_of(shared)
    read = _Once()
    samples = [one.lesson for one in gathered(SAMPLES, read)]
    train = gathered(shared / "gold" / "train", read)
    print(f"taught by {len(samples)} samples and {len(train)} documents of train")
    reader = taught([*samples, *(one.lesson for one in train)])
    unseen = folded(train, samples)
    aside = set_aside(shared)
    found = gather(shared / "gold" / "train", scorer, read, classify, lambda name: _by(unseen[name]))
    without = crossed([blind(one) for one in found], aside).without
    third = [
        _scored(one, unseen[one.name], read, scorer, _of(without[one.name]))
        for one in train
        if one.name in aside
    ]
    dev_documents = gathered(shared / "gold" / "dev", read)
    dev = [_scored(one, reader, read, scorer, estimate) for one in dev_documents]
    figures = {f"complete_f1_{who}": _told(f"dev, complete F1 of {who}", dev, who) for who in WHO}
    _difference(dev)
    figures["share_filed_at_99_precision"] = _share(third, dev)
    likely, right = _likely(dev)
    figures["ece"] = round(calibration_error(likely, right), 3)
    figures["words_per_second"] = _speed([one.lesson.view.directive for one in dev_documents], reader)
    _peer(dev_documents, scorer)
    _curve(samples, train, dev_documents, scorer, asked.draw)
    first, last = simulate(shared, read) or (None, None)
    print(json.dumps(figures | {"edits_first_third": first, "edits_last_third": last}))
    return 0


WHO = ("rules", "model", "combined")


class _Once:
    """Reads each document once."""

    def __init__(self) -> None:
        self._read: dict[tuple[Path, ...], Any] = {}

    def __call__(self, name: str, paths: Sequence[Path]) -> Any:
        key = tuple(paths)
        if key not in self._read:
            self._read[key] = read_files(name, paths)
        return self._read[key]

    def named(self, name: str) -> Any:
        """The pages of a document that was read."""
        return next(value for paths, value in self._read.items() if paths[0].stem == name)


def _by(reader: Judge) -> SecondReader:
    return partial(see, judge=reader)


def _of(models: Models) -> Estimator:
    return partial(estimated, models | OF_CLASSES)


def _scored(one: Taught, reader: Judge, read: _Once, scorer: ModuleType, estimator: Estimator) -> Scored:
    second = _by(reader)
    tasks = extract_from(read.named(one.name), classify=classify, estimate=estimator, second=second).tasks
    gold = [dict(task) for task in one.tasks]
    rules = judged(gold, [filed_by_rules(task) for task in tasks], scorer)
    likely = [task.probabilities for task in tasks]
    kept = [at for at, each in enumerate(likely) if each is None or each.task >= 0.5]
    directive = one.lesson.view.directive
    model = judged(gold, [filed(directive, seen) for seen in second(directive)], scorer)
    return Scored(
        one.name,
        len(gold),
        _counted(rules),
        _counted(model),
        _counted([rules[at] for at in kept]),
        tuple(
            (each.complete, right["complete"])
            for each, right in zip(likely, rules, strict=True)
            if each is not None
        ),
    )


def _counted(rights: Sequence[Mapping[str, bool]]) -> tuple[int, int]:
    return len(rights), sum(right["complete"] for right in rights)


def _f1(documents: Sequence[Scored], who: str, times: Array) -> Array:
    """F1 of each row of `times`: how often it takes each document."""
    found, right = (np.array([float(getattr(one, who)[at]) for one in documents]) for at in (0, 1))
    labelled = np.array([float(one.labelled) for one in documents])
    return ratio(2 * (times @ right), times @ (found + labelled))


def _told(title: str, documents: Sequence[Scored], who: str) -> float:
    (value,) = _f1(documents, who, _once(documents))
    print(f"{title}: {value:.3f} {_between(_f1(documents, who, draws(len(documents))), '.3f')}")
    return round(float(value), 3)


def _difference(documents: Sequence[Scored]) -> None:
    for other in ("rules", "model"):
        (value,), drawn = (
            _f1(documents, "combined", times) - _f1(documents, other, times)
            for times in (_once(documents), draws(len(documents)))
        )
        print(f"dev, combined less {other}: {value:+.3f} {_between(drawn, '+.3f')}")


def _once(documents: Sequence[Scored]) -> Array:
    return np.ones((1, len(documents)))


def _between(drawn: Array, form: str) -> str:
    low, high = bounds(drawn)
    return f"({low:{form}} to {high:{form}})" if low is not None else "(too few documents for bounds)"


def _peer(documents: Sequence[Taught], scorer: ModuleType) -> None:
    """The same documents by underthesea's named entities and a newcomer's phrases."""
    found, right, wanted = 0, 0, 0
    for one in documents:
        told = [task | NO_CLASSES for task in newcomer(one.lesson.view.text)["tasks"]]
        rights = judged([dict(task) for task in one.tasks], told, scorer)
        found, right = found + len(told), right + sum(each["complete"] for each in rights)
        wanted += len(one.tasks)
    print(f"dev, complete F1 of underthesea's entities with phrase rules: {2 * right / (found + wanted):.3f}")


def _curve(
    samples: Sequence[Lesson],
    train: Sequence[Taught],
    dev: Sequence[Taught],
    scorer: ModuleType,
    path: Path | None,
) -> None:
    points = list(learning_curve(samples, train, dev, scorer))
    for number, told in points:
        print(f"dev, the learned reader by {number} documents and the samples: {json.dumps(told)}")
    if path:
        measures = {"task": "tasks (F1)", "complete": "complete (F1)"}
        across = "labelled directives that taught it, beside the samples"
        path.write_text(drawn(points, measures, across), encoding="utf-8")


def _likely(documents: Sequence[Scored]) -> tuple[Any, Any]:
    pairs = [pair for one in documents for pair in one.likely]
    return np.array([pair[0] for pair in pairs]), np.array([float(pair[1]) for pair in pairs])


def _share(third: Sequence[Scored], dev: Sequence[Scored]) -> float:
    """The share of dev's tasks at or above the threshold that keeps the precision on the third."""
    likely, right = _likely(third)
    kept = [one for one in sorted(set(likely)) if right[likely >= one].mean() >= PRECISION]
    if not kept:
        print(
            f"no threshold keeps a precision of {PRECISION} on the third set aside: nothing is filed unseen"
        )
        return 0.0
    threshold = kept[0]
    likely, right = _likely(dev)
    above = likely >= threshold
    number, wrong = int(above.sum()), int((1 - right[above]).sum())
    print(
        f"threshold {threshold:.3f}, chosen on {len(third)} documents: {number} of {len(likely)} tasks of "
        f"dev {_between(_parts(dev, threshold), '.2f')}, {wrong} wrong; "
        f"up to {upper(wrong, number):.2f} believable"
    )
    return round(number / len(likely), 3)


def _parts(documents: Sequence[Scored], threshold: float) -> Array:
    """The share of tasks at or above the threshold, in each draw of documents."""
    times = draws(len(documents))
    above = np.array([float(sum(likely >= threshold for likely, _ in one.likely)) for one in documents])
    return ratio(times @ above, times @ np.array([float(len(one.likely)) for one in documents]))


def _speed(directives: Sequence[Directive], reader: Judge) -> int:
    words = sum(len(one.layout.text.split()) for one in directives)
    start = time.process_time()
    for one in directives:
        see(one, reader)
    return round(words / (time.process_time() - start))


if __name__ == "__main__":
    raise SystemExit(main())
