"""Turns typeset pages into scans: picture, noise, skew, a red stamp; as PDF, PNG or TIFF."""

from __future__ import annotations

import io
import math
import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import pypdfium2 as pdfium
from PIL import Image, ImageDraw, ImageFilter, ImageFont
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas

from scripts.make_samples.fonts import typeface
from scripts.make_samples.model import Sample

_RED = (200, 30, 45)
_BLUE = (30, 45, 140)


@dataclass(frozen=True, slots=True)
class Look:
    """How a scan looks: dots an inch, turn in degrees, noise's deviation, JPEG quality."""

    dpi: int = 150
    skew: float = 0.8
    noise: float = 9.0
    quality: int = 42
    stamp: str = ""
    grey: bool = False


def look_of(sample: Sample) -> Look:
    """The look that the sample's options ask for."""
    options: Any = sample.options
    return Look(
        dpi=int(options.get("dpi", 150)),
        skew=float(options.get("skew", 0.8)),
        noise=float(options.get("noise", 9.0)),
        quality=int(options.get("quality", 42)),
        stamp=str(options.get("stamp", "")),
        grey=bool(options.get("grey", False)),
    )


def _font(size: int, style: str = "bold") -> Any:
    return ImageFont.truetype(str(typeface()[style]), size)


def _stamp(text: str, diameter: int) -> Image.Image:
    """A round red stamp with `text` along its rim and a star."""
    size = diameter * 2
    seal = Image.new("RGBA", (size, size), (0, 0, 0, 0))
    draw, centre = ImageDraw.Draw(seal), size / 2
    for inset, width in ((4, 8), (size * 0.17, 4)):
        draw.ellipse((inset, inset, size - inset, size - inset), outline=(*_RED, 255), width=width)
    star = [
        (
            centre + size * (0.13 if n % 2 == 0 else 0.055) * math.sin(n * math.pi / 5),
            centre - size * (0.13 if n % 2 == 0 else 0.055) * math.cos(n * math.pi / 5),
        )
        for n in range(10)
    ]
    draw.polygon(star, fill=(*_RED, 255))
    for index, char in enumerate(text):
        angle = -135 + 270 * (index + 0.5) / len(text)
        glyph = Image.new("RGBA", (size, size), (0, 0, 0, 0))
        ImageDraw.Draw(glyph).text(
            (centre, size * 0.085), char, font=_font(int(size * 0.075)), fill=(*_RED, 255), anchor="mm"
        )
        seal.alpha_composite(glyph.rotate(-angle, resample=Image.Resampling.BICUBIC))
    seal = seal.resize((diameter, diameter), Image.Resampling.LANCZOS)
    seal.putalpha(seal.getchannel("A").point(lambda a: int(a * 0.82)))
    return seal


def _signed(page: Image.Image, at: tuple[float, float], text: str, dpi: int) -> None:
    """Puts a signature's stroke and the stamp over it at `at` (share of the page)."""
    x, y = page.width * at[0], page.height * at[1]
    unit = dpi / 25.4
    points = [(x + unit * (n - 4), y + unit * 5 * math.sin(n * 1.9) * (1 - n / 26)) for n in range(24)]
    ImageDraw.Draw(page).line(points, fill=_BLUE, width=max(2, int(unit * 0.45)), joint="curve")
    seal = _stamp(text, int(unit * 36))
    page.paste(seal, (int(x - unit * 30), int(y - unit * 18)), seal)


def _marked(page: Image.Image, text: str, dpi: int) -> None:
    """The secrecy mark: red letters in a red frame under the number."""
    unit = dpi / 25.4
    box = (unit * 31, unit * 50, unit * 57, unit * 60)
    draw = ImageDraw.Draw(page)
    draw.rectangle(box, outline=_RED, width=int(unit * 0.8))
    draw.text(
        ((box[0] + box[2]) / 2, (box[1] + box[3]) / 2),
        text,
        font=_font(int(unit * 7)),
        fill=_RED,
        anchor="mm",
    )


def _written(page: Image.Image, words: Sequence[tuple[str, float, float]], dpi: int) -> None:
    """Words written by hand in blue at points from the top left."""
    for text, x, y in words:
        slip = Image.new("RGBA", (int(dpi * 1.2), int(dpi * 0.5)), (0, 0, 0, 0))
        font = _font(int(dpi * 0.25), "bolditalic")
        ImageDraw.Draw(slip).text((dpi * 0.6, dpi * 0.25), text, font=font, fill=(*_BLUE, 230), anchor="mm")
        slip = slip.rotate(6, resample=Image.Resampling.BICUBIC)
        page.paste(slip, (int(x * dpi / 72 - dpi * 0.6), int(y * dpi / 72 - dpi * 0.25)), slip)


def _worn(page: Image.Image, look: Look, seed: int) -> Image.Image:
    """The page turned a little, blurred and with grain; the same for the same seed."""
    generator = np.random.default_rng(seed)
    turn = look.skew if seed % 2 else -look.skew
    turned = page.rotate(turn, resample=Image.Resampling.BICUBIC, fillcolor=(250, 249, 246))
    soft = turned.filter(ImageFilter.GaussianBlur(0.45))
    grain = generator.normal(0, look.noise, (page.height, page.width, 1))
    worn = np.clip(np.asarray(soft, dtype=np.float32) * 0.97 + grain, 0, 255).astype(np.uint8)
    worn[generator.random((page.height, page.width)) < 0.0004] = 60
    image = Image.fromarray(worn)
    return image.convert("L") if look.grey else image


def _seal_place(pdf: bytes, page_index: int, name: str) -> tuple[float, float] | None:
    """Where the signer's name stands on a page (share of width and height), a little above it."""
    with pdfium.PdfDocument(pdf) as document:
        page = document[page_index]
        found = page.get_textpage().search(name, match_case=True)
        last = None
        while (hit := found.get_next()) is not None:
            last = hit
        if last is None or not name:
            return None
        x0, y0, *_ = page.get_textpage().get_charbox(last[0])
        width, height = page.get_size()
        return (x0 + 40) / width, 1 - (y0 + 42) / height


def pictures(sample: Sample, pdf: bytes) -> list[Image.Image]:
    """The PDF's pages as worn scans with stamp, secrecy mark and handwriting."""
    look, pages = look_of(sample), []
    with pdfium.PdfDocument(pdf) as document:
        for index in range(len(document)):
            page = document[index].render(scale=look.dpi / 72).to_pil().convert("RGB")
            place = _seal_place(pdf, index, sample.heading.signer)
            if place and look.stamp:
                _signed(page, place, look.stamp, look.dpi)
            if index == 0:
                _first_page(page, sample, look)
            seed = int.from_bytes(sample.id.encode()[-4:], "big") * 10 + index
            pages.append(_worn(page, look, seed))
    return pages


def _first_page(page: Image.Image, sample: Sample, look: Look) -> None:
    if sample.heading.secrecy:
        _marked(page, sample.heading.secrecy, look.dpi)
    hand: Any = sample.options.get("hand", [])
    _written(page, [(str(text), float(x), float(y)) for text, x, y in hand], look.dpi)


def _jpeg(page: Image.Image, quality: int) -> io.BytesIO:
    out = io.BytesIO()
    page.save(out, "JPEG", quality=quality, optimize=True)
    out.seek(0)
    return out


def as_pdf(sample: Sample, pages: Sequence[Image.Image], layer: str = "") -> bytes:
    """An image-only PDF; `layer` is printed on every page as text, as a web site's watermark is."""
    look, out = look_of(sample), io.BytesIO()
    canvas = Canvas(out, invariant=1)
    canvas.setProducer("dondoc samples")
    for page in pages:
        width, height = page.width * 72 / look.dpi, page.height * 72 / look.dpi
        canvas.setPageSize((width, height))
        canvas.drawImage(ImageReader(_jpeg(page, look.quality)), 0, 0, width, height)
        if layer:
            canvas.setFont("Helvetica", 8)
            canvas.drawString(24, 14, layer)
        canvas.showPage()
    canvas.save()
    return out.getvalue()


def as_png(pages: Sequence[Image.Image], dpi: int) -> bytes:
    """The first page as PNG, in 32 colours to keep it small."""
    out = io.BytesIO()
    pages[0].quantize(32, Image.Quantize.MAXCOVERAGE, dither=Image.Dither.NONE).save(
        out, "PNG", optimize=True, dpi=(dpi, dpi)
    )
    return out.getvalue()


def as_jpeg(pages: Sequence[Image.Image], look: Look) -> bytes:
    """The first page as JPEG, as a telephone's camera gives it."""
    out = io.BytesIO()
    pages[0].save(out, "JPEG", quality=look.quality, optimize=True, dpi=(look.dpi, look.dpi))
    return out.getvalue()


def as_tiff(pages: Sequence[Image.Image], dpi: int) -> bytes:
    """All pages as one TIFF, black and white as from a fax."""
    out = io.BytesIO()
    black = [page.convert("L").point(lambda v: 255 if v > 150 else 0).convert("1") for page in pages]
    black[0].save(out, "TIFF", save_all=True, append_images=black[1:], compression="group4", dpi=(dpi, dpi))
    return out.getvalue()


def mixed(sample: Sample, pdf: bytes, scanned: Sequence[int]) -> bytes:
    """The PDF with the pages `scanned` (from 0) replaced by scans; pages as they are otherwise."""
    pages = pictures(sample, pdf)
    scans = as_pdf(sample, [pages[index] for index in scanned])
    with (
        pdfium.PdfDocument.new() as joined,
        pdfium.PdfDocument(pdf) as text,
        pdfium.PdfDocument(scans) as scan,
    ):
        for index in range(len(text)):
            if index in scanned:
                joined.import_pages(scan, [scanned.index(index)])
            else:
                joined.import_pages(text, [index])
        out = io.BytesIO()
        joined.save(out)
        return still(out.getvalue())


def still(pdf: bytes) -> bytes:
    """The same file with pdfium's time and random identifier fixed, in as many bytes."""
    timed = re.sub(rb"(?<=CreationDate\(D:)\d{14}", b"20200101000000", pdf)
    return re.sub(
        rb"(?<=/ID\[)<[0-9A-F]{32}><[0-9A-F]{32}>", b"<" + b"0" * 32 + b"><" + b"0" * 32 + b">", timed
    )
