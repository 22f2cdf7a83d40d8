"""Two models in, what would become of reviewed documents with the second one instead of the first, out:
figures by slice, and the tasks that change, to be read before a promotion."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from annotation.budget.thresholds import chosen
from annotation.evaluation.comparing import Comparison
from annotation.evaluation.guarding import Change, changes
from annotation.evaluation.rehearsing import Moved, Retold, moved, retold, sure
from annotation.evaluation.teaching import estimated_by, seen_by
from models.confidence import KIND
from models.registry import BrokenModelError, Registry
from models.training.reliability import Judged
from service.budget.fit import task_fits
from service.learning.documents import Labelled, Learned, learn
from service.learning.promoted import SHIPPED, confidence_of, used
from service.settings import Settings

LEAST_MOVE = 0.05  # of a probability, below which nobody would act otherwise


@dataclass(frozen=True, slots=True)
class Pair:
    """Two models of one kind, the one before and the one after; "" is the shipped one."""

    kind: str
    first: str
    second: str


@dataclass(frozen=True, slots=True)
class Promise:
    """At most `wrong` of what is filed without a look may be wrong; `threshold` is the probability from which
    on that is done now, None where it is to be found."""

    wrong: float = 0.01
    threshold: float | None = None


@dataclass(frozen=True, slots=True)
class Filing:
    """From which probability on tasks are filed without a look, with the first model and the second (None:
    not at all, since no threshold keeps the promise); which are so only with the second, and no longer."""

    promise: Promise
    before: float | None
    after: float | None
    newly: tuple[Moved, ...]
    no_longer: tuple[Moved, ...]


@dataclass(frozen=True, slots=True)
class Rehearsed:
    """Two models on as many documents that taught neither: the changes by slice, the tasks that are held
    surer or less sure by `LEAST_MOVE` or more, those that a second reader sees otherwise, what is filed."""

    pair: Pair
    documents: int
    changes: tuple[Change, ...] = ()
    moved: tuple[Moved, ...] = ()
    retold: tuple[Retold, ...] = ()
    filing: Filing | None = None
    estimates: Mapping[str, Mapping[str, float]] = field(default_factory=dict, repr=False)
    """How sure the second model is of each task, by the hash of its document and its id."""


def pair_of(registry: Registry, first: str, second: str) -> Pair:
    """The models that two names mean; raises `BrokenModelError`, also where they are of two kinds."""
    ids = ["" if name == SHIPPED else registry.named(name) for name in (first, second)]
    kinds = {registry.get(one).card.kind for one in ids if one}
    if len(kinds) > 1:
        raise BrokenModelError("hai mô hình khác loại, không so được (models of two kinds)")
    return Pair(kinds.pop() if kinds else KIND, ids[0], ids[1])


def rehearsed(
    settings: Settings, labelled: Sequence[Labelled], pair: Pair, promise: Promise = Promise()
) -> Rehearsed:
    """How the second model does beside the first, on the labelled documents that taught neither, nor another
    model that is read by."""
    by = used(settings)
    both, own = (pair.first, pair.second), pair.kind != KIND
    confidences = (by.confidence.id,) * 2 if own else both
    readers = both if own else (by.second.id,) * 2
    registry = Registry(settings.models_dir)
    taught = {key for one in {*confidences, *readers} if one for key in registry.get(one).card.taught}
    found = learn(labelled, settings, list(dict.fromkeys(readers))).without(sorted(taught))
    if not found.compared:
        return Rehearsed(pair, 0)
    at = (0, len(set(readers)) - 1)
    was, now = (
        [estimated_by(confidence_of(settings.models_dir, one).models, each, place) for each in found.compared]
        for one, place in zip(confidences, at, strict=True)
    )
    return Rehearsed(
        pair,
        len(found.compared),
        tuple([*_own_changes(found), *changes(was, now, ("brier",))] if own else changes(was, now)),
        tuple(moved(was, now, LEAST_MOVE)),
        tuple(retold(*_own(found))) if own else (),
        filing_of(was, now, promise),
        {one.id: {task["id"]: task["confidence"] for task in one.found_tasks} for one in now},
    )


def _own(found: Learned) -> tuple[list[Comparison], list[Comparison]]:
    """What both readers saw by themselves; the second is the first where they are the same."""
    readings = [[seen_by(one, at) for one in found.compared] for at in (0, -1)]
    return readings[0], readings[1]


def _own_changes(found: Learned) -> list[Change]:
    return changes(*_own(found), ("complete_f1",), found.compared)


def filing_of(was: Sequence[Comparison], now: Sequence[Comparison], promise: Promise) -> Filing:
    """What would be filed without a look: of the tasks that may be at all, those from a threshold on."""
    tasks = [
        (one.id, each)
        for one, other in zip(was, now, strict=True)
        for task, each in zip(one.found_tasks, sure(one, other), strict=True)
        if task_fits(task, task.get("flags") or ())
    ]
    before, after = promise.threshold, chosen([Judged(o.after, o.right, i) for i, o in tasks], promise.wrong)
    if before is None:
        level = chosen([Judged(o.before, o.right, i) for i, o in tasks], promise.wrong)
        before = level.threshold if level else None
    least = after.threshold if after else None
    sides = [(one, _filed(one.before, before), _filed(one.after, least)) for _, one in tasks]
    return Filing(
        promise,
        before,
        least,
        tuple(one for one, first, second in sides if second and not first),
        tuple(one for one, first, second in sides if first and not second),
    )


def _filed(likely: float, threshold: float | None) -> bool:
    return threshold is not None and likely >= threshold
