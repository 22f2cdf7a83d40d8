"""One clause and what it inherits in, its tasks or the reason for none out."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass, replace

from pipeline.assignments.apart import sets_apart
from pipeline.assignments.attributes import Attributes
from pipeline.assignments.cooperators import find_cooperators, past_spaces
from pipeline.assignments.deliveries import delivers
from pipeline.assignments.dismissals import binds_once, carries_act, gives
from pipeline.assignments.issuer import has_duty, is_speaker
from pipeline.assignments.lexicon import lexicon
from pipeline.assignments.passing import acts_after_topic, asks_in_passing
from pipeline.assignments.prose import Stretch, item_stretches, reports_trouble, stretches
from pipeline.assignments.roles import begins_action, find_subject
from pipeline.assignments.scope import AIMS, SHUT, Draft, Scope, moved, moved_deadline, overridden
from pipeline.assignments.segments import Segment, segment
from pipeline.assignments.subjects import Subject
from pipeline.assignments.timing import Timed, others, timed_parts
from pipeline.deadlines import find_deadlines
from pipeline.text import match_key
from pipeline.types import Clause, ClauseRole, Deadline, DocumentType, Header, Span, UnitMention
from pipeline.units import units_at

# sections that assign only where somebody is asked in so many words
_CLOSED = {*AIMS, ClauseRole.RESULT, ClauseRole.RECITAL}
_IMPERATIVE_TYPES = {
    DocumentType.CONG_VAN,
    DocumentType.CONG_DIEN,
    DocumentType.CHI_THI,
    DocumentType.THONG_BAO,
}
_OWN = {"request", "subject", "by", "heading"}  # rules that find the lead in the clause's own words
_TITLE_WORDS = 7  # a shorter clause without a known verb is a heading
_DEBRIS = 60  # characters after "./." that no clause is as short as
_TOPIC_END = re.compile(r"[:;,]\s+(?=\w)")
_MARKS = re.compile(r"\b(?:chủ trì|có trách nhiệm|chịu trách nhiệm|phối hợp|đầu mối|phải)\b")


@dataclass(frozen=True, slots=True)
class Leaf:
    """A clause without items below it: its ranges of text (own words, then continuations)."""

    spans: tuple[Span, ...]
    scope: Scope
    attributes: Attributes
    article: bool = False
    item: bool = False
    asked: tuple[UnitMention, ...] = ()
    audience: tuple[UnitMention, ...] = ()


def decide(
    leaf: Leaf, text: str, header: Header, issued_on: dt.date | None
) -> tuple[tuple[Draft, ...], tuple[Clause, ...]]:
    """The drafts of a leaf and the labels of its clauses."""
    joined = _Joined(leaf.spans, text)
    path = " › ".join(leaf.scope.path)
    drafts: list[Draft] = []
    clauses: list[Clause] = []
    for stretch in _stretches(leaf, joined.words):
        if stretch.dismissal is not None:
            why = stretch.dismissal
            clauses.append(Clause(joined.back(stretch.span)[0], path, why.role, why.rule))
            said = find_subject(joined.words[stretch.span.start : stretch.span.end])
            if said is not None and said.leads and not said.bare:  # what follows is for the same units
                named = _placed(said.leads, stretch.span.start, joined)
                leaf = replace(leaf, asked=named, scope=replace(leaf.scope, leads=named))
            continue
        led = bool(leaf.attributes.leads)  # a labelled line speaks for the whole item
        for part in (Segment(stretch.span, None),) if led else segment(joined.words, stretch.span):
            for draft, span, rule in _judge(part, leaf, joined, header, issued_on):
                spans = joined.back(span)
                role = ClauseRole.TASK if draft else ClauseRole.OTHER
                clauses.append(Clause(spans[0], path, role, rule))
                if draft is not None:
                    drafts.append(replace(draft, spans=spans))
    return tuple(drafts), tuple(clauses)


def _stretches(leaf: Leaf, words: str) -> tuple[Stretch, ...]:
    """An item is judged whole; running prose sentence by sentence."""
    if leaf.attributes.leads:
        return (Stretch(Span(0, len(words))),)
    if leaf.item:
        return item_stretches(words, led=bool(leaf.scope.leads))
    return stretches(words, article=leaf.article, led=bool(leaf.scope.leads))


def _placed(mentions: tuple[UnitMention, ...], by: int, joined: _Joined) -> tuple[UnitMention, ...]:
    """Mentions of a stretch moved to the whole text's offsets."""
    return tuple(moved(m, by + joined.offset(by + m.span.start)) for m in mentions)


def is_detail(words: str) -> bool:
    """Whether an item only details the order above it: no verb at its head or after its topic, nobody named
    as its doer."""
    found = find_subject(words)
    acts = begins_action(words) or acts_after_topic(words)
    return not acts and (found is None or not found.leads)


def _up_to_the_end(words: str) -> str:
    """Without what a stamp or a foot leaves behind "./.", which ends an act's last clause."""
    end = words.find("./.") + 3
    return words[:end] if 3 <= end < len(words) <= end + _DEBRIS else words


class _Joined:
    """Several ranges of the text read as one, with the way back."""

    def __init__(self, spans: tuple[Span, ...], text: str) -> None:
        self._pieces: list[tuple[int, Span]] = []
        words: list[str] = []
        at = 0
        for span in spans:
            piece = text[span.start : span.end].replace("\n", " ")
            self._pieces.append((at, span))
            words.append(piece)
            at += len(piece) + 1
        self.words = _up_to_the_end(" ".join(words))

    def back(self, span: Span) -> tuple[Span, ...]:
        """The ranges of the whole text that a range of the joined words covers."""
        found = []
        for at, piece in self._pieces:
            start = max(span.start, at)
            end = min(span.end, at + len(piece))
            if start < end:
                found.append(Span(piece.start + start - at, piece.start + end - at))
        return tuple(found)

    def placed(self, deadline: Deadline, base: int) -> Deadline:
        """A deadline of the words from `base` on, at its place in the whole text."""
        return moved_deadline(deadline, base + self.offset(base + deadline.span.start))

    def offset(self, at: int) -> int:
        """How far a joined offset must move to become an offset of the whole text."""
        for start, piece in reversed(self._pieces):
            if at >= start:
                return piece.start - start
        return 0


def _judge(
    part: Segment, leaf: Leaf, joined: _Joined, header: Header, issued_on: dt.date | None
) -> list[tuple[Draft | None, Span, str]]:
    """The drafts of a segment (one for each deadline of its own), or None with the reason."""
    words = joined.words[part.span.start : part.span.end]
    leads, inherited, rule = _leads(part, joined.words, leaf, header)
    if not leads:
        return [(None, part.span, rule)]
    if rule in _OWN:
        leads = tuple(moved(m, joined.offset(m.span.start)) for m in leads)
    base = part.span.start
    named = {match_key(lead.name) for lead in leads}
    cooperators = tuple(moved(m, base + joined.offset(base + m.span.start)) for m in find_cooperators(words))
    above = tuple(moved(m, joined.offset(m.span.start)) for m in part.cooperators)
    handed = above or leaf.attributes.cooperators or (leaf.scope.cooperators if inherited else ())
    handed_down = leaf.scope.deadline
    found: list[tuple[Draft | None, Span, str]] = []
    for timed in _timed(leaf, words, issued_on):
        own = joined.placed(timed.deadline, base) if timed.deadline else leaf.attributes.deadline
        draft = Draft(
            spans=(),
            path=leaf.scope.path,
            leads=leads,
            cooperators=tuple(c for c in (cooperators or handed) if match_key(c.name) not in named),
            deadline=own or handed_down,
            rule=rule,
            leads_inherited=inherited,
            cooperators_inherited=not cooperators and bool(handed),
            deadline_inherited=own is None and handed_down is not None,
            output=leaf.attributes.output,
            other_deadlines=(
                *(joined.placed(other, base) for other in timed.others),
                *overridden(own, handed_down),
            ),
        )
        found.append((draft, Span(base + timed.span.start, base + timed.span.end), rule))
    return found


def _timed(leaf: Leaf, words: str, issued_on: dt.date | None) -> tuple[Timed, ...]:
    """The parts of a segment by deadline; a labelled line "Thời gian: …" speaks for the whole item."""
    if leaf.attributes.deadline:
        said = others(find_deadlines(words, issued_on), leaf.attributes.deadline)
        return (Timed(Span(0, len(words)), None, said),)
    return timed_parts(words, issued_on)


def _leads(part: Segment, text: str, leaf: Leaf, header: Header) -> tuple[tuple[UnitMention, ...], bool, str]:
    """The leads of a part, whether they are inherited, and the rule (or the reason for none)."""
    scope, subject = leaf.scope, _subject(part, leaf, text)
    words = text[part.span.start : part.span.end]
    if scope.zone in SHUT and not (scope.zone is ClauseRole.FUNCTION and _binds(words, part, leaf)):
        return (), False, f"zone_{scope.zone}"
    if subject is None and sets_apart(words):
        return (), False, "apart"
    if leaf.attributes.leads:
        return leaf.attributes.leads, False, "labelled_line"
    if scope.ways and leaf.item and not _of_group(words) and (subject is None or subject.cue != "request"):
        return (), False, "manner"
    if subject is not None and subject.bare:
        return (), False, "only_units"
    if subject is not None and subject.leads and not is_speaker(header, subject, text):
        if scope.zone in _CLOSED and subject.cue != "request" and not has_duty(subject, text):
            return (), False, f"zone_{scope.zone}"
        return subject.leads, False, subject.cue
    if scope.zone in _CLOSED:
        return (), False, f"zone_{scope.zone}"
    if leaf.asked and not leaf.item and (reports_trouble(words) or _hands_in(words)):
        return leaf.asked, True, "addressee"
    if scope.leads and _acts(words) and not (scope.ways and not _of_group(words)):
        return scope.leads, True, "inherited"
    if leaf.audience and _speaks_to_all(words, subject, leaf, header):
        return leaf.audience, True, "addressee"
    if reports_trouble(words):
        return leaf.audience, bool(leaf.audience), "addressee" if leaf.audience else "no_doer"
    return (), False, "no_doer" if not scope.leads else "no_action"


def _subject(part: Segment, leaf: Leaf, text: str) -> Subject | None:
    """The part's own subject; none where an item's lead from above asks somebody in passing."""
    own = part.subject
    if own is None or not leaf.item or not leaf.scope.leads:
        return own
    return None if asks_in_passing(own, text, part.span.start) else own


def _binds(words: str, part: Segment, leaf: Leaf) -> bool:
    """Whether a clause of a regulation gives somebody something to do now: to carry out the act itself, or to
    report difficulties with it."""
    own = part.subject is not None and bool(part.subject.leads)
    if own and (binds_once(words) or (leaf.article and gives(words))):
        return True
    return (own or bool(leaf.scope.leads)) and (carries_act(words) or reports_trouble(words))


def _speaks_to_all(words: str, subject: Subject | None, leaf: Leaf, header: Header) -> bool:
    """Whether a clause without doer is for the document's audience: a bare request, or a numbered order."""
    if header.type not in _IMPERATIVE_TYPES:
        return False
    asks = subject is not None and (
        (subject.cue == "request" and not subject.leads) or _speaker_asks(words, subject, header)
    )
    orders = header.type is DocumentType.THONG_BAO and leaf.item and subject is None
    return asks or (orders and begins_action(words))


def _speaker_asks(words: str, subject: Subject, header: Header) -> bool:
    """Whether the issuer asks without naming whom: "UBND tỉnh đề nghị rà soát …"."""
    if subject.start or not is_speaker(header, subject, words):
        return False
    key = match_key(words)
    request = lexicon().request.match(key, past_spaces(key, subject.end))
    return request is not None and lexicon().action.match(key, request.end()) is not None


def _hands_in(words: str) -> bool:
    """Whether a sentence says until when something asked for is handed in."""
    return delivers(words) and bool(find_deadlines(words, None))


def _of_group(words: str) -> bool:
    """Whether one of several ways is the order for a group of its own: "Đối với các xã: gửi …"."""
    return match_key(words).startswith("đối với ")


def _acts(words: str) -> bool:
    """Whether a clause under a lead-in says what to do: it opens with a verb, or a part of it does after its
    topic ("Về nhân lực: tuyển thêm …"), or it is long and opens with no noun; a name does not."""
    key = match_key(words)
    if begins_action(words) or _MARKS.search(key):
        return True
    if any(begins_action(words[match.end() :]) for match in _TOPIC_END.finditer(words)):
        return True
    nominal = lexicon().nominal.match(key) is not None or bool(units_at(words, 0)[0])
    return len(words.split()) > _TITLE_WORDS and not nominal
