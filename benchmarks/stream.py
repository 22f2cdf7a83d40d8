"""An office that reviews labelled documents in order of their dates: what a reviewer has to correct in each
third, with learning and without.

The natures and fields are given by models that no labelled document taught; the words, leads, cooperators
and deadlines by the rules, which do not learn. With learning, what was decided about a document's tasks
speaks for the rest (models/field_memory.py), by weights that are fitted anew, on all that was reviewed so
far, after every few documents: at first nothing is remembered. Nature learns nothing: fitted to the stream it
needed as many corrections as before.
"""

from __future__ import annotations

import argparse
import warnings
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from types import ModuleType
from typing import Any

import numpy as np

from models.field_classifier import FieldModel, shares
from models.field_memory import Memory
from models.nature_classifier import NatureModel, nature_in
from models.training.examples import Read, filed, judged, labelled, read_files, scorer_of
from models.training.field_memory import Reviewed, corrected, fitted, untaught
from models.training.field_sources import read_noted
from models.training.field_words import learn_material
from models.training.nature_classifier import read_beside, train
from pipeline.errors import Unreadable
from pipeline.extract import extract_from
from pipeline.types import Classified, DocumentContext, TaskContext

_EVERY = 5  # documents after which the office learns
KINDS = ("missed", "not a task", "text", "leads", "cooperators", "deadline", "nature", "field")


@dataclass(frozen=True)
class Start:
    """The models that an office begins with; no labelled document taught them."""

    nature: NatureModel
    field: FieldModel


@dataclass(frozen=True)
class Stored:
    """A document of the stream: how many tasks are labelled, what is to be corrected whether or not anything
    is learned, and its tasks as the field model saw them."""

    date: str
    name: str
    tasks: int
    fixed: Counter[str]
    reviewed: Reviewed


def start(raw: Path, archive: Path) -> Start:
    """Taught by the raw text, the invented tasks and the archive's notes alone; takes some ten minutes."""
    warnings.simplefilter("ignore")  # few iterations regularise
    noted = read_noted(archive)
    return Start(train([], read_beside(raw, archive)), untaught(learn_material(raw), noted, raw))


def stream(shared: Path, read: Read, begun: Start) -> list[Stored]:
    """The labelled documents that have a date, in its order."""
    scorer = scorer_of(shared)
    found = []
    for part in ("train", "dev"):
        for name, label, paths in labelled(shared / "gold" / part):
            if date := label["document"].get("issued_on"):
                try:
                    found.append(_stored(date, name, label["tasks"], read(name, paths), begun, scorer))
                except Unreadable as error:
                    print(f"  {name}: {error.reason.value}")
    return sorted(found, key=lambda one: (one.date, one.name))


class _Classifying:
    """Gives tasks the classes of the start models, and keeps the field's scores."""

    def __init__(self, begun: Start) -> None:
        self._begun = begun
        self.scores = np.zeros((0, len(begun.field.labels)))

    def __call__(self, document: DocumentContext, tasks: Sequence[TaskContext]) -> tuple[Classified, ...]:
        if not tasks:
            return ()
        self.scores = shares(self._begun.field, document, tasks)
        return tuple(
            Classified(*self._classes(document, task, row))
            for task, row in zip(tasks, self.scores, strict=True)
        )

    def _classes(
        self, document: DocumentContext, task: TaskContext, row: Any
    ) -> tuple[str, str, float, float]:
        nature, likely = nature_in(self._begun.nature, task.text, document.subject, task.headings)
        return nature, self._begun.field.labels[row.argmax()], likely, 1.0


def _stored(
    date: str, name: str, gold: Sequence[dict[str, Any]], reading: Any, begun: Start, scorer: ModuleType
) -> Stored:
    classifying = _Classifying(begun)
    found = [filed(task) for task in extract_from(reading, classify=classifying).tasks]
    pairs = {other: at for at, other, _ in scorer.pair(list(gold), found)}
    fixed: Counter[str] = Counter({"missed": len(gold) - len(pairs), "not a task": len(found) - len(pairs)})
    fields = [-1] * len(found)
    for at, right in enumerate(judged(list(gold), found, scorer)):
        label = gold[pairs[at]] if at in pairs else {}
        fixed.update(one for one in ("text", "leads", "cooperators", "deadline") if label and not right[one])
        fixed["nature"] += bool(label.get("nature")) and label["nature"] != found[at]["nature"]
        if label.get("field"):
            fields[at] = begun.field.labels.index(label["field"])
    return Stored(date, name, len(gold), fixed, Reviewed(classifying.scores, tuple(fields)))


def edits(documents: Sequence[Stored], *, learning: bool) -> list[Counter[str]]:
    """What has to be corrected in each document, by kind; with learning by an office that learns on."""
    memory, found = Memory(), []
    for at, one in enumerate(documents):
        found.append(one.fixed + Counter(field=sum(corrected(one.reviewed, memory))))
        if learning and (at + 1) % _EVERY == 0:
            memory = fitted([each.reviewed for each in documents[: at + 1] if each.reviewed.fields])
    return found


def by_thirds(documents: Sequence[Stored], edited: Sequence[Counter[str]]) -> list[float]:
    """Corrections a labelled task in each third of the documents."""
    size = len(documents)
    parts = [range(third * size // 3, (third + 1) * size // 3) for third in range(3)]
    return [
        sum(edited[at].total() for at in part) / max(1, sum(documents[at].tasks for at in part))
        for part in parts
    ]


def told(documents: Sequence[Stored]) -> tuple[float, float]:
    """Prints both streams; the corrections a task in the first and last third with learning on."""
    thirds = {}
    for learning in (False, True):
        edited = edits(documents, learning=learning)
        thirds[learning] = by_thirds(documents, edited)
        total = sum(edited, Counter[str]())
        name = "with learning" if learning else "without learning"
        each = " ".join(f"{one:.3f}" for one in thirds[learning])
        print(f"office, {name}: {each} corrections a task by thirds")
        print(f"   {', '.join(f'{kind} {total[kind]}' for kind in KINDS)}")
    (first, *_, last), (before, *_, without) = thirds[True], thirds[False]
    print(
        f"from the first third to the last: {last / first - 1:+.0%} with learning, "
        f"{without / before - 1:+.0%} without; in the last third {1 - last / without:.0%} saved"
    )
    return round(first, 3), round(last, 3)


def simulate(shared: Path, read: Read) -> tuple[float, float] | None:
    """The whole of it; None where the raw text or the archive is not there."""
    raw, archive = shared / "raw" / "legal_text.txt.xz", shared / "archive"
    if not raw.is_file() or not archive.is_dir():
        print("office: skipped, no raw text and archive beside the project")
        return None
    documents = stream(shared, read, start(raw, archive))
    print(f"office: {len(documents)} documents, {documents[0].date} to {documents[-1].date}")
    return told(documents)


def main() -> None:
    """The stream alone."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n\n", 1)[0])
    parser.add_argument("--shared", type=Path, default=Path("../shared"))
    simulate(parser.parse_args().shared, read_files)


if __name__ == "__main__":
    main()
