"""`make bench`: milliseconds a page for the whole path, beside bare text readers on the same files.

    python -m benchmarks.speed [--runs N] [--shared DIR]

Born-digital PDFs: a mix written on the spot and, where there, the real ones beside the project. Each figure
is the median of several runs; ours is from the bytes in this process to the record back from a warm child
that read none of them before. Then seconds a page of the sample scans, and the child's peak of memory on a
file of 200 pages. The last line is JSON.
"""

from __future__ import annotations

import argparse
import gc
import json
import statistics
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Sequence
from pathlib import Path

import psutil

from benchmarks import mix
from service.bootstrap import READER
from service.child import Child, Cleared
from service.reader import Part
from service.settings import Settings
from service.spool import Spool

ROOT = Path(__file__).resolve().parent.parent
SCANS = ("s13-chi-thi-tinh-uy.pdf", "s20-mua-le-hoi.pdf", "s40-chan-nuoi.pdf")  # 200 dots an inch
MOST_REAL_PAGES = 60
_WARMING = ROOT / "data" / "samples" / "sources" / "s01-de-dieu.pdf"


def main() -> int:
    parser = argparse.ArgumentParser(prog="make bench", description=(__doc__ or "").split("\n", 1)[0])
    parser.add_argument("--runs", type=int, default=5)
    parser.add_argument("--shared", type=Path, default=ROOT.parent / "shared")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        spool = Spool(Path(folder) / "spool")
        child = Child(Settings(), READER, spool)
        try:
            figures = _measure(Path(folder), child, options)
        finally:
            child.close()
            spool.close()
    print(json.dumps(figures))
    return 0


def _measure(folder: Path, child: Child, options: argparse.Namespace) -> dict[str, float | None]:
    made = [path.read_bytes() for path in mix.make(folder)]
    real = [path.read_bytes() for path in _born_digital(options.shared)]
    print(f"mix: {len(made)} files, {_pages(made)} pages, {_tabled():.0%} with ruled tables; ", end="")
    print(f"real: {len(real)} files, {_pages(real)} pages")
    files = made + real
    pages = _pages(files)
    ways = {"dondoc": Ours(child), "pdfplumber text": _pdfplumber, "pypdfium2 words": _pypdfium2}
    each = {name: _median(way, files, options.runs) for name, way in ways.items()}
    for name, seconds in each.items():
        print(f"{name:<16} {1000 * seconds / pages:7.2f} ms a page")
    if real:
        for name, way in ways.items():
            alone = _median(way, made, 3)
            print(f"{name:<16} {1000 * alone / _pages(made):7.2f} ms a page of the mix alone")
    whole, text, words = (1000 * seconds / pages for seconds in each.values())
    return {
        "ms_per_page": round(whole, 2),
        "pdfplumber_text_ms_per_page": round(text, 2),
        "pypdfium2_words_ms_per_page": round(words, 2),
        "ratio_to_pdfplumber_text": round(whole / text, 3),
        "ratio_to_pypdfium2_words": round(whole / words, 3),
        "ocr_s_per_page": _ocr(child),
        "peak_mb": _peak(folder, child),
    }


def _median(way: Callable[[bytes], None], files: Sequence[bytes], runs: int) -> float:
    """Seconds for all files, median of the runs after a first one that is not counted."""
    seconds = []
    for run in range(runs + 1):
        if isinstance(way, Ours):
            way.forget()
        gc.collect()
        started = time.perf_counter()
        for content in files:
            way(content)
        if run:
            seconds.append(time.perf_counter() - started)
    return statistics.median(seconds)


class Ours:
    """The whole path; what a child remembers of clauses it read must not spare it the next run."""

    def __init__(self, child: Child) -> None:
        self._child = child

    def forget(self) -> None:
        """Has a new child, warm from another document."""
        self._child.close()
        self(_WARMING.read_bytes())

    def __call__(self, content: bytes) -> None:
        answer = self._child.read([Part("a.pdf", content)])
        assert isinstance(answer, Cleared), answer


def _pdfplumber(content: bytes) -> None:
    import io

    import pdfplumber

    with pdfplumber.open(io.BytesIO(content)) as document:
        for page in document.pages:
            page.extract_text()


def _pypdfium2(content: bytes) -> None:
    """Words with their boxes: the least that a reader with places must do."""
    import pypdfium2

    document = pypdfium2.PdfDocument(content)
    for page in document:
        text_page = page.get_textpage()
        for at, char in enumerate(text_page.get_text_range()):
            if not char.isspace() and at < text_page.count_chars():
                text_page.get_charbox(at)
        text_page.close()
        page.close()
    document.close()


def _pages(files: Sequence[bytes]) -> int:
    import pypdfium2

    count = 0
    for content in files:
        document = pypdfium2.PdfDocument(content)
        count += len(document)
        document.close()
    return count


def _tabled() -> float:
    return sum(tables for _, tables in mix.DOCUMENTS) / sum(map(sum, mix.DOCUMENTS))


def _born_digital(shared: Path) -> list[Path]:
    """Real PDFs with a text layer on every page, in order of name, up to a number of pages."""
    chosen, pages = [], 0
    folders = [shared / "gold" / name / "sources" for name in ("dev", "train")] + [shared / "archive"]
    for path in (path for folder in folders if folder.is_dir() for path in sorted(folder.glob("*.pdf"))):
        count = text_pages(path)
        if count and pages + count <= MOST_REAL_PAGES:
            chosen.append(path)
            pages += count
    return chosen


def text_pages(path: Path) -> int:
    """The pages of a born-digital file, 0 for any other: text on each, and no picture that fills one."""
    import pypdfium2
    from pypdfium2.raw import FPDF_PAGEOBJ_IMAGE

    try:
        document = pypdfium2.PdfDocument(path)
        for page in document:
            width, height = page.get_size()
            if page.get_textpage().count_chars() < 200:
                return 0
            for image in page.get_objects(filter=[FPDF_PAGEOBJ_IMAGE]):
                left, bottom, right, top = image.get_bounds()
                if (right - left) * (top - bottom) > 0.5 * width * height:
                    return 0
        return len(document)
    except pypdfium2.PdfiumError:
        return 0


def _ocr(child: Child) -> float | None:
    """Seconds a page of the sample scans, one after another on one core; None without an OCR engine."""
    seconds, pages = 0.0, 0
    for name in SCANS:
        content = (ROOT / "data" / "samples" / "sources" / name).read_bytes()
        started = time.perf_counter()
        answer = child.read([Part(name, content)])
        if not isinstance(answer, Cleared):
            print(f"scans: skipped ({answer})")
            return None
        seconds += time.perf_counter() - started
        pages += len(answer.record["source"]["ocr_pages"])
    print(f"scans            {seconds / pages:7.2f} s a page ({pages} pages)")
    return round(seconds / pages, 2)


def _peak(folder: Path, child: Child) -> float:
    """The most memory that the child held while it read 200 pages, in MB (2**20 bytes)."""
    content = mix.write(folder / "long.pdf", 120, 80, 200).read_bytes()
    child.close()
    most, done = 0, threading.Event()

    def watch() -> None:
        nonlocal most
        while not done.wait(0.02):
            for process in psutil.Process().children(recursive=True):
                try:
                    most = max(most, process.memory_info().rss)
                except psutil.Error:
                    continue

    watcher = threading.Thread(target=watch)
    watcher.start()
    started = time.perf_counter()
    try:
        Ours(child)(content)
    finally:
        done.set()
        watcher.join()
    took = time.perf_counter() - started
    print(f"200 pages        {took:7.2f} s from a cold child, {most / 2**20:.0f} MB at most")
    return round(most / 2**20, 1)


if __name__ == "__main__":
    sys.exit(main())
