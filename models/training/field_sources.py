"""What the field model learns from: labelled documents, invented tasks, phrases, the codification.

The official codification ("pháp điển") numbers each article by subject ("Điều 24.5.LQ.1"): topics.tsv says
which field a subject is about, so that its paragraphs are examples of the field's words.
"""

from __future__ import annotations

import json
import lzma
import random
import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path

from models.training.archive import read_archive
from pipeline.text import nfc
from pipeline.types import DocumentContext, TaskContext

Labelled = tuple[str, str]  # a field and a text that is about it
_ARTICLE = re.compile(r"Điều (\d+\.\d+)\.[A-ZĐ]{2}[\d.]*\.? ?(.*)")
_UNLABELLED_AFTER = 150  # lines after an article's title: what follows is another text
_LEAST, _MOST = 60, 400  # characters of a paragraph that are read
_LEAST_LETTERS = 0.6  # share of letters: else a table or a formula
_BY_SUBJECT, _BY_FIELD = 600, 1000  # paragraphs at most


@dataclass(frozen=True)
class Gold:
    """A labelled document, and its tasks with their fields."""

    name: str
    context: DocumentContext
    tasks: tuple[TaskContext, ...]
    fields: tuple[str, ...]


def read_gold(folder: Path) -> list[Gold]:
    """The documents of a folder that have tasks whose field is labelled."""
    documents = []
    for path in sorted(folder.glob("*.json")):
        content = json.loads(path.read_text(encoding="utf-8"))
        header = {name: nfc(content["document"].get(name) or "") for name in ("type", "subject", "issuer")}
        tasks = [task for task in content["tasks"] if task.get("field")]
        contexts = tuple(TaskContext(nfc(task["text"]), tuple(map(nfc, task["leads"]))) for task in tasks)
        if tasks:
            context = DocumentContext(**header)
            documents.append(Gold(path.stem, context, contexts, tuple(task["field"] for task in tasks)))
    return documents


def read_noted(folder: Path) -> list[Gold]:
    """The documents of an archive that have tasks whose field was noted."""
    documents = []
    for document in read_archive(folder):
        tasks = [(task, noted.field) for task, noted in document.tasks if noted.field]
        if tasks:
            contexts, fields = zip(*tasks, strict=True)
            documents.append(Gold(f"archive {document.name}", document.context, contexts, fields))
    return documents


def _lines(name: str) -> list[str]:
    text = (files("models.training") / name).read_text(encoding="utf-8")
    return [line for line in text.split("\n") if line and not line.startswith("#")]


def invented() -> list[Labelled]:
    """The invented tasks of tasks.tsv."""
    return [(field, text) for field, text in (line.split("\t") for line in _lines("tasks.tsv")[1:])]


def carriers() -> list[str]:
    """Phrases that tasks of every field share."""
    return _lines("carriers.txt")


def phrases() -> list[Labelled]:
    """The phrases of each field in phrases.tsv."""
    rows = (line.split("\t") for line in _lines("phrases.tsv")[1:])
    return [(field, phrase) for field, them in rows for phrase in them.split(" | ")]


def subjects() -> dict[str, str]:
    """The field of each subject of the codification that is about one."""
    return {subject: field for subject, field, _ in (line.split("\t") for line in _lines("topics.tsv")[1:])}


def paragraphs(raw: Path) -> Iterator[str]:
    """The paragraphs of a raw text (.txt.xz, one a line)."""
    with lzma.open(raw, "rt", encoding="utf-8") as text:
        for line in text:
            yield line.strip()


def codified(raw: Path, seed: int) -> list[Labelled]:
    """Paragraphs of the codification with their subject's field, as many of each field as there are, up to a
    bound; the same ones for the same seed."""
    known, chosen = subjects(), random.Random(seed)  # noqa: S311
    found: dict[str, set[str]] = defaultdict(set)
    subject, since = "", 0
    for line in paragraphs(raw):
        article = _ARTICLE.match(line)
        if article:
            subject, since = article[1], 0
            continue
        since += 1
        if since <= _UNLABELLED_AFTER and subject in known and _is_prose(line):
            found[subject].add(line[:_MOST])
    by_field: dict[str, list[str]] = defaultdict(list)
    for subject in sorted(found):
        them = sorted(found[subject])
        by_field[known[subject]] += chosen.sample(them, min(len(them), _BY_SUBJECT))
    return [
        (field, text)
        for field in sorted(by_field)
        for text in chosen.sample(by_field[field], min(len(by_field[field]), _BY_FIELD))
    ]


def _is_prose(line: str) -> bool:
    if len(line) < _LEAST or line.startswith("(Điều"):
        return False
    return sum(map(str.isalpha, line)) >= _LEAST_LETTERS * len(line)
