"""`make bench-archive`: pages a second of an archive, by one process, two and Dask, beside its rivals.

    python -m benchmarks.archive [--born N] [--steady N] [--scan-pages N] [--side-by-side N]
                                 [--words N] [--shared DIR] [--folder DIR] [--rivals PYTHON] [--no-dask]

Text: `--born` generated PDFs and the real old Word files beside the project. Scans: the samples' and real
ones, up to `--scan-pages`. Efficiency is the gain by the second process, 1 where it doubles the pace; for
Dask against one process of ours. Overhead is a run whose reader does nothing. Memory is that of all processes
over at least `--steady` documents. Rivals read the first `--side-by-side` files and the scans by two
processes, as we do: of text the pages alone, of scans we with all that we find on them (rivals.py). Every
figure is of a run on a new store of SQLite. The last line is JSON; a figure that was not measured is null.
"""

from __future__ import annotations

import argparse
import json
import sys
import tempfile
from importlib.util import find_spec
from pathlib import Path

from benchmarks.archive.files import born, linked, scans_of, some, words_of
from benchmarks.archive.rivals import seconds_of
from benchmarks.archive.run import Run, measured

ROOT = Path(__file__).resolve().parents[2]
NOTHING = "benchmarks.archive.readers:nothing"
PAGES = "benchmarks.archive.readers:pages_alone"
ONE, TWO, DASK = "processes:1", "processes:2", "dask://local:2"


def main() -> int:
    options = _options()
    with tempfile.TemporaryDirectory(prefix="dondoc-archive-", dir=options.folder) as name:
        figures = Bench(Path(name), options).figures()
    print(json.dumps(figures))
    return 0


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="make bench-archive", description=(__doc__ or "").split("\n", 1)[0])
    parser.add_argument("--born", type=int, default=20_000)
    parser.add_argument("--steady", type=int, default=5_000)
    parser.add_argument("--words", type=int, help="old Word files; without it all")
    parser.add_argument("--scan-pages", type=int, default=60)
    parser.add_argument("--side-by-side", type=int, default=200)
    parser.add_argument("--shared", type=Path, default=ROOT.parent / "shared")
    parser.add_argument("--folder", type=Path, help="where files are made; without it the system's")
    parser.add_argument("--rivals", default=sys.executable, metavar="PYTHON")
    parser.add_argument("--no-dask", action="store_true")
    return parser.parse_args()


class Bench:
    """The runs, one after the other, each told as it ends."""

    def __init__(self, folder: Path, options: argparse.Namespace) -> None:
        self._folder = folder
        self._options = options

    def figures(self) -> dict[str, float | None]:
        """Everything, as the last line tells it."""
        options = self._options
        made = born(self._folder / "made", max(options.born, options.steady))
        text = some(made, self._folder / "text", options.born)
        one, two = self._told("text", text, ONE), self._told("text", text, TWO)
        dask = None if options.no_dask or not find_spec("distributed") else self._told("text", text, DASK)
        scans = linked(self._scans(), self._folder / "scans")
        slow, quick = self._told("scans", scans, ONE), self._told("scans", scans, TWO)
        if (options.shared / "archive").is_dir():
            words = linked(words_of(options.shared / "archive")[: options.words], self._folder / "words")
            self._told("old Word files", words, ONE)
            self._told("old Word files", words, TWO)
        idle = self._told("nothing read", some(text, self._folder / "idle", 2000), ONE, NOTHING)
        steady = two if options.steady <= options.born else self._steady(made)
        self._side_by_side(text, scans, two, quick)
        return {
            "pages_per_second_text": round(two.pages_per_second, 2),
            "pages_per_second_scan": round(quick.pages_per_second, 3),
            "efficiency_2_processes_text": round(one.seconds / two.seconds / 2, 3),
            "efficiency_2_processes_scan": round(slow.seconds / quick.seconds / 2, 3),
            "efficiency_dask_text": round(one.seconds / dask.seconds / 2, 3) if dask else None,
            "overhead_ms_per_document": round(1000 * idle.seconds / idle.files, 2),
            "memory_growth": round(steady.growth, 3),
        }

    def _told(self, what: str, folder: Path, engine: str, reader: str | None = None) -> Run:
        run = measured(folder, engine, reader) if reader else measured(folder, engine)
        print(
            f"{what:<16} {engine:<14} {run.files} files ({run.failed} failed), {run.pages} pages in "
            f"{run.seconds:.1f} s: {run.files / run.seconds:.2f} files, {run.pages_per_second:.2f} pages "
            f"a second; {max(run.memory, default=0) / 2**20:.0f} MB at most",
            flush=True,
        )
        return run

    def _scans(self) -> list[Path]:
        samples, shared = ROOT / "data" / "samples" / "sources", self._options.shared
        real = [shared / "archive", shared / "gold" / "train" / "sources"]
        return scans_of([*real, samples], self._options.scan_pages)

    def _steady(self, made: Path) -> Run:
        return self._told("steady", some(made, self._folder / "steady", self._options.steady), TWO)

    def _side_by_side(self, text: Path, scans: Path, ours: Run, ours_scans: Run) -> None:
        files = sorted(text.iterdir())[: self._options.side_by_side]
        few = self._told("pages alone", some(text, self._folder / "few", len(files)), TWO, PAGES)
        for rival in ("pdfplumber", "docling"):
            if seconds := seconds_of(self._options.rivals, rival, files, 2):
                pace = few.pages / seconds
                print(
                    f"{rival:<16} {pace:.2f} pages a second of text; "
                    f"dondoc {few.pages_per_second / pace:.2f} times"
                )
        if seconds := seconds_of(self._options.rivals, "ocrmypdf", sorted(scans.iterdir()), 2):
            pace = ours_scans.pages / seconds
            ratio = ours_scans.pages_per_second / pace
            print(f"{'ocrmypdf':<16} {pace:.3f} pages a second of scans; dondoc {ratio:.2f} times")


if __name__ == "__main__":
    sys.exit(main())
