"""A document with what it carries out and what carries it out in, a drawing (SVG) of the chain out: central
documents on the left. It stands beside the list that says the same."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from html import escape
from itertools import count

from service.tracking.graph import Branch

_WIDE, _HIGH, _BOX, _TALL, _EDGE = 190.0, 46.0, 160.0, 32.0, 4.0
_LONGEST = 20  # characters of a number


@dataclass(frozen=True, slots=True)
class _Node:
    """A document in the drawing: its column, its middle, and that of the one from which it was reached."""

    text: str
    column: int
    y: float
    near: float


def chain(title: str, told: str, here: str, above: Sequence[Branch], below: Sequence[Branch]) -> str:
    """The drawing; "" where the document stands alone."""
    if not above and not below:
        return ""
    middle = (max(_rows(above), _rows(below)) - 1) * _HIGH / 2 + _TALL / 2 + _EDGE
    nodes = [*_placed(above, -1, middle), *_placed(below, 1, middle)]
    first = min(0, *(one.column for one in nodes))
    columns = max(0, *(one.column for one in nodes)) - first + 1
    height = max([middle, *(one.y for one in nodes)]) + _TALL / 2 + _EDGE
    drawn = [
        f'<svg class="chart linked" viewBox="0 0 {columns * _WIDE:g} {height:g}" role="img" '
        f'aria-labelledby="chain-title chain-told"><title id="chain-title">{escape(title)}</title>'
        f'<desc id="chain-told">{escape(told)}</desc>'
    ]
    drawn += [_line(one, first) for one in nodes]
    drawn += [_box(one.text, one.column - first, one.y, "other") for one in nodes]
    drawn.append(_box(here, -first, middle, "here"))
    return "".join(drawn) + "</svg>"


def _rows(branches: Sequence[Branch]) -> int:
    """How many documents stand at the ends."""
    return sum(_rows(one.beyond) if one.beyond else 1 for one in branches) or 1


def _placed(branches: Sequence[Branch], step: int, middle: float) -> Iterator[_Node]:
    """The documents on one side, each in the middle of those beyond it."""
    free = count()
    top = middle - (_rows(branches) - 1) * _HIGH / 2
    heights: dict[int, float] = {}

    def settle(one: Branch) -> float:
        beyond = [settle(each) for each in one.beyond]
        heights[id(one)] = sum(beyond) / len(beyond) if beyond else top + next(free) * _HIGH
        return heights[id(one)]

    def walk(some: Sequence[Branch], column: int, near: float) -> Iterator[_Node]:
        for one in some:
            y = heights[id(one)]
            yield _Node(one.number, column, y, near)
            yield from walk(one.beyond, column + step, y)

    for one in branches:
        settle(one)
    yield from walk(branches, step, middle)


def _line(one: _Node, first: int) -> str:
    """From a document to the one from which it was reached."""
    step = 1 if one.column > 0 else -1
    edge = (one.column - first) * _WIDE + (_WIDE - _BOX) / 2 + (0 if step > 0 else _BOX)
    near = edge - step * (_WIDE - _BOX)
    return f'<line class="edge" x1="{near:g}" y1="{one.near:.1f}" x2="{edge:g}" y2="{one.y:.1f}"/>'


def _box(text: str, column: int, y: float, kind: str) -> str:
    x = column * _WIDE + (_WIDE - _BOX) / 2
    short = text if len(text) <= _LONGEST else f"{text[: _LONGEST - 1]}…"
    return (
        f'<rect class="{kind}" x="{x:g}" y="{y - _TALL / 2:.1f}" width="{_BOX:g}" height="{_TALL:g}" rx="5">'
        f"<title>{escape(text)}</title></rect>"
        f'<text class="group" x="{x + _BOX / 2:g}" y="{y + 5:.1f}">{escape(short)}</text>'
    )
