"""The shipped second reader: its three taggers from models/weights, read once a process.

The files are CRFsuite's binary form, read by underthesea_core, which executes nothing of them; their digests
are checked first. weights/reader.card.md tells data, figures and limits.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from functools import cache
from pathlib import Path

from models.reader.read import see
from models.reader.taggers import Taggers
from pipeline.types import Directive, SeenTask

FOLDER = Path(__file__).parents[1] / "weights"
DIGESTS = "reader.sha256.txt"
NAMES = ("pieces", "units", "deadlines")


class DamagedReaderError(ValueError):
    """A weights file is missing or not the one that was trained."""


def second(directive: Directive) -> tuple[SeenTask, ...]:
    """The shipped `pipeline.ports.SecondReader`."""
    return see(directive, load(FOLDER))


@cache
def load(folder: Path) -> Taggers:
    """The taggers of a folder; DamagedReaderError where a file is not what its digest says."""
    from underthesea_core import CRFTagger

    digests = _digests(folder)
    loaded = {}
    for name in NAMES:
        path = folder / file_name(name)
        if not path.is_file() or hashlib.sha256(path.read_bytes()).hexdigest() != digests.get(path.name):
            raise DamagedReaderError(path.name)
        tagger = CRFTagger()
        tagger.load(str(path))
        loaded[name] = tagger
    return Taggers(**loaded)


def file_name(tagger: str) -> str:
    """The file of one of `NAMES`."""
    return f"reader_{tagger}.crf"


def _digests(folder: Path) -> Mapping[str, str]:
    path = folder / DIGESTS
    if not path.is_file():
        raise DamagedReaderError(DIGESTS)
    rows = (line.split() for line in path.read_text(encoding="ascii").splitlines())
    return {name: digest for digest, name in rows}
