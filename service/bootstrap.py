"""The composition root: settings in, the store and the reader out. Only here are the real ones chosen."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from pipeline.types import Line
from service.reader import Part, Reader
from service.settings import Settings
from service.store import Store

READER = "service.bootstrap:reader"
"""The name under which a reading child finds `reader`."""


def open_store(settings: Settings) -> Store:
    """The store, its schema brought up to date."""
    from service.database import open_engine
    from service.migrations import migrate

    engine = open_engine(settings.url)
    migrate(engine)
    return Store(engine)


def reader(settings: Settings) -> Reader:
    """The path from a document's files to its record, for a reading child; imports all that it needs."""
    from pipeline.labels import classify

    from pipeline.extract import extract
    from pipeline.read import open_source
    from pipeline.read.packet import bundle
    from service.record import record

    limits = settings.limits

    def read(parts: Sequence[Part]) -> dict[str, Any]:
        sources = [open_source(part.name, part.content) for part in parts]
        source = sources[0] if len(sources) == 1 else bundle(sources)
        made: dict[str, Any] = record(extract(source, limits=limits, ocr=_ocr, classify=classify))
        return made

    return read


def _ocr(image: object, dpi: float) -> tuple[Line, ...]:
    """The engine, loaded with the first scan: where it is missing, all but scans can still be read."""
    from models.spelling import healed
    from pipeline.read.ocr import tesseract

    return healed(tesseract())(image, dpi)
