"""The figures of docs/evaluation.md, as Markdown: dev, the part of train that rules were written against, and
the third of it that was kept back.

    python -m benchmarks.standing [--shared DIR] [--kept DIR] [--into docs/evaluation.md]

Reads the labelled documents beside the project, or takes the records that `make score ARGS="--keep DIR"`
wrote (`DIR/dev.jsonl`, `DIR/train.jsonl`). `--into` puts the tables between the marks of a page.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Sequence
from pathlib import Path

from annotation.evaluation.comparing import Comparison, compare
from annotation.evaluation.faults import faults
from annotation.evaluation.gold import Gold, read_gold
from annotation.evaluation.summary import Group, Summary, summarise
from service.evaluating import evaluate
from service.settings import Settings

ROOT = Path(__file__).resolve().parent.parent
BEGIN, END = "<!-- figures: python -m benchmarks.standing --into -->", "<!-- /figures -->"
ASKED = {  # figure → asked on dev, on documents kept back
    "task": (0.92, 0.90),
    "lead": (0.90, 0.88),
    "cooperator": (0.90, 0.85),
    "deadline": (0.88, 0.88),
    "complete": (0.78, 0.75),
    "document": (0.96, 0.94),
    "nature": (0.80, 0.75),
    "field": (0.75, 0.70),
}
KINDS = {
    "missed": "missed",
    "false": "false",
    "text": "words",
    "leads": "leads",
    "cooperators": "cooperators",
    "deadline": "deadline",
    "class": "class",
    "header": "header",
    "evidence": "boxes",
}


def main() -> int:
    """Prints the tables, or puts them into a page."""
    options = _options()
    gold = options.shared / "gold"
    if not (gold / "dev" / "labels").is_dir():
        print(f"standing: skipped, no labelled documents beside the project ({options.shared.name}/gold)")
        return 0
    dev, train = (_compared(read_gold(gold / name), options.kept) for name in ("dev", "train"))
    known, aside = parted(train)
    text = tables({"dev": dev, "train, two thirds": known, "train, third kept back": aside})
    text += _negatives(gold / "negatives", options.kept)
    if options.into is None:
        print(text)
        return 0
    options.into.write_text(placed(options.into.read_text(encoding="utf-8"), text), encoding="utf-8")
    return 0


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="standing", description=(__doc__ or "").split("\n\n", 1)[0])
    parser.add_argument("--shared", type=Path, default=ROOT.parent / "shared")
    parser.add_argument("--kept", type=Path, help="records of an earlier run, SET.jsonl")
    parser.add_argument("--into", type=Path, help="the page whose tables are put anew")
    return parser.parse_args()


def _compared(gold: Gold, kept: Path | None) -> list[Comparison]:
    if kept is None:
        done = evaluate(gold, Settings())
        for trouble in done.troubles:
            print(trouble, file=sys.stderr)
        return list(done.compared)
    lines = (kept / f"{gold.name}.jsonl").read_text(encoding="utf-8").splitlines()
    records = {record["id"]: record for record in map(json.loads, lines)}
    return [compare(name, label, records.get(name)) for name, label in gold.labels.items()]


def _negatives(folder: Path, kept: Path | None) -> str:
    """A line on the further documents that assign nothing; "" where there are none."""
    if not (folder / "labels").is_dir() or (kept and not (kept / f"{folder.name}.jsonl").is_file()):
        return ""
    counts = summarise(_compared(read_gold(folder), kept), []).whole.figures["documents"]
    told = f"{counts['empty_left_empty']} of {counts['empty']}"
    return f"\n\nOf further documents that assign nothing (`gold/{folder.name}`), {told} stay empty."


def parted(train: Sequence[Comparison]) -> tuple[list[Comparison], list[Comparison]]:
    """Train by name: what rules were written against, and every third document, which nobody reads."""
    ordered = sorted(train, key=lambda one: one.id)
    return [one for at, one in enumerate(ordered) if at % 3 != 2], ordered[2::3]


def tables(sets: dict[str, Sequence[Comparison]]) -> str:
    """Figures, errors by kind, complete tasks by source; a column a set."""
    told = {name: summarise(them, [f for one in them for f in faults(one)]) for name, them in sets.items()}
    return "\n\n".join((_figures(told), _errors(told), _sources(told)))


def placed(page: str, text: str) -> str:
    """The page with the text between its marks. Raises ValueError where it has none."""
    before, begin, rest = page.partition(BEGIN)
    _, end, after = rest.partition(END)
    if not (begin and end):
        raise ValueError(f"the page has no marks {BEGIN} … {END}")
    return f"{before}{BEGIN}\n\n{text}\n\n{END}{after}"


def _table(head: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    lines = [head, ["---"] * len(head), *rows]
    return "\n".join("| " + " | ".join(line) + " |" for line in lines)


def _figures(told: dict[str, Summary]) -> str:
    names = [
        f"{name} ({one.whole.documents} documents, {one.whole.figures['task']['gold']} tasks)"
        for name, one in told.items()
    ]
    rows = [
        [f"`{figure}`", *(_f1(one, figure) for one in told.values()), f"{dev:.2f} / {back:.2f}"]
        for figure, (dev, back) in ASKED.items()
    ]
    rows.append(["documents without tasks that stay empty", *map(_empty, told.values()), "0.95 / 0.92"])
    rows.append(["evidence boxes cover their words", *map(_evidence, told.values()), "0.98"])
    return _table(["F1 (95 % over documents)", *names, "asked: dev / kept back"], rows)


def _f1(one: Summary, name: str) -> str:
    figure, bounds = one.whole.figures[name], one.whole.intervals.get(name, {})
    main = "f1" if "f1" in figure else "macro_f1"
    if figure[main] is None:
        return "–"
    low, high = bounds.get(main, (None, None))
    return f"{figure[main]:.3f}" + ("" if low is None or high is None else f" ({low:.2f} to {high:.2f})")


def _empty(one: Summary) -> str:
    documents = one.whole.figures["documents"]
    return f"{documents['empty_left_empty']} of {documents['empty']}"


def _evidence(one: Summary) -> str:
    proved = one.evidence
    return "–" if proved is None else f"{proved.value:.3f} ({proved.right} of {proved.tasks})"


def _errors(told: dict[str, Summary]) -> str:
    rows = [[name, *(str(one.faults.get(kind, 0)) for kind in KINDS)] for name, one in told.items()]
    return _table(["errors", *KINDS.values()], rows)


def _sources(told: dict[str, Summary]) -> str:
    """Complete F1 by kind of source, with the documents of each."""
    kinds = sorted({group.name for one in told.values() for group in one.by["source"]})
    rows = []
    for name, one in told.items():
        groups = {group.name: group for group in one.by["source"]}
        rows.append([name, *(_complete(groups.get(kind)) for kind in kinds)])
    return _table(["`complete` F1 (documents)", *kinds], rows)


def _complete(group: Group | None) -> str:
    if group is None or not group.figures["complete"]["gold"]:
        return "–"
    return f"{group.figures['complete']['f1']:.3f} ({group.documents})"


if __name__ == "__main__":
    sys.exit(main())
