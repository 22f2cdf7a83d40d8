"""Raw legal text and the classes noted for some of its paragraphs in, labelled texts out.

paragraph_labels.tsv holds facts alone, as archive_labels.tsv does: the hash of a paragraph's words, the
nature and the field of the duty that it lays on somebody ("-" where it is open), given by reading.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path

from models.training.archive import Noted, task_hash
from models.training.field_sources import paragraphs

_OPEN = "-"
_NUMBER = re.compile(r"^(?:\d+(?:\.\d+)*\.|[a-zđ]\)|[-–+])\s*")
_LENGTH = range(40, 400)  # characters of a paragraph that may have been noted


@dataclass(frozen=True)
class Paragraph:
    """A paragraph without its number, and its classes."""

    text: str
    noted: Noted


def noted_paragraphs() -> dict[str, Noted]:
    """paragraph_labels.tsv: the classes of each paragraph by its hash."""
    text = (files("models.training") / "paragraph_labels.tsv").read_text(encoding="utf-8")
    rows = [line.split("\t") for line in text.split("\n") if line and not line.startswith("#")][1:]
    cells = [["" if cell == _OPEN else cell for cell in row] for row in rows]
    return {paragraph: Noted(nature, field) for paragraph, nature, field in cells}


def read_paragraphs(raw: Path) -> list[Paragraph]:
    """The paragraphs of a raw text (.txt.xz, one a line) whose classes were noted, each once, in order."""
    wanted = noted_paragraphs()
    found = []
    for line in paragraphs(raw):
        if len(line) in _LENGTH:
            text = " ".join(_NUMBER.sub("", line).split())
            if noted := wanted.pop(task_hash(text), None):
                found.append(Paragraph(text, noted))
    print(f"paragraphs: {len(found)} found; noted, but not found: {len(wanted)}")
    return found
