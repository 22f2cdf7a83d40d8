"""Figures in, drawings (SVG) out: bars by row, a year by months. Colours come from the page's style by class;
each drawing has a title and a description, and stands beside the table that says the same."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

from service.tracking.groups import Figures

STACK = ("on_time", "late", "no_deadline_done", "in_time", "no_deadline_open", "overdue", "paused")
"""The parts of a bar, from left to right."""
_WIDE, _NAMES, _ROW, _END = 760.0, 250.0, 26.0, 50.0
_HIGH, _LEFT, _FOOT = 200.0, 44.0, 24.0
_LONGEST = 32  # characters of a name that stand before a bar


def bars(title: str, told: str, rows: Sequence[tuple[str, Figures]], names: dict[str, str]) -> str:
    """A bar a row, as long as it has duties, divided by `STACK`; `names` are what the parts are called."""
    most = max((one.total for _, one in rows), default=0) or 1
    height = _ROW * len(rows) + 6
    drawn = [_open("bars", _WIDE, height, title, told)]
    for place, (name, figures) in enumerate(rows):
        y = 4 + place * _ROW
        short = name if len(name) <= _LONGEST else f"{name[: _LONGEST - 1]}…"
        drawn.append(f'<text class="name" x="{_NAMES - 8:g}" y="{y + 15:g}">{escape(short)}</text>')
        x = _NAMES
        for part in STACK:
            count = getattr(figures, part)
            width = (_WIDE - _NAMES - _END) * count / most
            if count:
                hint = escape(f"{name}: {names[part]} {count}")
                drawn.append(
                    f'<rect class="{part}" x="{x:.1f}" y="{y:g}" width="{width:.1f}" height="20">'
                    f"<title>{hint}</title></rect>"
                )
            x += width
        drawn.append(f'<text class="count" x="{x + 6:.1f}" y="{y + 15:g}">{figures.total}</text>')
    return "".join(drawn) + "</svg>"


def columns(
    title: str, told: str, groups: Sequence[tuple[str, Sequence[int]]], series: Sequence[tuple[str, str]]
) -> str:
    """Columns side by side for each group; `series` are the class and the name of each column."""
    most = _round(max((max(one, default=0) for _, one in groups), default=0))
    height = _HIGH + _FOOT + 12
    drawn = [_open("columns", _WIDE, height, title, told)]
    for step in range(5):
        y, level = 8 + _HIGH * (1 - step / 4), most * step // 4
        drawn.append(f'<line class="grid" x1="{_LEFT:g}" y1="{y:g}" x2="{_WIDE:g}" y2="{y:g}"/>')
        drawn.append(f'<text class="level" x="{_LEFT - 6:g}" y="{y + 4:g}">{level}</text>')
    wide = (_WIDE - _LEFT) / max(1, len(groups))
    each = wide * 0.8 / max(1, len(series))
    for place, (name, values) in enumerate(groups):
        left = _LEFT + place * wide + wide * 0.1
        for at, ((kind, called), value) in enumerate(zip(series, values, strict=True)):
            tall = _HIGH * value / most
            hint = escape(f"{name}: {called} {value}")
            drawn.append(
                f'<rect class="{kind}" x="{left + at * each:.1f}" y="{8 + _HIGH - tall:.1f}" '
                f'width="{each:.1f}" height="{tall:.1f}"><title>{hint}</title></rect>'
            )
        middle = _LEFT + (place + 0.5) * wide
        drawn.append(f'<text class="group" x="{middle:.1f}" y="{_HIGH + 26:g}">{escape(name)}</text>')
    return "".join(drawn) + "</svg>"


def _open(kind: str, width: float, height: float, title: str, told: str) -> str:
    return (
        f'<svg class="chart {kind}" viewBox="0 0 {width:g} {height:g}" role="img" '
        f'aria-labelledby="{kind}-title {kind}-told"><title id="{kind}-title">{escape(title)}</title>'
        f'<desc id="{kind}-told">{escape(told)}</desc>'
    )


def _round(most: int) -> int:
    """The next number that four steps divide well."""
    step = 4
    while step < most:
        step = step * 2 if str(step)[0] != "2" else step * 5 // 2
    return step
