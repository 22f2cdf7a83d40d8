"""Who answers for a clause: its text in, leads and cooperators with their places out.

A clause names its lead in one of four ways: as the addressee of a request ("Giao Sở A …"), as the subject
of an action ("Sở A chủ trì …"), as a heading ("Sở A:"), or after "do" ("do Sở A chủ trì"). A preamble
("Về kinh phí: …", "Căn cứ …, …") may stand before. Cooperators follow "phối hợp với" and the like.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from itertools import pairwise

from pipeline.assignments.cooperators import past_spaces, without_bracketed
from pipeline.assignments.lexicon import lexicon
from pipeline.assignments.subjects import (
    STRETCH,
    Subject,
    heading_name,
    stretched,
    titled_duties,
    told_by_duty,
    unknown_group,
)
from pipeline.linguistics import split_sentences
from pipeline.text import CAPITALS, fold, match_key
from pipeline.types import Span, UnitKind, UnitMention
from pipeline.units import units_at

_TIMED_REACH = 90  # characters of a time without comma: "Trước ngày 20 hằng tháng các sở báo cáo …"
_BEFORE_REQUEST = re.compile(r"(?:cũng|đã có|có|nay|trân trọng|tiếp tục)\s+")
_REST_OF_NAME = re.compile(rf"(?:[{CAPITALS}][\w.]*\s+){{1,4}}")
# what comes again and again is asked for, not told: "Định kỳ quý IV, các đơn vị có văn bản báo cáo …"
_RHYTHM = re.compile(r"(?:định kỳ|h[àằ]ng (?:tuần|tháng|quý|năm)|chậm nhất)(?!\w)")
_LEADS_WORK = re.compile(r"\s(?:chủ trì|phối hợp)(?!\w)")  # said of units that stand further up
_NO_SUBJECT_AFTER = (" với", " cùng", " của", " cho", " do", " về")  # what follows depends on them
_PREAMBLE_REACH = 600  # characters within which the subject must begin


def subject_at(text: str, start: int, key: str | None = None) -> Subject | None:
    """The subject that begins exactly at `start`, or None."""
    words = lexicon()
    key = key if key is not None else match_key(text)
    request = words.request.match(key, start)
    if request and not (key.startswith(":", request.end()) and key[request.end() + 1 :].strip()):
        return _addressee(text, key, start, request.end())
    opening = words.heading_of.match(key, start)
    if opening:
        below = subject_at(text, opening.end(), key)
        if below is not None and below.cue == "heading" and below.bare:
            return replace(below, start=start)
        return titled_duties(text, key) if opening.start() == 0 else None
    mentions, end = _subject_units(text, key, start)
    if not mentions:
        return unknown_group(text, key, start)
    named = heading_name(text, key, start, mentions, end)
    if named is not None:
        return named
    if " " not in mentions[-1].text and text[end : end + 2].strip()[:1].isupper():
        return None  # a head alone before a capital: a name that the registry does not know
    rest = key[end:].strip()
    bare = not rest.strip(" .:;/")
    if bare or (rest.startswith(":") and _is_heading(rest)):
        return Subject(mentions, "heading", start, end, bare=bare)
    after = past_spaces(key, end)
    if words.speaks.match(key, after) and not _RHYTHM.match(key[:start]):
        return None
    passed_on = words.request.match(key, after) or _requesting(text, key, after)
    if passed_on:
        found = _addressee(text, key, start, passed_on.end())
        if found is not None and (found.leads or found.bare):
            return found
    return _acting(text, key, start, mentions, end)


def _acting(text: str, key: str, start: int, mentions: tuple[UnitMention, ...], end: int) -> Subject | None:
    """The units as the subject of what they do, told to do or have to do; None where they do nothing."""
    words = lexicon()
    bare = words.unnamed.fullmatch(match_key(mentions[-1].text)) is not None
    told = told_by_duty(text, key, start, mentions, end) if bare else None
    if told is not None:
        return told
    role = words.bracket_role.match(key, end)
    acts = words.predicate.match(key, end) or (role and key[role.end() :].strip(" .;"))
    if acts or words.duty_of_office.match(key, end) or words.remit.match(key, end):
        return Subject(mentions, "subject", start, end)
    return stretched(text, key, start, mentions, end)


def _subject_units(text: str, key: str, start: int) -> tuple[tuple[UnitMention, ...], int]:
    """The units that begin at `start`, up to a "cùng với": who comes after that cooperates."""
    mentions, end = units_at(text, start)
    for index, (one, other) in enumerate(pairwise(mentions)):
        if "cùng" in key[one.span.end : other.span.start].split():
            return mentions[: index + 1], one.span.end
    return without_bracketed(mentions, key), end


def _requesting(text: str, key: str, at: int) -> re.Match[str] | None:
    """A request after an adverb ("UBND tỉnh cũng yêu cầu …") or the rest of the speaker's name ("Sở Y tế TPHN
    yêu cầu …")."""
    match = _BEFORE_REQUEST.match(key, at) or (_REST_OF_NAME.match(text, at))
    return lexicon().request.match(key, match.end()) if match else None


def _is_heading(rest: str) -> bool:
    """Whether an order follows the colon: "Sở A: Rà soát …", not "Tỉnh A: 2.120 tấn gạo"."""
    return (
        lexicon().action.match(rest, 1) is not None or lexicon().request.match(rest[1:].lstrip()) is not None
    )


def _addressee(text: str, key: str, start: int, at: int) -> Subject | None:
    words = lexicon()
    filler = words.filler.match(key, at)
    mentions, end = units_at(text, past_spaces(key, at))
    if not mentions and filler:
        mentions, end = units_at(text, past_spaces(key, filler.end()))
    if not mentions:
        bare = words.bare_addressee.match(key, filler.end() if filler else at)
        if bare and words.predicate.match(key, bare.end()):
            mentions, end = (_mention(text, bare),), bare.end()
    if not mentions:
        mentions, end = _up_to_colon(text, key, at)
    group = None if mentions else unknown_group(text, key, past_spaces(key, at))
    if group is not None:
        mentions, end = group.leads, group.end
    if not mentions:
        rest = key[at:].strip()
        if rest in ("", ":"):
            return Subject((), "request", start, at, bare=True)
        return Subject((), "request", start, at) if words.action.match(key, at) else None
    return Subject(mentions, "request", start, end, bare=key[end:].strip() in ("", ":"))


def _up_to_colon(text: str, key: str, at: int) -> tuple[tuple[UnitMention, ...], int]:
    """What a request names before its colon when no unit is known there ("Giao Chỉ cục Thú y:", a slip)."""
    rest = text[at:].strip()
    if not rest.endswith(":") or not 3 < len(rest) <= STRETCH or lexicon().breaks.search(rest[:-1]):
        return (), at
    start = past_spaces(key, at)
    if lexicon().action.match(key, at) or not (rest[0].isupper() or lexicon().plural.match(key, start)):
        return (), at
    stop = start + len(text[start:].rstrip()) - 1
    words = text[start:stop].rstrip()
    return (UnitMention(Span(start, start + len(words)), words, words),), start + len(words)


def _mention(text: str, match: re.Match[str]) -> UnitMention:
    start = match.start() + len(match.group()) - len(match.group().lstrip())
    words = text[start : match.end()]
    return UnitMention(Span(start, match.end()), words, words, UnitKind.REFERENCE)


def find_subject(text: str) -> Subject | None:
    """The subject of a clause, at its start or after a preamble; None when it names none.

    An addressee of a request wins over a plain subject: "ấp X, xã Y: Giao UBND xã Y …".
    """
    key = match_key(text)
    empty: Subject | None = None
    first: Subject | None = None
    for anchor in _anchors(key, _first_sentence(text)):
        found = subject_at(text, anchor, key)
        if found is None or (found.cue == "heading" and anchor):
            continue
        if not found.leads:
            empty = empty or (None if anchor and not _opens(key, anchor) else found)
        elif found.cue == "request" or not anchor:
            return found
        else:
            first = first or found
    return first or _by_agent(text, key) or _agent_in_brackets(text, key) or empty


def find_request(text: str) -> Subject | None:
    """The last request of a text that names its addressee, wherever it stands ("…; yêu cầu các sở …:")."""
    key = match_key(text)
    starts = (
        m for m in lexicon().request.finditer(key) if not key[max(0, m.start() - 1) : m.start()].isalpha()
    )
    found = [_addressee(text, key, match.start(), match.end()) for match in starts]
    return next((one for one in reversed(found) if one is not None and one.leads), None)


def _first_sentence(text: str) -> int:
    return next((sentence.end for sentence in split_sentences(text)), len(text))


def _opens(key: str, anchor: int) -> bool:
    """Whether a clause begins at `anchor`: after a comma, semicolon or colon."""
    return key[:anchor].rstrip().endswith((",", ";", ":"))


def _anchors(key: str, end: int) -> Iterator[int]:
    """Places where a subject may begin, nearest first: the start, the end of a preamble, a request."""
    yield 0
    words = lexicon()
    timed = words.timed.match(key)
    if timed:
        yield from _after_time(key, timed.end(), min(_TIMED_REACH, end))
    ordered = timed is not None and _orders_at_once(key, timed.end())
    adverbial = words.preamble.match(key) is not None and not words.begins_order.match(key) and not ordered
    for match in lexicon().anchor.finditer(key, 0, min(_PREAMBLE_REACH, end)):
        if adverbial or match.group().startswith(":") or words.request.match(key, match.end()):
            yield match.end()


def _orders_at_once(key: str, start: int) -> bool:
    """Whether the verb comes right behind the time: "Trước ngày 30/11 chủ trì, phối hợp với Sở A …"."""
    verb = _LEADS_WORK.search(key, start, _TIMED_REACH)
    return verb is not None and re.search(r"[,;:]", key[start : verb.start()]) is None


def _after_time(key: str, start: int, stop: int) -> Iterator[int]:
    """Words between a time and the verb, where the subject may begin: "Trước ngày 20 các sở gửi …"."""
    for space in re.finditer(r"\s", key[:stop]):
        if space.start() < start:
            continue
        if lexicon().sure_predicate.match(key, space.start()):
            return
        if not key.endswith(_NO_SUBJECT_AFTER, 0, space.start()):
            yield space.end()


def _by_agent(text: str, key: str) -> Subject | None:
    """The agent of a passive: "Kế hoạch do Sở A chủ trì lập"; an order has none ("Ban hành … do Bộ A …")."""
    if lexicon().action.match(key):
        return None
    for match in lexicon().by.finditer(key):
        mentions, end = units_at(text, match.end())
        if mentions and lexicon().by_predicate.match(key, end):
            return Subject(mentions, "by", 0, end)
    return None


def _agent_in_brackets(text: str, key: str) -> Subject | None:
    """Who has to do an order, said in brackets behind it: "Mở lớp … (Sở A chủ trì)", "(giao Sở A mời)"."""
    for opening in re.finditer(r"\(", key):
        if lexicon().request.match(key, opening.end()):
            asked = subject_at(text, opening.end(), key)
            if asked is not None and asked.leads and not asked.bare:
                return replace(asked, start=0)
        mentions, end = units_at(text, opening.end())
        role = lexicon().by_predicate.match(key, end) if mentions else None
        if role and re.compile(r"\s*[,;)]").match(key, role.end()):
            return Subject(mentions, "by", 0, end)
    return None


def is_bare(name: str) -> bool:
    """Whether a unit's words name none: a head alone ("CƠ QUAN"), a verb that was taken for one ("CẤP")."""
    key = match_key(name).strip()
    many = lexicon().plural.match(key) is not None
    return not many and (lexicon().unnamed.fullmatch(key) is not None or " " not in key)


def begins_action(text: str) -> bool:
    """Whether a clause opens with a verb or an adverb and a verb, also without their marks ("Đây mạnh")."""
    words = lexicon()
    return (
        words.action.match(match_key(text)) is not None or words.folded_action.match(fold(text)) is not None
    )
