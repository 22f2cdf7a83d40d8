"""The text of scans as read, to be corrected by hand.

    python -m benchmarks.transcripts GOLD_DIR OUT_DIR [ID…]

In: a folder with `sources/`. Out: `OUT_DIR/ID.txt` of each PDF or picture that OCR reads, line by
line; what is there already is left as it is. `dondoc evaluate GOLD_DIR --corrected OUT_DIR` then compares.
"""

from __future__ import annotations

import sys
from pathlib import Path

from annotation.evaluation.corrected import transcript
from models.spelling import healed
from pipeline.read import open_source, read
from pipeline.read.ocr import tesseract
from pipeline.types import Origin

_PICTURED = {".pdf", ".png", ".jpg", ".jpeg", ".tif", ".tiff"}


def main() -> int:
    if len(sys.argv) < 3:
        print(__doc__)
        return 2
    folder, out, wanted = Path(sys.argv[1]) / "sources", Path(sys.argv[2]), set(sys.argv[3:])
    out.mkdir(parents=True, exist_ok=True)
    for path in sorted(folder.iterdir()):
        target = out / f"{path.stem}.txt"
        if path.suffix.lower() not in _PICTURED or target.exists() or (wanted and path.stem not in wanted):
            continue
        reading = read(open_source(path.name, path.read_bytes()), ocr=healed(tesseract()))
        if any(page.origin is Origin.OCR for page in reading.pages):
            target.write_text(transcript(reading), encoding="utf-8")
            print(target)
    return 0


if __name__ == "__main__":
    sys.exit(main())
