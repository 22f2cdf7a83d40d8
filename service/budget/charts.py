"""Levels in, a drawing (SVG) out: how many tasks would be accepted unseen against how many of them are wrong.

Colours come from the page's style by class; it stands beside the table that says the same.
"""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

from annotation.budget.thresholds import Level
from service.report.charts import percent

_WIDE, _HIGH, _LEFT, _TOP, _FOOT = 640.0, 240.0, 60.0, 10.0, 44.0
_ROUND = (0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1.0)  # tops of the scale


def drawn(
    title: str,
    told: str,
    sides: tuple[str, str],
    levels: Sequence[Level],
    promise: float,
    chosen: float | None,
) -> str:
    """The curve with its bounds, the promise as a line across, the share at the `chosen` threshold as a line
    up; `sides` are what the axes are called, from left to right and upwards."""
    every = levels[-1].tasks
    scale = _scale(max(2 * promise, *(level.error for level in levels)))
    points = [(_x(level.tasks / every), level) for level in levels]
    upper = [f"{x:.1f},{_y(level.bounds[1] / scale):.1f}" for x, level in points]
    lower = [f"{x:.1f},{_y(level.bounds[0] / scale):.1f}" for x, level in reversed(points)]
    middle = " ".join(f"{x:.1f},{_y(level.error / scale):.1f}" for x, level in points)
    parts = [_open(title, told), *_grid(scale)]
    parts.append(f'<polygon class="band" points="{" ".join(upper + lower)}"/>')
    parts.append(f'<polyline class="line" points="{middle}"/>')
    y = _y(promise / scale)
    parts.append(f'<line class="promise" x1="{_x(0):g}" y1="{y:.1f}" x2="{_x(1):g}" y2="{y:.1f}"/>')
    for x in [x for x, level in points if chosen is not None and level.threshold >= chosen][-1:]:
        parts.append(f'<line class="chosen" x1="{x:.1f}" y1="{_y(0):g}" x2="{x:.1f}" y2="{_y(1):g}"/>')
    across, up = sides
    foot = _TOP + _HIGH + 38
    parts.append(f'<text class="group" x="{_x(0.5):g}" y="{foot:g}">{escape(across)}</text>')
    parts.append(f'<text class="side" x="{_x(0) + 6:g}" y="{_TOP + 12:g}">{escape(up)}</text>')
    return "".join(parts) + "</svg>"


def _grid(scale: float) -> list[str]:
    parts = []
    for step in range(5):
        x, y, share = _x(step / 4), _y(step / 4), step / 4
        parts += [
            f'<line class="grid" x1="{_x(0):g}" y1="{y:g}" x2="{_x(1):g}" y2="{y:g}"/>',
            f'<text class="level" x="{_LEFT - 6:g}" y="{y + 4:g}">{percent(scale * share, 2)}</text>',
            f'<text class="group" x="{x:g}" y="{_y(0) + 18:g}">{percent(share)}</text>',
        ]
    return parts


def _open(title: str, told: str) -> str:
    high = _TOP + _HIGH + _FOOT
    return (
        f'<svg class="chart budget" viewBox="0 0 {_LEFT + _WIDE + 24:g} {high:g}" role="img" '
        f'aria-labelledby="budget-title budget-told"><title id="budget-title">{escape(title)}</title>'
        f'<desc id="budget-told">{escape(told)}</desc>'
    )


def _scale(most: float) -> float:
    return next((one for one in _ROUND if one >= most), 1.0)


def _x(share: float) -> float:
    return _LEFT + _WIDE * share


def _y(share: float) -> float:
    return _TOP + _HIGH * (1 - min(1.0, share))
