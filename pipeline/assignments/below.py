"""What hangs below a node of the body's tree, sorted: paragraphs that continue it, loose ones, items."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

from pipeline.assignments.attributes import Attributes
from pipeline.types import Block, BlockKind


@dataclass(frozen=True, slots=True)
class Below:
    """What hangs below a node: paragraphs that continue it, loose ones that stand alone, items."""

    continuations: tuple[Block, ...]
    in_order: tuple[Block, ...]

    @classmethod
    def of(cls, block: Block, attributes: Attributes, stands_alone: Callable[[Block, Block], bool]) -> Below:
        """Sort a node's children; those that `attributes` used up are left out."""
        continuations: list[Block] = []
        in_order: list[Block] = []
        for child in _lifted(block.children, stands_alone):
            if child in attributes.used:
                continue
            continues = is_plain(child) and block.kind is BlockKind.ITEM and not stands_alone(child, block)
            if continues and not in_order:
                continuations.append(child)
            else:
                in_order.append(child)
        return cls(tuple(continuations), tuple(in_order))

    @property
    def items(self) -> tuple[Block, ...]:
        """The children that are no loose paragraphs."""
        return tuple(child for child in self.in_order if not is_plain(child))

    @property
    def loose(self) -> tuple[Block, ...]:
        """The paragraphs that stand alone."""
        return tuple(child for child in self.in_order if is_plain(child))


def _lifted(children: tuple[Block, ...], stands_alone: Callable[[Block, Block], bool]) -> tuple[Block, ...]:
    """The children, with paragraphs that stand alone after the last bullet lifted out of that bullet."""
    last = children[-1] if children else None
    if last is None or last.marker not in ("dash", "plus", "bullet"):
        return children
    kept = list(last.children)
    lifted: list[Block] = []
    while kept and is_plain(kept[-1]) and stands_alone(kept[-1], last):
        lifted.insert(0, kept.pop())
    return (*children[:-1], replace(last, children=tuple(kept)), *lifted) if lifted else children


def is_plain(block: Block) -> bool:
    """Whether a node is an unnumbered paragraph with nothing below it."""
    return block.kind is BlockKind.PARAGRAPH and not block.marker and not block.children


def descendants(block: Block) -> list[Block]:
    """A node and all below it, in order."""
    return [block, *(inner for child in block.children for inner in descendants(child))]
