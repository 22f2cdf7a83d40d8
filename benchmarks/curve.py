"""Figures by number of labelled documents in, a drawing of the learning curve (SVG) out."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from html import escape

_WIDE, _HIGH, _LEFT, _TOP = 560.0, 260.0, 56.0, 16.0
_COLOURS = ("#0b6e4f", "#8a4b08")
Point = tuple[int, Mapping[str, float]]


def drawn(points: Sequence[Point], measures: Mapping[str, str], across: str) -> str:
    """A line for each of `measures` (key of the figures, what it is called), from 0 to 1, against the number
    of documents; `across` says what they are."""
    most = max(number for number, _ in points) or 1
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {_LEFT + _WIDE + 90:g} {_TOP + _HIGH + 48:g}" '
        'font-family="sans-serif" font-size="13" fill="#222"><rect width="100%" height="100%" fill="#fff"/>',
        *_grid(points, most),
    ]
    for colour, (key, name) in zip(_COLOURS, measures.items(), strict=False):
        places = [(_x(number / most), _y(figures[key])) for number, figures in points]
        line = " ".join(f"{x:.1f},{y:.1f}" for x, y in places)
        parts.append(f'<polyline points="{line}" fill="none" stroke="{colour}" stroke-width="2.5"/>')
        for (x, y), (_, figures) in zip(places, points, strict=True):
            parts.append(f'<circle cx="{x:.1f}" cy="{y:.1f}" r="3.5" fill="{colour}"/>')
            parts.append(f'<text x="{x:.1f}" y="{y - 9:.1f}" text-anchor="middle">{figures[key]:.2f}</text>')
        x, y = places[-1]
        parts.append(f'<text x="{x + 22:.1f}" y="{y + 4:.1f}" fill="{colour}">{escape(name)}</text>')
    foot = _TOP + _HIGH + 40
    parts.append(f'<text x="{_x(0.5):g}" y="{foot:g}" text-anchor="middle">{escape(across)}</text>')
    return "\n".join([*parts, "</svg>"]) + "\n"


def _grid(points: Sequence[Point], most: int) -> list[str]:
    parts = []
    for step in range(6):
        y = _y(step / 5)
        parts.append(f'<line x1="{_x(0):g}" y1="{y:g}" x2="{_x(1):g}" y2="{y:g}" stroke="#ddd"/>')
        parts.append(f'<text x="{_LEFT - 8:g}" y="{y + 4:g}" text-anchor="end">{step / 5:.1f}</text>')
    for number, _ in points:
        x = _x(number / most)
        parts.append(f'<text x="{x:.1f}" y="{_y(0) + 20:g}" text-anchor="middle">{number}</text>')
    return parts


def _x(share: float) -> float:
    return _LEFT + _WIDE * share


def _y(share: float) -> float:
    return _TOP + _HIGH * (1 - share)
