"""What tells a task's nature: its text and its document's subject in, features of its acts and terms out."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from models.acts import Act, acts_in, first_thing, without_units
from models.field_features import terms
from pipeline.text import match_key

_WORD = re.compile(r"[^\W\d_]+")
_LEADS = re.compile(r"(?<!\w)(?:chủ trì|làm đầu mối|đầu mối)(?!\w)")
_WITHIN = re.compile(r"phối hợp[^.;:]*? trong (?:việc|công tác|quá trình)(?!\w)")
_WEAK = {
    "carry_out",
    "review",
    "propose",
    "gather",
    "settle",
    "cooperate",
    "give",
    "guide",
    "avoid",
    "instil",
    "encourage",
    "watch",
    "trouble",
}
_FRAME = {"ban hành", "phê duyệt", "triển khai", "thực hiện", "xây dựng", "tổ chức", "tăng cường"}
_TOLD_OF = {"communicate", "inspect", "coordinate"}  # what is done to papers that are there already
_MOST_HEADS = 5
_FIRST_WORDS, _PAIR = 20, 0.5  # pairs of words say what the grammar misses
_MOST_WORDS, _LATER = 60, 0.3  # words, and pairs further on, say less
_TOPIC = 250  # characters
_MOST_CHARACTERS = 2500  # what a task is stands at its head
_INSIDE, _NAMED = (
    0.25,
    2.0,
)  # weights of an act inside another's words; of an act of its own, fading with order


@dataclass(frozen=True)
class Clues:
    """What tells a nature: named features of the acts, and the terms of each span (how a task opens, its
    head, most of it, its document's subject)."""

    acts: Mapping[str, float]
    spans: tuple[tuple[str, ...], ...]


SPANS = (8, 30, 70)  # words of each span; the subject comes after them
_SUBJECT_WORDS = 60


def nature_clues(text: str, subject: str = "", titles: Sequence[str] = ()) -> Clues:
    """The clues of a task; `titles` are those of the parts that it stands in."""
    key = without_units(text[:_MOST_CHARACTERS])
    words, theme = key.split(), match_key(subject).split()[:_SUBJECT_WORDS]
    spans = [tuple(terms(" ".join(words[:count]))) for count in SPANS]
    return Clues(_of_acts(key, subject, titles), (*spans, tuple(terms(" ".join(theme)))))


def _of_acts(key: str, subject: str, titles: Sequence[str]) -> dict[str, float]:
    """Named features of the acts and words of a key without units."""
    topic, body, acts = _apart(key)
    heads = [act for act in acts if act.place == "head"]
    named = not heads or first_thing(body) == "paper"
    found = {} if named else _of_heads(heads, body)
    for act in acts:
        if act.place != "head" and not named:
            name = f"{act.place}={act.act}"
            found[name] = min(found.get(name, 0.0) + _INSIDE, 2 * _INSIDE)
    if named:
        found |= _of_name(body, subject, titles)
    for act in acts_in(topic) if topic else ():
        found[f"topic={act.act}"] = 0.5
    return found | _of_words(key, body)


def _of_words(key: str, body: str) -> dict[str, float]:
    """Features of the words themselves: pairs where a task opens, then single words and pairs further on."""
    words = _WORD.findall(key)[:_MOST_WORDS]
    found = {f"word={word}": _LATER for word in words}
    found |= {f"later={one} {two}": _LATER for one, two in pairwise(words[_FIRST_WORDS:])}
    return found | {f"pair={one} {two}": _PAIR for one, two in pairwise(_WORD.findall(body)[:_FIRST_WORDS])}


def _apart(key: str) -> tuple[str, str, tuple[Act, ...]]:
    """What a task is about ("về kinh phí: …"; "" if it does not say), the rest, and the rest's acts."""
    topic, colon, rest = key.partition(":")
    if colon and len(topic) < _TOPIC and (acts := acts_in(rest)):
        return topic, rest, acts
    return "", key, acts_in(key)


def _of_heads(heads: Sequence[Act], key: str) -> dict[str, float]:
    """Features of the verb phrases, by their order."""
    found: dict[str, float] = {"plain": 1.0}
    own = [act for act in heads if act.act != "cooperate"]
    first_sentence = [act for act in own if act.sentence == own[0].sentence]
    for order, act in enumerate(own[:_MOST_HEADS]):
        found[f"has={act.act}"] = max(found.get(f"has={act.act}", 0.0), _NAMED / (1 + order / 2))
        found[f"verb={act.verb}"] = 1.0 if order == 0 else 0.5
    if own:
        found[f"first={own[0].act}"] = 1.0
        found[f"first={own[0].act}+{own[0].object}"] = 1.0
        found[f"last={first_sentence[-1].act}"] = 0.5
        forbidden = _forbidden(own)
        found[f"main={forbidden or main_act(first_sentence)}"] = 1.5
        if forbidden:
            found["forbids"] = 2.0
        if len(own) > 1:
            found[f"two={own[0].act}>{own[1].act}"] = 1.0
        if own[0].light:
            found["light"] = 0.5
    if len(heads) > len(own):
        found |= _of_cooperation(heads, own, key)
    return found


def _forbidden(own: Sequence[Act]) -> str:
    """The nature of a list of prohibitions, whatever opens it ("" for another task)."""
    forbidden = sum(act.act == "prohibit" for act in own)
    return "prohibit" if forbidden > 1 and 2 * forbidden >= len(own) else ""


def main_act(acts: Sequence[Act]) -> str:
    """The act that the others lead up to: a document to be made, else the first that says more than "do"."""
    for act in acts:
        if act.act == "document":
            return "document"
    for act in acts:
        if act.act not in _WEAK:
            return act.act
    return acts[0].act


def _of_cooperation(heads: Sequence[Act], own: Sequence[Act], key: str) -> dict[str, float]:
    at = next(act.at for act in heads if act.act == "cooperate")
    opens = heads[0].act == "cooperate"
    leads = bool(_LEADS.search(key[:at]))
    kind = "leads" if leads else "opens" if not key[:at].strip(" ,:·") else "follows" if opens else "later"
    then = own[0].act if own else "none"
    within = float(bool(_WITHIN.search(key, at)))
    named = f"cooperates={kind}"
    return {named: 1.0, f"{named}>{then}": 1.0, "alone": float(not own), f"{named} within": within}


def _of_name(key: str, subject: str, titles: Sequence[str]) -> dict[str, float]:
    """A table's row that names a thing and no act: what the table or the document is about tells it."""
    thing = first_thing(key)
    theme = next((act for title in (*titles[::-1], subject) if (act := theme_of(title))), "")
    if thing == "paper" and theme not in _TOLD_OF:
        theme = "document"
    if not theme:
        return {"name": 1.0, f"thing={thing}": 1.0}
    return {f"main={theme}": 1.5, f"first={theme}": 1.0, f"first={theme}+": 1.0, f"has={theme}": _NAMED}


def theme_of(title: str) -> str:
    """The act that a title names, past what every plan does: "ban hành kế hoạch kiểm tra" is to inspect."""
    acts = [act for act in acts_in(without_units(title)) if act.verb not in _FRAME]
    told = [act.act for act in acts if act.act not in _WEAK]
    return told[0] if told else ""
