"""A store in, what was filed before there were sketches compared: it can be cut off at any point."""

from __future__ import annotations

from service.duplicates.sketch import sketched
from service.store import Store

_TOGETHER = 50  # documents of one transaction


def indexed(store: Store) -> tuple[int, int]:
    """How many documents were compared, and how many pairs that proposed."""
    compared = pairs = 0
    while True:
        with store.reading() as work:
            found = [(one, sketched(text)) for one, text in work.twins.finding.unsketched(_TOGETHER)]
        if not found:
            return compared, pairs
        with store.begin() as work:
            pairs += sum(work.twins.finding.note(one, sketch) for one, sketch in found)
        compared += len(found)
