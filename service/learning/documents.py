"""Labelled documents in, the same as read by the path of `dondoc extract` out: to learn from, to judge by.

Documents are those of a folder with labels, or the reviewed ones of the store with the files that are kept of
them. Near-copies stay in one part (annotation/splits.py): one half teaches, three tenths calibrate, the rest
only judges.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from annotation.evaluation.comparing import Comparison, compare
from annotation.evaluation.gold import Gold
from annotation.splits import Item, split
from service.bootstrap import LEARNING_READER
from service.child import Cleared, Failed
from service.extracting import Extractor, Wanted, wanted_from
from service.files import Files
from service.learning.facts import Question
from service.reader import Part
from service.settings import Settings
from service.store import Store
from service.walk import Group

TEACH, LEVEL, JUDGE = "teach", "level", "judge"
SHARES = {TEACH: 0.5, LEVEL: 0.3, JUDGE: 0.2}
SEED = "1"


@dataclass(frozen=True, slots=True)
class Labelled:
    """A document to read, and its label."""

    wanted: Wanted
    label: Mapping[str, Any] = field(repr=False)


@dataclass(frozen=True, slots=True)
class Learned:
    """Documents as read, compared with their labels; each is known by the hash of its files. `labelled` is
    what they were read from."""

    compared: tuple[Comparison, ...] = field(repr=False)
    unread: tuple[str, ...] = ()
    labelled: Mapping[str, Labelled] = field(default_factory=dict, repr=False)

    def without(self, ids: Sequence[str]) -> Learned:
        """The same but for these documents."""
        left = frozenset(ids)
        return replace(self, compared=tuple(one for one in self.compared if one.id not in left))

    @property
    def parts(self) -> dict[str, list[Comparison]]:
        """The documents that teach, calibrate and judge. An office's papers share their issuer, so it is only
        near-copies that must not be parted."""
        items = [Item(one.id, str((one.record or {}).get("text") or one.id)) for one in self.compared]
        part = split(items, SHARES, SEED)
        return {name: [one for one in self.compared if part[one.id] == name] for name in SHARES}

    @property
    def data_hash(self) -> str:
        """The hash of what was learned from: each document's files and its label."""
        told = sorted((one.id, json.dumps(one.gold, sort_keys=True, default=str)) for one in self.compared)
        return hashlib.sha256(json.dumps(told).encode()).hexdigest()


def of_folder(gold: Gold) -> list[Labelled]:
    """The labelled documents of a folder."""
    wanted = wanted_from([Group(paths) for paths in gold.sources.values()])
    return [Labelled(one, gold.labels[name]) for name, one in zip(gold.sources, wanted, strict=True)]


def of_store(store: Store, settings: Settings) -> list[Labelled]:
    """The reviewed documents of the store that need no clearance; what was accepted are their labels."""
    files = Files(settings.data_dir / "files")
    with store.reading() as work:
        return [
            Labelled(Wanted(key, label["id"], _kept(files, parts)), label)
            for key, label, parts in work.labelled.gold()
        ]


def _kept(files: Files, parts: Sequence[tuple[str, str]]) -> Callable[[Settings], Sequence[Part]]:
    return lambda settings: [Part(name, files.get(sha256)) for sha256, name in parts]


def learn(
    labelled: Sequence[Labelled],
    settings: Settings,
    readers: Sequence[str] = ("",),
    *,
    registry: Path | None = None,
    lessons: bool = False,
    done: Callable[[], None] = lambda: None,
) -> Learned:
    """Reads all, beside each of these second readers, which lie in `registry` (else in the office's);
    `lessons` asks for what the labels teach a reader; `done` is called after each document. Raises
    `service.child.Broken` where nothing can be read."""
    settings = settings.model_copy(update={"workers": min(settings.workers, max(1, len(labelled)))})
    asked = Question(str(registry or settings.models_dir), tuple(readers))
    found: dict[str, Comparison] = {}
    known: dict[str, Labelled] = {}
    unread: list[str] = []
    with Extractor(settings, LEARNING_READER) as extractor:
        answers = extractor.run([_asking(one, asked, lessons) for one in labelled])
        for one, (wanted, answer) in zip(labelled, answers, strict=True):
            if isinstance(answer, Cleared):
                key = answer.record["source"]["sha256"]
                found[key], known[key] = compare(key, one.label, answer.record), one
            else:
                unread.append(wanted.label)
            done()
    return Learned(tuple(found[key] for key in sorted(found)), tuple(unread), known)


def _asking(one: Labelled, asked: Question, lessons: bool) -> Wanted:
    """The document with the question as its last part."""
    question = replace(asked, tasks=[_plain(task) for task in one.label["tasks"]]) if lessons else asked

    def load(settings: Settings) -> Sequence[Part] | Failed:
        parts = one.wanted.load(settings)
        return parts if isinstance(parts, Failed) else [*parts, question.part()]

    return replace(one.wanted, load=load)


def _plain(task: Mapping[str, Any]) -> dict[str, Any]:
    """A task as a label file has it; one of the store names its units by mappings."""
    units = {
        role: [
            one if isinstance(one, str) else one.get("text") or one["name"] for one in task.get(role) or ()
        ]
        for role in ("leads", "cooperators")
    }
    return {"text": task["text"], "deadline": task.get("deadline")} | units
