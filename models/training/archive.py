"""Documents beside the project and the classes noted for their tasks in, labelled tasks out.

archive_labels.tsv holds facts alone: which file (the hash of its content), which task (the hash of its
words), its nature and its field ("-" where it is open), given by reading, as the classes are described beside
the labelled documents. The words are read again from the files; a task that is read otherwise by now is left
out.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from pathlib import Path

from pipeline.extract import extract_from
from pipeline.labels import FIELDS, NATURES
from pipeline.text import nfc
from pipeline.types import Classified, DocumentContext, TaskContext

_WORD = re.compile(r"\w+")
_HASH = 16  # letters of a task's hash
_OPEN = "-"


@dataclass(frozen=True)
class Noted:
    """A task's classes as they were noted; "" where one is open."""

    nature: str
    field: str


@dataclass(frozen=True)
class Archived:
    """A document, and its tasks whose classes were noted."""

    name: str
    context: DocumentContext
    tasks: tuple[tuple[TaskContext, Noted], ...]


def task_hash(text: str) -> str:
    """What a task is found by: the hash of its words, whatever stands between them."""
    words = " ".join(_WORD.findall(nfc(text).lower()))
    return hashlib.sha256(words.encode()).hexdigest()[:_HASH]


def notes() -> dict[str, dict[str, Noted]]:
    """archive_labels.tsv: the hash of each file, and its tasks by their hashes."""
    found: dict[str, dict[str, Noted]] = {}
    text = (files("models.training") / "archive_labels.tsv").read_text(encoding="utf-8")
    for line in [line for line in text.split("\n") if line and not line.startswith("#")][1:]:
        file, task, nature, field = ("" if cell == _OPEN else cell for cell in line.split("\t"))
        found.setdefault(file, {})[task] = Noted(nature, field)
    return found


@cache
def read_archive(folder: Path) -> tuple[Archived, ...]:
    """The documents of a folder whose tasks were noted, in order of their names. Takes some minutes, once a
    process."""
    noted = notes()
    documents = []
    for path in sorted(folder.iterdir()):
        content = path.read_bytes() if path.is_file() else b""
        if them := noted.get(hashlib.sha256(content).hexdigest()):
            documents.append(_labelled(path.name, content, them))
    wanted, found = sum(map(len, noted.values())), sum(len(one.tasks) for one in documents)
    print(f"archive: {found} tasks in {len(documents)} documents; noted: {wanted}")
    return tuple(document for document in documents if document.tasks)


def _labelled(name: str, content: bytes, noted: Mapping[str, Noted]) -> Archived:
    from pipeline.read import open_source, read

    keeping = _Keeping()
    extract_from(read(open_source(name, content)), classify=keeping)
    tasks = [(task, noted.get(task_hash(task.text))) for task in keeping.tasks]
    return Archived(name, keeping.document, tuple((task, known) for task, known in tasks if known))


class _Keeping:
    """A classifier that keeps what it is asked about."""

    def __init__(self) -> None:
        self.document = DocumentContext()
        self.tasks: Sequence[TaskContext] = ()

    def __call__(self, document: DocumentContext, tasks: Sequence[TaskContext]) -> tuple[Classified, ...]:
        self.document, self.tasks = document, tasks
        return (Classified(next(iter(NATURES)), next(iter(FIELDS)), 0.0, 0.0),) * len(tasks)  # nobody looks
