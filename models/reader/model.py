"""The second reader's three taggers: the shipped ones from models/weights, or those of a registry.

The files are CRFsuite's binary form, read by underthesea_core, which executes nothing of them; the digests of
the shipped ones are checked first. weights/reader.card.md tells data, figures and limits.
"""

from __future__ import annotations

import hashlib
import tempfile
from collections.abc import Mapping
from functools import cache
from pathlib import Path

from models.reader.read import see
from models.reader.taggers import Taggers
from models.reader.tags import BEGINS
from pipeline.types import Directive, SeenTask

KIND = "reader"
"""What such a model is called in a registry; its files there are those of `file_name`."""
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
    digests = _digests(folder)
    for name in map(file_name, NAMES):
        path = folder / name
        if not path.is_file() or hashlib.sha256(path.read_bytes()).hexdigest() != digests.get(name):
            raise DamagedReaderError(name)
    return _taggers(folder)


def parse(files: Mapping[str, bytes]) -> Taggers:
    """The taggers of a registry's files; DamagedReaderError where one is missing or holds none."""
    with tempfile.TemporaryDirectory() as folder:  # they are read from paths only
        for name in map(file_name, NAMES):
            if name not in files:
                raise DamagedReaderError(name)
            (Path(folder) / name).write_bytes(files[name])
        return _taggers(Path(folder))


def _taggers(folder: Path) -> Taggers:
    from underthesea_core import CRFTagger

    loaded = {}
    for name in NAMES:
        loaded[name] = CRFTagger()
        try:
            loaded[name].load(str(folder / file_name(name)))
        except OSError as error:
            raise DamagedReaderError(file_name(name)) from error
    if BEGINS not in loaded["pieces"].labels():
        raise DamagedReaderError(file_name("pieces"))
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
