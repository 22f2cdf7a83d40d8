"""The spaCy pipeline as a judge: `textcat` says what a piece is, `spancat` what its mentions are."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import spacy
from spacy.language import Language
from spacy.tokens import Doc

import models.spacy_reader.words  # noqa: F401  registers the tokenizers
from models.reader.judging import Judgement, View
from models.reader.tags import BEGINS, COOPERATOR, DUE, LEAD, NOTHING, OTHER
from models.spacy_reader.docs import ROLES, docs_of, place_of
from pipeline.types import Deadline, UnitMention


def load(folder: Path) -> Pipeline:
    """The judge that `spacy train` wrote to a folder; OSError where there is none."""
    return Pipeline(spacy.load(folder))


@dataclass(frozen=True, slots=True)
class Pipeline:
    """A trained spaCy pipeline; a `models.reader.judging.Judge`."""

    nlp: Language

    def __call__(self, view: View) -> Judgement:
        """Each piece is judged by itself, with what it sees of its neighbours."""
        return _Judged(view, list(self.nlp.pipe(docs_of(view, self.nlp), batch_size=256)))


class _Judged:
    def __init__(self, view: View, docs: Sequence[Doc]) -> None:
        self._view, self._docs = view, docs
        self.tags = [max(doc.cats, key=doc.cats.__getitem__) for doc in docs]
        self.likely = [doc.cats[BEGINS] for doc in docs]

    def units(self, at: int) -> Sequence[str]:
        return self._roles(at, self._view.mentions[at].units, (LEAD, COOPERATOR))

    def deadlines(self, at: int) -> Sequence[str]:
        return self._roles(at, self._view.mentions[at].deadlines, (DUE,))

    def _roles(
        self, at: int, mentions: Sequence[UnitMention | Deadline], allowed: Sequence[str]
    ) -> list[str]:
        """What is no part of a task and leads none in gives nobody a role, as in what was taught."""
        if self.tags[at] == OTHER:
            return [NOTHING] * len(mentions)
        doc, start = self._docs[at], self._view.pieces[at].span.start
        told = {(one.start, one.end): one.label_ for one in doc.spans[ROLES]}
        found = []
        for mention in mentions:
            span = place_of(doc, start, mention.span)
            role = told.get((span.start, span.end), NOTHING) if span is not None else NOTHING
            found.append(role if role in allowed else NOTHING)
        return found
