"""Bounds on what one file may cost; service/settings.py fills them from the environment."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Limits:
    """Upper bounds: bytes of the file and of what it unpacks to, pages, pixels of one picture,
    seconds of one external program, dots an inch for OCR."""

    max_bytes: int = 200 * 2**20
    max_unpacked_bytes: int = 1 * 2**30
    max_unpack_ratio: int = 200
    max_pages: int = 2000
    max_ocr_pages: int = 300
    max_pixels: int = 120_000_000
    convert_seconds: float = 120.0
    ocr_dpi: int = 300
