"""A report that is asked for in, all that it says out: the one sheet from which the page, the API, the table
and the letter are filled, so that they cannot differ."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from pipeline.labels import ASSIGNERS, FIELDS, TASK_SOURCES
from service.access.viewer import Viewer
from service.reporting.words import REPORTS_BY
from service.tracking.groups import Figures, banded
from service.tracking.measured import Measured
from service.tracking.periods import Period
from service.tracking.reports import Asked, Behind, By, Line, Reports

COUNTS = (
    "total",
    "on_time",
    "late",
    "in_time",
    "overdue",
    "no_deadline_done",
    "no_deadline_open",
    "paused",
)
RATES = ("completion_rate", "on_time_rate", "update_rate")
COLUMNS = COUNTS + RATES
"""What every row says, in this order: names of `Figures`, titled by REPORT_COLUMNS."""
UNNAMED = "(không nêu)"
_NAMES: Mapping[By, Mapping[str, str]] = {
    By.FIELD: FIELDS,
    By.ASSIGNER: ASSIGNERS,
    By.SOURCE: TASK_SOURCES,
}


@dataclass(frozen=True, slots=True)
class Band:
    """Units of like size, best first; `least` duties and more."""

    least: int
    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class Sheet:
    """A report: of which period, as of which day, the rows with their sum, ranks, the longest overdue,
    measures taken against units."""

    period: Period
    asked: Asked
    lines: tuple[Line, ...]
    total: Figures
    bands: tuple[Band, ...]
    overdue: tuple[Behind, ...]
    measures: tuple[Measured, ...] = ()


def sheet_of(
    reports: Reports, viewer: Viewer, period: Period, asked: Asked, bands: Sequence[int], most: int = 50
) -> Sheet:
    """The report for a viewer; units alone are ranked, `most` is how many of the overdue are named."""
    report = reports.report(viewer, asked)
    lines = tuple(_named(line, asked.by) for line in report.lines)
    ranked = _ranked(lines, bands) if asked.by is By.UNIT else ()
    late = reports.longest_overdue(viewer, asked, most)
    taken = reports.measured(viewer, asked)
    return Sheet(period, asked, lines, report.total, ranked, tuple(late), taken)


def values(figures: Figures) -> list[int | float | None]:
    """A row's values in the order of `COLUMNS`; rates as shares, None where there is nothing to divide by."""
    return [getattr(figures, name) for name in COLUMNS]


def percent(share: float | None) -> str:
    """A share as people read it: 0.9178 → "91,8 %"; "–" for none."""
    return "–" if share is None else f"{100 * share:.1f} %".replace(".", ",")


def _named(line: Line, by: By) -> Line:
    if by is By.ALL:
        return Line(line.key, REPORTS_BY[by.value], line.figures)
    return Line(line.key, _NAMES.get(by, {}).get(line.key, line.name) or UNNAMED, line.figures)


def _ranked(lines: Sequence[Line], bands: Sequence[int]) -> tuple[Band, ...]:
    by_key = {line.key: line for line in lines if line.key}
    ranked = banded({key: line.figures for key, line in by_key.items()}, bands)
    edges = [*sorted(bands, reverse=True), 1]
    return tuple(
        Band(least, tuple(by_key[key] for key in keys))
        for least, keys in zip(edges, ranked, strict=True)
        if keys
    )
