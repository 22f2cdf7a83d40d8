"""How well scans are read: `python -m benchmarks.ocr FOLDER` (FOLDER holds sources/ and labels/).

Prints, for the labelled scans, the share of the labelled tasks' and subjects' words that are read
rightly and in order, without and with spelling correction, and seconds of processor time a page; last
line is JSON.
"""

from __future__ import annotations

import difflib
import hashlib
import json
import re
import sys
import time
from collections.abc import Iterator, Sequence
from pathlib import Path

from models.ngrams import load
from models.spelling import heal
from pipeline.limits import Limits
from pipeline.read.ocr import tesseract
from pipeline.read.pdf import read_pdf
from pipeline.text import match_key
from pipeline.types import Line, Page, SourceDocument


def lines(page: Page) -> tuple[Line, ...]:
    found: list[Line] = []
    for item in page.items:
        if isinstance(item, Line):
            found.append(item)
        else:
            found += [line for row in item.rows for cell in row if not cell.merged for line in cell.lines]
    return tuple(found)


def words(text: str) -> list[str]:
    return re.findall(r"\w+", match_key(text))


def right(wanted: Sequence[str], read: Sequence[str]) -> int:
    """How many of the wanted words stand in `read` in order, where they stand closest together."""
    matcher = difflib.SequenceMatcher(None, wanted, read, autojunk=False)
    longest = matcher.find_longest_match()
    start = max(0, longest.b - longest.a - 5)
    window = read[start : start + len(wanted) + 30]
    blocks = difflib.SequenceMatcher(None, wanted, window, autojunk=False).get_matching_blocks()
    return sum(block.size for block in blocks)


def scans(folder: Path) -> Iterator[tuple[SourceDocument, list[list[str]]]]:
    for path in sorted((folder / "labels").glob("*.json")):
        label = json.loads(path.read_text(encoding="utf-8"))
        source = folder / "sources" / f"{path.stem}.pdf"
        if label["kind_of_source"] != "scan" or not source.is_file():
            continue
        content = source.read_bytes()
        texts = [task["text"] for task in label["tasks"]] + [label["document"].get("subject") or ""]
        digest = hashlib.sha256(content).hexdigest()
        document = SourceDocument(source.name, digest, "application/pdf", content)
        yield document, [words(text) for text in texts if len(text) > 10]


def main(folder: Path) -> None:
    engine, spelling, limits = tesseract(), load(), Limits()
    total = plain = healed = pages = 0
    seconds = 0.0
    for source, texts in scans(folder):
        started = time.process_time()
        reading = read_pdf(source, limits, engine)
        seconds += time.process_time() - started
        pages += len(reading.pages)
        raw = [line for page in reading.pages for line in lines(page)]
        read = words(" ".join(line.text for line in raw))
        mended = words(" ".join(line.text for line in heal(raw, spelling)))
        total += sum(map(len, texts))
        plain += sum(right(text, read) for text in texts)
        healed += sum(right(text, mended) for text in texts)
        print(f"{source.name:12} {len(reading.pages)} pages")
    if not total:
        print(f"no labelled scans in {folder}")
        return
    figures = {
        "words": total,
        "read_rightly": round(plain / total, 4),
        "after_spelling": round(healed / total, 4),
        "s_per_page": round(seconds / pages, 2),
    }
    print(json.dumps(figures))


if __name__ == "__main__":
    main(Path(sys.argv[1]))
