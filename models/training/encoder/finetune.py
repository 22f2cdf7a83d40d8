"""Lessons → an encoder that judges pieces and mentions: both heads and the encoder learn at once.

A part of the lessons is held out; the training stops when nothing is won there any more, and the best state
is kept. Seeds are fixed: the same lessons give the same weights on the same machine, also when the training
is broken off and goes on.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from itertools import chain
from pathlib import Path
from typing import Any

import numpy as np
import torch
from torch.nn.functional import cross_entropy

from models.encoder.judge import DUES, ROLES, TAGS, EncoderJudge
from models.encoder.sight import Seen, seen
from models.encoder.slices import Ids
from models.training.encoder import checkpoints
from models.training.encoder.network import Whole, loaded, saved, slicer_of
from models.training.lessons import Lesson

_NOBODY = -100  # what is no unit has no role, what is no deadline none is due
_BALANCE = 0.25  # the power of its rareness that a tag counts by
_WARM = 0.1  # of the steps


@dataclass(frozen=True, slots=True)
class Plan:
    """How the encoder is taught; each `held`th lesson teaches nothing, but tells when to stop."""

    epochs: int = 10
    patience: int = 3
    rate: float = 3e-4  # of the encoder: 2e-5 for a large one that has seen much text
    heads_rate: float = 1e-3
    held: int = 8
    seed: int = 11


@dataclass(frozen=True, slots=True)
class _Right:
    """A lesson in numbers."""

    what: Seen
    tags: Ids
    roles: Ids
    dues: Ids


def finetune(
    source: str | Path,
    lessons: Sequence[Lesson],
    folder: Path,
    plan: Plan,
    say: Callable[[str], None] = print,
    always: Sequence[Lesson] = (),
) -> float:
    """Writes the taught encoder into `folder`, going on from a checkpoint there; F1 on what was held out.

    Of `lessons` a part is held out, of `always` nothing: invented documents do not tell when to stop.
    """
    torch.manual_seed(plan.seed)
    whole, tokenizer = loaded(source)
    slicer = slicer_of(whole, tokenizer)
    right, further = (
        [_right(one, seen(one.view, slicer)) for one in them if one.view.pieces] for them in (lessons, always)
    )
    held = right[plan.held - 1 :: plan.held]
    taught = [*further, *(one for at, one in enumerate(right) if (at + 1) % plan.held)]
    teaching = _Teaching(whole, taught, held, plan)
    best = teaching.run(folder, say)
    saved(whole, tokenizer, folder)
    checkpoints.drop(folder)
    return best


def judge_of(folder: str | Path) -> EncoderJudge:
    """The judge that torch runs."""
    whole, tokenizer = loaded(folder)
    return EncoderJudge(whole, slicer_of(whole, tokenizer), whole.padding)


def _right(lesson: Lesson, what: Seen) -> _Right:
    roles: list[int] = []
    dues: list[int] = []
    for units, deadlines in zip(lesson.units, lesson.deadlines, strict=True):
        roles += [*map(ROLES.index, units), *[_NOBODY] * len(deadlines)]
        dues += [*[_NOBODY] * len(units), *map(DUES.index, deadlines)]
    tags = [TAGS.index(tag) for tag in lesson.tags]
    return _Right(what, *(np.array(one, dtype=np.int64) for one in (tags, roles, dues)))


class _Teaching:
    def __init__(self, whole: Whole, taught: Sequence[_Right], held: Sequence[_Right], plan: Plan) -> None:
        self._whole, self._taught, self._held, self._plan = whole, taught, held, plan
        groups = [
            {"params": list(whole.reading.parameters()), "rate": plan.rate},
            {"params": list(whole.scorer.parameters()), "rate": plan.heads_rate},
        ]
        self._steps = torch.optim.AdamW(groups, weight_decay=0.01)
        self._weights = [
            _weights(chain.from_iterable(getattr(one, name) for one in taught), len(kinds))
            for name, kinds in (("tags", TAGS), ("roles", ROLES), ("dues", DUES))
        ]

    def run(self, folder: Path, say: Callable[[str], None]) -> float:
        state: dict[str, Any] = checkpoints.kept(folder) or {"epoch": 0, "best": -1.0, "since": 0}
        if state["epoch"]:
            self._whole.load_state_dict(state["whole"])
            self._steps.load_state_dict(state["steps"])
        while state["epoch"] < self._plan.epochs and state["since"] < self._plan.patience:
            loss = self._epoch(state["epoch"])
            found = self._score()
            state["epoch"] += 1
            state["since"] = 0 if found > state["best"] else state["since"] + 1
            state |= {"whole": self._whole.state_dict(), "steps": self._steps.state_dict()}
            if not state["since"]:
                kept = {name: one.clone() for name, one in state["whole"].items()}
                state |= {"best": found, "kept": kept}
            told = {"epoch": state["epoch"], "loss": round(loss, 4), "f1_held_out": round(found, 4)}
            say(json.dumps(told))
            checkpoints.keep(folder, **state)
        self._whole.load_state_dict(state["kept"])
        return float(state["best"])

    def _epoch(self, epoch: int) -> float:
        self._whole.train()
        size, plan = len(self._taught), self._plan
        losses = []
        for order, at in enumerate(np.random.default_rng((plan.seed, epoch)).permutation(size)):
            step = epoch * size + order
            torch.manual_seed(plan.seed * 1_000_003 + step)
            for group in self._steps.param_groups:
                group["lr"] = group["rate"] * _share(step, plan.epochs * size)
            loss = self._loss(self._taught[at])
            loss.backward()
            torch.nn.utils.clip_grad_norm_(self._whole.parameters(), 1.0)
            self._steps.step()
            self._steps.zero_grad()
            losses.append(float(loss.detach()))
        self._whole.eval()
        return float(np.mean(losses))

    def _loss(self, right: _Right) -> Any:
        """Of all tags of a document, by piece."""
        wanted = (right.tags, right.roles, right.dues)
        each = [
            cross_entropy(said, torch.from_numpy(tags), weight, ignore_index=_NOBODY, reduction="sum")
            for said, tags, weight in zip(self._whole(right.what), wanted, self._weights, strict=True)
        ]
        return sum(each) / len(right.tags)

    @torch.no_grad()
    def _score(self) -> float:
        """F1 of all that is to be found: tags of pieces and of mentions alike."""
        hits = told = wanted = 0
        for one in self._held:
            rows = zip(self._whole(one.what), (one.tags, one.roles, one.dues), strict=True)
            for said, right in rows:
                choice = np.where(right == _NOBODY, 0, said.numpy().argmax(1))
                hits += int(((choice == right) & (right > 0)).sum())
                told += int((choice > 0).sum())
                wanted += int((right > 0).sum())
        return 2 * hits / max(1, told + wanted)


def _weights(tags: Iterable[int], kinds: int) -> Any:
    """What is rare counts for more."""
    counts = Counter(int(tag) for tag in tags)
    most = max(counts[kind] for kind in range(kinds))
    return torch.tensor([(most / max(1, counts[kind])) ** _BALANCE for kind in range(kinds)])


def _share(step: int, steps: int) -> float:
    """Of the full rate: up in a straight line, then down to nothing."""
    warm = max(1, round(_WARM * steps))
    return (step + 1) / warm if step < warm else (steps - step) / max(1, steps - warm)
