"""An evaluation in, its tables on the terminal out: figures with intervals, by kind, probabilities."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, TextIO

from service.report.words import FAULTS, FIGURES, SOURCES
from service.wording import DOCUMENT_TYPES, PROBABILITIES, words

if TYPE_CHECKING:
    from rich.table import Table

    from annotation.evaluation.resampling import Interval
    from annotation.evaluation.summary import Group, Summary
    from service.evaluating import Evaluated

_GROUPS = {
    "type": ("Loại văn bản (type)", DOCUMENT_TYPES),
    "source": ("Nguồn (source)", SOURCES),
    "document": ("Văn bản (document)", dict[str, str]()),
}
_WIDTH = 120  # of a file


def print_figures(done: Evaluated, file: TextIO, by: Sequence[str]) -> None:
    """Writes the tables; `by` names the kinds that have one."""
    from rich.console import Console

    console = Console(file=file) if file.isatty() else Console(file=file, width=_WIDTH)
    summary = done.summary
    name = f"{done.name} ({done.version})" if done.version else done.name
    title = f"{name}: {summary.whole.documents} văn bản (documents), {done.seconds:.0f} s"
    console.print(_figures(summary.whole, title))
    for line in _counts(done, summary):
        console.print(line, markup=False, highlight=False)
    for name in by:
        console.print(_groups(summary.by[name], *_GROUPS[name]))
    if summary.reliability:
        console.print(_probabilities(summary))


def _figures(group: Group, title: str) -> Table:
    from rich.table import Table

    table = Table(title=title, title_justify="left", title_style="bold")
    table.add_column("")
    for name in ("Chính xác (P)", "Đầy đủ (R)", "F1", "khoảng 95 % (interval)", "nhãn (gold)", "máy (found)"):
        table.add_column(name, justify="right")
    for name, said in FIGURES.items():
        figure, bounds = group.figures[name], group.intervals.get(name, {})
        first = f"{said} ({name})"
        if "f1" in figure:
            shares = (f"{figure[part]:.3f}" for part in ("precision", "recall", "f1"))
            counts = (str(figure[part]) for part in ("gold", "predicted"))
            table.add_row(first, *shares, span(bounds.get("f1")), *counts)
        elif figure["macro_f1"] is not None:
            macro = f"{figure['macro_f1']:.3f}"
            table.add_row(first, "", "", macro, span(bounds.get("macro_f1")), str(figure["tasks"]), "")
    return table


def span(bounds: Any) -> str:
    """Two bounds in brackets of a table; a dash where there are none."""
    return "–" if not bounds or bounds[0] is None else f"{bounds[0]:.3f} – {bounds[1]:.3f}"


def _interval(one: Interval) -> str:
    return f"{one.value:.3f} ({span((one.low, one.high))})"


def _counts(done: Evaluated, summary: Summary) -> list[str]:
    documents = summary.whole.figures["documents"]
    lines = [
        f"Trọn văn bản đúng (whole documents): {documents['perfect']}/{documents['gold']}",
        f"Văn bản không giao việc, để trống đúng (left empty): "
        f"{documents['empty_left_empty']}/{documents['empty']}",
    ]
    if documents["without_prediction"]:
        lines.append(f"Không đọc được (without prediction): {documents['without_prediction']}")
    if done.refused:
        lines.append(f"Từ chối đúng, có dấu mật, không tính (refused as labelled): {done.refused}")
    if summary.evidence:
        proved = summary.evidence
        lines.append(
            f"Khung trên trang đúng lời văn (evidence): {_interval(proved)}, {proved.right}/{proved.tasks}"
        )
    if summary.faults:
        told = (f"{words(FAULTS, kind)} {count}" for kind, count in summary.faults.items())
        lines.append(f"Lỗi (errors): {' · '.join(told)}")
    if summary.ocr:
        read, right = (one.figures["complete"]["f1"] for one in (summary.ocr.read, summary.ocr.corrected))
        share = "–" if summary.ocr.loss is None else f"{100 * summary.ocr.loss:.0f} %"
        lines.append(
            f"Bản quét (scans, {summary.ocr.read.documents}): trọn vẹn {read:.3f}, sửa chữ bằng tay "
            f"(corrected) {right:.3f}; phần mất do OCR (share of the loss): {share}"
        )
    return lines


def _groups(groups: Sequence[Group], title: str, names: dict[str, str]) -> Table:
    """F1 of each group, a row each."""
    from rich.table import Table

    shown = ("task", "lead", "cooperator", "deadline", "complete", "document")
    table = Table(title=f"F1 · {title}", title_justify="left", title_style="bold")
    table.add_column("")
    for name in ("văn bản", "nhiệm vụ", *shown, "complete 95 %"):
        table.add_column(name, justify="right")
    for group in groups:
        figures = group.figures
        row = (f"{figures[name]['f1']:.3f}" if figures[name]["gold"] else "–" for name in shown)
        bounds = group.intervals.get("complete", {}).get("f1") if figures["complete"]["gold"] else None
        table.add_row(
            words(names, group.name), str(group.documents), str(figures["task"]["gold"]), *row, span(bounds)
        )
    return table


def _probabilities(summary: Summary) -> Table:
    """How honest each probability is."""
    from rich.table import Table

    table = Table(title="Xác suất (probabilities)", title_justify="left", title_style="bold")
    table.add_column("")
    for name in ("nhiệm vụ", "ECE (95 %)", "do ngẫu nhiên (chance)", "hứa - giữ (promised - kept)"):
        table.add_column(name, justify="right")
    for name, one in summary.reliability.items():
        said = f"{words(PROBABILITIES, name)} ({name})"
        table.add_row(said, str(one.tasks), _interval(one.error), f"{one.chance:.3f}", _interval(one.over))
    return table
