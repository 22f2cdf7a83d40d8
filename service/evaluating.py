"""Labelled documents in, read by the whole path as `dondoc extract` does, compared with their labels, out."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from annotation.evaluation.comparing import Comparison, compare
from annotation.evaluation.faults import Fault, faults
from annotation.evaluation.gold import Gold
from annotation.evaluation.summary import Summary, summarise
from models.registry import Registry
from service.bootstrap import EXAMINING_PICTURE_READER, EXAMINING_READER
from service.child import Answer, Cleared, Failed, Refused
from service.examining import CORRECTED
from service.extracting import Extractor, Wanted, wanted_from
from service.learning.promoted import used
from service.reader import Part
from service.settings import Settings
from service.walk import Group
from service.wording import REFUSALS, words

_SECRET = "refused_secret"  # noqa: S105 - what a label expects of a document with a secrecy mark
Record = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Evaluated:
    """What came of a folder. `corrected` are scans read once more with their words put right; `refused`
    counts documents that were held back as their label expects: they are not scored; `version` names what
    read them, and `taught` counts those that taught a model of it: figures are too good there."""

    name: str
    compared: tuple[Comparison, ...] = field(repr=False)
    corrected: tuple[Comparison, ...] = field(repr=False)
    refused: int
    troubles: tuple[str, ...]
    seconds: float
    version: str = ""
    taught: int = 0

    @property
    def faults(self) -> tuple[Fault, ...]:
        """All errors, document by document."""
        return tuple(fault for one in self.compared for fault in faults(one))

    @property
    def summary(self) -> Summary:
        """All figures."""
        return summarise(self.compared, self.faults, self.corrected)


def evaluate(
    gold: Gold,
    settings: Settings,
    *,
    pictures: bool = False,
    corrected: Path | None = None,
    done: Callable[[], None] = lambda: None,
) -> Evaluated:
    """Reads and compares all; `corrected` is a folder of hand-corrected texts ("ID.txt"), `done` is called
    after each document. Raises `service.child.Broken` where nothing can be read."""
    started = time.perf_counter()
    answers: dict[str, Answer] = {}
    settings = settings.model_copy(update={"workers": min(settings.workers, max(1, len(gold.sources)))})
    with Extractor(settings, EXAMINING_PICTURE_READER if pictures else EXAMINING_READER) as extractor:
        for document, answer in extractor.run(_wanted(gold, corrected)):
            answers[document.id] = _lightened(gold.labels[document.id], answer)
            done()
    compared, again, troubles, refused = [], [], list(gold.troubles), 0
    for name, label in gold.labels.items():
        found = answers.get(name)
        if isinstance(found, Refused) and label.get("expected") == _SECRET:
            refused += 1
            continue
        troubles += _trouble(name, found)
        record = found.record if isinstance(found, Cleared) else None
        if record and "corrected" in record:
            again.append(compare(name, label, record.pop("corrected")))
        compared.append(compare(name, label, record))
    taken = time.perf_counter() - started
    version = next((one.record["version"] for one in compared if one.record), "")
    learned = _taught(settings)
    taught = sum(one.record["source"]["sha256"] in learned for one in compared if one.record)
    return Evaluated(
        gold.name, tuple(compared), tuple(again), refused, tuple(troubles), taken, version, taught
    )


def _taught(settings: Settings) -> set[str]:
    """The documents that taught the office's models that read."""
    by, registry = used(settings), Registry(settings.models_dir)
    models = [one for one in (by.confidence.id, by.second.id) if one]
    return {key for one in models for key in registry.get(one).card.taught}


def _wanted(gold: Gold, corrected: Path | None) -> list[Wanted]:
    found = [Group(paths) for paths in gold.sources.values()]
    named = zip(gold.sources, wanted_from(found), strict=True)
    return [_with_text(replace(one, id=name), corrected) for name, one in named]


def _with_text(document: Wanted, corrected: Path | None) -> Wanted:
    """The document with its corrected text as one more part, where there is one."""
    path = corrected / f"{document.id}.txt" if corrected else None
    if path is None or not path.is_file():
        return document

    def load(settings: Settings) -> Sequence[Part] | Failed:
        parts = document.load(settings)
        text = Part(path.stem + CORRECTED, path.read_bytes())
        return parts if isinstance(parts, Failed) else [*parts, text]

    return replace(document, load=load)


def _lightened(label: Mapping[str, Any], answer: Answer) -> Answer:
    """Without the pictures of pages that bear no error."""
    if not isinstance(answer, Cleared) or "pictures" not in answer.record:
        return answer
    record = answer.record
    every = faults(compare("", label, record))
    shown = {str(mark.place["page"]) for fault in every for mark in fault.marks}
    if any(fault.kinds[0] == "header" and not fault.marks for fault in every):
        shown.add("1")  # where the heading stands
    kept = {page: picture for page, picture in record["pictures"].items() if page in shown}
    return Cleared(record | {"pictures": kept})


def _trouble(name: str, answer: Answer | None) -> Iterable[str]:
    match answer:
        case Failed(reason, message):
            yield f"{name}: {message} [{reason}]"
        case Refused(why):
            yield f"{name}: {words(REFUSALS, why)}"
