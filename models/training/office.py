"""Tasks of an office's own labelled documents in, its confidence model out; nothing of it is left to chance.

The model is fitted on some documents and calibrated on others, with the functions that made the shipped one.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from models.confidence import FILE, Logistic, load
from models.training.confidence import (
    CLASSES,
    OTHERS,
    Models,
    at_level,
    level_of,
    readable,
    strongest,
    trained,
)
from models.training.examples import Example

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
        number = len({one.document for one in rows})
        if number < least:
            raise TooFew(
                f"quá ít văn bản có nhiệm vụ để học: {number}, cần ít nhất {least} để học và hiệu chỉnh "
                f"(too few documents with tasks: {number} of {least})"
            )
    known = [field for field in OTHERS if all(_labelled(rows, field) for rows in (taught, levelled))]
    strengths = {field: strongest(taught, field) for field in known}
    models = {field: trained(taught, field, strengths[field]) for field in known}
    models |= {
        field: Logistic(0.0, {f"{field}_odds": 1.0}) for field in CLASSES if _labelled(levelled, field)
    }
    levels = level_of(models, levelled)
    shipped = load()
    made = shipped | at_level(models, levels)
    levels = dict.fromkeys(shipped, (1.0, 0.0)) | levels
    return Fitted({FILE: readable(made, strengths, levels)}, made)


def _labelled(rows: Sequence[Example], field: str) -> bool:
    return any(field in one.right for one in rows)
