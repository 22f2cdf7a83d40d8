"""`make peers`: the same labelled documents read by simpler means, beside ours, in one table and one report.

    python -m benchmarks.peers [--shared DIR] [--set dev] [-o REPORT.html]

Peers (benchmarks/newcomer.py): a newcomer's rules with underthesea's named entities; dateparser in place of
our deadlines, on our tasks. All get our text of a document: reading and OCR do not count against them.
"""

from __future__ import annotations

import argparse
import importlib.util
import sys
import warnings
from collections.abc import Callable, Mapping
from functools import partial
from pathlib import Path
from typing import Any

from annotation.evaluation.comparing import compare
from annotation.evaluation.gold import read_gold
from annotation.evaluation.summary import Group, group
from benchmarks.newcomer import dated, newcomer
from service.evaluating import Evaluated, evaluate
from service.report.evaluation import Peer, page
from service.settings import Settings

ROOT = Path(__file__).resolve().parent.parent
COLUMNS = ("task", "lead", "cooperator", "deadline", "complete", "document")
Reads = Callable[[Mapping[str, Any]], dict[str, Any]]


def main() -> int:
    options = _options()
    folder = options.shared / "gold" / options.set
    if not (folder / "labels").is_dir():
        print(f"peers: skipped, no labelled documents beside the project ({options.shared.name}/gold)")
        return 0
    done = evaluate(read_gold(folder), Settings(workers=options.workers), pictures=options.out is not None)
    peers = _peers(done)
    rows = [Peer("dondoc", "", group("", done.compared)), *peers]
    print(f"== {done.name}: F1 on {len(done.compared)} documents")
    print(f"   {'':<24}" + "".join(f"{name:>12}" for name in COLUMNS))
    for one in rows:
        print(f"   {one.name:<24}" + "".join(f"{one.group.figures[name]['f1']:>12.3f}" for name in COLUMNS))
    if options.out:
        with options.out.open("w", encoding="utf-8") as file:
            file.writelines(page(done, peers))
    return 0


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="make peers", description=(__doc__ or "").split("\n", 1)[0])
    parser.add_argument("--shared", type=Path, default=ROOT.parent / "shared")
    parser.add_argument("--set", default="dev", help="dev, train, …")
    parser.add_argument("--workers", type=int, default=Settings().workers)
    parser.add_argument("-o", "--out", type=Path, help="write the evaluation's page here, peers beside ours")
    return parser.parse_args()


def _peers(done: Evaluated) -> list[Peer]:
    def rules(record: Mapping[str, Any]) -> dict[str, Any]:
        return newcomer(record["text"])

    found = [Peer("underthesea + quy tắc", "NER và vài cụm từ, như người mới viết", _group(done, rules))]
    if importlib.util.find_spec("dateparser") is None:
        print("dateparser: skipped, not installed (pip install 'dondoc[peers]')")
        return found
    warnings.filterwarnings("ignore", module="dateparser")
    for phrase, name, what in (
        (False, "dateparser, cả câu", "trên nhiệm vụ của dondoc, tìm ngày trong lời văn"),
        (True, "dateparser, cụm hạn", "trên nhiệm vụ của dondoc, chỉ đọc cụm thời hạn đã tìm ra"),
    ):
        found.append(Peer(name, what, _group(done, partial(dated, phrase=phrase))))
    return found


def _group(done: Evaluated, reads: Reads) -> Group:
    """The figures of another way to read these documents."""
    return group("", [compare(o.id, o.gold, reads(o.record) if o.record else None) for o in done.compared])


if __name__ == "__main__":
    sys.exit(main())
