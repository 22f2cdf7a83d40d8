"""A run's sheet in, one page out that loads nothing: figures, the slowest, every file in its one outcome."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from service.report.whole import whole
from service.runs.sheet import Sheet, called, outcome, stands, why
from service.runs.words import COUNTED, OUTCOMES, REASONS, decimal, duration, moment, size


def page(sheet: Sheet) -> Iterator[str]:
    """The page in pieces, in order; the files stream through."""
    run = sheet.run
    files = Counter[str]()
    for count in sheet.counts:
        files[count.outcome] += count.files
    took = max(run.seconds, 0.001)
    yield from whole(
        "run.html",
        ["report.css", "evaluation.css", "run.css"],
        "run.js",
        run=run,
        sheet=sheet,
        begun=moment(run.begun_at),
        places="; ".join(run.plan.roots) or "từng tệp",
        stands=stands(run),
        counts=sheet.counts,
        slowest=sheet.slowest,
        files=sheet.files,
        filters=[(name, OUTCOMES[name], count) for name, count in files.items()],
        files_rate=decimal(run.done / took),
        pages_rate=decimal(sheet.pages / took),
        reasons=REASONS,
        counted=COUNTED if run.counted else "",
        outcome=outcome,
        called=called,
        why=why,
        whole=lambda count: decimal(count, 0),
        seconds=lambda count: decimal(count, 1 if count >= 10 else 2),
        size=size,
        duration=duration,
    )
