"""Papers made on the spot: PDFs by reportlab, pictures by Pillow, an OCR engine that plays back."""

from __future__ import annotations

import hashlib
import io
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

from pipeline.types import Box, Line, SourceDocument, Word

FOLDERS = ("/usr/share/fonts/truetype/croscore", "/usr/share/fonts/truetype/liberation2")
FACES = {
    "": ("Tinos-Regular.ttf", "LiberationSerif-Regular.ttf"),
    "-Bold": ("Tinos-Bold.ttf", "LiberationSerif-Bold.ttf"),
}


def font_file(style: str = "") -> Path:
    """A serif face with Vietnamese letters."""
    for folder in FOLDERS:
        for face in FACES[style]:
            if Path(folder, face).is_file():
                return Path(folder, face)
    pytest.skip("no serif font with Vietnamese letters: install fonts-croscore")


def document(content: bytes, name: str = "paper.pdf") -> SourceDocument:
    return SourceDocument(name, hashlib.sha256(content).hexdigest(), "application/pdf", content)


@dataclass
class Pdf:
    """A PDF under the pen; y counts from the page's top, in points."""

    size: tuple[float, float] = (595.0, 842.0)
    options: dict[str, Any] = field(default_factory=dict)

    def __post_init__(self) -> None:
        from reportlab.pdfbase import pdfmetrics
        from reportlab.pdfbase.ttfonts import TTFont
        from reportlab.pdfgen.canvas import Canvas

        for style in FACES:
            pdfmetrics.registerFont(TTFont(f"Serif{style}", str(font_file(style))))
        self._out = io.BytesIO()
        self.canvas = Canvas(self._out, pagesize=self.size, invariant=1, **self.options)

    def write(
        self, x: float, y: float, text: str, size: float = 13, style: str = "", gap: float = 0.0
    ) -> Pdf:
        pen = self.canvas.beginText(x, self.size[1] - y)
        pen.setFont(f"Serif{style}", size)
        pen.setCharSpace(gap)
        pen.textOut(text)
        self.canvas.drawText(pen)
        return self

    def rule(self, x0: float, y0: float, x1: float, y1: float) -> Pdf:
        self.canvas.line(x0, self.size[1] - y0, x1, self.size[1] - y1)
        return self

    def picture(self, image: Any, x: float = 0, y: float = 0, width: float = 0, height: float = 0) -> Pdf:
        from reportlab.lib.utils import ImageReader

        width, height = width or self.size[0], height or self.size[1]
        self.canvas.drawImage(ImageReader(image), x, self.size[1] - y - height, width, height)
        return self

    def turn_page(self) -> Pdf:
        self.canvas.showPage()
        return self

    def done(self) -> SourceDocument:
        self.canvas.showPage()
        self.canvas.save()
        return document(self._out.getvalue())


@pytest.fixture
def pdf() -> Callable[..., Pdf]:
    return Pdf


class PlayedBack:
    """An engine that reads the same words on every picture and counts its pages."""

    def __init__(self, *texts: str) -> None:
        self._texts = texts
        self.pages = 0

    def __call__(self, image: object, dpi: float) -> tuple[Line, ...]:
        self.pages += 1
        return tuple(
            Line(
                tuple(
                    Word(
                        word,
                        Box(72 + 40 * at, 100 + 20 * row, 105 + 40 * at, 113 + 20 * row),
                        13,
                        confidence=0.9,
                    )
                    for at, word in enumerate(text.split())
                )
            )
            for row, text in enumerate(self._texts)
        )


@pytest.fixture
def played_back() -> Callable[..., PlayedBack]:
    return PlayedBack


@pytest.fixture(scope="session")
def tesseract() -> Any:
    """The real engine; skips where it is not installed."""
    from pipeline.errors import Unreadable
    from pipeline.read.ocr import tesseract as engine

    try:
        return engine()
    except Unreadable as error:
        pytest.skip(f"no Vietnamese OCR here: {error}")


BODY = (
    "Sở Tài chính chủ trì, phối hợp với Sở Nội vụ kiểm tra việc sử dụng kinh phí,",
    "báo cáo Ủy ban nhân dân tỉnh kết quả trước ngày 20 tháng 9 năm 2024.",
    "Các đơn vị thực hiện nghiêm quy định về bảo vệ bí mật nhà nước khi gửi số liệu.",
    "Giám đốc Sở Y tế chỉ đạo các bệnh viện lập dự toán mua sắm trang thiết bị.",
)


@dataclass
class Paper:
    """A sheet of A4 as a scanner sees it at 200 dots an inch."""

    dpi: int = 200
    ground: tuple[int, int, int] = (250, 249, 246)

    def __post_init__(self) -> None:
        from PIL import Image

        self.image = Image.new("RGB", (round(8.27 * self.dpi), round(11.69 * self.dpi)), self.ground)

    def write(
        self, x: float, y: float, text: str, size: float = 13, style: str = "", ink: Any = (20, 20, 30)
    ) -> Paper:
        from PIL import ImageDraw, ImageFont

        scale = self.dpi / 72
        face = ImageFont.truetype(str(font_file(style)), round(size * scale))
        ImageDraw.Draw(self.image).text((x * scale, y * scale), text, font=face, fill=ink)
        return self

    def heading(self) -> Paper:
        self.write(60, 40, "ỦY BAN NHÂN DÂN", style="-Bold").write(60, 56, "TỈNH SÔNG LAM", style="-Bold")
        self.write(260, 40, "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", style="-Bold")
        return self.write(60, 84, "Số: 15/UBND-TH").write(300, 84, "Sông Lam, ngày 05 tháng 3 năm 2024")

    def body(self, top: float = 240, lines: tuple[str, ...] = BODY) -> Paper:
        for row, text in enumerate(lines):
            self.write(70, top + 20 * row, text)
        return self

    def rule(self, x0: float, y0: float, x1: float, y1: float) -> Paper:
        from PIL import ImageDraw

        scale = self.dpi / 72
        ImageDraw.Draw(self.image).line([v * scale for v in (x0, y0, x1, y1)], fill=(20, 20, 30), width=3)
        return self

    def stamp(
        self, text: str, x: float, y: float, angle: float = 0, ink: tuple[int, int, int] = (200, 40, 50)
    ) -> Paper:
        """A framed stamp of one line."""
        from PIL import Image, ImageDraw, ImageFont

        face = ImageFont.truetype(str(font_file("-Bold")), round(15 * self.dpi / 72))
        width = round(face.getlength(text))
        stamp = Image.new("RGBA", (width + 60, round(15 * self.dpi / 72) + 50))
        pen = ImageDraw.Draw(stamp)
        pen.rectangle((3, 3, stamp.width - 4, stamp.height - 4), outline=(*ink, 230), width=4)
        pen.text((30, 18), text, font=face, fill=(*ink, 230))
        return self._press(stamp, x, y, angle)

    def seal(self, x: float, y: float, text: str = "SỞ NỘI VỤ") -> Paper:
        """A round red seal, 100 points across."""
        from PIL import Image, ImageDraw, ImageFont

        side = round(100 * self.dpi / 72)
        seal = Image.new("RGBA", (side, side))
        pen = ImageDraw.Draw(seal)
        for inset in (3, 20):
            pen.ellipse((inset, inset, side - inset, side - inset), outline=(205, 45, 55, 235), width=5)
        face = ImageFont.truetype(str(font_file("-Bold")), round(11 * self.dpi / 72))
        pen.text((side * 0.2, side * 0.42), text, font=face, fill=(205, 45, 55, 235))
        return self._press(seal, x, y, 8)

    def _press(self, stamp: Any, x: float, y: float, angle: float) -> Paper:
        from PIL.Image import Resampling

        turned = stamp.rotate(angle, Resampling.BICUBIC, expand=True)
        self.image.paste(turned, (round(x * self.dpi / 72), round(y * self.dpi / 72)), turned)
        return self

    def scanned(self, angle: float = 0.0, noise: float = 12.0) -> Any:
        """The picture, askew and grainy."""
        import numpy as np
        from PIL import Image
        from PIL.Image import Resampling

        turned = self.image.rotate(angle, Resampling.BICUBIC, fillcolor=self.ground)
        grain = np.random.default_rng(7).normal(0, noise, (turned.height, turned.width, 1))
        return Image.fromarray((np.asarray(turned) + grain).clip(0, 255).astype(np.uint8))


@pytest.fixture
def paper() -> Callable[..., Paper]:
    return Paper


def text_of(items: Any) -> str:
    """All words of a page's items, in order."""
    words = []
    for item in items:
        lines = (
            [item]
            if isinstance(item, Line)
            else [line for row in item.rows for cell in row if not cell.merged for line in cell.lines]
        )
        words += [line.text for line in lines]
    return " ".join(words)


@pytest.fixture(name="text_of")
def _text_of() -> Callable[[Any], str]:
    return text_of


@pytest.fixture(name="document")
def _document() -> Callable[..., SourceDocument]:
    return document


@pytest.fixture(scope="session")
def plain_pdf() -> bytes:
    """A small sound PDF of two pages with a table."""
    paper = Pdf().write(80, 100, "Giao Sở Tài chính chủ trì")
    for y in (200, 230, 260):
        paper.rule(80, y, 400, y)
    for x in (80, 200, 400):
        paper.rule(x, 200, x, 260)
    paper.write(90, 220, "STT").write(210, 220, "Việc").turn_page()
    return paper.write(80, 100, "Trang hai").done().content
