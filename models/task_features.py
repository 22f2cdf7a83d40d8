"""What the task classifier sees: a task's text, its document's type and subject in, named features out.

The units that open a task are set apart from its action: the action's first words tell its nature, the
units' names its field.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from pipeline.text import match_key
from pipeline.units import find_units, units_at

_TOKEN = re.compile(r"[^\W_]+")
_ROLE = re.compile(
    r"[\s,:;.+•–-]*(?:(?:giao|yêu cầu|đề nghị|phân công|có trách nhiệm|chịu trách nhiệm|chủ trì|là cơ quan"
    r"|làm đầu mối|đầu mối|cùng|và|(?:theo|căn cứ) chức năng,? nhiệm vụ(?: được giao)?|khẩn trương|chủ động"
    r"|tiếp tục|tích cực|kịp thời|thường xuyên|nghiêm túc|tăng cường|phối hợp (?:chặt chẽ )?(?:với|cùng))"
    r"(?![\w]))?"
)
_COOPERATE = re.compile(r"phối hợp (?:chặt chẽ )?(?:với|cùng)\s*$")
_OPENING = 12  # tokens of the action that tell most
_PHRASE, _WEAK = 1.5, 0.5  # weight of a phrase of several words; of one that says little by itself
_MOST = 5.0  # a label's words count up to here
_SUBJECT, _UNITS = 0.4, 0.4  # weight of the document's subject and of the leads beside the task's own words
_LEADS_WITHIN = 40  # characters from the start
_LEXICON = 2.0  # weight of a lexicon's word beside a plain word


@dataclass(frozen=True, slots=True)
class Words:
    """A label's phrases as one pattern, and the weight of each."""

    kind: str
    label: str
    pattern: re.Pattern[str]
    weights: dict[str, float]


@cache
def lexicon(kind: str) -> tuple[Words, ...]:
    """The words of each label of a kind ("nature", "field"), from task_words.tsv."""
    text = (files("models") / "task_words.tsv").read_text(encoding="utf-8")
    lines = [line.split("\t") for line in text.split("\n") if line and not line.startswith("#")][1:]
    return tuple(_words(of, label, phrases) for of, label, phrases in lines if of == kind)


def _words(kind: str, label: str, phrases: str) -> Words:
    weights = {}
    for phrase in phrases.split(" | "):
        key = match_key(phrase.removeprefix("~"))
        weights[key] = (_PHRASE if " " in key else 1.0) * (_WEAK if phrase.startswith("~") else 1.0)
    options = "|".join(map(re.escape, sorted(weights, key=len, reverse=True)))
    return Words(kind, label, re.compile(rf"(?<!\w)(?:{options})(?!\w)"), weights)


def field_prior(text: str, subject: str) -> dict[str, float]:
    """What the words alone say of the field; names of units count little: they are often only addressed."""
    work, units = _apart(text)
    theme, _ = _apart(subject)
    return {
        words.label: min(_weigh(words, work), _MOST) + _UNITS * min(_weigh(words, units), 2.0)
        + _SUBJECT * min(_weigh(words, theme), _MOST)
        for words in lexicon("field")
    }  # fmt: skip


def _apart(text: str) -> tuple[str, str]:
    """A text's key without its units, and the units' names; those that open a task are its leads."""
    key = match_key(text)
    mentions = find_units(text)
    leads = " ; ".join(key[m.span.start : m.span.end] for m in mentions if m.span.start < _LEADS_WITHIN)
    for mention in reversed(mentions):
        key = f"{key[: mention.span.start]}·{key[mention.span.end :]}"
    return key, leads


def _weigh(words: Words, key: str) -> float:
    return sum(words.weights[phrase] for phrase in set(words.pattern.findall(key)))


def action_of(text: str) -> tuple[str, bool]:
    """The task's words after its units and roles, and whether a "phối hợp với …" opened it."""
    at, first_cooperates, moved = 0, False, False
    for _ in range(8):
        role = _ROLE.match(match_key(text), at)
        end = role.end() if role else at
        opens = bool(_COOPERATE.search(match_key(text[at:end])))
        first_cooperates = first_cooperates or (opens and not moved)
        mentions, after = units_at(text, end)
        if mentions and (opens or not moved or at == 0):
            end, moved = after, moved or not opens
        if end == at:
            break
        at = end
    return text[at:], first_cooperates


def nature_features(text: str, document_type: str, subject: str) -> dict[str, float]:
    """Features of what has to be done."""
    action, cooperates = action_of(text)
    key, whole = match_key(action), match_key(text)
    found: dict[str, float] = {f"type={document_type}": 0.5}
    if cooperates:
        found["cooperates"] = 2.0
    opening = _TOKEN.findall(key)[:_OPENING]
    for at, token in enumerate(opening):
        found[f"o:{token}"] = 1.0
        if at:
            pair = f"{opening[at - 1]} {token}"
            found[f"o2:{pair}"] = 1.5 if at < 6 else 1.0
    found[f"first:{' '.join(opening[:2])}"] = 2.0
    _add_words(found, whole, "w", 0.5)
    _add_lexicon(found, "nature", key, "n")
    return found


def field_features(text: str, document_type: str, subject: str) -> dict[str, float]:
    """Features of the field of state management."""
    found: dict[str, float] = {}
    _add_words(found, match_key(text), "w", 0.5)
    _add_words(found, match_key(subject), "s", 0.5)
    _add_lexicon(found, "field", match_key(text), "t")
    _add_lexicon(found, "field", match_key(subject), "s")
    return found


def _add_words(found: dict[str, float], key: str, prefix: str, weight: float) -> None:
    tokens = _TOKEN.findall(key)
    for at, token in enumerate(tokens):
        found[f"{prefix}:{token}"] = weight
        if at:
            found[f"{prefix}2:{tokens[at - 1]} {token}"] = weight


def _add_lexicon(found: dict[str, float], kind: str, key: str, prefix: str) -> None:
    first: tuple[int, str] | None = None
    for words in lexicon(kind):
        label, matches = words.label, list(words.pattern.finditer(key))
        if matches:
            found[f"{prefix}={label}"] = _LEXICON * min(len({m.group() for m in matches}), 3) / 2
            if first is None or matches[0].start() < first[0]:
                first = (matches[0].start(), label)
    if first:
        found[f"{prefix}1={first[1]}"] = _LEXICON
