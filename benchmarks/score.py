"""`make score`: the scoreboard on labelled documents, read by the whole path as `dondoc extract` does.

    python -m benchmarks.score [--shared DIR] [--by-kind] [--by-document] [--worst N] [SET…]

In: folders `gold/SET/{labels,sources}` and the scorer `eval/score.py` of a folder beside the project.
Out: for each set the scorer's figures, for the documents that assign nothing how many stayed empty, and
as its last line the figures of `dev` as JSON. Nothing is kept between runs.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from service.bootstrap import READER
from service.child import Cleared, Refused
from service.extracting import Extractor, Wanted, wanted_from
from service.settings import Settings
from service.walk import Group

ROOT = Path(__file__).resolve().parent.parent
SETS = ("train", "dev")
Record = dict[str, Any]


@dataclass(frozen=True)
class Scored:
    """A set's labels by id and its records by id, with how long they took and what failed."""

    name: str
    labels: dict[str, Record]
    records: dict[str, Record]
    troubles: list[str]
    seconds: float


def main() -> int:
    options = _options()
    shared: Path = options.shared
    if not (shared / "gold").is_dir() or not (shared / "eval" / "score.py").is_file():
        print(f"score: skipped, no labelled documents beside the project ({shared.name}/gold)")
        return 0
    last: Record | None = None
    for name in options.sets or SETS:
        if not (shared / "gold" / name).is_dir():
            print(f"{name}: skipped, not there")
            continue
        figures = _report(_extracted(shared / "gold" / name, options.workers), shared, options)
        last = figures if last is None or name == "dev" else last
    if not options.sets:
        _negatives(shared, options.workers)
    print(json.dumps(last, ensure_ascii=False))
    return 0


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="make score", description=(__doc__ or "").split("\n", 1)[0])
    parser.add_argument("sets", nargs="*", metavar="SET", help="dev, train, … (default: all)")
    parser.add_argument("--shared", type=Path, default=ROOT.parent / "shared")
    parser.add_argument("--by-kind", action="store_true", help="figures for each kind of source")
    parser.add_argument("--by-document", action="store_true", help="a row a document")
    parser.add_argument(
        "--worst", type=int, default=0, metavar="N", help="the errors of the N worst documents"
    )
    parser.add_argument("--workers", type=int, default=Settings().workers)
    parser.add_argument("--keep", type=Path, help="write the records to this folder, a file a set")
    return parser.parse_args()


def _extracted(folder: Path, workers: int) -> Scored:
    labels = {}
    for path in sorted((folder / "labels").glob("*.json")):
        label = json.loads(path.read_text(encoding="utf-8"))
        labels[label.get("id") or path.stem] = label
    started = time.perf_counter()
    records: dict[str, Record] = {}
    troubles = []
    settings = Settings(workers=workers)
    with Extractor(settings, READER) as extractor:
        for document, answer in extractor.run(_sources(folder, labels)):
            match answer:
                case Cleared(record):
                    records[document.id] = record | {"id": document.id}
                case Refused(why):
                    troubles.append(f"{document.id}: refused ({why})")
                case failed:
                    troubles.append(f"{document.id}: {failed.message}")
    return Scored(folder.name, labels, records, troubles, time.perf_counter() - started)


def _sources(folder: Path, labels: dict[str, Record]) -> list[Wanted]:
    """The labelled files; several with one stem are a packet, directive first by name."""
    by_stem: dict[str, list[Path]] = {}
    for path in sorted((folder / "sources").iterdir()):
        by_stem.setdefault(path.stem, []).append(path)
    found = [Group(tuple(paths)) for stem, paths in by_stem.items() if stem in labels]
    return wanted_from(found)


def _report(scored: Scored, shared: Path, options: argparse.Namespace) -> Record:
    print(f"== {scored.name}: {len(scored.labels)} documents, {scored.seconds:.0f} s")
    for trouble in scored.troubles:
        print(f"   {trouble}")
    if options.keep:
        options.keep.mkdir(parents=True, exist_ok=True)
        _dump(scored.records.values(), options.keep / f"{scored.name}.jsonl")
    extra = [*(["--by-document"] if options.by_document else []), f"--worst={options.worst}"]
    print(_scorer(shared, scored, extra))
    if options.by_kind:
        _by_kind(shared, scored)
    figures: Record = json.loads(_scorer(shared, scored, ["--json"]))
    return figures


def _scorer(shared: Path, scored: Scored, extra: Sequence[str]) -> str:
    """What the scorer prints for the labels and records of `scored`."""
    with tempfile.TemporaryDirectory() as folder:
        gold = Path(folder) / "gold"
        gold.mkdir()
        for identifier, label in scored.labels.items():
            (gold / f"{identifier}.json").write_text(json.dumps(label), encoding="utf-8")
        predictions = Path(folder) / "predictions.jsonl"
        _dump(scored.records.values(), predictions)
        command = [sys.executable, str(shared / "eval" / "score.py"), str(gold), str(predictions), *extra]
        done = subprocess.run(command, capture_output=True, text=True, encoding="utf-8", check=True)
    return done.stdout.rstrip()


def _by_kind(shared: Path, scored: Scored) -> None:
    kinds = sorted({str(label.get("kind_of_source")) for label in scored.labels.values()})
    print(f"   {'':<14} docs  task  lead  deadline  complete  header  (F1)")
    for kind in kinds:
        labels = {key: one for key, one in scored.labels.items() if str(one.get("kind_of_source")) == kind}
        records = {key: one for key, one in scored.records.items() if key in labels}
        part = Scored(kind, labels, records, [], 0.0)
        figures = json.loads(_scorer(shared, part, ["--json"]))
        row = [figures[name]["f1"] for name in ("task", "lead", "deadline", "complete", "document")]
        print(f"   {kind:<14} {len(labels):>4}  " + "  ".join(f"{figure:.3f}" for figure in row))


def _negatives(shared: Path, workers: int) -> None:
    folder = shared / "gold" / "negatives"
    if not folder.is_dir():
        print("negatives: skipped, not there")
        return
    scored = _extracted(folder, workers)
    empty = [key for key, record in scored.records.items() if not record["tasks"]]
    print(f"== negatives: {len(empty)} of {len(scored.labels)} documents without tasks stayed empty")
    for trouble in scored.troubles:
        print(f"   {trouble}")
    for key, record in scored.records.items():
        if record["tasks"]:
            print(f"   {key}: {len(record['tasks'])} tasks")


def _dump(records: Any, path: Path) -> None:
    lines = [json.dumps(record, ensure_ascii=False) for record in records]
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")


if __name__ == "__main__":
    sys.exit(main())
