"""Paragraphs and tables of a part in, its tree out: Phần, Chương, Mục, Điều, then items by their markers.

Structural markers nest by rank. The others nest by first appearance: a marker class that is already open
closes all below it and becomes a sibling; a new class opens a level. An unnumbered paragraph that ends
with a colon before items, or a bold title, opens a level too; any other unnumbered paragraph belongs to
the innermost numbered item (the walker decides whether it continues the item or stands alone).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from pipeline.structure.markers import Marker, ordinal
from pipeline.structure.slips import markers_of
from pipeline.types import Block, BlockKind, Grid, Paragraph, Span

_BULLETS = {"dash", "plus", "bullet"}
_LEAD = "lead"  # level opened by an unnumbered lead-in
_TITLE_LENGTH = 200  # a longer paragraph is no title
_TITLE = "title"  # level opened by an unnumbered bold or capital title


@dataclass(slots=True)
class _Node:
    kind: BlockKind
    span: Span
    label: str = ""
    marker: str = ""
    rank: int | None = None
    grid: Grid | None = None
    bold: bool = False
    number: int | None = None
    children: list[_Node] = field(default_factory=list)

    def freeze(self) -> Block:
        children = tuple(child.freeze() for child in self.children)
        return Block(self.kind, self.span, self.label, self.marker, children, self.grid, self.bold)


def build(items: Sequence[Paragraph | Grid], text: str, kind: BlockKind = BlockKind.ROOT) -> Block:
    """The tree of one part (body or annex); `text` is Layout.text, spans stay offsets into it."""
    start = items[0].span.start if items else 0
    end = items[-1].span.end if items else 0
    root = _Node(kind, Span(start, end))
    stack = [root]
    markers = markers_of([None if isinstance(i, Grid) else text[i.span.start : i.span.end] for i in items])
    for item, marker, after in zip(items, markers, [*markers[1:], None], strict=False):
        if isinstance(item, Grid):
            stack[-1].children.append(_Node(BlockKind.TABLE, item.span, grid=item))
        else:
            _place(item, marker, after, text, stack)
    return root.freeze()


def _place(
    item: Paragraph, marker: Marker | None, after: Marker | None, text: str, stack: list[_Node]
) -> None:
    words = text[item.span.start : item.span.end]
    if marker is not None and (marker.end < len(words) or marker.rank is not None):
        _open(_numbered(item, marker), stack)
        return
    node = _Node(BlockKind.PARAGRAPH, item.span, bold=item.bold)
    if after is not None and words.rstrip().endswith(":"):
        _open_level(node, _LEAD, stack, after, capitals=False)
    elif _is_title(item, words):
        _open_level(node, _TITLE, stack, after, capitals=words.isupper() and len(words) > 6)
    else:
        stack[-1].children.append(node)


def _numbered(item: Paragraph, marker: Marker) -> _Node:
    return _Node(
        marker.kind,
        Span(min(item.span.start + marker.end, item.span.end), item.span.end),
        marker.label,
        marker.name,
        marker.rank,
        bold=item.bold,
        number=ordinal(marker),
    )


def _open(node: _Node, stack: list[_Node]) -> None:
    """Hang a marked node where its class belongs and make it the innermost level."""
    if node.rank is not None:
        while len(stack) > 1 and (stack[-1].rank is None or stack[-1].rank >= node.rank):
            stack.pop()
    else:
        level = _level_of(node, stack)
        if level is not None:
            del stack[level:]
    stack[-1].children.append(node)
    stack.append(node)


def _level_of(node: _Node, stack: list[_Node]) -> int | None:
    """The open level that `node` continues; None when its marker class opens a new one.

    A class that restarts at 1 below a deeper level is a new list inside the innermost item.
    """
    for level in range(len(stack) - 1, 0, -1):
        if stack[level].rank is not None:
            return None
        if stack[level].marker == node.marker:
            restarts = node.number == 1 and (stack[level].number or 0) >= 1
            return None if restarts and stack[-1].marker in (_LEAD, _TITLE) else level
    if node.marker.startswith("decimal"):
        for level in range(1, len(stack)):
            if stack[level].marker.startswith(("decimal", "letter", *_BULLETS)) and (
                not stack[level].marker.startswith("decimal") or stack[level].marker > node.marker
            ):
                return level
    return None


def _is_title(item: Paragraph, words: str) -> bool:
    if len(words) >= _TITLE_LENGTH:
        return False
    return words.isupper() or (item.bold and not words.rstrip().endswith((".", ";", ",")))


def _open_level(
    node: _Node, marker: str, stack: list[_Node], following: Marker | None, capitals: bool
) -> None:
    """Open a level for an unnumbered lead-in or title.

    A title in capitals closes all items. Else it closes an open level of its own class, but not across
    the numbered item that it stands in, unless the items after it restart that numbering; and bullets.
    """
    for level in range(len(stack) - 1, 0, -1):
        above = stack[level]
        if above.rank is not None and not (capitals and above.kind is BlockKind.DIEU):
            break
        if capitals or above.marker == marker:
            del stack[level:]
            if not capitals:
                break
        elif (
            above.kind is BlockKind.ITEM and above.marker not in _BULLETS and not _restarts(following, above)
        ):
            break
    while len(stack) > 1 and stack[-1].marker in _BULLETS:
        stack.pop()
    node.marker = marker
    stack[-1].children.append(node)
    stack.append(node)


def _restarts(following: Marker | None, open_item: _Node) -> bool:
    return following is not None and following.name == open_item.marker and ordinal(following) == 1
