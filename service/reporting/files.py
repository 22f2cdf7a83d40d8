"""A report in, a file to take away out: XLSX, DOCX, PDF, each from the same sheet."""

from __future__ import annotations

import tempfile
import threading
from collections.abc import Iterator
from typing import IO

from pipeline.read import libreoffice
from service.access.viewer import Viewer
from service.reporting.letter import Office, to_docx
from service.reporting.sheet import Sheet
from service.reporting.workbook import to_xlsx
from service.settings import Settings
from service.tracking.reports import Behind, Reports

FORMS = ("xlsx", "docx", "pdf")
_PAGE = 1000
_one_at_a_time = threading.Lock()  # LibreOffice takes a core and much memory


class NoPdf(RuntimeError):  # noqa: N818 - says what is the case
    """LibreOffice is missing or did not finish."""


def written(form: str, sheet: Sheet, reports: Reports, viewer: Viewer, settings: Settings) -> IO[bytes]:
    """The file, to be read from its start; what is large lies on disk. Raises `NoPdf`."""
    out = tempfile.SpooledTemporaryFile(max_size=2**20)  # noqa: SIM115 - whoever sends it closes it
    if form == "xlsx":
        to_xlsx(sheet, all_behind(reports, viewer, sheet), out)
    else:
        letter = to_docx(sheet, office_of(settings))
        out.write(letter if form == "docx" else to_pdf(letter, settings.convert_seconds))
    out.seek(0)
    return out


def all_behind(reports: Reports, viewer: Viewer, sheet: Sheet) -> Iterator[Behind]:
    """The duties behind the sum, a page at a time."""
    after = 0
    while found := reports.behind(viewer, sheet.asked, "total", after, _PAGE):
        yield from found
        after = found[-1].duty


def to_pdf(letter: bytes, seconds: float) -> bytes:
    """A DOCX as PDF, by LibreOffice. Raises `NoPdf`."""
    with _one_at_a_time:
        done = libreoffice.converted({"report.docx": letter}, "pdf", seconds)
    if done is None or "report" not in done.files:
        raise NoPdf
    return done.files["report"]


def office_of(settings: Settings) -> Office:
    """Who reports, by the settings."""
    return Office(
        settings.office_parent,
        settings.office_name,
        settings.office_place,
        settings.office_notation,
        settings.office_position,
        settings.office_recipients,
    )
