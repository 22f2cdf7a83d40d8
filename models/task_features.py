"""What the task classifier sees: a task's text, its document's type and subject in, named features out.

The units that open a task are set apart from its action: the action's first words tell its nature, the
units' names its field.
"""

from __future__ import annotations

import re
from functools import cache
from importlib.resources import files

from pipeline.text import match_key
from pipeline.units import units_at

_TOKEN = re.compile(r"[^\W_]+")
_ROLE = re.compile(
    r"[\s,:;.+•–-]*(?:(?:giao|yêu cầu|đề nghị|phân công)(?![\w])|(?:có trách nhiệm|chịu trách nhiệm|chủ trì|là cơ quan"
    r"|làm đầu mối|đầu mối|cùng|và|theo chức năng,? nhiệm vụ(?: được giao)?|căn cứ chức năng,? nhiệm vụ(?: được giao)?"
    r"|khẩn trương|chủ động|tiếp tục|tích cực|kịp thời|thường xuyên|nghiêm túc|tăng cường|phối hợp (?:chặt chẽ )?(?:với|cùng))"
    r"(?![\w]))?"
)
_COOPERATE = re.compile(r"phối hợp (?:chặt chẽ )?(?:với|cùng)\s*$")
_OPENING = 12  # tokens of the action that tell most
_LEXICON = 2.0  # weight of a lexicon's word beside a plain word


@cache
def _lexicon() -> tuple[tuple[str, str, re.Pattern[str]], ...]:
    text = (files("models") / "task_words.tsv").read_text(encoding="utf-8")
    lines = [line for line in text.split("\n") if line and not line.startswith("#")][1:]
    found = []
    for line in lines:
        kind, label, phrases = line.split("\t")
        options = sorted((match_key(p) for p in phrases.split(" | ")), key=len, reverse=True)
        found.append((kind, label, re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, options))})(?!\w)")))
    return tuple(found)


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
    for of, label, pattern in _lexicon():
        if of != kind:
            continue
        matches = list(pattern.finditer(key))
        if matches:
            found[f"{prefix}={label}"] = _LEXICON * min(len({m.group() for m in matches}), 3) / 2
            if first is None or matches[0].start() < first[0]:
                first = (matches[0].start(), label)
    if first:
        found[f"{prefix}1={first[1]}"] = _LEXICON
