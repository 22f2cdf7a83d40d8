"""The stage: a document's parts in, drafts and labelled clauses out."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace

from pipeline.assignments.apart import timed_apart
from pipeline.assignments.audience import audience
from pipeline.assignments.clauses import named
from pipeline.assignments.dismissals import (
    attachment_zone,
    is_form,
    is_frame,
    is_idle,
    is_law,
    is_plan,
    regulates,
)
from pipeline.assignments.references import Reference, find_references
from pipeline.assignments.scope import Draft, Scope
from pipeline.assignments.walk import Walk
from pipeline.types import Block, BlockKind, Clause, ClauseRole, Directive, DocumentType

_WITH_YEAR = re.compile(r"/(?:19|20)\d\d/")
_DIRECTIVES = {DocumentType.CHI_THI, DocumentType.CONG_DIEN, DocumentType.THONG_BAO, DocumentType.KE_HOACH}
_HEADING_REACH = 800  # characters of a heading, from the issuer to the act's kind
_FORM_LINES = 12  # lines of an annex among which a form shows itself
_TITLE_LINES = 6  # lines of an annex among which its title stands


def find_drafts(directive: Directive) -> tuple[tuple[Draft, ...], tuple[Clause, ...]]:
    """Walk body and annexes; drafts and clauses in reading order.

    Where drafts give numbered items of the document to somebody, the walk is made again with that known.
    """
    walk = _walked(directive, ())
    references = find_references(walk.drafts, directive.layout.text)
    if references:
        walk = _walked(directive, references)
    drafts = timed_apart(walk.drafts, directive.layout.text, walk.issued_on)
    return drafts, named(walk.clauses, directive.layout.text)


def _walked(directive: Directive, references: tuple[Reference, ...]) -> Walk:
    header = directive.header
    issued = header.issued_on or header.issued_about  # a legible month still tells a deadline's year
    text = directive.layout.text
    walk = Walk(text, header, issued, audience=audience(directive), references=references)
    body = tuple(child for child in directive.root.children if child.kind is not BlockKind.ANNEX)
    walk.visit_children(replace(directive.root, children=body), _body_scope(directive))
    for annex in directive.root.children:
        if annex.kind is BlockKind.ANNEX:
            title = _title(annex, text)
            zone = attachment_zone(title) or (ClauseRole.OTHER if _is_form(annex, text) else ClauseRole.TASK)
            path = (title[:60],) if title else ("Phụ lục",)
            statute = zone is ClauseRole.FUNCTION
            known = len(walk.clauses)
            walk.visit_children(annex, Scope(zone=zone, path=path, statute=statute))
            if zone is ClauseRole.OTHER:  # a form of a decision is no decision
                walk.clauses[known:] = [_unbinding(clause) for clause in walk.clauses[known:]]
    return walk


def _unbinding(clause: Clause) -> Clause:
    return replace(clause, role=ClauseRole.OTHER) if clause.role is ClauseRole.EXECUTION else clause


def _body_scope(directive: Directive) -> Scope:
    """What the body may assign.

    FUNCTION where the act itself is a regulation: by its subject ("quy định chức năng …", "ban hành Quy
    chế …"), its kind (luật, nghị định, thông tư) or its number with the year (Luật Ban hành văn bản QPPL).
    A directive with the year in its number stays one.
    """
    header = directive.header
    if _names_kind(directive, is_idle):
        return Scope(zone=ClauseRole.IDLE)
    number = header.number.text if header.number else ""
    subject = header.subject.text if header.subject else ""
    normative = bool(_WITH_YEAR.search(number)) or _names_kind(directive, is_law)
    if header.type in _DIRECTIVES or not (normative or regulates(subject)):
        return Scope()
    return Scope(zone=ClauseRole.FUNCTION, statute=header.type is not DocumentType.QUYET_DINH)


def _names_kind(directive: Directive, is_kind: Callable[[str], bool]) -> bool:
    """Whether a line of the heading is the name of such a kind of document ("THÔNG TƯ", "GIẤY MỜI")."""
    if directive.header.type is not DocumentType.OTHER:
        return False
    lines = directive.layout.text[:_HEADING_REACH].split("\n")
    return any(is_kind(line) for line in lines if line.isupper())


def _is_form(annex: Block, text: str) -> bool:
    """Whether an annex is a form to be filled in: its first lines show it, and no title of a plan."""
    lines = [text[child.span.start : child.span.end].strip() for child in annex.children[:_FORM_LINES]]
    return any(is_form(line) for line in lines) and not any(is_plan(line) for line in lines)


def _title(annex: Block, text: str) -> str:
    """The annex's title: the first of its lines that names a known kind of attachment, else the first that
    is no "Phụ lục I", issuer or note in brackets."""
    lines = [text[child.span.start : child.span.end].strip() for child in annex.children[:_TITLE_LINES]]
    kinds = (line for line in lines if attachment_zone(line) is not None or is_plan(line))
    others = (line for line in lines if line and not line.startswith("(") and not is_frame(line))
    return next(kinds, "") or next(others, "")
