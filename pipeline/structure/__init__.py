"""From pages to a directive: layout, header and parts, the body's tree."""

from __future__ import annotations

from dataclasses import replace

from pipeline.structure.blocks import build
from pipeline.structure.layout import compose
from pipeline.structure.parts import take_apart
from pipeline.types import BlockKind, Directive, Layout, Reading

__all__ = ["structure"]


def structure(reading: Reading) -> Directive:
    """The directive that a reading shows; never raises, whatever the pages hold."""
    layout = compose(reading)
    parts = take_apart(layout, reading)
    root = build(parts.body, layout.text)
    annexes = tuple(build(annex, layout.text, BlockKind.ANNEX) for annex in parts.annexes if annex)
    return Directive(
        _in_file(layout, reading), parts.header, replace(root, children=(*root.children, *annexes))
    )


def _in_file(layout: Layout, reading: Reading) -> Layout:
    """The layout with its places on the pages as the file shows them: some were turned to be read."""
    turned = {page.number: page for page in reading.pages if page.turned}
    if not turned:
        return layout
    places = (
        replace(place, box=turned[place.page].in_file(place.box)) if place.page in turned else place
        for place in layout.places
    )
    return replace(layout, places=tuple(places))
