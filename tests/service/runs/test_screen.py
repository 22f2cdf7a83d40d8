"""What a run shows while it lasts: one line every minute, or a picture on a terminal."""

from __future__ import annotations

import io
from pathlib import Path

from rich.console import Console

from pipeline.errors import Reason
from service.commands.run_screen import line, picture
from service.crew import Settled
from service.outcomes import Outcome, Result
from service.runs.standing import Standing
from service.walk import Group


class Clock:
    """Stands until it is set."""

    now = 0.0

    def __call__(self) -> float:
        return self.now


def test_figures_are_told_in_a_line_and_in_a_picture():
    clock = Clock()
    paths = [Path(f"/kho/{name}") for name in ("a.pdf", "b.pdf", "bi-an.pdf", "d.pdf", "e.pdf")]
    standing = Standing([Group((path,)) for path in paths], clock)
    for path in paths:
        standing.scouted(path, 1000, 10, "pdf")
    results = [
        Result(Outcome.DONE, "a" * 64, pages=10, seconds=2.0),
        Result(Outcome.FAILED, "b" * 64, Reason.TIMEOUT, "quá lâu", pages=0, seconds=4.0),
        Result(Outcome.REFUSED_SECRET, "c" * 64, message="mat", pages=10, seconds=3.0),
        Result(Outcome.DONE, "d" * 64, earlier=True),
    ]
    for path, result in zip(paths, results, strict=False):
        standing.settle(Settled(path, result))
    clock.now = 9.0
    figures = standing.figures()
    told = line(figures)
    assert told.startswith("4/5 tệp (files) · 20 trang (pages)")
    assert "còn (left) 3 s" in told  # ten pages of which thirty took nine seconds
    assert told.endswith("lỗi (failed) 1")
    out = io.StringIO()
    Console(file=out, width=100).print(picture(figures, 100))
    shown = out.getvalue()
    assert "timeout  /kho/b.pdf" in shown
    assert "bi-an" not in shown
    assert "c" * 64 in shown
    assert "từ trước (earlier): 1" in shown
