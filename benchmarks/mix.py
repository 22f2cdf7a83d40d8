"""Born-digital PDFs for the speed benchmark, written by reportlab from a fixed seed: prose and ruled tables.

Out: files of a folder; two in five of all pages are ruled assignment tables, as in annexes.
"""

from __future__ import annotations

import random
from pathlib import Path
from typing import Any

FONTS = Path("/usr/share/fonts/truetype/croscore")
DOCUMENTS = ((3, 0), (5, 2), (4, 6), (12, 8))  # pages of prose, pages of tables
UNITS = (
    "Sở Y tế",
    "Sở Tài chính",
    "Công an tỉnh",
    "Sở Xây dựng",
    "Văn phòng Ủy ban nhân dân tỉnh",
    "Sở Nông nghiệp và Môi trường",
    "Ủy ban nhân dân các huyện, thành phố",
    "Sở Giáo dục và Đào tạo",
    "Ban Quản lý các khu công nghiệp",
)
WORKS = (
    "rà soát, thống kê các công trình đã xuống cấp trên địa bàn và lập phương án sửa chữa",
    "xây dựng kế hoạch kiểm tra liên ngành về an toàn lao động tại các cơ sở sản xuất",
    "tổng hợp số liệu giải ngân của các chủ đầu tư, đề xuất điều chuyển vốn giữa các dự án",
    "tham mưu ban hành văn bản hướng dẫn các địa phương thực hiện thống nhất",
    "tổ chức tuyên truyền đến người dân bằng các hình thức phù hợp với từng địa bàn",
)
LAW = "Qua kết quả làm việc của các đoàn kiểm tra trong thời gian qua, một số đơn vị còn chậm"


def make(folder: Path) -> list[Path]:
    """The fixed mix."""
    return [
        write(folder / f"mix-{number}.pdf", prose, tables, number)
        for number, (prose, tables) in enumerate(DOCUMENTS, 1)
    ]


def write(path: Path, prose: int, tables: int, seed: int, number: int = 12) -> Path:
    """A directive with `prose` pages of text and an annex of `tables` pages; `number` is what it bears."""
    from reportlab.lib.pagesizes import A4
    from reportlab.pdfgen.canvas import Canvas

    _register()
    dice = random.Random(seed)
    canvas = Canvas(str(path), pagesize=A4, invariant=1)
    for page in range(prose):
        _prose(canvas, dice, page, number, last=page == prose - 1)
        canvas.showPage()
    for page in range(tables):
        _table(canvas, dice, page)
        canvas.showPage()
    canvas.save()
    return path


def _register() -> None:
    from reportlab.pdfbase import pdfmetrics
    from reportlab.pdfbase.ttfonts import TTFont

    for name in ("Tinos-Regular", "Tinos-Bold", "Tinos-Italic"):
        if not (FONTS / f"{name}.ttf").exists():
            raise SystemExit(f"bench: needs {FONTS}/{name}.ttf (sudo apt-get install fonts-croscore)")
        pdfmetrics.registerFont(TTFont(name, str(FONTS / f"{name}.ttf")))


def assignment(dice: random.Random) -> str:
    """A sentence that assigns a task."""
    lead, other = dice.sample(UNITS, 2)
    due = f"trước ngày {dice.randrange(1, 29)}/{dice.randrange(4, 13)}/2024"
    return f"{lead} chủ trì, phối hợp với {other} {dice.choice(WORKS)}; báo cáo Ủy ban nhân dân tỉnh {due}."


def _prose(canvas: Any, dice: random.Random, page: int, number: int, *, last: bool) -> None:
    y = 790.0
    if page == 0:
        y = _heading(canvas, number)
    items = 0
    while y > (170 if last else 90):
        items += 1
        said = f"{items}. {assignment(dice)}" if items % 3 else f"{LAW}; {dice.choice(WORKS)}."
        y = _paragraph(canvas, said, y) - 6
    if last:
        _foot(canvas)


def _heading(canvas: Any, number: int) -> float:
    canvas.setFont("Tinos-Bold", 13)
    canvas.drawCentredString(170, 780, "ỦY BAN NHÂN DÂN TỈNH MẪU")
    canvas.drawCentredString(410, 780, "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM")
    canvas.drawCentredString(410, 765, "Độc lập - Tự do - Hạnh phúc")
    canvas.setFont("Tinos-Regular", 13)
    canvas.drawCentredString(170, 748, f"Số: {number}/CT-UBND")
    canvas.setFont("Tinos-Italic", 13)
    canvas.drawCentredString(410, 748, "Tỉnh Mẫu, ngày 05 tháng 3 năm 2024")
    canvas.setFont("Tinos-Bold", 14)
    canvas.drawCentredString(297, 715, "CHỈ THỊ")
    canvas.drawCentredString(297, 698, "Về việc tăng cường kỷ luật, kỷ cương hành chính")
    return 670.0


def _paragraph(canvas: Any, said: str, y: float) -> float:
    from reportlab.lib.utils import simpleSplit

    canvas.setFont("Tinos-Regular", 13.5)
    for at, line in enumerate(simpleSplit(said, "Tinos-Regular", 13.5, 440)):
        canvas.drawString(85 + (28 if at == 0 else 0), y, line)
        y -= 17
    return y


def _foot(canvas: Any) -> None:
    canvas.setFont("Tinos-Bold", 13)
    for at, line in enumerate(("TM. ỦY BAN NHÂN DÂN", "CHỦ TỊCH", "", "", "Nguyễn Văn Mẫu")):
        canvas.drawCentredString(420, 140 - 16 * at, line)
    canvas.setFont("Tinos-Regular", 11)
    for at, line in enumerate(("Nơi nhận:", "- Như trên;", "- Lưu: VT.")):
        canvas.drawString(85, 140 - 13 * at, line)


def _table(canvas: Any, dice: random.Random, number: int) -> None:
    from reportlab.lib import colors
    from reportlab.lib.styles import ParagraphStyle
    from reportlab.platypus import Paragraph, Table, TableStyle

    style = ParagraphStyle("cell", fontName="Tinos-Regular", fontSize=10.5, leading=13)
    rows = [["STT", "Nội dung nhiệm vụ", "Chủ trì", "Phối hợp", "Thời hạn"]]
    for row in range(12):
        lead, other = dice.sample(UNITS, 2)
        due = f"{dice.randrange(1, 29)}/{dice.randrange(4, 13)}/2024"
        rows.append([str(12 * number + row + 1), dice.choice(WORKS).capitalize(), lead, other, due])
    cells = [[Paragraph(cell, style) for cell in row] for row in rows]
    table = Table(cells, colWidths=[28, 190, 95, 95, 65])
    table.setStyle(
        TableStyle([("GRID", (0, 0), (-1, -1), 0.6, colors.black), ("VALIGN", (0, 0), (-1, -1), "TOP")])
    )
    _, height = table.wrap(475, 740)
    if number == 0:
        canvas.setFont("Tinos-Bold", 13)
        canvas.drawCentredString(297, 800, "PHỤ LỤC")
        canvas.drawCentredString(297, 784, "PHÂN CÔNG NHIỆM VỤ")
    table.drawOn(canvas, 60, 770 - height)
