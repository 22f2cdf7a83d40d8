"""`make score`: the scoreboard on labelled documents, read by the whole path as `dondoc extract` does.

    python -m benchmarks.score [--shared DIR] [--by-kind] [--by-document] [--worst N] [SET…]

In: folders `gold/SET/{labels,sources}` of a folder beside the project. Out: for each set its figures, for the
documents that assign nothing how many stayed empty, and as its last line the figures of `dev` as JSON
(docs/evaluation.md). Nothing is kept between runs.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from annotation.evaluation.comparing import Comparison
from annotation.evaluation.faults import faults, said
from annotation.evaluation.figures import figures, grouped, kind_of_source
from annotation.evaluation.gold import read_gold
from service.commands.figures import print_figures
from service.evaluating import Evaluated, evaluate
from service.settings import Settings

ROOT = Path(__file__).resolve().parent.parent
SETS = ("train", "dev")


def main() -> int:
    options = _options()
    shared: Path = options.shared
    if not (shared / "gold").is_dir():
        print(f"score: skipped, no labelled documents beside the project ({shared.name}/gold)")
        return 0
    last: dict[str, Any] | None = None
    for name in options.sets or SETS:
        if not (shared / "gold" / name / "labels").is_dir():
            print(f"{name}: skipped, not there")
            continue
        found = _report(_evaluated(shared / "gold" / name, options.workers), options)
        last = found if last is None or name == "dev" else last
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


def _evaluated(folder: Path, workers: int) -> Evaluated:
    return evaluate(read_gold(folder), Settings(workers=workers))


def _report(done: Evaluated, options: argparse.Namespace) -> Mapping[str, Any]:
    for trouble in done.troubles:
        print(f"   {trouble}")
    by = [name for name in ("document",) if options.by_document]
    print_figures(done, sys.stdout, by)
    if options.by_kind:
        _by_kind(done.compared)
    if options.worst:
        _worst(done.compared, options.worst)
    if options.keep:
        options.keep.mkdir(parents=True, exist_ok=True)
        lines = [json.dumps(one.record, ensure_ascii=False) for one in done.compared if one.record]
        (options.keep / f"{done.name}.jsonl").write_text("\n".join(lines) + "\n", encoding="utf-8")
    sys.stdout.flush()
    return figures(done.compared)


def _by_kind(compared: Sequence[Comparison]) -> None:
    print(f"   {'':<14} docs  task  lead  deadline  complete  header  (F1)")
    for kind, them in grouped(compared, kind_of_source).items():
        found = figures(them)
        row = [found[name]["f1"] for name in ("task", "lead", "deadline", "complete", "document")]
        print(f"   {kind:<14} {len(them):>4}  " + "  ".join(f"{figure:.3f}" for figure in row))


def _worst(compared: Sequence[Comparison], most: int) -> None:
    """The errors of the documents that lose most, a line each."""

    def lost(one: Comparison) -> int:
        return len(one.gold_tasks) + len(one.found_tasks) - 2 * sum(match.complete for match in one.matches)

    for one in sorted(compared, key=lost, reverse=True)[:most]:
        print(f"   {one.id}")
        for fault in faults(one):
            sides = (said(task)[:300] for task in (fault.gold, fault.found) if task is not None)
            print(f"      {', '.join(fault.kinds)}: {' | '.join(dict.fromkeys(sides))}")


def _negatives(shared: Path, workers: int) -> None:
    folder = shared / "gold" / "negatives"
    if not (folder / "labels").is_dir():
        print("negatives: skipped, not there")
        return
    done = _evaluated(folder, workers)
    counts = figures(done.compared)["documents"]
    print(f"== negatives: {counts['empty_left_empty']} of {counts['empty']} documents stayed empty")
    for trouble in done.troubles:
        print(f"   {trouble}")
    for one in done.compared:
        if one.found_tasks:
            print(f"   {one.id}: {len(one.found_tasks)} tasks")


if __name__ == "__main__":
    sys.exit(main())
