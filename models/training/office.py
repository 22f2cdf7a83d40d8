"""An office's own labelled documents in, its models out, made by the functions that made the shipped ones;
nothing of it is left to chance.

A confidence model is fitted on some documents and calibrated on others; a second reader has nothing to
calibrate.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from models.confidence import FILE, load
from models.reader.model import file_name
from models.training.confidence import readable
from models.training.examples import Example
from models.training.fitting import (
    CLASSES,
    OF_CLASSES,
    OTHERS,
    Models,
    at_level,
    level_of,
    strongest,
    trained,
)
from models.training.reader import Lessons, joined, weights_of

LEAST_TAUGHT, LEAST_LEVELLED = 10, 5  # documents with tasks


class TooFew(ValueError):  # noqa: N818 - says what happened
    """There are too few labelled documents to learn from; the message says how many are wanted."""


@dataclass(frozen=True)
class Fitted:
    """A model as the files of a registry, and as what it computes with."""

    files: dict[str, bytes]
    models: Models


def fitted(taught: Sequence[Example], levelled: Sequence[Example]) -> Fitted:
    """The model; a field that nobody labelled keeps the shipped one. Raises `TooFew`."""
    for rows, least in ((taught, LEAST_TAUGHT), (levelled, LEAST_LEVELLED)):
        _enough(len({one.document for one in rows}), least)
    known = [field for field in OTHERS if all(_labelled(rows, field) for rows in (taught, levelled))]
    strengths = {field: strongest(taught, field) for field in known}
    models = {field: trained(taught, field, strengths[field]) for field in known}
    models |= {field: OF_CLASSES[field] for field in CLASSES if _labelled(levelled, field)}
    levels = level_of(models, levelled)
    shipped = load()
    made = shipped | at_level(models, levels)
    levels = dict.fromkeys(shipped, (1.0, 0.0)) | levels
    return Fitted({FILE: readable(made, strengths, levels)}, made)


def fitted_reader(lessons: Sequence[Lessons], documents: int) -> dict[str, bytes]:
    """A second reader, as the files of a registry, of what `models.training.reader.sequences` made of each
    document; `documents` of the office are among them. Raises `TooFew`."""
    _enough(documents, LEAST_TAUGHT)
    return {file_name(name): content for name, content in weights_of(joined(lessons)).items()}


def _enough(number: int, least: int) -> None:
    if number < least:
        raise TooFew(
            f"quá ít văn bản có nhiệm vụ để học: {number}, cần ít nhất {least} để học và hiệu chỉnh "
            f"(too few documents with tasks: {number} of {least})"
        )


def _labelled(rows: Sequence[Example], field: str) -> bool:
    return any(field in one.right for one in rows)
