"""`make effort`: keystrokes of a reviewer who knows what is right, task by task, on the review screen.

    python -m benchmarks.effort [--shared DIR] [--kept DIR] [--show N]

He works from the top: accepts what is right, corrects what is wrong, says why something is no task, chooses
the lines of what was missed, files the document. Counted are the keys that the screen takes for it
(benchmarks/keys.py; tests/service/browser/test_effort.py presses them in a browser and compares what comes of
it). A page view is a screen that is opened. `--kept` takes records of an earlier run (SET.jsonl). The last
line is JSON, the worse of the sets.
"""

from __future__ import annotations

import argparse
import json
import statistics
import sys
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from annotation.evaluation.comparing import Comparison, compare
from annotation.evaluation.faults import said
from annotation.evaluation.gold import Gold, read_gold
from annotation.evaluation.places import locate
from benchmarks.keys import Desk, corrected, edit, wrong_fields
from service.bootstrap import office_register
from service.evaluating import evaluate
from service.review.sheets import SURE, is_proved, screen
from service.settings import Settings

ROOT = Path(__file__).resolve().parent.parent


@dataclass(frozen=True, slots=True)
class Act:
    """What is done to one task: its `kind` ("right", "one", "several", "false", "missed"), the keys pressed,
    the fields put right. Empty keys: what is right cannot be typed on the screen."""

    kind: str
    keys: tuple[str, ...]
    fields: tuple[str, ...] = ()


def main() -> int:
    parser = argparse.ArgumentParser(prog="make effort", description=(__doc__ or "").split("\n", 1)[0])
    parser.add_argument("--shared", type=Path, default=ROOT.parent / "shared")
    parser.add_argument("--kept", type=Path)
    parser.add_argument("--show", type=int, default=0, help="the dearest acts, for looking into")
    options = parser.parse_args()
    figures = []
    for name, folder in (("samples", ROOT / "data" / "samples"), ("dev", options.shared / "gold" / "dev")):
        if not (folder / "labels").is_dir():
            print(f"{name}: skipped, no labelled documents at {folder.name}")
            continue
        gold = read_gold(folder)
        compared = _compared(gold, options.kept and options.kept / f"{name}.jsonl")
        figures.append(_told(name, compared, options.show))
    worst = {key: max(one[key] for one in figures) for key in figures[0]}
    print(json.dumps(worst))
    return 0


def _compared(gold: Gold, kept: Path | None) -> list[Comparison]:
    if kept and kept.is_file():
        lines = map(json.loads, kept.read_text(encoding="utf-8").splitlines())
        records = {_id(gold, one): one for one in lines}
        return [compare(name, gold.labels[name], one) for name, one in records.items() if name in gold.labels]
    done = evaluate(gold, Settings())
    for trouble in done.troubles:
        print(trouble, file=sys.stderr)
    return list(done.compared)


def _id(gold: Gold, record: Mapping[str, Any]) -> str:
    name = str(record["source"]["name"])
    return next((key for key, paths in gold.sources.items() if any(one.name == name for one in paths)), "")


def acts(one: Comparison, desk: Desk) -> Iterator[Act]:
    """What a reviewer does to a document, from the top."""
    found = {match.found: match for match in one.matches}
    for place, task in enumerate(one.found_tasks):
        match = found.get(place)
        if match is None:
            yield Act("false", ("x", "6"))
            continue
        wrong = wrong_fields(match)
        if not wrong:
            yield Act("right", ("a",))
            continue
        keys = edit(desk, task, one.gold_tasks[match.gold], wrong)
        desk = corrected(desk, task, one.gold_tasks[match.gold])
        yield Act("one" if len(wrong) == 1 else "several", tuple(keys), tuple(wrong))
    for place in one.missed:
        yield Act("missed", tuple(_missed(one, one.gold_tasks[place])))


def together(one: Comparison) -> int:
    """How many tasks are accepted by two keys: the sure ones, where all of them are right."""
    right = {match.found for match in one.matches if match.complete}
    sure = {
        place
        for place, task in enumerate(one.found_tasks)
        if is_proved(task) and float((task.get("probabilities") or {}).get("complete") or 0.0) >= SURE
    }
    return len(sure) if sure <= right else 0


def _missed(one: Comparison, gold: Mapping[str, Any]) -> list[str]:
    """n, over the lines from the task before it, Shift to the last, Enter; then accepted."""
    record: dict[str, Any] = dict(one.record or {})
    span = locate(said(gold), record.get("text", ""))
    lines = [line for sheet in screen(_reviewed(record)).sheets for line in sheet.lines] if span else []
    mine = [at for at, line in enumerate(lines) if span and line.start < span.end and span.start < line.end]
    if not span or not mine:
        return []
    before = [
        task for task in record["tasks"] if task["evidence"] and task["evidence"][0]["start"] <= span.start
    ]
    ends = max((place["end"] for place in before[-1]["evidence"]), default=0) if before else 0
    begins = next((at for at, line in enumerate(lines) if line.start >= ends), 0) if before else 0
    away = mine[0] - begins
    walk = ["ArrowDown" if away > 0 else "ArrowUp"] * abs(away)
    return ["n", *walk, *["Shift+ArrowDown"] * (mine[-1] - mine[0]), "Enter", "a"]


def _reviewed(record: dict[str, Any]) -> dict[str, Any]:
    fresh = {"status": "proposed", "revision": 1, "origin": "machine"}
    return record | {"tasks": [fresh | dict(task) for task in record["tasks"]]}


def _told(name: str, compared: list[Comparison], show: int) -> dict[str, float]:
    register = office_register(Settings())
    kinds: dict[str, list[Act]] = {}
    tasks = documents = saved = 0
    for one in compared:
        if one.record is None:
            continue
        done = list(acts(one, Desk(one.record, register)))
        documents += 1
        tasks += len(done)
        if (sure := together(one)) > 2:
            saved += sure - 2
        for act in done:
            kinds.setdefault(act.kind, []).append(act)
    shared = documents / max(1, tasks)  # f, once a document
    print(f"{name}: {documents} documents, {tasks} tasks, {documents / max(1, tasks):.2f} page views a task")
    means = {}
    for kind, done in kinds.items():
        pressed = [len(act.keys) for act in done if act.keys]
        means[kind] = statistics.fmean(pressed) if pressed else 0.0
        lost = len(done) - len(pressed)
        median = statistics.median(pressed) if pressed else 0
        print(
            f"  {kind:8} {len(done):4}  mean {means[kind]:.2f} median {median} keys, {lost} not on the screen"
        )
    for fields, number in Counter(act.fields for act in kinds.get("one", [])).most_common():
        pressed = [len(act.keys) for act in kinds["one"] if act.fields == fields and act.keys]
        print(f"    {'+'.join(fields):12} {number:4}  mean {statistics.fmean(pressed or [0]):.2f}")
    for act in sorted((a for a in kinds.get("one", [])), key=lambda one: -len(one.keys))[:show]:
        print(f"    {len(act.keys):3} {'+'.join(act.fields)}: {' '.join(act.keys)[:150]}")
    right = len(kinds.get("right", ()))
    each = (right - saved) / max(1, right) + shared
    return {
        "keystrokes_right": round(each, 2),
        "keystrokes_one_correction": round(means.get("one", 0) + shared, 2),
    }


if __name__ == "__main__":
    raise SystemExit(main())
