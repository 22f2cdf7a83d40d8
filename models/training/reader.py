"""Labelled documents → models/weights/reader_*.crf: the second reader, of the samples and `gold/train`.

    python -m models.training.reader [--shared DIR] [--save] [--curve]

In: the samples that the project ships (data/samples) and the labelled documents of a folder beside the
project, where there is one. Out: figures on documents that the reader has not seen, by five groups of train
documents in turn and on dev; with --curve also those of readers taught by a part of the documents; with
--save the weights. No chance is drawn: the same documents give the same figures, though the trainer writes
the features in another order each time.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import os
import sys
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from types import ModuleType
from typing import Any

from models.reader.features import Facts, of_mentions, of_pieces
from models.reader.judging import Judge
from models.reader.model import DIGESTS, FOLDER, NAMES, file_name
from models.reader.read import see
from models.reader.taggers import Taggers
from models.training.examples import Read, filed_deadline, judged, labelled, read_files, scorer_of
from models.training.lessons import Lesson, lesson
from pipeline.structure import structure
from pipeline.types import Directive, SeenTask

SAMPLES = Path(__file__).parents[2] / "data" / "samples"
FOLDS = 5
_L1, _L2, _STEPS = 0.5, 0.01, 100  # chosen on two thirds of train, of 0.1, 0.3, 0.5 and 1
_PARTS = (0.0, 0.125, 0.25, 0.5, 1.0)
Sequences = tuple[list[list[Facts]], list[list[str]]]
Lessons = tuple[Sequences, Sequences, Sequences]


@dataclass(frozen=True)
class Taught:
    """A labelled document as the reader learns it."""

    name: str
    tasks: Sequence[Mapping[str, Any]]
    lesson: Lesson


def gathered(folder: Path, read: Read) -> list[Taught]:
    """The labelled documents of a folder, those left out that cannot be read or are secret."""
    from pipeline.errors import Unreadable

    found = []
    for name, label, paths in labelled(folder):
        try:
            directive = structure(read(name, paths))
        except Unreadable as error:
            print(f"  {name}: {error.reason.value}")
            continue
        found.append(Taught(name, label["tasks"], lesson(directive, label["tasks"])))
    return found


def taught(lessons: Sequence[Lesson]) -> Taggers:
    """The three taggers, by conditional likelihood with an L1 and L2 penalty."""
    from underthesea_core import CRFTagger

    return Taggers(*(CRFTagger.from_model(_trained(them)) for them in sequences(lessons)))


def sequences(lessons: Sequence[Lesson]) -> Lessons:
    """What the taggers of pieces, units and deadlines learn from."""
    pieces: Sequences = ([], [])
    units: Sequences = ([], [])
    deadlines: Sequences = ([], [])
    for one in lessons:
        view = one.view
        pieces[0].append(of_pieces(view.directive, view.pieces, view.mentions))
        pieces[1].append(list(one.tags))
        for at, (piece, found) in enumerate(zip(view.pieces, view.mentions, strict=True)):
            around = "".join(one.tags[max(0, at - 1) : at + 2])
            if found.units:
                units[0].append(of_mentions(piece, view.text, found.units, one.tags[at], around))
                units[1].append(list(one.units[at]))
            if found.deadlines:
                deadlines[0].append(of_mentions(piece, view.text, found.deadlines, one.tags[at], around))
                deadlines[1].append(list(one.deadlines[at]))
    return pieces, units, deadlines


def joined(several: Sequence[Lessons]) -> Lessons:
    """What `sequences` gives of several documents at once."""
    made: Lessons = (([], []), ([], []), ([], []))
    for lessons in several:
        for all_, more in zip(made, lessons, strict=True):
            all_[0].extend(more[0])
            all_[1].extend(more[1])
    return made


def _trained(them: Sequences) -> Any:
    from underthesea_core import CRFTrainer

    trainer = CRFTrainer()
    trainer.set_l1_penalty(_L1)
    trainer.set_l2_penalty(_L2)
    trainer.set_max_iterations(_STEPS)
    with _quiet():
        return trainer.train(*them)


@contextmanager
def _quiet() -> Iterator[None]:
    """The trainer writes a line a step to the process's own stream of errors."""
    sys.stderr.flush()
    kept = os.dup(2)
    with Path(os.devnull).open("w") as nowhere:
        os.dup2(nowhere.fileno(), 2)
        try:
            yield
        finally:
            os.dup2(kept, 2)
            os.close(kept)


def folded(documents: Sequence[Taught], always: Sequence[Lesson]) -> dict[str, Taggers]:
    """By document, a reader that has not seen it: taught by the other groups and by `always`."""
    found: dict[str, Taggers] = {}
    for group in range(FOLDS):
        others = [one.lesson for at, one in enumerate(documents) if at % FOLDS != group]
        reader = taught([*others, *always])
        found |= {one.name: reader for at, one in enumerate(documents) if at % FOLDS == group}
    return found


# ---------------------------------------------------------------- figures


def filed(directive: Directive, seen: SeenTask) -> dict[str, Any]:
    """A task in the form that the scorer takes."""
    text = directive.layout.text
    return {
        "text": " ".join(" ".join(text[span.start : span.end].split()) for span in seen.spans),
        "leads": [unit.name for unit in seen.leads],
        "cooperators": [unit.name for unit in seen.cooperators],
        "deadline": filed_deadline(seen.deadline),
        "nature": "",
        "field": "",
    }


def figures(
    documents: Sequence[Taught], readers: Mapping[str, Judge], scorer: ModuleType
) -> dict[str, float]:
    """F1 of the tasks, and of those whose text, leads, cooperators and deadline are all right."""
    if not documents:
        return {}
    tasks, complete, sizes = 0, 0, 0
    for one in documents:
        directive = one.lesson.view.directive
        told = [filed(directive, seen) for seen in see(directive, readers[one.name])]
        rights = judged(list(map(dict, one.tasks)), told, scorer)
        tasks += sum(right["task"] for right in rights)
        complete += sum(right["complete"] for right in rights)
        sizes += len(told) + len(one.tasks)
    return {"task": round(2 * tasks / sizes, 3), "complete": round(2 * complete / sizes, 3)} if sizes else {}


def learning_curve(
    samples: Sequence[Lesson], train: Sequence[Taught], dev: Sequence[Taught], scorer: ModuleType
) -> Iterator[tuple[int, dict[str, float]]]:
    """The figures on `dev` of readers taught by the samples and by ever more documents of `train`, each with
    how many."""
    names = [one.name for one in dev]
    for part in _PARTS:
        known = [one.lesson for one in train[:: round(1 / part)]] if part else []
        partly = taught([*samples, *known])
        yield len(known), figures(dev, dict.fromkeys(names, partly), scorer)


# ---------------------------------------------------------------- the command


def main() -> None:
    """Teach the reader, tell how good it is, and save it if asked."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n", 1)[0])
    parser.add_argument("--shared", type=Path, default=Path("../shared"))
    parser.add_argument("--save", action="store_true")
    parser.add_argument("--curve", action="store_true")
    asked = parser.parse_args()
    run(asked.shared, read_files, save=asked.save, curve=asked.curve)


def run(shared: Path, read: Read, *, save: bool, curve: bool = False) -> Taggers:
    """The whole of it; `read` gives a document's pages."""
    samples = [one.lesson for one in gathered(SAMPLES, read)]
    print(f"samples: {len(samples)} documents")
    train: list[Taught] = []
    if (shared / "gold" / "train").is_dir():
        train = gathered(shared / "gold" / "train", read)
        scorer = scorer_of(shared)
        print("train, five groups in turn:", json.dumps(figures(train, folded(train, samples), scorer)))
    reader = taught([*samples, *(one.lesson for one in train)])
    if train and (shared / "gold" / "dev").is_dir():
        dev = gathered(shared / "gold" / "dev", read)
        print("dev:", json.dumps(figures(dev, dict.fromkeys([one.name for one in dev], reader), scorer)))
        for number, found in learning_curve(samples, train, dev, scorer) if curve else ():
            print(f"dev, taught by {number} documents and the samples:", json.dumps(found))
    if save:
        write(weights_of(sequences([*samples, *(one.lesson for one in train)])), FOLDER)
    return reader


def weights_of(lessons: Lessons) -> dict[str, bytes]:
    """The weights, by tagger, as files hold them."""
    made = {}
    with tempfile.TemporaryDirectory() as folder:
        for name, them in zip(NAMES, lessons, strict=True):
            path = Path(folder) / file_name(name)
            _trained(them).save(str(path))
            made[name] = path.read_bytes()
    return made


def write(made: Mapping[str, bytes], folder: Path) -> None:
    """The weights and their digests."""
    lines = []
    for name, content in made.items():
        (folder / file_name(name)).write_bytes(content)
        lines.append(f"{hashlib.sha256(content).hexdigest()} {file_name(name)}\n")
    (folder / DIGESTS).write_text("".join(lines), encoding="ascii")


if __name__ == "__main__":
    main()
