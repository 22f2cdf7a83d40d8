"""Figures in, drawings (SVG) out: intervals as bars, reliability diagrams, precision against share accepted.

Only numbers go in, so that a drawing needs no escaping; colours come from the page's style by class.
"""

from __future__ import annotations

from collections.abc import Sequence

from annotation.evaluation.calibration import BINS, Reliability, Step
from annotation.evaluation.resampling import Interval

_SIDE, _LEFT, _FOOT, _TOP = 180.0, 30.0, 26.0, 8.0  # of a reliability diagram
_WIDE, _HIGH, _MARGIN = 620.0, 260.0, 40.0  # of the curve


def bar(value: float, low: float | None, high: float | None) -> str:
    """A share as a bar with its bounds."""
    parts = [
        '<svg class="bar" viewBox="0 0 100 12" preserveAspectRatio="none" aria-hidden="true">',
        '<rect class="ground" x="0" y="2" width="100" height="8"/>',
        f'<rect class="value" x="0" y="2" width="{100 * value:.1f}" height="8"/>',
    ]
    if low is not None and high is not None:
        parts.append(
            f'<rect class="span" x="{100 * low:.1f}" y="5" width="{100 * (high - low):.1f}" height="2"/>'
        )
        parts += [
            f'<rect class="span" x="{100 * at - 0.3:.1f}" y="2" width=".6" height="8"/>' for at in (low, high)
        ]
    return "".join(parts) + "</svg>"


def diagram(one: Reliability) -> str:
    """Promised from left to right, kept from bottom to top; a dot a bin, as large as it holds tasks."""
    width, height = _LEFT + _SIDE + 10, _TOP + _SIDE + _FOOT
    drawn = [f'<svg class="diagram" viewBox="0 0 {width:g} {height:g}" aria-hidden="true">', *_grid()]
    drawn.append(f'<line class="ideal" x1="{_x(0):g}" y1="{_y(0):g}" x2="{_x(1):g}" y2="{_y(1):g}"/>')
    most = max(found.tasks for found in one.bins)
    for found in one.bins:
        x, radius = _x(found.promised), 2 + 5 * (found.tasks / most) ** 0.5
        if found.kept.low is not None and found.kept.high is not None:
            low, high = _y(found.kept.low), _y(found.kept.high)
            drawn.append(f'<line class="span" x1="{x:.1f}" y1="{low:.1f}" x2="{x:.1f}" y2="{high:.1f}"/>')
        told = f"{found.tasks}: {percent(found.promised)} → {percent(found.kept.value)}"
        dot = f'<circle class="kept" cx="{x:.1f}" cy="{_y(found.kept.value):.1f}" r="{radius:.1f}">'
        drawn.append(f"{dot}<title>{told}</title></circle>")
    return "".join(drawn) + "</svg>"


def _x(share: float) -> float:
    return _LEFT + _SIDE * share


def _y(share: float) -> float:
    return _TOP + _SIDE * (1 - share)


def _grid() -> list[str]:
    drawn = []
    for step in range(0, BINS + 1):
        share = step / BINS
        drawn += [
            f'<line class="grid" x1="{_x(share):g}" y1="{_y(0):g}" x2="{_x(share):g}" y2="{_y(1):g}"/>',
            f'<line class="grid" x1="{_x(0):g}" y1="{_y(share):g}" x2="{_x(1):g}" y2="{_y(share):g}"/>',
        ]
        if step % 5 == 0:
            drawn += [
                f'<text x="{_x(share):g}" y="{_y(0) + 13:g}" text-anchor="middle">{100 * share:.0f}</text>',
                f'<text x="{_x(0) - 5:g}" y="{_y(share) + 3:g}" text-anchor="end">{100 * share:.0f}</text>',
            ]
    return drawn


def curve(lines: Sequence[tuple[str, Sequence[Step]]]) -> str:
    """Share accepted from left to right, precision from bottom (where the lowest line begins) to top; a line
    and the band of its bounds for each class name."""
    floor = _floor([step.precision for _, steps in lines for step in steps])
    width, height = _MARGIN + _WIDE + 14, _TOP + _HIGH + _FOOT

    def x(share: float) -> float:
        return _MARGIN + _WIDE * share

    def y(precision: float) -> float:
        return _TOP + _HIGH * (1 - (precision - floor) / (1 - floor))

    drawn = [f'<svg class="curve" viewBox="0 0 {width:g} {height:g}" role="img">']
    for share in (step / 10 for step in range(11)):
        drawn += [
            f'<line class="grid" x1="{x(share):g}" y1="{y(floor):g}" x2="{x(share):g}" y2="{y(1):g}"/>',
            f'<text x="{x(share):g}" y="{y(floor) + 17:g}" text-anchor="middle">{100 * share:.0f}</text>',
        ]
    for level in _levels(floor):
        drawn += [
            f'<line class="grid" x1="{x(0):g}" y1="{y(level):.1f}" x2="{x(1):g}" y2="{y(level):.1f}"/>',
            f'<text x="{x(0) - 5:g}" y="{y(level) + 4:.1f}" text-anchor="end">{100 * level:.0f}</text>',
        ]
    for name, steps in lines:
        bounded = [step for step in steps if step.precision.low is not None]
        upper = [f"{x(step.share):.1f},{y(step.precision.high or 0):.1f}" for step in bounded]
        lower = [
            f"{x(step.share):.1f},{y(max(floor, step.precision.low or 0)):.1f}" for step in bounded[::-1]
        ]
        drawn.append(f'<polygon class="band {name}" points="{" ".join(upper + lower)}"/>')
        points = " ".join(f"{x(step.share):.1f},{y(step.precision.value):.1f}" for step in steps)
        drawn.append(f'<polyline class="line {name}" points="{points}"/>')
    return "".join(drawn) + "</svg>"


def _floor(shown: Sequence[Interval]) -> float:
    """A round precision below all lines, so that what differs is seen."""
    lowest = min((one.value for one in shown), default=0.0)
    return max(0.0, min(0.8, int(10 * lowest - 1) / 10))


def _levels(floor: float) -> list[float]:
    """The precisions that a line is drawn for: round ones, ten at most."""
    step = 5 if floor >= 0.5 else 10
    return [level / 100 for level in range(round(100 * floor), 101, step)]


def percent(share: float, places: int = 0) -> str:
    """0.873 → "87 %"; with one place "87,3 %"."""
    return f"{100 * share:.{places}f} %".replace(".", ",")


def number(value: float) -> str:
    """A figure as Vietnamese write it: 0.873 → "0,873", -0.02 → "−0,020"."""
    return f"{value:.3f}".replace(".", ",").replace("-", "−")
