"""Plain text, Markdown and web pages."""

import pytest

from pipeline.encodings import Encoding, encode
from pipeline.read import open_source, read
from pipeline.types import Line, Table

WRAPPED = """CHỈ THỊ
Về việc tăng cường quản lý

Ủy ban nhân dân tỉnh yêu cầu các sở, ban, ngành và địa phương rà soát
các quy định hiện hành, báo cáo kết quả thực hiện về Sở Nội vụ trước
ngày 15 tháng 5 năm 2024 để tổng hợp, trình Chủ tịch Ủy ban nhân dân
tỉnh xem xét, quyết định theo thẩm quyền.
1. Giao Sở Tài chính chủ trì, phối hợp với Sở Kế hoạch và Đầu tư thẩm
định dự toán của các đơn vị, bảo đảm đúng quy định của pháp luật hiện
hành.
2. Văn phòng theo dõi.
"""
TWO_COLUMNS = """ỦY BAN NHÂN DÂN              CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
TỈNH X                            Độc lập - Tự do - Hạnh phúc
Số: 12/UBND-VX               X, ngày 3/4/2024

Kính gửi: Sở Y tế

Nơi nhận:                    KT. CHỦ TỊCH
- Như trên;                  PHÓ CHỦ TỊCH
- Lưu: VT.
                             Trần Văn B
"""


def test_a_line_is_a_paragraph(show):
    text = "Điều 1. Giao Sở Y tế.\n\n- Rà soát;\n- Báo cáo.\n"
    assert show("a.txt", text.encode()) == ["Điều 1. Giao Sở Y tế.", "- Rà soát;", "- Báo cáo."]


def test_hard_wrapped_lines_are_joined(show):
    found = show("a.txt", WRAPPED.encode())
    assert found[:2] == ["CHỈ THỊ", "Về việc tăng cường quản lý"]
    assert found[2].startswith("Ủy ban nhân dân tỉnh yêu cầu")
    assert found[2].endswith("quyết định theo thẩm quyền.")
    assert found[3].startswith("1. Giao Sở Tài chính") and found[3].endswith("hành.")
    assert found[4] == "2. Văn phòng theo dõi."


def test_long_lines_are_not_taken_for_wrapped(show):
    text = "\n".join(
        f"Các cơ quan thực hiện nội dung thứ {number} " + "x" * number * 9 for number in range(20)
    )
    assert len(show("a.txt", text.encode())) == 20


def test_two_columns_written_with_spaces(show):
    assert show("a.txt", TWO_COLUMNS.encode()) == [
        [
            [
                "ỦY BAN NHÂN DÂN / TỈNH X / Số: 12/UBND-VX",
                "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM / Độc lập - Tự do - Hạnh phúc / X, ngày 3/4/2024",
            ]
        ],
        "Kính gửi: Sở Y tế",
        [["Nơi nhận: / - Như trên; / - Lưu: VT.", "KT. CHỦ TỊCH / PHÓ CHỦ TỊCH / Trần Văn B"]],
    ]


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("a.txt", "Giao  Sở Y tế\r\nbáo cáo\ttrước 15/6.\n"),
        ("a.txt", TWO_COLUMNS),
        ("a.md", "# Chỉ thị\n\nGiao **Sở Y tế** báo cáo\n\n| STT | Việc |\n|---|---|\n| 1 | rà soát |\n"),
        (
            "a.html",
            "<p>Giao <b>S&#7903;</b> Y t&ecirc; &amp; <i>UBND</i><br>báo\u00a0cáo</p><table><td>x</table>",
        ),
    ],
)
def test_words_know_their_characters_in_the_source(name, text):
    for page in read(open_source(name, text.encode())).pages:
        for item in page.items:
            lines = [item] if isinstance(item, Line) else [n for r in item.rows for c in r for n in c.lines]
            for line in lines:
                for word in line.words:
                    assert text[word.source.start : word.source.end] == (word.raw or word.text)


def test_markdown(show):
    text = "# Chỉ thị\n\nGiao Sở Y tế\nbáo cáo:\n- một;\n- hai.\n\n"
    text += "| STT | Việc |\n| --- | --- |\n| 1 | rà soát |\n"
    assert show("a.md", text.encode()) == [
        "Chỉ thị",
        "Giao Sở Y tế báo cáo:",
        "- một;",
        "- hai.",
        [["STT", "Việc"], ["1", "rà soát"]],
    ]
    (line,) = read(open_source("a.md", "Giao **Sở Y tế** báo cáo".encode())).pages[0].items
    assert [word.bold for word in line.words] == [False, True, True, True, False, False]


PAGE = """<!DOCTYPE html><html><head><title>Cổng</title><style>p{}</style></head><body>
<nav>Trang chủ</nav><div style="display:none">ẩn</div><script>var x = "<p>";</script>
<table><tr><td>UBND TỈNH X<br>Số: 5/UBND</td><td>CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM</td></tr></table>
<p align="center"><b>CHỈ THỊ</b></p>
<p>Giao S&#7903; T&agrave;i ch&iacute;nh<ol><li>Rà soát<li>Báo cáo</ol><ul><li>khác</ul>
<table border="1"><tr><th>STT<th>Nhiệm vụ<th>Hạn
<tr><td rowspan="2">1<td>Lập dự toán<td>1/2<tr><td colspan="2">như trên</table>
</body></html>"""


def test_a_web_page(show):
    assert show("a.html", PAGE.encode()) == [
        [["UBND TỈNH X / Số: 5/UBND", "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"]],
        "CHỈ THỊ",
        "Giao Sở Tài chính",
        "1. Rà soát",
        "2. Báo cáo",
        "• khác",
        [["STT", "Nhiệm vụ", "Hạn"], ["1", "Lập dự toán", "1/2"], ["1", "như trên", "như trên"]],
    ]
    page = read(open_source("a.html", PAGE.encode())).pages[0]
    assert [item.ruled for item in page.items if isinstance(item, Table)] == [False, True]
    assert page.items[1].centred and page.items[1].words[0].bold


def test_a_web_archive_named_doc(show):
    archive = (
        "MIME-Version: 1.0\r\nContent-Type: multipart/related; boundary=b\r\n\r\n--b\r\n"
        "Content-Type: text/html; charset=utf-8\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n"
        "<p>Giao S=E1=BB=9F Y t=E1=BA=BF</p>\r\n--b--\r\n"
    )
    assert show("a.doc", archive.encode()) == ["Giao Sở Y tế"]


def test_a_page_that_names_an_8_bit_charset(show):
    page = '<html><meta charset="windows-1258"><p>Giao Sở Nội vụ</p></html>'
    tones = page.replace("ở", "ơ\u0309").replace("ộ", "ô\u0323").replace("ụ", "u\u0323")
    assert show("a.html", tones.encode("cp1258")) == ["Giao Sở Nội vụ"]


def test_a_page_that_claims_latin_1_but_is_utf_8(show):
    page = '<html><meta charset="iso-8859-1"><p>Giao Sở Nội vụ</p></html>'
    assert show("a.html", page.encode()) == ["Giao Sở Nội vụ"]


def test_a_page_in_tcvn3_with_entities():
    text = "Thực hiện chỉ đạo của Thủ tướng, giao Sở Tài chính chủ trì tổng hợp kết quả báo cáo trước"
    shown = encode(text, Encoding.TCVN3).encode("cp1252", "xmlcharrefreplace").replace(b"\xad", b"&shy;")
    (page,) = read(open_source("a.html", b"<html><p>" + shown + b"</p></html>")).pages
    words = [word for line in page.items for word in line.words]
    assert " ".join(word.text for word in words) == text
    assert words[0].raw == "Thùc"
