"""The body's tree in, task drafts and labelled clauses out.

The walk goes down the tree with a `Scope`: headings set what a section holds, lead-ins hand down leads,
cooperators and deadlines, leaves become tasks or are dismissed with the reason.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from pipeline.assignments.attributes import Attributes, read_attributes
from pipeline.assignments.dismissals import dismiss, reopens, zone_of
from pipeline.assignments.leaves import SHUT, Leaf, addressees, decide, is_detail
from pipeline.assignments.roles import find_cooperators, find_subject
from pipeline.assignments.scope import Draft, Scope, moved, moved_deadline, step
from pipeline.assignments.tables import read_table
from pipeline.deadlines import choose, find_deadlines
from pipeline.text import match_key
from pipeline.types import (
    Block,
    BlockKind,
    Clause,
    ClauseRole,
    Deadline,
    DeadlineKind,
    Header,
    Span,
    UnitMention,
)

_DOERLESS_ZONES = {ClauseRole.AIM, ClauseRole.RESULT, *SHUT}
_HEADING_LENGTH = 160  # a longer line is no heading
# what a lead-in that names nobody may hand down; "sau khi xem xét …" there is no deadline
_HANDED_DOWN = {DeadlineKind.DATE, DeadlineKind.RECURRING}


@dataclass(slots=True)
class Walk:
    """One document's walk: `text` is Layout.text; collects `drafts` and `clauses` in reading order."""

    text: str
    header: Header
    issued_on: dt.date | None
    drafts: list[Draft] = field(default_factory=list)
    clauses: list[Clause] = field(default_factory=list)

    def visit_children(self, block: Block, scope: Scope) -> None:
        """Visit a node's children in order."""
        for position, child in enumerate(block.children, start=1):
            scope = self.visit(child, replace(scope, path=step(child, position, scope.path)), scope)

    def visit(self, block: Block, scope: Scope, parent: Scope) -> Scope:
        """Visit one node; the parent's scope comes back, changed where an unnumbered lead-in or title
        speaks for the siblings that follow it."""
        if block.kind is BlockKind.TABLE:
            self._table(block, scope)
            return parent
        attributes = read_attributes(block, self.text, self.issued_on)
        items = [child for child in block.children if child not in attributes.used]
        continuations, others = self._split(block, items)
        if others:
            return self._lead_in(block, scope, parent, continuations, others, attributes)
        self._leaf(block, scope, continuations, attributes)
        return parent

    # ------------------------------------------------------------ nodes with items below

    def _split(self, block: Block, children: Sequence[Block]) -> tuple[list[Block], list[Block]]:
        """Unnumbered paragraphs that continue a numbered item, and all other children."""
        continuations: list[Block] = []
        others: list[Block] = []
        for child in children:
            plain = child.kind is BlockKind.PARAGRAPH and not child.marker and not child.children
            if plain and block.kind is BlockKind.ITEM and not others and not self._stands_alone(child):
                continuations.append(child)
            else:
                others.append(child)
        if others and all(self._trails(child) for child in others) and not continuations:
            return [], others
        return continuations, others

    def _trails(self, child: Block) -> bool:
        return child.kind is BlockKind.PARAGRAPH

    def _stands_alone(self, block: Block) -> bool:
        words = self._words(block.span)
        found = find_subject(words)
        return (found is not None and bool(found.leads)) or dismiss(words) is not None

    def _lead_in(
        self,
        block: Block,
        scope: Scope,
        parent: Scope,
        continuations: list[Block],
        others: list[Block],
        attributes: Attributes,
    ) -> Scope:
        words = self._words(block.span)
        below = self._handed_down(block, words, scope, attributes)
        if self._is_whole_task(words, below, others):
            self._leaf(block, scope, [*continuations, *others], attributes)
            return parent
        self._label(block.span, scope, ClauseRole.LEAD_IN if below.leads else ClauseRole.HEADING, "lead_in")
        if self._assigns_itself(words, below):
            self._leaf(block, scope, [], attributes)
        for child in continuations:
            self._leaf(child, below, [], Attributes())
        for position, child in enumerate(others, start=1):
            below = self.visit(child, replace(below, path=step(child, position, below.path)), below)
        return parent

    def _handed_down(self, block: Block, words: str, scope: Scope, attributes: Attributes) -> Scope:
        """What a lead-in or heading hands down to the items below it."""
        below = scope
        below = replace(below, zone=self._zone(words, scope.zone))
        if dismiss(words, article=block.kind is BlockKind.DIEU) is not None:
            return below
        found = find_subject(words)
        base = block.span.start
        leads = attributes.leads or (tuple(moved(m, base) for m in found.leads) if found else ())
        cooperators = attributes.cooperators or tuple(moved(m, base) for m in find_cooperators(words))
        asked = found is not None and found.cue == "request"
        if asked and below.zone not in SHUT:
            below = replace(below, zone=ClauseRole.TASK)
        if leads and not self._is_issuer(leads):
            below = replace(below, leads=leads, cooperators=cooperators)
        elif asked and self.header.addressees:
            below = replace(below, leads=addressees(self.header), cooperators=cooperators)
        elif cooperators:
            below = replace(below, cooperators=cooperators)
        deadline = attributes.deadline
        if deadline is None and found is not None:  # a time in the preamble times what was done before
            deadline = self._deadline(words[found.start :], base + found.start)
        elif deadline is None and words.rstrip().endswith(":"):
            deadline = self._deadline(words, base)
            if deadline is not None and deadline.kind not in _HANDED_DOWN:
                deadline = None
        return replace(below, deadline=deadline) if deadline else below

    def _zone(self, words: str, above: ClauseRole) -> ClauseRole:
        """What the section below a heading holds."""
        if len(words) >= _HEADING_LENGTH or above is ClauseRole.OTHER:
            return above
        if above is ClauseRole.FUNCTION:
            return ClauseRole.TASK if reopens(words) else above
        return zone_of(words) or above

    def _is_whole_task(self, words: str, below: Scope, others: list[Block]) -> bool:
        """Whether the items below only detail what `words` assigns."""
        if not below.leads or below.zone in _DOERLESS_ZONES or len(words.split()) < 6:
            return False
        if any(child.children or child.kind is BlockKind.TABLE for child in others):
            return False
        details = [is_detail(self._words(child.span)) for child in others]
        return all(details)

    def _assigns_itself(self, words: str, below: Scope) -> bool:
        """Whether a lead-in is a full order of its own besides the items below it."""
        stripped = words.rstrip()
        return bool(below.leads) and stripped.endswith(".") and len(words.split()) > 14

    # ------------------------------------------------------------ leaves

    def _leaf(self, block: Block, scope: Scope, more: list[Block], attributes: Attributes) -> None:
        spans = (block.span, *(span for child in more for span in _all_spans(child)))
        leaf = Leaf(spans, scope, attributes, block.kind is BlockKind.DIEU)
        drafts, clauses = decide(leaf, self.text, self.header, self.issued_on)
        self.drafts.extend(drafts)
        self.clauses.extend(clauses)

    def _table(self, block: Block, scope: Scope) -> None:
        assert block.grid is not None
        drafts, clauses = read_table(block.grid, self.text, scope, self.issued_on)
        self.drafts.extend(drafts)
        self.clauses.extend(clauses)

    # ------------------------------------------------------------ small questions

    def _words(self, span: Span) -> str:
        return self.text[span.start : span.end]

    def _label(self, span: Span, scope: Scope, role: ClauseRole, rule: str) -> None:
        self.clauses.append(Clause(span, " › ".join(scope.path), role, rule))

    def _deadline(self, words: str, base: int) -> Deadline | None:
        chosen = choose(find_deadlines(words, self.issued_on), words)
        return moved_deadline(chosen, base) if chosen else None

    def _is_issuer(self, leads: Sequence[UnitMention]) -> bool:
        issuer = match_key(self.header.issuer.text) if self.header.issuer else ""
        return bool(issuer) and all(issuer.endswith(match_key(lead.name)) for lead in leads)


def _all_spans(block: Block) -> list[Span]:
    """The ranges of a node and all below it, without their labels."""
    return [block.span, *(span for child in block.children for span in _all_spans(child))]
