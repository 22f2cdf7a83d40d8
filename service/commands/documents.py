"""The files that a command names in, their records out one by one; what could not be read is one line."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from itertools import takewhile
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from service.child import Answer
    from service.extracting import Wanted
    from service.reader import Part
    from service.settings import Settings

STDIN = "-"


def documents_of(files: Sequence[Path]) -> list[Wanted]:
    """The documents of files and folders in the order named; "-" is what stdin holds."""
    from service.extracting import Wanted, wanted_from
    from service.walk import walk

    named = [path for path in files if str(path) != STDIN]
    documents = wanted_from(list(walk(named)))
    if len(named) < len(files):
        before = list(walk(takewhile(lambda path: str(path) != STDIN, files)))
        documents.insert(len(before), Wanted("stdin", STDIN, _stdin))
    return documents


def _stdin(settings: Settings) -> list[Part]:
    from service.reader import Part

    return [Part("stdin", sys.stdin.buffer.read(settings.max_bytes + 1))]


def answers(
    documents: Sequence[Wanted], settings: Settings, *, pictured: bool = False, in_process: bool = False
) -> Iterator[tuple[Wanted, Answer]]:
    """Each document with its answer, in order; `pictured` records also hold their pages' pictures."""
    from service import bootstrap
    from service.extracting import Extractor, run_here

    if in_process:
        made = bootstrap.picture_reader if pictured else bootstrap.reader
        yield from run_here(made(settings), settings, documents)
        return
    with Extractor(settings, bootstrap.PICTURE_READER if pictured else bootstrap.READER) as extractor:
        yield from extractor.run(documents)


def trouble(number: int, document: Wanted, answer: Answer, settings: Settings) -> str:
    """One line. A refused file is told by its place in the order and its hash: its name may be secret too."""
    from service.child import Failed, Refused
    from service.wording import REFUSALS, words

    match answer:
        case Failed(reason, message):
            return f"{document.label}: {message} [{reason}]"
        case Refused(why):
            return (
                f"văn bản thứ {number} (document {number}{_hash(document, settings)}): {words(REFUSALS, why)}"
            )
    return document.label


def _hash(document: Wanted, settings: Settings) -> str:
    from service.child import Failed
    from service.reader import identity

    if document.label == STDIN:
        return ""
    parts = document.load(settings)
    return "" if isinstance(parts, Failed) else f", sha256 {identity(parts)}"
