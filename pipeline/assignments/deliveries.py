"""How something asked for is handed in ("Báo cáo gửi về Sở A trước ngày …"): a sentence in, out whether it
says so, and the task that it completes.

Such a sentence names no doer: whoever was asked before it hands in. Right behind a request without a day for
the very thing, it belongs to that task (labelling guide: one piece of work, one task).
"""

from __future__ import annotations

from dataclasses import replace

from pipeline.assignments.lexicon import lexicon
from pipeline.assignments.scope import Draft
from pipeline.text import match_key
from pipeline.types import Deadline, Span


def delivers(words: str) -> bool:
    """Whether a sentence says where or until when a report, a list … is to be sent in."""
    return lexicon().delivery.match(match_key(words)) is not None


def completed(last: Draft, span: Span, deadline: Deadline, text: str) -> Draft | None:
    """The task before a delivery at `span` of `text` together with it; None where that task has a day of its
    own, does not stand right before it, or asks for something else than what is handed in."""
    if last.deadline is not None or last.leads_inherited or text[last.spans[-1].end : span.start].strip():
        return None
    match = lexicon().delivery.match(match_key(text[span.start : span.end]))
    asked = match_key(" ".join(text[one.start : one.end] for one in last.spans))
    if match is None or match["thing"] not in asked:
        return None
    return replace(last, spans=(*last.spans, span), deadline=deadline, deadline_inherited=False)
