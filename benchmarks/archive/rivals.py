"""What a user would take instead for the mere reading, on the same files and as many processes.

`docling` and `ocrmypdf` are no dependencies: `--rivals` names a Python that has them. Of docling only the
text layer is read, since its models must be downloaded. Each rival runs as a program of its own:

    PYTHON rivals.py docling|pdfplumber PROCESSES FILE…

which imports nothing of this project and prints seconds, without the start.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path


def seconds_of(python: str, rival: str, files: Sequence[Path], processes: int) -> float | None:
    """Seconds of a rival for the files; None where `python` lacks it."""
    if subprocess.run([python, "-c", f"import {rival}"], capture_output=True, check=False).returncode:
        return None
    if rival == "ocrmypdf":
        return _ocrmypdf(python, files, processes)
    command = [python, __file__, rival, str(processes), *map(str, files)]
    done = subprocess.run(command, capture_output=True, text=True, check=True, env=_one_core())
    return float(done.stdout.splitlines()[-1])


def _ocrmypdf(python: str, files: Sequence[Path], processes: int) -> float:
    """Its own way of using several cores: pages side by side."""
    with tempfile.TemporaryDirectory() as folder:
        out = ["--sidecar", f"{folder}/text", "--output-type", "pdf", "--optimize", "0"]
        started = time.perf_counter()
        for path in files:
            command = [python, "-m", "ocrmypdf", "-l", "vie", "--force-ocr", "--jobs", str(processes), *out]
            subprocess.run(
                [*command, str(path), f"{folder}/out.pdf"], capture_output=True, check=True, env=_one_core()
            )
        return time.perf_counter() - started


def _one_core() -> dict[str, str]:
    return dict(os.environ) | {"OMP_NUM_THREADS": "1", "OMP_THREAD_LIMIT": "1"}


def _pdfplumber(path: str) -> int:
    import pdfplumber

    with pdfplumber.open(path) as document:
        return sum(len(page.extract_text()) for page in document.pages)


def _docling(path: str) -> int:
    from docling.backend.docling_parse_backend import DoclingParseDocumentBackend
    from docling.datamodel.base_models import InputFormat
    from docling.datamodel.document import InputDocument

    read = InputDocument(
        path_or_stream=Path(path), format=InputFormat.PDF, backend=DoclingParseDocumentBackend, filename=path
    )
    return sum(len(cell.text) for page in read._backend.iter_pages() for cell in page.get_text_cells())


def _main() -> None:
    rival, processes, files = sys.argv[1], int(sys.argv[2]), sys.argv[3:]
    way = {"pdfplumber": _pdfplumber, "docling": _docling}[rival]
    with ProcessPoolExecutor(processes) as pool:
        list(pool.map(way, files[:1] * processes))  # the libraries are loaded
        started = time.perf_counter()
        list(pool.map(way, files))
        print(time.perf_counter() - started)


if __name__ == "__main__":
    _main()
