"""From pages to a directive: layout, header and parts, the body's tree."""

from __future__ import annotations

from dataclasses import replace

from pipeline.structure.blocks import build
from pipeline.structure.layout import compose
from pipeline.structure.parts import take_apart
from pipeline.types import BlockKind, Directive, Reading

__all__ = ["structure"]


def structure(reading: Reading) -> Directive:
    """The directive that a reading shows; never raises, whatever the pages hold."""
    layout = compose(reading)
    parts = take_apart(layout, reading)
    root = build(parts.body, layout.text)
    annexes = tuple(build(annex, layout.text, BlockKind.ANNEX) for annex in parts.annexes if annex)
    return Directive(layout, parts.header, replace(root, children=(*root.children, *annexes)))
