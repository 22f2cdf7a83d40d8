"""Marked documents ⇄ spaCy's DocBin (https://spacy.io/api/docbin), for `spacy train`.

Regions are spans in the groups "tasks", "units" and "deadlines", labelled by their kind and known by their
id; tokens are cut at their borders. Values and links lie in the document's `user_data`. Needs the extra
`learn`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import TYPE_CHECKING, Any

from annotation.exchange.pieces import pieces
from annotation.exchange.regions import (
    Kind,
    Regions,
    WrongFile,
    head_of,
    put_together,
    taken_apart,
    with_places,
)
from annotation.marked import MarkedDocument
from pipeline.types import Span

if TYPE_CHECKING:
    from spacy.tokens import Doc
    from spacy.vocab import Vocab

_GROUPS = {Kind.TASK: "tasks", Kind.UNIT: "units", Kind.DEADLINE: "deadlines"}
_KEY = "dondoc"


def write(documents: Iterable[MarkedDocument]) -> bytes:
    """The bytes of a .spacy file."""
    from spacy.tokens import DocBin
    from spacy.vocab import Vocab

    vocab = Vocab()
    binned = DocBin(store_user_data=True)
    for document in documents:
        binned.add(_doc(vocab, *head_of(taken_apart(document))))
    content: bytes = binned.to_bytes()
    return content


def read(content: bytes) -> Iterator[MarkedDocument]:
    """The documents of a .spacy file; raises `WrongFile`."""
    from spacy.tokens import DocBin
    from spacy.vocab import Vocab

    try:
        binned = DocBin(store_user_data=True).from_bytes(content)
        docs = list(binned.get_docs(Vocab()))
    except Exception as error:  # what it raises for foreign bytes is not told
        raise WrongFile("không phải tệp DocBin của spaCy (not a DocBin)") from error
    for doc in docs:
        yield put_together(_regions(doc))


def _doc(vocab: Vocab, placed: Regions, head: Mapping[str, Any]) -> Doc:
    from spacy.tokens import Doc
    from spacy.tokens import Span as SpacySpan

    words: list[str] = []
    spaces: list[bool] = []
    starts: dict[int, int] = {}
    ends: dict[int, int] = {}
    for piece in pieces(placed.text, placed.regions):
        word = placed.text[piece.start : piece.end]
        if word == " " and words and not spaces[-1]:
            spaces[-1] = True
            continue
        starts[piece.start], ends[piece.end] = len(words), len(words) + 1
        words.append(word)
        spaces.append(False)
    doc = Doc(vocab, words=words, spaces=spaces)
    for kind, group in _GROUPS.items():
        doc.spans[group] = [
            SpacySpan(doc, starts[span.start], ends[span.end], label=kind.value, span_id=region.id)
            for region in placed.regions
            if region.kind is kind
            for span in region.spans
        ]
    doc.user_data[_KEY] = dict(head)
    return doc


def _regions(doc: Doc) -> Regions:
    spans: dict[str, list[Span]] = {}
    for group in _GROUPS.values():
        for span in doc.spans.get(group, ()):
            spans.setdefault(span.id_, []).append(Span(span.start_char, span.end_char))
    if _KEY not in doc.user_data:
        raise WrongFile("không phải tài liệu của dondoc (not one of ours)")
    return with_places(doc.user_data[_KEY], doc.text, spans)
