"""Labelled documents in, read once by the path as `dondoc extract` reads them; a candidate model out.

Documents are those of a folder with labels, or the reviewed ones of the store with the files that are kept of
them. Near-copies stay in one part (annotation/splits.py): one half teaches, three tenths calibrate, the rest
only judges; which documents taught is on the model's card, so that nothing judges what it has seen.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from importlib.metadata import version
from typing import Any

from annotation.evaluation.comparing import Comparison, compare
from annotation.evaluation.gold import Gold
from annotation.evaluation.slices import figures_by_slice
from annotation.evaluation.teaching import estimated_by, examples
from annotation.splits import Item, split
from models.confidence import KIND
from models.registry import Card, Registry
from models.training.office import TooFew, fitted
from pipeline.extract import VERSION
from service.bootstrap import LEARNING_READER
from service.child import Cleared
from service.extracting import Extractor, Wanted, wanted_from
from service.files import Files
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
    """Documents as read, compared with their labels; each is known by the hash of its files."""

    compared: tuple[Comparison, ...] = field(repr=False)
    unread: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Trained:
    """A candidate in the registry."""

    id: str
    card: Card


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
    labelled: Sequence[Labelled], settings: Settings, done: Callable[[], None] = lambda: None
) -> Learned:
    """Reads all; `done` is called after each. Raises `service.child.Broken` where nothing can be read."""
    settings = settings.model_copy(update={"workers": min(settings.workers, max(1, len(labelled)))})
    found: list[Comparison] = []
    unread: list[str] = []
    with Extractor(settings, LEARNING_READER) as extractor:
        answers = extractor.run([one.wanted for one in labelled])
        for one, (wanted, answer) in zip(labelled, answers, strict=True):
            if isinstance(answer, Cleared):
                record = answer.record
                found.append(compare(record["source"]["sha256"], one.label, record))
            else:
                unread.append(wanted.label)
            done()
    unique = {one.id: one for one in found}
    return Learned(tuple(unique[name] for name in sorted(unique)), tuple(unread))


def train(learned: Learned, registry: Registry, *, parent: str = "") -> Trained:
    """Fits, calibrates and judges a confidence model and keeps it as a candidate. Raises `TooFew`."""
    parts = _parts(learned.compared)
    made = fitted(examples(parts[TEACH]), examples(parts[LEVEL]))
    if not parts[JUDGE]:
        raise TooFew("không còn văn bản để kiểm tra (no documents are left to judge by)")
    judged = [estimated_by(made.models, one) for one in parts[JUDGE]]
    card = Card(
        kind=KIND,
        data=data_hash(learned.compared),
        code=f"dondoc {version('dondoc')} {VERSION}",
        seed=SEED,
        trained_at=dt.datetime.now(dt.UTC).isoformat(timespec="seconds"),
        parent=parent,
        documents=len(learned.compared),
        tasks=sum(len(one.found_tasks) for one in learned.compared),
        taught=tuple(sorted(one.id for one in (*parts[TEACH], *parts[LEVEL]))),
        slices=figures_by_slice(judged),
    )
    return Trained(registry.put(made.files, card), card)


def _parts(compared: Sequence[Comparison]) -> dict[str, list[Comparison]]:
    """An office's papers share their issuer, so it is only near-copies that must not be parted."""
    items = [Item(one.id, str((one.record or {}).get("text") or one.id)) for one in compared]
    part = split(items, SHARES, SEED)
    return {name: [one for one in compared if part[one.id] == name] for name in SHARES}


def data_hash(compared: Sequence[Comparison]) -> str:
    """The hash of what was learned from: each document's files and its label."""
    told = sorted((one.id, json.dumps(one.gold, sort_keys=True, default=str)) for one in compared)
    return hashlib.sha256(json.dumps(told).encode()).hexdigest()
