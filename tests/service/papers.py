"""Invented directives as files of every kind, each with a word of its own and a mark of secrecy or none."""

from __future__ import annotations

import datetime as dt
import io
import shutil
import subprocess
import zipfile
from collections.abc import Sequence
from email.message import EmailMessage
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest

FONTS = ("/usr/share/fonts/truetype/croscore/Tinos", "/usr/share/fonts/truetype/liberation2/LiberationSerif")
SENDER = "vanthu@hailinh.example.vn"
_LINES = """\
ỦY BAN NHÂN DÂN
TỈNH HẢI LĨNH
Số: {number}/CT-UBND

CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
Độc lập - Tự do - Hạnh phúc
Hải Lĩnh, ngày 04 tháng 3 năm 2024
{mark}
CHỈ THỊ
Về việc bảo quản kho dự trữ {word}

Để bảo đảm an toàn kho {word}, Chủ tịch Ủy ban nhân dân tỉnh chỉ thị:

1. Giao Sở Xây dựng rà soát đường vào kho {word}, báo cáo trước ngày 20/4/2024.

2. Giao Sở Tài chính bố trí kinh phí cho kho {word} trong quý II năm 2024.

Yêu cầu các đơn vị nghiêm túc thực hiện Chỉ thị này./.

CHỦ TỊCH

Trần Văn Mẫu
"""


def lines(word: str, mark: str = "", number: str = "12") -> list[str]:
    """The directive's lines."""
    return _LINES.format(word=word, mark=f"\n{mark}\n" if mark else "", number=number).splitlines()


def text(word: str, mark: str = "", number: str = "12") -> bytes:
    """As plain text."""
    return "\n".join(lines(word, mark, number)).encode()


def docx(word: str, mark: str = "", number: str = "12") -> bytes:
    """As a Word file; the word also stands in its properties."""
    import docx as package

    made, out = package.Document(), io.BytesIO()
    made.core_properties.title = word
    for line in lines(word, mark, number):
        if line.strip():
            made.add_paragraph(line)
    made.save(out)
    return out.getvalue()


def doc(folder: Path, word: str, mark: str = "", number: str = "12") -> bytes:
    """As a file of an old Word."""
    program = shutil.which("soffice")
    if program is None:
        pytest.skip("no LibreOffice here")
    source = folder / f"{number}.docx"
    source.write_bytes(docx(word, mark, number))
    profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
    command = [program, profile, "--headless", "--convert-to", "doc", "--outdir", str(folder), str(source)]
    subprocess.run(command, check=True, capture_output=True, timeout=120)
    return source.with_suffix(".doc").read_bytes()


def pdf(word: str, mark: str = "", number: str = "12") -> bytes:
    """As a PDF with its text."""
    from reportlab.pdfbase import pdfmetrics
    from reportlab.pdfbase.ttfonts import TTFont
    from reportlab.pdfgen.canvas import Canvas

    pdfmetrics.registerFont(TTFont("Paper", _font()))
    out = io.BytesIO()
    canvas = Canvas(out, pagesize=(595, 842))
    for row, line in enumerate(lines(word, mark, number)):
        pen = canvas.beginText(72, 780 - 18 * row)
        pen.setFont("Paper", 12)
        pen.textOut(line)
        canvas.drawText(pen)
    canvas.save()
    return out.getvalue()


def scan(word: str, mark: str = "", number: str = "12") -> bytes:
    """As a picture of its page, the mark stamped on it in red."""
    from PIL import Image, ImageDraw, ImageFont

    page, scale = Image.new("RGB", (1654, 2339), (250, 249, 246)), 200 / 72
    pen, face = ImageDraw.Draw(page), ImageFont.truetype(_font(), round(13 * scale))
    at = 40.0
    for line in lines(word, number=number):
        pen.text((70 * scale, at * scale), line, font=face, fill=(20, 20, 30))
        at += 19
    if mark:
        bold = ImageFont.truetype(_font("-Bold"), round(15 * scale))
        width = round(bold.getlength(mark)) + 60
        stamp = Image.new("RGBA", (width, 92))
        ink = ImageDraw.Draw(stamp)
        ink.rectangle((3, 3, width - 4, 88), outline=(200, 40, 50, 230), width=4)
        ink.text((30, 18), mark, font=bold, fill=(200, 40, 50, 230))
        page.paste(stamp, (round(330 * scale), round(100 * scale)), stamp)
    out = io.BytesIO()
    page.save(out, "PNG")
    return out.getvalue()


def zipped(**files: bytes) -> bytes:
    """Files in one archive."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as made:
        for name, content in files.items():
            made.writestr(name, content)
    return out.getvalue()


def package(word: str, *attached: tuple[str, bytes], number: str = "12") -> bytes:
    """A package of the exchange that carries files; the word stands in its header too."""
    from pipeline.exchange.package import Attachment, Code, Organ, Package
    from pipeline.exchange.writing import write

    return write(
        Package(
            sender=Organ("000.00.01.H32", "UBND tỉnh Hải Lĩnh"),
            receivers=(Organ("000.00.02.H32", "Sở Xây dựng"),),
            code=Code(number, "CT-UBND"),
            issued_on=dt.date(2024, 3, 4),
            subject=f"Về kho dự trữ {word}",
            type_name="Chỉ thị",
            attachments=tuple(Attachment(name, content) for name, content in attached),
        )
    )


def workbook(word: str, mark: str = "", rows: Sequence[Sequence[Any]] = ()) -> bytes:
    """A book of duties; the mark stands above it."""
    import openpyxl

    made, out = openpyxl.Workbook(), io.BytesIO()
    sheet = made.active
    if mark:
        sheet.append([mark])
    sheet.append(["SỔ THEO DÕI NHIỆM VỤ"])
    sheet.append(["TT", "Nội dung nhiệm vụ", "Số, ký hiệu", "Ngày", "Chủ trì", "Hạn", "Tình trạng"])
    first = ["1", f"Rà soát kho {word}", "15/CT", "12/01/2026", "Sở Y tế", "20/02/2026", "Chưa thực hiện"]
    for row in (first, *rows):
        sheet.append(list(row))
    made.save(out)
    return out.getvalue()


def mail(subject: str, *attached: tuple[str, bytes], sender: str = SENDER) -> EmailMessage:
    """A message that carries files."""
    made = EmailMessage()
    made["Subject"], made["From"], made["To"] = subject, sender, "congvan@ubnd.example.vn"
    made["Message-ID"] = f"<{sha256(subject.encode()).hexdigest()[:16]}@hailinh.example.vn>"
    made.set_content(f"Gửi kèm {subject}")
    for name, content in attached:
        made.add_attachment(content, maintype="application", subtype="octet-stream", filename=name)
    return made


def _font(style: str = "-Regular") -> str:
    found = next((f"{one}{style}.ttf" for one in FONTS if Path(f"{one}{style}.ttf").is_file()), None)
    if found is None:
        pytest.skip("no serif font with Vietnamese letters: install fonts-croscore")
    return found
