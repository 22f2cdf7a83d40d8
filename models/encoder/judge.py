"""A judge made of an encoder and its heads: a view in, a judgement of its pieces, units and deadlines out."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Protocol

import numpy as np
import numpy.typing as npt

from models.encoder.sight import Seen, seen
from models.encoder.slices import Ids, Slicer, batches
from models.reader.judging import Judgement, View
from models.reader.tags import BEGINS, COOPERATOR, DUE, GOES_ON, LEAD, LEADS_IN, NOTHING, OTHER

Floats = npt.NDArray[np.float32]
TAGS = (OTHER, BEGINS, GOES_ON, LEADS_IN)
ROLES = (NOTHING, LEAD, COOPERATOR)
DUES = (NOTHING, DUE)
_TOGETHER = 2_048  # tokens, with padding, that the encoder reads at once


@dataclass(frozen=True, slots=True)
class Logits:
    """What the heads say, before it is made a choice: a row a piece, and two for each mention."""

    tags: Floats
    roles: Floats
    dues: Floats


class Network(Protocol):
    """An encoder and its heads, whatever runs them."""

    def encode(self, ids: Ids, mask: Ids) -> tuple[Floats, Floats]:
        """Windows of like length in, the state of each token and a vector of each window out."""
        ...

    def heads(self, texts: Floats, mentioned: Floats, what: Seen) -> Logits:
        """Vectors of the texts and of the mentions in, logits out."""
        ...


@dataclass(frozen=True, slots=True)
class EncoderJudge:
    """A `models.reader.judging.Judge`; `padding` is the id of the token that says nothing."""

    network: Network
    slicer: Slicer
    padding: int

    def __call__(self, view: View) -> Judgement:
        """The whole document is read at once."""
        what = seen(view, self.slicer)
        said = self.logits(what)
        tags = [TAGS[at] for at in said.tags.argmax(1)]
        units: list[list[str]] = [[] for _ in view.pieces]
        deadlines: list[list[str]] = [[] for _ in view.pieces]
        rows = iter(zip(said.roles.argmax(1), said.dues.argmax(1), strict=True))
        for at, found in enumerate(view.mentions):
            units[at] = [ROLES[role] for _, (role, _) in zip(found.units, rows, strict=False)]
            deadlines[at] = [DUES[due] for _, (_, due) in zip(found.deadlines, rows, strict=False)]
        return _Judged(tags, [float(one) for one in _share(said.tags, BEGINS)], units, deadlines)

    def logits(self, what: Seen) -> Logits:
        """What the heads say of a document."""
        states: list[Floats] = [np.zeros((0, 0), dtype=np.float32)] * len(what.windows)
        pooled: list[Floats] = list(states)
        for places, ids, mask in batches(what.windows, _TOGETHER, self.padding):
            tokens, vectors = self.network.encode(ids, mask)
            for row, at in enumerate(places):
                states[at], pooled[at] = tokens[row], vectors[row]
        firsts = np.searchsorted(what.owners, np.arange(what.texts))
        counts = np.bincount(what.owners, minlength=what.texts)[:, None]
        texts = (np.add.reduceat(np.stack(pooled), firsts) / counts).astype(np.float32)
        return self.network.heads(texts, np.stack(list(_mentioned(what, states))), what)


def marks(span: tuple[int, int, int]) -> list[int]:
    """The tokens of a window that speak for a mention: before it, its first and last, behind it."""
    _, start, stop = span
    return [start - 1, start, stop - 1, stop]


def _mentioned(what: Seen, states: Sequence[Floats]) -> Iterator[Floats]:
    for span in what.spans:
        yield states[span[0]][marks(span)].ravel()
    if not what.spans:
        yield np.zeros(4 * states[0].shape[1], dtype=np.float32)


@dataclass(frozen=True, slots=True)
class _Judged:
    tags: Sequence[str]
    likely: Sequence[float]
    of_units: Sequence[Sequence[str]]
    of_deadlines: Sequence[Sequence[str]]

    def units(self, at: int) -> Sequence[str]:
        return self.of_units[at]

    def deadlines(self, at: int) -> Sequence[str]:
        return self.of_deadlines[at]


def _share(logits: Floats, tag: str) -> Floats:
    raised = np.exp(logits - logits.max(1, keepdims=True))
    shares: Floats = raised[:, TAGS.index(tag)] / raised.sum(1)
    return shares
