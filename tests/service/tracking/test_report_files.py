"""What is taken away says the same as the report: the workbook and the letter, cell by cell."""

from __future__ import annotations

import datetime as dt
import io
import shutil
from collections.abc import Sequence

import docx
import openpyxl
import pytest
from tracking_months import BEGIN, DAYS, lived
from tracking_office import Office

from service.checking.vocabulary import MEASURES
from service.reporting.files import all_behind, to_pdf
from service.reporting.letter import Office as Issuer
from service.reporting.letter import to_docx
from service.reporting.sheet import Sheet, percent, sheet_of, values
from service.reporting.workbook import to_xlsx
from service.tracking.entering import NewDuty, Origin
from service.tracking.life import Lead
from service.tracking.measured import Measured
from service.tracking.periods import Period
from service.tracking.reports import Asked, By

ISSUER = Issuer(
    "UBND tỉnh An Hòa", "Văn phòng", "An Hòa", "BC-VP", "Chánh Văn phòng", ("Như trên", "Lưu: VT")
)
ON = BEGIN + dt.timedelta(days=DAYS - 5)


def sheet(office: Office, by: By = By.UNIT) -> Sheet:
    asked = Asked(begin=BEGIN, end=ON, on=ON, by=by)
    with office.store.reading() as work:
        return sheet_of(work.reports, office.monitor, Period.DAYS, asked, (5,))


def workbook(office: Office, told: Sheet) -> openpyxl.Workbook:
    out = io.BytesIO()
    with office.store.reading() as work:
        to_xlsx(told, all_behind(work.reports, office.monitor, told), out)
    return openpyxl.load_workbook(out)


def cells(page) -> list[list[object]]:
    return [[cell.value for cell in row] for row in page.iter_rows()]


def plain(rows) -> list[list[object]]:
    """A workbook keeps sixteen digits of a share, and no empty text."""
    return [[round(one, 12) if isinstance(one, float) else one or 0 for one in row] for row in rows]


@pytest.mark.parametrize("by", list(By))
def test_the_workbook_says_what_the_report_says(office: Office, by: By):
    lived(office, 5)
    told = sheet(office, by)
    book = workbook(office, told)
    rows = cells(book["Báo cáo"])[2:]
    expected = [[number, line.name, *values(line.figures)] for number, line in enumerate(told.lines, 1)]
    expected.append([None, "Cộng", *values(told.total)])
    assert plain(rows) == plain(expected)
    assert [row[5] for row in cells(book["Quá hạn"])[1:]] == [one.days for one in told.overdue]
    assert [row[1:] for row in cells(book["Biện pháp"])[1:]] == [measured(one) for one in told.measures]
    assert len(cells(book["Nhiệm vụ"])) - 1 == told.total.total > 0


def test_no_cell_begins_a_formula(office: Office):
    with office.store.begin() as work:
        new = NewDuty("=HYPERLINK(1)", Lead("+Đội 1"), office.today, origin=Origin.TYPED)
        work.book.enter(office.actor, new)
    asked = Asked(begin=office.today, end=office.today, on=office.today)
    with office.store.reading() as work:
        told = sheet_of(work.reports, office.monitor, Period.DAYS, asked, ())
    book = workbook(office, told)
    kinds = {cell.value: cell.data_type for page in book for row in page.iter_rows() for cell in row}
    assert kinds["=HYPERLINK(1)"] == kinds["+Đội 1"] == "s"


def measured(one: Measured) -> list[object]:
    return [one.name, *(one.counts.get(key, 0) for key in MEASURES), one.total]


def distinct(row: Sequence[object]) -> list[str]:
    return [cell.text.strip() for cell in row]


def test_the_letter_says_what_the_report_says(office: Office):
    lived(office, 5)
    told = sheet(office)
    letter = docx.Document(io.BytesIO(to_docx(told, ISSUER)))
    head, figures, overdue, measures, foot = letter.tables
    shown = [distinct(row.cells) for row in figures.rows[2:]]
    lines = [*((str(n), line.name, line.figures) for n, line in enumerate(told.lines, 1))]
    for row, (number, name, one) in zip(shown, [*lines, ("", "Cộng", told.total)], strict=True):
        counts = [str(value) for value in values(one)[:8]]
        rates = [percent(value).removesuffix(" %") for value in values(one)[8:]]
        assert row == [number, name, *counts, *rates]
    assert [row.cells[5].text for row in overdue.rows[1:]] == [str(one.days) for one in told.overdue]
    assert [distinct(row.cells)[1:] for row in measures.rows[1:]] == [
        [str(value) for value in measured(one)] for one in told.measures
    ]
    assert f"Đã hoàn thành {told.total.done} nhiệm vụ" in "\n".join(one.text for one in letter.paragraphs)
    assert "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM" in head.rows[0].cells[1].text
    assert head.rows[0].cells[0].text.startswith("UBND TỈNH AN HÒA\nVĂN PHÒNG")
    assert foot.rows[0].cells[0].text == "Nơi nhận:\n- Như trên;\n- Lưu: VT."
    assert foot.rows[0].cells[1].text.startswith("CHÁNH VĂN PHÒNG")
    section = letter.sections[0]
    assert (round(section.page_width.mm), round(section.page_height.mm)) == (297, 210)


@pytest.mark.slow
@pytest.mark.skipif(shutil.which("soffice") is None, reason="needs libreoffice-writer-nogui")
def test_the_printed_letter_holds_the_same_numbers(office: Office):
    import pypdfium2

    if office.store.engine.dialect.name != "sqlite":
        pytest.skip("the letter does not depend on the database")
    lived(office, 6)
    told = sheet(office)
    pdf = pypdfium2.PdfDocument(to_pdf(to_docx(told, ISSUER), 120))
    words = " ".join(page.get_textpage().get_text_range() for page in pdf).split()
    for line in told.lines:
        row = [str(value) for value in values(line.figures)[:8]]
        row += [percent(value).removesuffix(" %") for value in values(line.figures)[8:]]
        assert any(words[at : at + len(row)] == row for at in range(len(words))), line
    assert all(round(page.get_width()) == 842 for page in pdf)
