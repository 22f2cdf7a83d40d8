"""`make costs`: what a million pages take on 1, 10 and 100 machines, from measured seconds.

    python -m benchmarks.costs [--figures FILE] [--measure] [--cores N] [--price MONEY] [--claims N]

Figures are seconds of one core a page, by kind of file (benchmarks/costs.json, measured by `--measure`: the
samples and, where there, the real archive beside the project). A machine reads with all of its cores; the
ledger's database bounds how many documents a second all together can get. The last line is JSON.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import sys
import time
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
STANDARD = Path(__file__).parent / "costs.json"
PAGES = 1_000_000
MACHINES = (1, 10, 100)
KINDS = {"text": ("*.pdf",), "doc": ("*.doc", "*.DOC"), "scan": ("*.pdf", "*.PDF")}


@dataclass(frozen=True, slots=True)
class Figure:
    """One kind of file: seconds of a core a page, pages a document, and the documents' own seconds."""

    seconds_a_page: float
    pages_a_document: float
    documents: list[float]


Figures = Mapping[str, Figure]


@dataclass(frozen=True, slots=True)
class Fleet:
    """Machines of so many cores at a price a core-hour; `efficiency` is what of a core is left when all of a
    machine read, `documents` the most a second that the ledger's database gives out and takes back."""

    cores: int
    price: float
    efficiency: float
    documents: float


@dataclass(frozen=True, slots=True)
class Cost:
    """What the pages take; `bound` is by what: "reading" or "ledger"."""

    machines: int
    hours: float
    money: float
    bound: str


def read_figures(path: Path | None) -> Figures:
    """The figures of a file, or those that were measured with the project."""
    values = json.loads((path or STANDARD).read_text("utf-8"))
    return {kind: Figure(**one) for kind, one in values.items()}


def cost(figure: Figure, machines: int, fleet: Fleet, pages: int = PAGES) -> Cost:
    """Of so many pages on so many machines."""
    reading = pages * figure.seconds_a_page / (machines * fleet.cores * fleet.efficiency)
    ledger = pages / figure.pages_a_document / fleet.documents
    hours = max(reading, ledger) / 3600
    bound = "reading" if reading >= ledger else "ledger"
    return Cost(machines, hours, hours * machines * fleet.cores * fleet.price, bound)


def most_machines(figure: Figure, fleet: Fleet) -> int:
    """How many machines the ledger keeps busy."""
    a_machine = fleet.cores * fleet.efficiency / (figure.seconds_a_page * figure.pages_a_document)
    return max(1, int(fleet.documents / a_machine))


def drawn(figures: Figures, choice: random.Random, count: int) -> list[float]:
    """Seconds of so many documents, drawn from those that were measured, each kind as often."""
    kinds = sorted(figures)
    return [choice.choice(figures[choice.choice(kinds)].documents) for _ in range(count)]


def measure(shared: Path, most: int) -> dict[str, Figure]:
    """Reads files of each kind in this process, one after another; seconds are those of the processor, also
    of the programs that are called, so that what else the machine does is not counted."""
    from service.bootstrap import READER
    from service.reader import Part
    from service.settings import Settings

    module, _, name = READER.partition(":")
    reader = getattr(__import__(module, fromlist=[name]), name)(Settings())
    samples = ROOT / "data" / "samples" / "sources"
    reader([Part("warm.docx", next(samples.glob("*.docx")).read_bytes())])
    found: dict[str, Figure] = {}
    for kind, patterns in KINDS.items():
        times, pages = [], 0
        for path in _files(kind, patterns, samples, shared):
            if len(times) == most:
                break
            begun = _worked()
            try:
                record = reader([Part(path.name, path.read_bytes())])
            except Exception as error:
                print(f"{kind}: left out, {type(error).__name__}", file=sys.stderr)
                continue
            times.append(round(_worked() - begun, 4))
            pages += record["source"]["pages"]
        if times:
            found[kind] = Figure(round(sum(times) / pages, 4), round(pages / len(times), 2), times)
    return found


def _files(kind: str, patterns: Sequence[str], samples: Path, shared: Path) -> Iterable[Path]:
    """In an order that is drawn once and for all: the samples, and the real ones."""
    from benchmarks.speed import text_pages

    folders = (samples, shared / "archive")
    found = sorted({path for folder in folders for one in patterns for path in folder.glob(one)})
    random.Random(7).shuffle(found)
    for path in found:
        if path.suffix.lower() != ".pdf" or (kind == "text") == bool(text_pages(path)):
            yield path


def _worked() -> float:
    times = os.times()
    return times.user + times.system + times.children_user + times.children_system


def main() -> int:
    parser = argparse.ArgumentParser(prog="make costs", description=(__doc__ or "").split("\n", 1)[0])
    parser.add_argument("--figures", type=Path)
    parser.add_argument("--measure", action="store_true", help="measure anew; written to --figures")
    parser.add_argument("--most", type=int, default=12, help="files of a kind to measure")
    parser.add_argument("--cores", type=int, default=16, help="of a machine")
    parser.add_argument("--efficiency", type=float, default=0.9)
    parser.add_argument("--price", type=float, default=0.04, help="of a core-hour, US dollars")
    parser.add_argument("--claims", type=float, default=300.0, help="documents a second of the ledger")
    parser.add_argument("--shared", type=Path, default=ROOT.parent / "shared")
    options = parser.parse_args()
    if options.measure:
        begun = time.monotonic()
        figures: Figures = measure(options.shared, options.most)
        values = {kind: asdict(one) for kind, one in figures.items()}
        (options.figures or STANDARD).write_text(json.dumps(values, indent=1) + "\n", "utf-8")
        print(f"measured in {time.monotonic() - begun:.0f} s")
    figures = read_figures(options.figures)
    fleet = Fleet(options.cores, options.price, options.efficiency, options.claims)
    print(f"{PAGES:,} pages, machines of {fleet.cores} cores, {fleet.price} a core-hour")
    for kind, figure in figures.items():
        print(f"{kind}: {figure.seconds_a_page:.3f} s a page; up to {most_machines(figure, fleet)} machines")
        for machines in MACHINES:
            one = cost(figure, machines, fleet)
            print(f"  {machines:>4} machines {one.hours:9.2f} h {one.money:10.2f}  by {one.bound}")
    print(
        json.dumps({kind: [asdict(cost(one, at, fleet)) for at in MACHINES] for kind, one in figures.items()})
    )
    return 0


if __name__ == "__main__":
    sys.exit(main())
