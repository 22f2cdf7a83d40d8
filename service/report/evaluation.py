"""An evaluation in, one page out that loads nothing: figures, probabilities, every error on its page."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from annotation.evaluation.calibration import unseen
from annotation.evaluation.resampling import Interval
from annotation.evaluation.summary import PRECISIONS, Group, Summary
from service.evaluating import Evaluated
from service.report.charts import bar, curve, diagram, number, percent
from service.report.crops import pictures
from service.report.faults import cards
from service.report.whole import whole
from service.report.words import FAULTS, FIGURES, SOURCES
from service.wording import DOCUMENT_TYPES, PROBABILITIES, words

_KINDS = (
    ("type", "Theo loại văn bản", DOCUMENT_TYPES),
    ("source", "Theo nguồn", SOURCES),
    ("document", "Từng văn bản", dict[str, str]()),
)
_COLUMNS = ("task", "lead", "cooperator", "deadline", "complete", "document")


@dataclass(frozen=True, slots=True)
class Figure:
    """A row of the table of figures; `bar` draws its F1 with the bounds."""

    title: str
    key: str
    precision: str
    recall: str
    f1: str
    bounds: str
    bar: str
    counts: str


@dataclass(frozen=True, slots=True)
class Honesty:
    """A probability with its diagram."""

    title: str
    key: str
    diagram: str
    error: str
    chance: str
    over: str
    tasks: int


@dataclass(frozen=True, slots=True)
class Peer:
    """Another way to read the same documents."""

    name: str
    what: str
    group: Group


def page(done: Evaluated, peers: Sequence[Peer] = ()) -> Iterator[str]:
    """The page in pieces, in order; `peers` are shown beside."""
    summary = done.summary
    records = {one.id: one.record for one in done.compared if one.record is not None}
    classes = pictures(records)
    yield from whole(
        "evaluation.html",
        ["report.css", "evaluation.css"],
        "evaluation.js",
        name=done.name,
        summary=summary,
        version=done.version,
        taught=done.taught,
        refused=done.refused,
        troubles=done.troubles,
        figures=_figures(summary.whole),
        facts=_facts(summary),
        kinds=[(title, [_named(one, names) for one in summary.by[key]]) for key, title, names in _KINDS],
        columns=[words(FIGURES, name) for name in _COLUMNS],
        peers=_peers(peers, summary.whole),
        curve=_curve(summary),
        honesty=_honesty(summary),
        faults=cards(done.faults, records, classes),
        fault_names=FAULTS,
        fault_counts=summary.faults,
        pictures={name: records[document]["pictures"][str(at)] for (document, at), name in classes.items()},
        documents=list(dict.fromkeys(fault.document for fault in done.faults)),
    )


def _figures(group: Group) -> list[Figure]:
    rows = []
    for name, title in FIGURES.items():
        figure, bounds = group.figures[name], group.intervals.get(name, {})
        main = "f1" if "f1" in figure else "macro_f1"
        if figure[main] is None:
            continue
        low, high = bounds.get(main, (None, None))
        counted = (
            f"{figure['right']} đúng / {figure['gold']} nhãn / {figure['predicted']} máy"
            if main == "f1"
            else f"trung bình các lớp, {figure['tasks']} nhiệm vụ"
        )
        precision, recall = (
            number(figure[part]) if part in figure else "" for part in ("precision", "recall")
        )
        f1, span = number(figure[main]), _span(low, high)
        rows.append(Figure(title, name, precision, recall, f1, span, bar(figure[main], low, high), counted))
    return rows


def _span(low: float | None, high: float | None) -> str:
    return "" if low is None or high is None else f"{number(low)} – {number(high)}"


def _interval(one: Interval) -> str:
    bounds = _span(one.low, one.high)
    return number(one.value) + (f" ({bounds})" if bounds else "")


def _facts(summary: Summary) -> list[tuple[str, str, str]]:
    """Large number, what it counts, a remark."""
    documents = summary.whole.figures["documents"]
    facts = [
        (str(documents["gold"]), "văn bản", f"{documents['without_prediction']} không đọc được"),
        (str(documents["perfect"]), "văn bản đúng trọn", "mọi nhiệm vụ không phải sửa, không thừa"),
        (
            f"{documents['empty_left_empty']}/{documents['empty']}",
            "văn bản không giao việc",
            "được để trống đúng",
        ),
    ]
    if summary.evidence:
        proved = summary.evidence
        remark = f"{proved.right}/{proved.tasks} nhiệm vụ: dưới khung đúng là các chữ ấy"
        facts.append((percent(proved.value, 1), "khung đúng lời văn", remark))
    for precision in PRECISIONS[:1]:
        for name in ("complete", "confidence"):
            if name in summary.accepted:
                share = percent(unseen(summary.accepted[name], precision))
                facts.append((share, "nhận ngay được", f"khi cần đúng trọn {percent(precision)}"))
    if summary.ocr:
        read, right = (one.figures["complete"]["f1"] for one in (summary.ocr.read, summary.ocr.corrected))
        share = "–" if summary.ocr.loss is None else percent(summary.ocr.loss)
        remark = (
            f"{summary.ocr.read.documents} bản quét: {number(read)} → {number(right)} khi sửa chữ bằng tay"
        )
        facts.append((share, "phần mất là do OCR", remark))
    return facts


def _row(group: Group) -> list[tuple[str, str]]:
    """F1 and bounds of each column; empty where nothing is labelled."""
    cells = []
    for name in _COLUMNS:
        figure = group.figures[name]
        bounds = group.intervals.get(name, {}).get("f1", (None, None))
        cells.append((number(figure["f1"]), _span(*bounds)) if figure["gold"] else ("", ""))
    return cells


def _named(group: Group, names: dict[str, str]) -> tuple[str, int, int, list[tuple[str, str]]]:
    """A row of a table by kind: what it is, documents, labelled tasks, figures."""
    return words(names, group.name), group.documents, group.figures["task"]["gold"], _row(group)


def _peers(peers: Sequence[Peer], ours: Group) -> list[tuple[str, str, list[tuple[str, str]]]]:
    if not peers:
        return []
    every = [Peer("dondoc", "đường đọc đầy đủ của chương trình này", ours), *peers]
    return [(one.name, one.what, _row(one.group)) for one in every]


def _curve(summary: Summary) -> str:
    lines: list[tuple[str, Any]] = [(name, steps) for name, steps in summary.accepted.items()]
    return curve(lines) if lines else ""


def _honesty(summary: Summary) -> list[Honesty]:
    return [
        Honesty(
            title=words(PROBABILITIES, name),
            key=name,
            diagram=diagram(one),
            error=_interval(one.error),
            chance=number(one.chance),
            over=_interval(one.over),
            tasks=one.tasks,
        )
        for name, one in summary.reliability.items()
    ]
