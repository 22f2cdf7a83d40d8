"""Lessons → what `spacy train` reads: a .spacy file, and the reader of it that config.cfg names.

python -m spacy train models/spacy_reader/config.cfg --code models/training/spacy_corpus.py …
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path

from spacy.language import Language
from spacy.tokens import Doc, DocBin
from spacy.tokens import Span as SpacySpan
from spacy.training import Example
from spacy.util import load_config, load_model_from_config, registry

import models.spacy_reader.words  # noqa: F401  registers the tokenizers
from models.reader.tags import BEGINS, GOES_ON, LEADS_IN, NOTHING, OTHER
from models.spacy_reader.docs import ROLES, docs_of, place_of
from models.training.lessons import Lesson
from pipeline.types import Deadline, UnitMention

CONFIG = Path(__file__).parents[1] / "spacy_reader" / "config.cfg"
TOKENIZERS = {"plain": "dondoc.plain.v1", "underthesea": "dondoc.underthesea.v1"}


def blank(words: str) -> Language:
    """The untaught pipeline of the config, its words cut in one of the ways of `TOKENIZERS`."""
    config = load_config(CONFIG, overrides={"nlp.tokenizer.@tokenizers": TOKENIZERS[words]})
    config["nlp"]["pipeline"] = []
    return load_model_from_config(config, auto_fill=True)


def write(lessons: Iterable[Lesson], nlp: Language, path: Path) -> None:
    """The pieces of all lessons with what is right of them."""
    binned = DocBin(docs=[doc for one in lessons for doc in taught_docs(one, nlp)])
    binned.to_disk(path)


def taught_docs(lesson: Lesson, nlp: Language) -> Iterator[Doc]:
    """The pieces of a document: their tags as categories, the roles as the entities' ids."""
    view = lesson.view
    for at, doc in enumerate(docs_of(view, nlp)):
        doc.cats = {tag: float(tag == lesson.tags[at]) for tag in (BEGINS, GOES_ON, LEADS_IN, OTHER)}
        found, start = view.mentions[at], view.pieces[at].span.start
        roles = _roles(doc, start, found.units, lesson.units[at])
        roles |= _roles(doc, start, found.deadlines, lesson.deadlines[at])
        doc.set_ents([_entity(doc, one, roles.get((one.start, one.end), NOTHING)) for one in doc.ents])
        yield doc


def _roles(
    doc: Doc, start: int, mentions: Sequence[UnitMention | Deadline], roles: Sequence[str]
) -> dict[tuple[int, int], str]:
    placed = [(place_of(doc, start, one.span), role) for one, role in zip(mentions, roles, strict=True)]
    return {(span.start, span.end): role for span, role in placed if span is not None}


def _entity(doc: Doc, one: SpacySpan, role: str) -> SpacySpan:
    return SpacySpan(doc, one.start, one.end, label=one.label_, kb_id=role)


@registry.readers("dondoc.pieces.v1")
def pieces(path: Path | None) -> Callable[[Language], Iterator[Example]]:
    """For `[corpora]`: the pipeline is shown words and mentions, and is to say tags and roles."""

    known: list[Example] = []  # spaCy asks for them anew at every turn of its preparation

    def read(nlp: Language) -> Iterator[Example]:
        if path is None:
            raise ValueError("paths.train and paths.dev of the config are to be given")
        if not known:
            known.extend(map(_example, DocBin().from_disk(path).get_docs(nlp.vocab)))
        return iter(known)

    return read


def _example(doc: Doc) -> Example:
    shown = doc.copy()
    shown.cats = {}
    shown.set_ents([_entity(shown, one, "") for one in doc.ents])
    doc.spans[ROLES] = [
        SpacySpan(doc, one.start, one.end, label=one.kb_id_) for one in doc.ents if one.kb_id_ != NOTHING
    ]
    return Example(shown, doc)
