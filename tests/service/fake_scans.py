"""Scans that are blank, and a reader of them: the real way through the pages, an engine that plays back.

What each page says, and what it does to its reader, comes with the scan in a file of its own.
"""

from __future__ import annotations

import io
import json
import os
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from time import sleep
from typing import Any

from fake_readers import plain

from pipeline.errors import Reason, Unreadable
from pipeline.progress import Stage, Step, Tell, unheard
from pipeline.read import open_source
from pipeline.read import read as read_pages
from pipeline.read.packet import bundle
from pipeline.types import Box, Line, Word
from service.reader import Part, Reader
from service.settings import Settings


@dataclass(frozen=True)
class Recognised:
    """A page that an engine was given, and by which process."""

    page: int
    reader: int


class Scan:
    """A scan of so many pages. `page_3="abort"` kills the reader of that page, "hang" holds it, "once" kills
    the first that reads it, "nap" takes a second, "huge" is too large; anything else is what the page
    says."""

    def __init__(self, folder: Path, pages: int, kind: str = "PDF", **told: str) -> None:
        self._log = folder / "recognised"
        self._told = {key.removeprefix("page_"): value for key, value in told.items()}
        self._name, self._content = f"scan.{kind.lower()}", _blank(pages, kind)

    @property
    def parts(self) -> list[Part]:
        told = {"log": str(self._log), "told": self._told}
        return [Part(self._name, self._content), Part("told.json", json.dumps(told).encode())]

    @property
    def recognised(self) -> list[Recognised]:
        """The pages that were recognised, in order."""
        lines = self._log.read_text().splitlines() if self._log.exists() else []
        return [Recognised(*map(int, line.split())) for line in lines]

    @property
    def pages(self) -> list[int]:
        return [one.page for one in self.recognised]


def packet(folder: Path, *pages: int, **told: str) -> list[Part]:
    """Scans that are one document; pages are counted through."""
    scans = [Scan(folder, count, **told).parts for count in pages]
    return [*(scan[0] for scan in scans), scans[0][1]]


def _blank(pages: int, kind: str) -> bytes:
    from PIL import Image

    # Each page its own grey: files that differ in nothing would be one.
    sheets = [Image.new("RGB", (400, 560), (255, 255, 255 - number - pages)) for number in range(pages)]
    out = io.BytesIO()
    sheets[0].save(out, kind, save_all=True, append_images=sheets[1:])
    return out.getvalue()


class _Engine:
    """Knows by the steps which page it is given."""

    def __init__(self, told: dict[str, str], log: Path, tell: Tell) -> None:
        self._told, self._log, self._tell = told, log, tell
        self._page = 0

    def hear(self, step: Step) -> None:
        if step.stage is Stage.PAGES:
            self._page = step.page + 1
        self._tell(step)

    def __call__(self, image: object, dpi: float) -> tuple[Line, ...]:
        before = self._log.read_text() if self._log.exists() else ""
        with self._log.open("a") as log:
            log.write(f"{self._page} {os.getpid()}\n")
        says = self._told.get(str(self._page), f"Trang {self._page}")
        if says == "abort" or (says == "once" and f"\n{self._page} " not in f"\n{before}"):
            os.abort()
        if says == "huge":
            raise Unreadable(Reason.TOO_MANY_PIXELS, "trang quá lớn (too many pixels)")
        if says in ("hang", "nap"):
            sleep(600 if says == "hang" else 1)
        places = enumerate(says.split())
        return (
            Line(tuple(Word(word, Box(72 + 40 * at, 60, 105 + 40 * at, 73), 13.0) for at, word in places)),
        )


def reader(settings: Settings) -> Reader:
    """Reads a `Scan`: as `fake_readers.plain` what its pages say, a line each; the record has `pages` too."""

    def read(parts: Sequence[Part], tell: Tell = unheard) -> dict[str, Any]:
        *scans, told = parts
        asked = json.loads(told.content)
        engine = _Engine(asked["told"], Path(asked["log"]), tell)
        sources = [open_source(part.name, part.content) for part in scans]
        source = sources[0] if len(sources) == 1 else bundle(sources)
        tell(Step(Stage.OPENING))
        reading = read_pages(source, limits=settings.limits, ocr=engine, tell=engine.hear)
        tell(Step(Stage.TASKS))
        pages = [" ".join(item.text for item in page.items) for page in reading.pages]
        record = plain(settings)([Part(parts[0].name, "\n".join(pages).encode())])
        record["document"]["secrecy"] = reading.secrecy.value
        record["issues"] += [{"stage": one.stage, "message": one.message} for one in reading.issues]
        return record | {"pages": pages}

    return read
