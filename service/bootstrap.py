"""The composition root: settings in, the store and the reader out. Only here are the real ones chosen."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any, Protocol

from pipeline.progress import Tell, unheard
from pipeline.types import (
    Classified,
    DocumentContext,
    Extraction,
    Line,
    Reading,
    SourceDocument,
    TaskContext,
)
from service.reader import Part, Reader
from service.secrecy import why_refused
from service.settings import Settings

if TYPE_CHECKING:
    from pipeline.units.register import Register
    from service.store import Store

READER = "service.bootstrap:reader"
"""The name under which a reading child finds `reader`."""
PICTURE_READER = "service.bootstrap:picture_reader"
"""The same for `picture_reader`."""
PAGE_READER = "service.bootstrap:page_reader"
"""The same for `page_reader`."""
MARKS_READER = "service.bootstrap:marks_reader"
"""The same for `marks_reader`."""
BOOK_READER = "service.bootstrap:book_reader"
"""The same for `book_reader`."""
EXAMINING_READER = "service.bootstrap:examining_reader"
EXAMINING_PICTURE_READER = "service.bootstrap:examining_picture_reader"
"""The same for the readers of an evaluation."""

LEARNING_READER = "service.bootstrap:learning_reader"
"""The same for `learning_reader`."""


class Extract(Protocol):
    """The path over a document's files."""

    def __call__(self, parts: Sequence[Part], tell: Tell = unheard) -> Extraction:
        """What they yield."""
        ...


def open_store(settings: Settings) -> Store:
    """The store, its schema brought up to date."""
    from service.database import open_engine
    from service.migrations import migrate
    from service.store import Store

    engine = open_engine(settings.url)
    migrate(engine)
    return Store(engine, settings.second_look_share)


def office_register(settings: Settings) -> Register:
    """The register of units with the office's own; raises `BadUnits` where its file cannot be used."""
    from pipeline.units.register import Register, builtin
    from service.own_units import stored

    own = stored(settings.units_file)
    return Register(own) if own else builtin()


def reader(settings: Settings) -> Reader:
    """The path from a document's files to its record, for a reading child; imports all that it needs."""
    from service.record import record

    extract, register = _extractor(settings), office_register(settings)

    def read(parts: Sequence[Part], tell: Tell = unheard) -> dict[str, Any]:
        return record(extract(parts, tell), register=register)

    return read


def picture_reader(settings: Settings) -> Reader:
    """As `reader`; the record also holds `pictures`, a `data:` address a page, for the HTML report."""
    from service.record import record
    from service.report.pictures import pictured, pictures

    extract, register = _extractor(settings), office_register(settings)

    def read(parts: Sequence[Part], tell: Tell = unheard) -> dict[str, Any]:
        extraction = extract(parts, tell)
        made = record(extraction, register=register)
        if why_refused(made):
            return made
        shown = pictures(extraction.reading, settings.limits, pictured(made))
        return made | {"pictures": {str(number): picture for number, picture in shown.items()}}

    return read


def marks_reader(settings: Settings) -> Reader:
    """Looks a file through for what keeps it out, says its type (service/tracking/evidence_types.py)."""
    from pipeline.read import open_source, read
    from pipeline.structure import structure
    from service.tracking.evidence_types import marks_of, taken

    limits = settings.limits_of_evidence

    def looked(parts: Sequence[Part], tell: Tell = unheard) -> dict[str, Any]:
        source = taken(open_source(parts[0].name, parts[0].content))
        reading = read(source, limits=limits, ocr=_ocr)
        return marks_of(reading, structure(reading).header)

    return looked


def book_reader(settings: Settings) -> Reader:
    """As `marks_reader` for a workbook; the record also holds its `sheets` (service/importing/sheets.py)."""
    from pipeline.read import open_source, read, sniff
    from pipeline.structure import structure
    from service.importing.sheets import sheets_of
    from service.tracking.evidence_types import marks_of, taken

    def looked(parts: Sequence[Part], tell: Tell = unheard) -> dict[str, Any]:
        source = taken(open_source(parts[0].name, parts[0].content), frozenset({sniff.XLSX}))
        reading = read(source, limits=settings.limits, ocr=_ocr)
        made = marks_of(reading, structure(reading).header)
        if why_refused(made):
            return made
        return made | {"sheets": sheets_of(source.content, settings.limits, settings.import_rows)}

    return looked


def page_reader(settings: Settings) -> Reader:
    """Draws pages of kept documents (service/pages/drawing.py)."""
    from service.pages.drawing import draw

    return lambda parts, tell=unheard: draw(parts, settings.limits)


def examining_reader(settings: Settings) -> Reader:
    """As `reader`; the record also holds what an evaluation looks at (service/examining.py)."""
    return _examiner(settings, lambda reading, made: {})


def examining_picture_reader(settings: Settings) -> Reader:
    """The same with `pictures`."""
    from service.report.pictures import pictured, pictures

    def shown(reading: Reading, made: dict[str, Any]) -> dict[str, Any]:
        found = pictures(reading, settings.limits, pictured(made))
        return {"pictures": {str(number): picture for number, picture in found.items()}}

    return _examiner(settings, shown)


def learning_reader(settings: Settings) -> Reader:
    """As `reader`; the record also holds what models learn from; a question comes with the document's files
    (service/learning/facts.py)."""
    from service.learning.facts import learned_from

    return learned_from(_sources, settings.limits, _ocr, _classify)


def _examiner(settings: Settings, shown: Callable[[Reading, dict[str, Any]], dict[str, Any]]) -> Reader:
    from pipeline.extract import extract_from
    from service.examining import examine
    from service.learning.promoted import used

    extract = _extractor(settings)

    def again(reading: Reading) -> Extraction:
        by = used(settings)
        return extract_from(reading, classify=_classify, estimate=by.confidence, second=by.second)

    def read(parts: Sequence[Part], tell: Tell = unheard) -> dict[str, Any]:
        return examine(parts, extract, again, shown)

    return read


def _extractor(settings: Settings) -> Extract:
    from pipeline.extract import extract
    from service.learning.promoted import used

    limits = settings.limits

    def extracted(parts: Sequence[Part], tell: Tell = unheard) -> Extraction:
        source, by = _sources(parts), used(settings)
        return by.named(
            extract(
                source,
                limits=limits,
                ocr=_ocr,
                classify=_classify,
                estimate=by.confidence,
                second=by.second,
                tell=tell,
            )
        )

    return extracted


def _sources(parts: Sequence[Part]) -> SourceDocument:
    from pipeline.read import open_source
    from pipeline.read.packet import bundle

    sources = [open_source(part.name, part.content) for part in parts]
    return sources[0] if len(sources) == 1 else bundle(sources)


def _classify(document: DocumentContext, tasks: Sequence[TaskContext]) -> tuple[Classified, ...]:
    """The models, loaded with the first task."""
    from models.task_classifier import classify

    return classify(document, tasks)


def _ocr(image: object, dpi: float) -> tuple[Line, ...]:
    """The engine, loaded with the first scan: where it is missing, all but scans can still be read. A scan
    fails as a whole: kept without its words, nothing would bring it back once the engine is there."""
    from models.spelling import healed
    from pipeline.errors import Unreadable
    from pipeline.read.ocr import tesseract

    try:
        engine = tesseract()
    except Unreadable as error:
        raise Unreadable(error.reason, error.message, final=True) from error
    return healed(engine)(image, dpi)
