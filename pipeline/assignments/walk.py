"""The body's tree in, task drafts and labelled clauses out.

The walk goes down the tree with a `Scope`: headings set what a section holds, lead-ins hand down leads,
cooperators and deadlines, leaves become tasks or are dismissed with the reason.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from pipeline.assignments.apart import sets_apart
from pipeline.assignments.attributes import Attributes, read_attributes
from pipeline.assignments.below import Below, descendants, is_plain
from pipeline.assignments.cooperators import find_cooperators
from pipeline.assignments.deliveries import completed, delivers
from pipeline.assignments.dismissals import (
    Dismissal,
    announces,
    dismiss,
    names_ways,
    titles_results,
)
from pipeline.assignments.handing import asks, handed_deadline
from pipeline.assignments.issuer import is_speaker, speaks_for
from pipeline.assignments.leadins import (
    announced,
    assigns_itself,
    is_whole_task,
    only_leads_over,
    only_names,
    outlined,
    zone_below,
)
from pipeline.assignments.leaves import Leaf, decide
from pipeline.assignments.prose import closes, reports_trouble
from pipeline.assignments.quotation import Quotation
from pipeline.assignments.references import Reference, referred
from pipeline.assignments.roles import begins_action, find_request, find_subject, is_bare
from pipeline.assignments.scope import SHUT, Draft, Scope, moved, moved_deadline, step
from pipeline.assignments.segments import lead_keys
from pipeline.assignments.tables import read_table
from pipeline.assignments.timing import due_apart
from pipeline.deadlines import choose, find_deadlines
from pipeline.types import (
    Block,
    BlockKind,
    Clause,
    ClauseRole,
    Deadline,
    Header,
    Span,
    UnitMention,
)

_LONGEST = 20_000  # characters of a clause; structure cuts what is longer, and no clause is as long


@dataclass(slots=True)
class Walk:
    """One document's walk: `text` is Layout.text; collects `drafts` and `clauses` in reading order.

    `asked` are the units that the last lead-in asked: who reports "if difficulties arise".
    """

    text: str
    header: Header
    issued_on: dt.date | None
    drafts: list[Draft] = field(default_factory=list)
    clauses: list[Clause] = field(default_factory=list)
    audience: tuple[UnitMention, ...] = ()
    references: tuple[Reference, ...] = ()
    asked: tuple[UnitMention, ...] = ()
    _last_leads: tuple[UnitMention, ...] = ()
    _quoted: Quotation = field(init=False)

    def __post_init__(self) -> None:
        self._quoted = Quotation(self.header)

    def visit_children(self, block: Block, scope: Scope) -> None:
        """Visit a node's children in order; paragraphs after one that announces orders are for its units."""
        asked: tuple[UnitMention, ...] = ()
        for position, child in enumerate(block.children, start=1):
            here = replace(scope, path=step(child, position, scope.path))
            ordered = is_plain(child) and begins_action(self._words(child.span))
            asked = asked if ordered else ()
            self.visit(child, replace(here, leads=asked) if asked else here)
            asked = self._announced(child) or asked

    def visit(self, block: Block, scope: Scope) -> None:
        """Visit one node: a table, a lead-in with items below it, or a clause."""
        if block.kind is BlockKind.TABLE:
            self._table(block, scope)
            return
        if self._quoted.covers(self._words(block.span)):
            self._label(block.span, scope, ClauseRole.RECITAL, "quoted_law")
            self._visit_all(block.children, scope)
            return
        if len(block.span) > _LONGEST:
            self._label(block.span, scope, ClauseRole.OTHER, "too_long")
            self._visit_all(block.children, scope)
            return
        if self.references and block.kind is BlockKind.ITEM:
            scope = referred(self.references, scope)
        attributes = read_attributes(block, self.text, self.issued_on)
        below = Below.of(block, attributes, self._stands_alone)
        titled = () if below.items else self._titled(block, scope, below)
        if below.items:
            self._lead_in(block, scope, below, attributes)
        elif titled:
            self._label(block.span, scope, ClauseRole.HEADING, "heading")
            self._visit_all(titled, self._handed_down(block, scope, attributes))
        elif below.continuations and only_names(self._words(block.span)):
            self._label(block.span, scope, ClauseRole.LEAD_IN, "lead_in")
            first, *more = below.continuations
            order = replace(first, kind=BlockKind.ITEM)  # one item, its lead-in on a line of its own
            self._leaf(order, self._handed_down(block, scope, attributes), more, attributes)
            self._visit_all(below.loose, scope)
        else:
            self._leaf(block, scope, below.continuations, attributes)
            self._visit_all(below.loose, scope)

    def _titled(self, block: Block, scope: Scope, below: Below) -> tuple[Block, ...]:
        """The paragraphs below a node that it only titles; none where it says something itself."""
        if self._is_heading(block, scope, below.loose):
            return below.loose
        results = below.continuations and titles_results(self._words(block.span))
        return (*below.continuations, *below.in_order) if results else ()

    def _visit_all(self, blocks: Sequence[Block], scope: Scope) -> None:
        """Visit siblings in order; a plain paragraph without doer goes on for the one before it."""
        for position, child in enumerate(blocks, start=1):
            here = replace(scope, path=step(child, position, scope.path))
            if self._goes_on(child, scope):
                here = replace(here, leads=self._last_leads)
            before = len(self.drafts)
            self.visit(child, here)
            new = self.drafts[before:]
            self._last_leads = new[-1].leads if new and is_plain(child) else self._announced(child)

    def _announced(self, child: Block) -> tuple[UnitMention, ...]:
        found = announced(self._words(child.span), self.header) if is_plain(child) else ()
        return tuple(moved(m, child.span.start) for m in found)

    def _goes_on(self, child: Block, scope: Scope) -> bool:
        """Whether a plain paragraph is a further order for the units of the one before it."""
        if not is_plain(child) or scope.leads or not self._last_leads:
            return False
        return begins_action(self._words(child.span))

    def _stands_alone(self, block: Block, item: Block) -> bool:
        """Whether a paragraph below an item is a clause of its own: other leads, or no task at all."""
        words, above = self._words(block.span), self._words(item.span)
        if dismiss(words) is not None or closes(words) or sets_apart(words) or reports_trouble(words):
            return True
        if due_apart(words, above, self.issued_on):
            return True
        leads = lead_keys(find_subject(words))
        return bool(leads) and leads != lead_keys(find_subject(above))

    def _is_heading(self, block: Block, scope: Scope, loose: Sequence[Block]) -> bool:
        """Whether a clause only titles the loose paragraphs below it (a closing formula has no title)."""
        if all(dismiss(self._words(one.span)) is not None for one in loose):
            return False
        words = self._words(block.span)
        if announces(words):
            return True
        found = find_subject(words)
        named = found is not None and bool(found.leads) and not found.bare
        ends = words.rstrip().endswith((".", ";"))
        return not named and dismiss(words) is None and not (scope.leads and ends)

    # ------------------------------------------------------------ nodes with items below

    def _lead_in(self, block: Block, scope: Scope, below: Below, attributes: Attributes) -> None:
        words = self._words(block.span)
        handed = self._handed_down(block, scope, attributes)
        if is_whole_task(words, handed, below.items, self.text):
            self._leaf(block, scope, [*below.continuations, *below.items], attributes)
            self._visit_all(below.loose, scope)
            return
        why = self._dismissed(block)
        if why is not None:
            self._label(block.span, scope, why.role, why.rule)
        else:
            role = ClauseRole.LEAD_IN if handed.leads else ClauseRole.HEADING
            self._label(block.span, scope, role, "lead_in")
            if assigns_itself(words, handed) or (handed.leads and names_ways(words)):
                self._leaf(block, scope, [], attributes)
        known, said = len(self.drafts), len(self.clauses)
        self._visit_all([*below.continuations, *below.in_order], handed)
        nothing = not any(draft.rule == "inherited" for draft in self.drafts[known:])
        if why is None and handed.leads and nothing and outlined(below.items, self.text):
            later, self.clauses[said:] = self.clauses[said:], []
            orders, self.drafts[known:] = self.drafts[known:], []
            self._leaf(block, scope, [], attributes)
            self.clauses.extend(later)
            self.drafts.extend(orders)

    def _handed_down(self, block: Block, scope: Scope, attributes: Attributes) -> Scope:
        """What a lead-in or heading hands down to the items below it."""
        words = self._words(block.span)
        zone = zone_below(self._title(block), block, scope)
        below = replace(scope, zone=zone, ways=scope.ways or names_ways(words))
        if self._dismissed(block) is not None:
            return below
        found = find_subject(words)
        if found is None or not found.leads or is_speaker(self.header, found, words):
            found = find_request(words) or found
        if found is not None and words.isupper() and all(is_bare(lead.text) for lead in found.leads):
            return below  # "HỒ SƠ ĐỀ NGHỊ CẤP THẺ" titles what is below and asks nobody
        base = block.span.start
        leads = attributes.leads or (tuple(moved(m, base) for m in found.leads) if found else ())
        cooperators = attributes.cooperators or tuple(moved(m, base) for m in find_cooperators(words))
        asked = found is not None and found.cue == "request" and (bool(found.leads) or asks(words))
        if asked and below.zone not in SHUT:
            below = replace(below, zone=ClauseRole.TASK)
        speaker = found is not None and not attributes.leads and is_speaker(self.header, found, words)
        if leads and not speaker and not (found and found.bare and speaks_for(self.header, leads)):
            below = replace(below, leads=leads, cooperators=cooperators)
            self.asked = leads if asked or not self.asked else self.asked
        elif asked and self.audience:
            below = replace(below, leads=self.audience, cooperators=cooperators)
        elif cooperators:
            below = replace(below, cooperators=cooperators)
        deadline = attributes.deadline or handed_deadline(words, base, found, self.issued_on)
        return replace(below, deadline=deadline) if deadline else below

    def _dismissed(self, block: Block) -> Dismissal | None:
        """Why a node over items is no lead-in; one that ends with a colon is."""
        words = self._words(block.span)
        return dismiss(words, article=block.kind is BlockKind.DIEU, led=words.rstrip().endswith(":"))

    def _title(self, block: Block) -> str:
        """A node's own words, or those of the line below where a chapter's number stands alone."""
        words = self._words(block.span)
        if not words.strip() and block.children:
            words = self._words(block.children[0].span)
        return words

    # ------------------------------------------------------------ leaves

    def _leaf(self, block: Block, scope: Scope, more: Sequence[Block], attributes: Attributes) -> None:
        if is_plain(block) and self._completes_last(block, scope):
            return
        spans = (
            block.span,
            *(inner.span for child in more for inner in descendants(child)),
            *attributes.spans,
        )
        for child in more:
            self._quoted.covers(self._words(child.span))
        if len(spans) == 1 and only_leads_over(self._words(block.span)):
            heads = self._words(block.span).isupper()
            role = ClauseRole.HEADING if heads else ClauseRole.LEAD_IN
            self._label(block.span, scope, role, "heading" if heads else "lead_in")
            return
        kind = block.kind
        leaf = Leaf(
            spans,
            scope,
            attributes,
            kind is BlockKind.DIEU,
            kind is BlockKind.ITEM,
            self.asked,
            self.audience,
        )
        if is_plain(block):
            closing = find_request(self._words(block.span))
            self.asked = tuple(moved(m, block.span.start) for m in closing.leads) if closing else self.asked
        drafts, clauses = decide(leaf, self.text, self.header, self.issued_on)
        self.drafts.extend(drafts)
        self.clauses.extend(clauses)

    def _completes_last(self, block: Block, scope: Scope) -> bool:
        """Whether a paragraph says until when what was asked for before it is handed in: it joins that."""
        words = self._words(block.span)
        deadline = self._deadline(words, block.span.start) if self.drafts and delivers(words) else None
        whole = completed(self.drafts[-1], block.span, deadline, self.text) if deadline else None
        if whole is not None:
            self.drafts[-1] = whole
            self._label(block.span, scope, ClauseRole.TASK, "delivery")
        return whole is not None

    def _table(self, block: Block, scope: Scope) -> None:
        assert block.grid is not None
        drafts, clauses = read_table(block.grid, self.text, scope, self.issued_on)
        self.drafts.extend(drafts)
        self.clauses.extend(clauses)

    def _words(self, span: Span) -> str:
        return self.text[span.start : span.end]

    def _label(self, span: Span, scope: Scope, role: ClauseRole, rule: str) -> None:
        self.clauses.append(Clause(span, " › ".join(scope.path), role, rule))

    def _deadline(self, words: str, base: int) -> Deadline | None:
        chosen = choose(find_deadlines(words, self.issued_on), words)
        return moved_deadline(chosen, base) if chosen else None
