"""What every executor runs: a document's files in, an answer out, read in the child of the thread."""

from __future__ import annotations

from collections.abc import Sequence

from pipeline.progress import Tell, unheard
from service.asking import Asked, Sliced
from service.child import Answer
from service.engine.room import room_of
from service.reader import Part


def read_document(room: str, asked: Asked, tell: Tell = unheard) -> Answer | Sliced:
    """What becomes of the document, or some of its pages; raises `Stopped` or `Broken` only."""
    with room_of(room).child() as child:
        return child.ask(asked, tell)


def prime_documents(room: str, parts: Sequence[Part]) -> Sequence[Part]:
    """The files with what a program made of them, all in one go (service/priming.py); raises as above."""
    with room_of(room).child() as child:
        return child.prime(parts)
