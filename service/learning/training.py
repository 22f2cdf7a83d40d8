"""Documents as read in, a candidate model in the registry out. Which documents taught it is on its card, so
that nothing judges what it has seen.
"""

from __future__ import annotations

import datetime as dt
import tempfile
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from importlib.metadata import version
from pathlib import Path

from annotation.evaluation.comparing import Comparison
from annotation.evaluation.slices import figures_by_slice
from annotation.evaluation.teaching import LESSON, estimated_by, examples, seen_by
from models.confidence import KIND
from models.reader.model import KIND as READER
from models.registry import Card, Registry
from models.training.office import TooFew, fitted, fitted_reader
from pipeline.extract import VERSION
from service.learning.documents import JUDGE, LEVEL, SEED, TEACH, Learned
from service.learning.promoted import Confidence

NOT_THE_SAME_BYTES = (
    "học lại từ cùng văn bản cho cùng số liệu nhưng mã khác: trình học ghi đặc trưng theo thứ tự khác "
    "(the same documents give the same figures under another id: the trainer orders features anew)"
)


@dataclass(frozen=True, slots=True)
class Trained:
    """A candidate in the registry."""

    id: str
    card: Card


Judging = Callable[[Sequence[str], Path, str], Learned]
"""Reads the documents of these ids beside the second reader of an id, which lies in a registry's folder."""


def train(learned: Learned, registry: Registry, *, parent: str = "") -> Trained:
    """Fits, calibrates and judges a confidence model and keeps it as a candidate. Raises `TooFew`."""
    parts = learned.parts
    made = fitted(examples(parts[TEACH]), examples(parts[LEVEL]))
    judges = _judges(parts[JUDGE])
    judged = [estimated_by(made.models, one) for one in judges]
    card = _card(KIND, learned, (*parts[TEACH], *parts[LEVEL]), parent)
    return _kept(registry, made.files, replace(card, slices=figures_by_slice(judged)))


def train_reader(
    learned: Learned,
    registry: Registry,
    judging: Judging,
    confidence: Confidence,
    *,
    samples: Sequence[Comparison] = (),
    parent: str = "",
) -> Trained:
    """Teaches the second reader's taggers, by `samples` besides, and keeps it as a candidate. It is judged by
    what it sees itself in the documents that taught it nothing, and by how honest the confidence model is
    beside it. Raises `TooFew`."""
    parts = learned.parts
    files = fitted_reader(
        [one.record[LESSON] for one in (*samples, *parts[TEACH]) if one.record and one.gold_tasks],
        len([one for one in parts[TEACH] if one.gold_tasks]),
    )
    judges = _judges([*parts[LEVEL], *parts[JUDGE]])
    card = _card(READER, learned, (*samples, *parts[TEACH]), parent)
    with tempfile.TemporaryDirectory() as folder:  # a card says how good a model is: it is judged before
        draft = Registry(Path(folder)).put(files, card)
        read = judging([one.id for one in judges], Path(folder), draft).compared
    judged = [estimated_by(confidence.models, one) for one in read]
    slices = figures_by_slice(judged, [seen_by(one, 0) for one in read])
    return _kept(registry, files, replace(card, slices=slices, note=NOT_THE_SAME_BYTES))


def _judges(them: Sequence[Comparison]) -> Sequence[Comparison]:
    if not them:
        raise TooFew("không còn văn bản để kiểm tra (no documents are left to judge by)")
    return them


def _card(kind: str, learned: Learned, taught: Sequence[Comparison], parent: str) -> Card:
    return Card(
        kind=kind,
        data=learned.data_hash,
        code=f"dondoc {version('dondoc')} {VERSION}",
        seed=SEED,
        trained_at=dt.datetime.now(dt.UTC).isoformat(timespec="seconds"),
        parent=parent,
        documents=len(learned.compared),
        tasks=sum(len(one.found_tasks) for one in learned.compared),
        taught=tuple(sorted(one.id for one in taught)),
    )


def _kept(registry: Registry, files: Mapping[str, bytes], card: Card) -> Trained:
    made = registry.put(files, card)
    return Trained(made, registry.get(made).card)
