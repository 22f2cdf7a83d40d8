"""A document's files in, its record with what an evaluation looks at besides out (service/evaluating.py).

Beside the record's own fields: `lines`, every line of the text with its place; `seen` of each task, what
stands under its boxes; `corrected`, the record of a scan whose words were put right by hand.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from annotation.evaluation.corrected import corrected
from annotation.evaluation.evidence import Under
from pipeline.types import Extraction, Origin, Reading, Span
from service.evidence import Proof
from service.reader import Part
from service.record import record

CORRECTED = ".corrected-text"
"""Ending of the name of a part that holds a scan's text as corrected by hand."""

Record = dict[str, Any]


def examine(
    parts: Sequence[Part],
    extract: Callable[[Sequence[Part]], Extraction],
    again: Callable[[Reading], Extraction],
    pictures: Callable[[Reading, Record], Record],
) -> Record:
    """The record; `extract` reads files, `again` is the path from pages on, `pictures` makes those wanted."""
    extraction = extract([part for part in parts if not part.name.endswith(CORRECTED)])
    reading, layout = extraction.reading, extraction.directive.layout
    made = record(extraction)
    under = Under(reading)
    for task in made["tasks"]:
        task["seen"] = under.text(task["evidence"])
    made["lines"] = Proof(layout).of((Span(0, len(layout.text)),))
    made |= pictures(reading, made)
    for part in parts:
        if part.name.endswith(CORRECTED) and any(page.origin is Origin.OCR for page in reading.pages):
            text = part.content.decode("utf-8", "replace")
            made["corrected"] = record(again(corrected(reading, text)))
    return made
