"""Labelled documents in, the tasks found in them out: their facts, and which of their fields are right.

The scorer beside the labels says what is right, so that probabilities promise what is measured.
"""

from __future__ import annotations

import importlib.util
import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from types import ModuleType
from typing import Any, Protocol

from models.confidence import FIELDS
from pipeline.extract import extract_from
from pipeline.ports import SecondReader, TaskClassifier
from pipeline.types import Deadline, Probabilities, Reading, TaskCandidate


class Read(Protocol):
    """Gives a labelled document's pages."""

    def __call__(self, name: str, paths: Sequence[Path], /) -> Reading:
        """`paths` are its files, the directive first."""
        ...


@dataclass(frozen=True)
class Example:
    """A task that was found: its facts, and which of its fields are right (absent where nobody labelled)."""

    document: str
    facts: Mapping[str, float]
    right: Mapping[str, bool]


def labelled(folder: Path) -> Iterator[tuple[str, Mapping[str, Any], list[Path]]]:
    """Each labelled document of a folder with its files, in order of their ids."""
    files: dict[str, list[Path]] = {}
    for path in sorted((folder / "sources").iterdir()):
        files.setdefault(path.stem, []).append(path)
    for path in sorted((folder / "labels").glob("*.json")):
        label = json.loads(path.read_text(encoding="utf-8"))
        name = label.get("id") or path.stem
        if name in files:
            yield name, label, files[name]


def gather(
    folder: Path,
    scorer: ModuleType,
    read: Read,
    classify: TaskClassifier,
    second: Callable[[str], SecondReader] | None = None,
) -> list[Example]:
    """The tasks found in a folder's documents, judged by the scorer.

    `second` gives the second reader that has not seen a document, by its name.
    """
    examples = []
    for name, label, paths in labelled(folder):
        seen: list[Mapping[str, float]] = []
        other = second(name) if second else None
        found = extract_from(read(name, paths), classify=classify, estimate=_Keeping(seen), second=other)
        tasks = found.tasks
        rights = judged(label["tasks"], [filed(task) for task in tasks], scorer)
        examples += [Example(name, facts, right) for facts, right in zip(seen, rights, strict=True)]
    return examples


class _Keeping:
    """An estimator that keeps the facts that it is asked about."""

    def __init__(self, seen: list[Mapping[str, float]]) -> None:
        self._seen = seen

    def __call__(self, facts: Mapping[str, float]) -> Probabilities:
        self._seen.append(facts)
        return Probabilities(*[0.5] * len(FIELDS))


def filed(task: TaskCandidate) -> dict[str, Any]:
    """A task in the form that the scorer takes."""
    return {
        "text": task.text,
        "leads": [unit.mention.name for unit in task.leads],
        "cooperators": [unit.mention.name for unit in task.cooperators],
        "deadline": filed_deadline(task.deadline),
        "nature": task.nature,
        "field": task.field,
    }


def filed_deadline(due: Deadline | None) -> dict[str, Any] | None:
    """A deadline in that form."""
    if due is None:
        return None
    return {
        "kind": due.kind.value,
        "date": due.date.isoformat() if due.date else None,
        "rrule": due.rrule,
    }


def judged(
    gold: list[dict[str, Any]], found: list[dict[str, Any]], scorer: ModuleType
) -> list[dict[str, bool]]:
    """Which fields of each task found are right; of a task that is none, no field is."""
    rights: list[dict[str, bool]] = [dict.fromkeys(FIELDS, False) for _ in found]
    for at, other, closeness in scorer.pair(gold, found):
        label, task = gold[at], found[other]
        right = {
            "task": True,
            "text": closeness >= scorer.SAME_WORDS,
            "leads": _same_units(label, task, "leads", scorer),
            "cooperators": _same_units(label, task, "cooperators", scorer),
            "deadline": scorer.deadline(label) == scorer.deadline(task),
        }
        classes = {name: label[name] == task[name] for name in ("nature", "field") if label.get(name)}
        rights[other] = right | classes | {"complete": all(right.values())}
    return rights


def _same_units(label: dict[str, Any], task: dict[str, Any], role: str, scorer: ModuleType) -> bool:
    wanted, given = scorer.units(label, role), scorer.units(task, role)
    return bool(len(wanted) == len(given) == scorer.hits(wanted, given))


def scorer_of(shared: Path) -> ModuleType:
    """The scorer beside the labelled documents: only it says what is right."""
    spec = importlib.util.spec_from_file_location("scorer", shared / "eval" / "score.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def read_files(name: str, paths: Sequence[Path]) -> Reading:
    """A document's pages, read with all engines."""
    from models.spelling import healed
    from pipeline.read import open_source, read
    from pipeline.read.ocr import tesseract
    from pipeline.read.packet import bundle

    sources = [open_source(path.name, path.read_bytes()) for path in paths]
    return read(sources[0] if len(sources) == 1 else bundle(sources), ocr=healed(tesseract()))
