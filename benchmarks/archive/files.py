"""The files that are read: born-digital directives made on the spot, and real ones beside the project."""

from __future__ import annotations

import shutil
from collections.abc import Iterable, Sequence
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path

from benchmarks import mix
from benchmarks.speed import text_pages

_SHAPES = ((1, 0), (2, 0), (2, 1), (3, 0))  # pages of prose, pages of tables


def born(folder: Path, count: int) -> Path:
    """A folder with `count` born-digital PDFs of one to three pages, each with a number of its own."""
    folder.mkdir(parents=True)
    with ProcessPoolExecutor() as pool:
        list(pool.map(_write, [folder] * count, range(count), chunksize=50))
    return folder


def some(folder: Path, into: Path, count: int) -> Path:
    """Links to the first `count` files of a folder, in a folder of their own."""
    return linked(sorted(folder.iterdir())[:count], into)


def linked(files: Iterable[Path], into: Path) -> Path:
    """A folder with the files; copied, since a link would be followed to where its neighbours lie."""
    into.mkdir(parents=True)
    for path in files:
        shutil.copyfile(path, into / path.name)
    return into


def words_of(archive: Path) -> list[Path]:
    """The old Word files of an archive."""
    return [path for path in sorted(archive.iterdir()) if path.suffix.lower() == ".doc"]


def scans_of(folders: Sequence[Path], most_pages: int) -> list[Path]:
    """PDFs without a text layer, of at most 12 pages, in order of name until `most_pages` are reached."""
    found, pages = [], 0
    for path in (path for folder in folders if folder.is_dir() for path in sorted(folder.glob("*.pdf"))):
        count = _pages(path)
        if not text_pages(path) and 0 < count <= 12 and pages + count <= most_pages:
            found.append(path)
            pages += count
    return found


def _pages(path: Path) -> int:
    import pypdfium2

    try:
        with pypdfium2.PdfDocument(path) as document:
            return len(document)
    except pypdfium2.PdfiumError:
        return 0


def _write(folder: Path, at: int) -> None:
    prose, tables = _SHAPES[at % len(_SHAPES)]
    mix.write(folder / f"chi-thi-{at:06d}.pdf", prose, tables, at, at + 1)
