"""A page of a workbook that is written as it comes: made to be printed on A4 across."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any


def new_page(book: Any, title: str, widths: Sequence[int], frozen: str) -> Any:
    """An empty page of these widths of columns (in characters); what lies above and left of the cell `frozen`
    stays in sight."""
    from openpyxl.utils import get_column_letter

    page = book.create_sheet(title)
    for column, width in enumerate(widths, start=1):
        page.column_dimensions[get_column_letter(column)].width = width
    page.freeze_panes = frozen
    page.page_setup.orientation, page.page_setup.paperSize = "landscape", 9  # A4
    page.page_setup.fitToHeight, page.sheet_properties.pageSetUpPr.fitToPage = 0, True
    return page
