"""Names of PDFs on stdin, their pages on stdout: a program of its own, since a broken file may take it down.

A line in is a path in hexadecimal digits; a line out is the number of pages, 0 where it cannot be told, and
whether the first one has no letters but a picture ("scan") or not ("pdf").
"""

from __future__ import annotations

import os
import resource
import sys

from service.runs.kinds import PDF, SCAN

_MEMORY = 1 << 30  # bytes of address space: a file that asks for more is not counted


def counted(path: bytes) -> tuple[int, str]:
    """Pages and kind; only the file's table of contents and its first page are looked at."""
    import pypdfium2
    import pypdfium2.raw as pdfium

    try:
        with pypdfium2.PdfDocument(os.fsdecode(path)) as document:
            pages = len(document)
            if not pages:
                return 0, PDF
            first = document[0]
            kinds = {one.type for one in first.get_objects(max_depth=2)}
    except (pypdfium2.PdfiumError, OSError, ValueError):
        return 0, PDF
    scanned = pdfium.FPDF_PAGEOBJ_IMAGE in kinds and pdfium.FPDF_PAGEOBJ_TEXT not in kinds
    return pages, SCAN if scanned else PDF


def main() -> None:
    """Answers line by line until stdin ends."""
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_AS, (_MEMORY, _MEMORY))
    os.nice(10)  # the reading goes first
    for line in sys.stdin:
        pages, kind = counted(bytes.fromhex(line.strip()))
        print(pages, kind, flush=True)


if __name__ == "__main__":
    main()
