"""A paragraph of running prose in, the stretches of sentences that are judged together out.

In prose every sentence that assigns is a task of its own (labelling guide): a closing formula does not hide
the order beside it, and a report "if difficulties arise" stands for itself.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from pipeline.assignments.deliveries import delivers
from pipeline.assignments.dismissals import Dismissal, dismiss
from pipeline.assignments.roles import begins_action, find_subject
from pipeline.linguistics import split_sentences
from pipeline.text import match_key
from pipeline.types import ClauseRole, Span

# formulas that may share a paragraph with an order; a recital or an account covers its whole paragraph
_FORMULAS = {ClauseRole.EXECUTION, ClauseRole.TRANSMISSION, ClauseRole.CONTACT, ClauseRole.IN_FORCE}
# what may follow an item's order in a sentence of its own
_NO_ORDERS = _FORMULAS | {ClauseRole.REPORTED, ClauseRole.RESULT}
_TROUBLE = re.compile(
    r"(?:trong quá trình|nếu|trường hợp)[^.]{0,250}(?:vướng mắc|khó khăn|phát sinh)"
    r"[^.]{0,120}(?:báo cáo|phản [áả]nh|phản hồi|gửi|kiến nghị|thông tin)"
)


@dataclass(frozen=True, slots=True)
class Stretch:
    """Sentences judged together, or one that is dismissed; offsets count in the paragraph's text."""

    span: Span
    dismissal: Dismissal | None = None


def reports_trouble(words: str) -> bool:
    """Whether a sentence asks for a report "if difficulties arise": whoever is bound has to make it."""
    return _TROUBLE.match(match_key(words)) is not None


def closes(words: str) -> bool:
    """Whether a paragraph opens with a closing formula ("Đề nghị các … nghiêm túc thực hiện. …")."""
    sentences = split_sentences(words)
    why = dismiss(words[: sentences[0].end]) if len(sentences) > 1 else None
    return why is not None and why.role in _FORMULAS


def _is_idle(said: str) -> bool:
    """Whether a sentence that opens a stretch neither names a doer nor begins an order."""
    found = find_subject(said)
    return found is None and not (begins_action(said) or reports_trouble(said) or delivers(said))


def stretches(words: str, *, article: bool = False, led: bool = False) -> tuple[Stretch, ...]:
    """The stretches of a paragraph, in order; `led` when a lead-in above names who acts."""
    whole = dismiss(words, article=article)
    sentences = split_sentences(words)
    if len(sentences) < 2 or (whole is not None and whole.role not in _FORMULAS):
        return (Stretch(Span(0, len(words)), whole),)
    found: list[Stretch] = []
    joins = False
    for sentence in sentences:
        said = words[sentence.start : sentence.end]
        why = dismiss(said, article=article)
        before = found[-1].dismissal if found else None
        if why is None and before is not None and before.role is ClauseRole.CONTACT and _is_idle(said):
            why = before  # "liên hệ Phòng A (BS. Trần Văn B, điện thoại …)"
        if why is None and not joins and not led and _is_idle(said):
            why = Dismissal(ClauseRole.OTHER, "no_order")
        if why is not None:
            found.append(Stretch(sentence, why))
            joins = False
        elif joins and not reports_trouble(said):
            found[-1] = Stretch(Span(found[-1].span.start, sentence.end))
        else:
            found.append(Stretch(sentence))
            joins = True
    return tuple(found)


def item_stretches(words: str, *, led: bool = False) -> tuple[Stretch, ...]:
    """An item whole, but for the formulas that close it ("Nay thông báo để … biết, thực hiện")."""
    sentences = list(split_sentences(words))
    closing: list[Stretch] = []
    while len(sentences) > 1:
        why = dismiss(words[sentences[-1].start : sentences[-1].end], led=led)
        if why is None or why.role not in _NO_ORDERS:
            break
        closing.insert(0, Stretch(sentences.pop(), why))
    body = Span(0, sentences[-1].end if closing else len(words))
    return (Stretch(body, dismiss(words[: body.end], led=led)), *closing)
