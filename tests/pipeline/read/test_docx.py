"""Word files are built here by python-docx, or written as the XML that Word writes."""

import io

import docx
import pytest
from docx.enum.text import WD_BREAK
from docx.oxml.ns import qn
from docx.shared import Pt
from PIL import Image

from pipeline.encodings import Encoding, encode
from pipeline.read import open_source, read
from pipeline.types import Line, Origin, Secrecy, Table


def saved(document) -> bytes:
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def lists(*levels: str) -> str:
    """A numbering part with one list (id 1) whose levels show the given texts."""
    shown = "".join(
        f'<w:lvl w:ilvl="{i}"><w:numFmt w:val="{kind}"/><w:lvlText w:val="{text}"/></w:lvl>'
        for i, (kind, text) in enumerate(level.split("|") for level in levels)
    )
    return (
        f'<w:abstractNum w:abstractNumId="7">{shown}</w:abstractNum>'
        '<w:num w:numId="1"><w:abstractNumId w:val="7"/></w:num>'
        '<w:num w:numId="2"><w:abstractNumId w:val="7"/>'
        '<w:lvlOverride w:ilvl="0"><w:startOverride w:val="1"/></w:lvlOverride></w:num>'
    )


def numbered(text: str, level: int = 0, list_id: int = 1) -> str:
    properties = f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{list_id}"/></w:numPr>'
    return f"<w:p><w:pPr>{properties}</w:pPr><w:r><w:t>{text}</w:t></w:r></w:p>"


def p(inner: str) -> str:
    return f"<w:p>{inner}</w:p>"


def t(text: str, properties: str = "") -> str:
    return f'<w:r><w:rPr>{properties}</w:rPr><w:t xml:space="preserve">{text}</w:t></w:r>'


def test_paragraphs_and_tables_come_in_document_order(show):
    document = docx.Document()
    document.add_paragraph("Giao Sở Tài chính thẩm định.")
    table = document.add_table(rows=2, cols=3, style="Table Grid")
    for cell, text in zip(table.rows[0].cells, ("STT", "Nhiệm vụ", "Thời hạn"), strict=True):
        cell.text = text
    table.rows[1].cells[1].text = "Lập dự toán"
    document.add_paragraph("Văn bản có hiệu lực từ ngày ký.")
    assert show("a.docx", saved(document)) == [
        "Giao Sở Tài chính thẩm định.",
        [["STT", "Nhiệm vụ", "Thời hạn"], ["", "Lập dự toán", ""]],
        "Văn bản có hiệu lực từ ngày ký.",
    ]


def test_words_carry_their_looks_and_paragraphs_their_place():
    document = docx.Document()
    paragraph = document.add_paragraph()
    paragraph.alignment = 1
    paragraph.add_run("CHỈ ").bold = True
    run = paragraph.add_run("THỊ")
    run.italic, run.font.size = True, Pt(14)
    indented = document.add_paragraph("Thực hiện kế hoạch.")
    indented.paragraph_format.first_line_indent = Pt(36)
    page = read(open_source("a.docx", saved(document))).pages[0]
    title, body = page.items
    assert page.origin is Origin.FLOW
    assert title.centred and not body.centred
    assert [(word.bold, word.italic) for word in title.words] == [(True, False), (False, True)]
    assert title.words[1].size == 14
    assert body.words[0].box.x0 == pytest.approx(85 + 36)


def test_a_word_in_several_runs_is_one_word(show, word_file):
    assert show("a.docx", word_file(p(t("Đ", "<w:b/>") + t("iều 1.") + t(" Giao")))) == ["Điều 1. Giao"]


def test_generated_numbers_become_words(show, word_file):
    body = (
        numbered("Mục tiêu")
        + numbered("Chung", 1)
        + numbered("Riêng", 1)
        + numbered("Nhiệm vụ")
        + numbered("Rà soát", 1)
        + numbered("làm lại từ đầu", list_id=2)
    )
    assert show("a.docx", word_file(body, numbering=lists("upperRoman|%1.", "decimal|%2."))) == [
        "I. Mục tiêu",
        "1. Chung",
        "2. Riêng",
        "II. Nhiệm vụ",
        "1. Rà soát",
        "I. làm lại từ đầu",
    ]


@pytest.mark.parametrize(
    ("level", "label"),
    [
        ("decimal|Điều %1.", "Điều 1."),
        ("lowerLetter|%1)", "a)"),
        ("decimalZero|%1/", "01/"),
        ("lowerRoman|(%1)", "(i)"),
        ("bullet|-", "-"),
        ("bullet|\uf0b7", "•"),
        ("bullet|+", "+"),
        ("none|", ""),
    ],
)
def test_list_formats(show, word_file, level, label):
    found = show("a.docx", word_file(numbered("Giao"), numbering=lists(level)))
    assert found == [f"{label} Giao".strip()]


def test_numbers_of_several_levels(show, word_file):
    body = numbered("một") + numbered("hai", 1) + numbered("ba", 1)
    found = show("a.docx", word_file(body, numbering=lists("upperRoman|%1.", "decimal|%1.%2.")))
    assert found == ["I. một", "I.1. hai", "I.2. ba"]


def test_a_cell_with_nothing_but_its_number_shows_it(show, word_file):
    row = f"<w:tr><w:tc>{numbered('')}</w:tc><w:tc>{p(t('Lập đề án'))}</w:tc></w:tr>"
    borders = '<w:tblPr><w:tblBorders><w:top w:val="single"/></w:tblBorders></w:tblPr>'
    found = show("a.docx", word_file(f"<w:tbl>{borders}{row}{row}</w:tbl>", numbering=lists("decimal|%1")))
    assert found == [[["1", "Lập đề án"], ["2", "Lập đề án"]]]


def test_tracked_changes_hidden_text_and_fields(show, word_file):
    changed = (
        t("Hạn ")
        + f"<w:del>{'<w:r><w:delText>10/5</w:delText></w:r>'}</w:del>"
        + f"<w:ins>{t('15/6')}</w:ins>"
        + t(" ẩn", "<w:vanish/>")
        + '<w:r><w:fldChar w:fldCharType="begin"/><w:instrText>PAGE</w:instrText>'
        + '<w:fldChar w:fldCharType="separate"/></w:r>'
        + t(" trang 3")
        + '<w:r><w:fldChar w:fldCharType="end"/></w:r>'
    )
    assert show("a.docx", word_file(p(changed))) == ["Hạn 15/6 trang 3"]


def test_a_paragraph_whose_end_was_deleted_runs_on(show, word_file):
    first = p(f"<w:pPr><w:rPr><w:del/></w:rPr></w:pPr>{t('Giao Sở Y tế ')}")
    assert show("a.docx", word_file(first + p(t("kiểm tra.")))) == ["Giao Sở Y tế kiểm tra."]


def test_soft_breaks_open_a_line_only_where_something_begins(show, word_file):
    def broken(*lines: str) -> str:
        return p("<w:r><w:br/></w:r>".join(t(line) for line in lines))

    assert show("a.docx", word_file(broken("VỀ VIỆC TĂNG CƯỜNG", "QUẢN LÝ NGÂN SÁCH"))) == [
        "VỀ VIỆC TĂNG CƯỜNG QUẢN LÝ NGÂN SÁCH"
    ]
    assert show("a.docx", word_file(broken("Yêu cầu:", "- Rà soát;", "a) Báo cáo"))) == [
        "Yêu cầu:",
        "- Rà soát;",
        "a) Báo cáo",
    ]
    assert show("a.docx", word_file(broken("Trưởng phòng", "(Đã ký)", "Trần Văn B"))) == [
        "Trưởng phòng",
        "(Đã ký)",
        "Trần Văn B",
    ]
    assert show("a.docx", word_file(broken("CHỈ THỊ", "VỀ BẢO VỆ RỪNG"))) == ["CHỈ THỊ", "VỀ BẢO VỆ RỪNG"]
    assert show("a.docx", word_file(broken("PHỤ LỤC II", "DANH MỤC DỰ ÁN"))) == [
        "PHỤ LỤC II",
        "DANH MỤC DỰ ÁN",
    ]
    assert show("a.docx", word_file(broken("Giám đốc", "", "Trần Văn B"))) == ["Giám đốc", "Trần Văn B"]
    assert show("a.docx", word_file(broken("KT. GIÁM ĐỐC", "PHÓ GIÁM ĐỐC"))) == [
        "KT. GIÁM ĐỐC",
        "PHÓ GIÁM ĐỐC",
    ]


def test_merged_cells_are_repeated_where_they_cover():
    document = docx.Document()
    table = document.add_table(rows=3, cols=3, style="Table Grid")
    table.cell(0, 0).merge(table.cell(1, 0)).text = "1"
    table.cell(0, 1).merge(table.cell(0, 2)).text = "Lập kế hoạch"
    (table,) = (
        i for i in read(open_source("a.docx", saved(document))).pages[0].items if isinstance(i, Table)
    )
    merged = [[cell.merged for cell in row] for row in table.rows]
    assert merged == [[False, False, True], [True, False, False], [False, False, False]]
    assert table.rows[1][0].lines == table.rows[0][0].lines
    assert table.rows[1][0].box == table.rows[0][0].box


def test_the_head_in_two_columns_is_a_table_without_rules():
    document = docx.Document()
    for style in (None, "Table Grid"):
        table = document.add_table(rows=1, cols=2, style=style)
        table.cell(0, 0).text = "UBND TỈNH X"
        table.cell(0, 1).text = "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"
    found = read(open_source("a.docx", saved(document))).pages[0].items
    assert [item.ruled for item in found] == [False, False]


def test_a_single_cell_is_no_table(show):
    document = docx.Document()
    document.add_table(rows=1, cols=1, style="Table Grid").cell(0, 0).text = "Giao Công an tỉnh"
    assert show("a.docx", saved(document)) == ["Giao Công an tỉnh"]


def test_nested_tables_are_read_within_their_cell(show):
    document = docx.Document()
    outer = document.add_table(rows=2, cols=2, style="Table Grid")
    inner = outer.cell(0, 1).add_table(rows=1, cols=2)
    inner.cell(0, 0).text, inner.cell(0, 1).text = "trong", "cùng"
    assert show("a.docx", saved(document))[0][0][1] == "trong / cùng"


def test_text_boxes_and_footnotes_are_read(show, word_file):
    box = f"<w:txbxContent>{p(t('HỎA TỐC'))}</w:txbxContent>"
    drawing = f"<mc:AlternateContent><mc:Choice><w:drawing>{box}</w:drawing></mc:Choice>"
    drawing += f"<mc:Fallback><w:pict>{box}</w:pict></mc:Fallback></mc:AlternateContent>"
    notes = f'<w:footnote w:type="separator">{p(t("---"))}</w:footnote>'
    notes += f"<w:footnote>{p(t('Chú thích'))}</w:footnote>"
    body = p(t("Công điện") + f"<w:r>{drawing}</w:r>") + p(t("Điện:"))
    assert show("a.docx", word_file(body, footnotes=notes)) == ["Công điện", "HỎA TỐC", "Điện:", "Chú thích"]


def test_of_headers_only_marks_are_kept(word_file):
    header = p(t("Trang 3")) + p(t("TỐI MẬT"))
    reading = read(open_source("a.docx", word_file(p(t("Quyết định")), header1=header)))
    assert [item.text for item in reading.pages[0].items] == ["TỐI MẬT", "Quyết định"]
    assert reading.secrecy is Secrecy.TOI_MAT


def test_pages_break_where_word_breaks_them():
    document = docx.Document()
    document.add_paragraph("một").add_run().add_break(WD_BREAK.PAGE)
    document.add_paragraph("hai").paragraph_format.page_break_before = True
    document.add_section().orientation = 1
    document.sections[-1]._sectPr.pgSz.set(qn("w:orient"), "landscape")
    document.add_paragraph("ba")
    pages = read(open_source("a.docx", saved(document))).pages
    assert [(page.number, page.items[0].text, page.width > page.height) for page in pages] == [
        (1, "một", False),
        (2, "hai", False),
        (3, "ba", True),
    ]


def test_tabs_lead_to_their_stops(word_file):
    stops = '<w:pPr><w:tabs><w:tab w:val="left" w:pos="4000"/></w:tabs></w:pPr>'
    body = p(stops + t("UBND") + "<w:r><w:tab/></w:r>" + t("Số: 5"))
    (line,) = read(open_source("a.docx", word_file(body))).pages[0].items
    assert isinstance(line, Line)
    assert line.words[1].box.x0 == pytest.approx(85 + 200)


def test_a_head_written_in_columns_with_tabs(show):
    document = docx.Document()
    for line in (
        "UBND TỈNH X\t\t\tCỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
        "\t\t\t\t\t\tĐộc lập - Tự do - Hạnh phúc",
        "Số: 5/UBND\t\t\tX, ngày 3 tháng 4 năm 2024",
        "Kính gửi:\tSở Y tế",
    ):
        document.add_paragraph(line)
    assert show("a.docx", saved(document)) == [
        [
            [
                "UBND TỈNH X / Số: 5/UBND",
                "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM / Độc lập - Tự do - Hạnh phúc"
                " / X, ngày 3 tháng 4 năm 2024",
            ]
        ],
        "Kính gửi: Sở Y tế",
    ]


def test_legacy_fonts_are_decoded_and_the_original_kept(word_file):
    text = "Thực hiện chỉ đạo của Thủ tướng, giao Sở Tài chính chủ trì tổng hợp"
    font = '<w:rFonts w:ascii=".VnTime" w:hAnsi=".VnTime"/>'
    body = p(t(encode(text, Encoding.TCVN3), font)) + p(t("chØ thÞ", font.replace("Time", "TimeH")))
    lines = read(open_source("a.docx", word_file(body))).pages[0].items
    assert [line.text for line in lines] == [text, "CHỈ THỊ"]
    assert lines[0].words[0].raw == "Thùc"
    assert lines[1].words[0].raw == "chØ"


def test_unicode_text_in_a_legacy_font_is_left_alone(show, word_file):
    font = '<w:rFonts w:ascii=".VnTime"/>'
    text = "Giao Sở Nội vụ phối hợp"
    assert show("a.docx", word_file(p(t(text, font)))) == [text]


def test_a_scan_pasted_into_word_becomes_a_page_for_ocr():
    picture, document = io.BytesIO(), docx.Document()
    Image.effect_noise((300, 200), 90).save(picture, "PNG")
    document.add_paragraph("Bản quét")
    document.add_picture(picture)
    reading = read(open_source("a.docx", saved(document)))
    assert [(page.number, page.origin) for page in reading.pages] == [(1, Origin.FLOW), (2, Origin.OCR)]


def test_capitals_by_format(show, word_file):
    assert show("a.docx", word_file(p(t("Quyết định", "<w:caps/>")))) == ["QUYẾT ĐỊNH"]


def test_elements_without_values_do_no_harm(show, word_file):
    body = "<w:p><w:pPr><w:jc/><w:ind/><w:numPr/></w:pPr><w:r><w:rPr><w:sz/></w:rPr><w:t>a</w:t></w:r></w:p>"
    assert show("a.docx", word_file(body)) == ["a"]
