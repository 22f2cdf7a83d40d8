"""How far the reading is, is told page by page; in a packet the pages of its files are counted together."""

from __future__ import annotations

import io
import zipfile

from PIL import Image

from pipeline.progress import Stage, Step
from pipeline.read import open_source, read


def tiff(pages: int) -> bytes:
    frames = [Image.new("1", (300, 400), 1) for _ in range(pages)]
    out = io.BytesIO()
    frames[0].save(out, "TIFF", save_all=True, append_images=frames[1:], dpi=(40, 40))
    return out.getvalue()


def told(name: str, content: bytes) -> list[Step]:
    heard: list[Step] = []
    read(open_source(name, content), tell=heard.append)
    return heard


def test_a_page_is_told_as_it_is_begun():
    assert told("a.tif", tiff(3)) == [Step(Stage.PAGES, page, 3) for page in range(3)]


def test_a_packet_counts_on():
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as packet:
        packet.writestr("1.txt", "Giao Sở Y tế rà soát các trạm y tế xã, báo cáo trước ngày 15/3/2026.")
        packet.writestr("2.tif", tiff(2))
    assert told("a.zip", out.getvalue()) == [Step(Stage.PAGES, 1, 3), Step(Stage.PAGES, 2, 3)]
