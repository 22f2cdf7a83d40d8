"""Peak memory of one export, in a process of its own; the last line is JSON.

    python -m benchmarks.exporting csv|xlsx|jsonl [--review extracted|reviewed|filed]

The store is the one that the settings name, and holds documents already.
"""

from __future__ import annotations

import argparse
import json
import resource
import sys
import uuid

from service.access.roles import Role
from service.bootstrap import open_store
from service.exports.making import Exporter
from service.review.finder import TaskOrder, TasksWanted
from service.settings import Settings


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.exporting")
    parser.add_argument("format", choices=("csv", "xlsx", "jsonl"))
    parser.add_argument("--review", default="", choices=("", "extracted", "reviewed", "filed"))
    options = parser.parse_args()
    settings = Settings()
    store = open_store(settings)
    with store.begin() as work:
        user = work.people.add(f"bench-{uuid.uuid4().hex}", "Bench", Role.LEADER)
        viewer = work.people.viewer(user)
        assert viewer
        wanted = TasksWanted(review=options.review, order=TaskOrder.NEWEST)
        identifier = work.exports.add(viewer, options.format, wanted)
    exporter = Exporter(settings, store, "bench")
    before = _peak()
    while exporter.turn():
        pass
    with store.begin() as work:
        made = work.exports.one(viewer, identifier)
        assert made and made.state == "done", made and made.message
        rows = made.rows
        size = exporter.path(identifier, options.format).stat().st_size
        work.exports.remove(viewer, identifier)
    exporter.wipe(identifier)
    store.engine.dispose()
    figures = {"rows": rows, "before_mb": before, "peak_mb": _peak(), "file_mb": round(size / 2**20, 1)}
    print(json.dumps(figures))
    return 0


def _peak() -> float:
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return round(peak / (2**20 if sys.platform == "darwin" else 2**10), 1)


if __name__ == "__main__":
    raise SystemExit(main())
