"""The assignment cues and verbs of the rule files, compiled once; patterns run over `text.match_key`."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from pipeline.text import fold, match_key


@dataclass(frozen=True, slots=True)
class Lexicon:
    """Compiled cues; see cues.toml for what each means.

    `predicate` matches adverbs and the verb that open an action, from its position on.
    """

    request: re.Pattern[str]
    asks: re.Pattern[str]
    clause_joint: re.Pattern[str]
    anchor: re.Pattern[str]
    filler: re.Pattern[str]
    cooperate: re.Pattern[str]
    by: re.Pattern[str]
    preamble: re.Pattern[str]
    begins_order: re.Pattern[str]
    predicate: re.Pattern[str]
    speaks: re.Pattern[str]
    announces: re.Pattern[str]
    sure_predicate: re.Pattern[str]
    breaks: re.Pattern[str]
    plural: re.Pattern[str]
    duty: re.Pattern[str]
    duty_of_office: re.Pattern[str]
    unnamed: re.Pattern[str]
    duties_of: re.Pattern[str]
    remit: re.Pattern[str]
    thing: re.Pattern[str]
    ends_name: re.Pattern[str]
    heading_of: re.Pattern[str]
    no_name: re.Pattern[str]
    bracket_role: re.Pattern[str]
    bracket_cooperator: re.Pattern[str]
    cooperates_in_brackets: re.Pattern[str]
    group_predicate: re.Pattern[str]
    bare_addressee: re.Pattern[str]
    asks_others: re.Pattern[str]
    asks_others_anew: re.Pattern[str]
    by_predicate: re.Pattern[str]
    timed: re.Pattern[str]
    action: re.Pattern[str]
    folded_action: re.Pattern[str]
    nominal: re.Pattern[str]
    delivery: re.Pattern[str]
    time_heading: re.Pattern[str]
    place: re.Pattern[str]
    cooperation_of_others: re.Pattern[str]
    such_as: re.Pattern[str]
    labels: tuple[tuple[str, re.Pattern[str]], ...]


def _alternatives(phrases: list[str], *, literal: bool = True) -> str:
    """Longest first, so that the regex engine prefers the longest reading."""
    keys = sorted({match_key(phrase) for phrase in phrases}, key=len, reverse=True)
    return "|".join(re.escape(key).replace(r"\ ", r"\s+") if literal else key for key in keys)


def _resource(name: str) -> str:
    return (files("pipeline.assignments") / name).read_text(encoding="utf-8")


def _verbs() -> tuple[list[str], list[str]]:
    verbs, _, adverbs = _resource("verbs.txt").partition("\n== adverbs\n")
    return (
        [line for line in verbs.splitlines() if line and not line.startswith("#")],
        [line for line in adverbs.splitlines() if line],
    )


def _of_names(cues: dict[str, list[str]], action: str) -> dict[str, re.Pattern[str]]:
    """The patterns that tell whose name is said, where it ends, and what is no doer at all."""
    no_title = rf"(?!\w)(?!\s+(?:{_alternatives(cues['others_not_before'])})(?!\w))"
    return {
        "plural": re.compile(
            rf"(?:{_alternatives(cues['plural'])})\s+(?!(?:{_alternatives(cues['plural_things'])})(?!\w))"
        ),
        "duty": re.compile(rf"\s,?\s?(?:{_alternatives(cues['duty'])})(?!\w)"),
        "duty_of_office": re.compile(
            rf"\s,?\s?(?:{'|'.join(cues['office'])})(?!\w)"
            rf"(?:(?!{'|'.join(cues['duty_of_other'])})[^.;:]){{0,160}}?"
            rf"\s(?:{_alternatives(cues['duty'])})(?!\w)"
        ),
        "duties_of": re.compile(
            rf"(?:{'|'.join(cues['duties_of'])})(?P<body>{'|'.join(cues['some_body'])})"
            rf"(?:{'|'.join(cues['duties_in'])})"
        ),
        "unnamed": re.compile("|".join(cues["unnamed"])),
        "remit": re.compile(rf"(?:{'|'.join(cues['remit'])})\s*{action}"),
        "thing": re.compile(rf"(?:{action}|(?:{_alternatives([*cues['thing'], *cues['preamble']])})(?!\w))"),
        "ends_name": re.compile(rf"[.;:]|(?:{_alternatives(cues['ends_name'])})(?!\w)"),
        "group_predicate": re.compile(rf"\s,?\s?(?:{_alternatives(cues['group_predicate'])})(?!\w)"),
        "asks_others": re.compile(rf"đề nghị(?!\w)|yêu cầu\s+(?:{_alternatives(cues['others'])}){no_title}"),
        "asks_others_anew": re.compile(rf"yêu cầu\s+(?:{_alternatives(cues['others_anew'])}){no_title}"),
        "bracket_cooperator": re.compile(rf"\s*\((?:{_alternatives(cues['bracket_cooperator'])})\)"),
        "no_name": re.compile(
            rf"[.;:()]|(?:{_alternatives(cues['breaks'])}|có(?! liên quan)|và(?=\s*$))(?!\w)"
        ),
        "bracket_role": re.compile(
            rf"\s*\((?:{_alternatives([*cues['bracket_lead'], *cues['bracket_cooperator']])})\)"
        ),
        "cooperates_in_brackets": re.compile(
            rf"\s*\((?:{_alternatives(cues['bracket_cooperator'])})\)|\s+phối hợp\s*\)"
        ),
        "nominal": re.compile(rf"\W*(?:\d|(?:{'|'.join(cues['nominal'])})(?!\w))"),
    }


def _of_requests(cues: dict[str, list[str]]) -> dict[str, re.Pattern[str]]:
    """The patterns of a request in the course of a clause: whether there is one (`asks`), where a clause
    may be cut (`clause_joint`), and where a unit may begin after a preamble (`anchor`)."""
    verb, other = _alternatives(cues["asks"]), "|".join(cues["asks_not_before"])
    before = r"(?:^|[;,.:]\s+|(?<!đã)(?<!được)(?<!theo)\s)"
    return {
        "asks": re.compile(rf"{before}(?:{verb})\s+(?!{other})"),
        "clause_joint": re.compile(rf";\s+|\.\s+|[,;.]\s+(?:đồng thời,?\s+)?(?=(?:{verb})\s)"),
        "anchor": re.compile(
            r":\s+|[,;]\s+(?:thì\s+)?"
            r"|(?:(?<=vướng mắc)|(?<=vướng mắc gì)|(?<=phát sinh))\s(?=các|ủy|ubnd|sở|bộ)"
            rf"|(?!(?<=phối hợp)\sđề nghị)\s(?=(?:{verb})\s)"
        ),
    }


def _delivery(cues: dict[str, list[str]]) -> re.Pattern[str]:
    """A thing that is handed in and the verb of handing in, with the thing as group "thing"."""
    before, made, verb, way = ("|".join(cues[part]) for part in ("before", "made", "verb", "way"))
    return re.compile(
        rf"\W*(?:(?:{before}) )?(?P<thing>{_alternatives(cues['thing'])})(?!\w)[^.;:]{{0,200}}?"
        rf"\s(?:(?:{made}) )?(?:{verb})\s+(?:{way})(?!\w)"
    )


@cache
def lexicon() -> Lexicon:
    """The compiled rule files."""
    cues = tomllib.loads(_resource("cues.toml"))
    verbs, adverbs = _verbs()
    verb, adverb = _alternatives(verbs), _alternatives(adverbs)
    aside = r"(?:\([^()]{0,120}\)\s*)?"
    action = rf"(?:(?:{adverb})\s*[,;]?\s+)*(?:{verb}|{adverb})\b"
    return Lexicon(
        **_of_names(cues, action),
        **_of_requests(cues),
        request=re.compile(rf"(?:{'|'.join(cues['request'])})(?!\w)"),
        filler=re.compile(rf"\s+(?:{_alternatives(cues['filler'])})(?!\w)"),
        cooperate=re.compile(f"(?:{'|'.join(cues['cooperate'])})"),
        by=re.compile(f"(?:{'|'.join(cues['by'])})\\s+"),
        preamble=re.compile(rf"(?:{_alternatives(cues['preamble'])})\b"),
        begins_order=re.compile(rf"(?!(?:{_alternatives(cues['adverbial'])})\b){action}"),
        predicate=re.compile(rf"\s*[,;:–-]?\s*{aside}{action}"),
        speaks=re.compile(f"(?:{'|'.join([*cues['speaks'], *cues['announces']])})"),
        announces=re.compile(f"\\s*(?:{'|'.join(cues['announces'])})"),
        sure_predicate=re.compile(
            rf"(?<!công)(?<!quy)(?<!chương)\s,?\s?(?:{_alternatives(cues['sure_predicate'])})(?!\w)"
        ),
        breaks=re.compile(rf"[.;:()]|(?:{_alternatives(cues['breaks'])})(?!\w)"),
        timed=re.compile(rf"(?:{_alternatives(cues['timed'])})(?!\w)"),
        by_predicate=re.compile(rf"\s*(?:{_alternatives(cues['by_predicate'])})(?!\w)"),
        bare_addressee=re.compile(rf"\s*(?:{_alternatives(cues['bare_addressee'])})(?!\w)"),
        heading_of=re.compile(rf"(?:{'|'.join(cues['heading_of'])})\s+"),
        folded_action=re.compile(rf"\s*(?:{_alternatives([fold(v) for v in verbs if ' ' in v])})\b"),
        action=re.compile(rf"\s*{action}"),
        time_heading=re.compile(cues["time_heading"]),
        cooperation_of_others=re.compile(cues["cooperation_of_others"]),
        such_as=re.compile(rf"\s*,?\s(?:{_alternatives(cues['such_as'])})\s*:?\s+"),
        place=re.compile(rf"(?:{'|'.join(cues['place'])})\s*:"),
        delivery=_delivery(cues["delivery"]),
        labels=tuple(
            (name, re.compile(rf"(?:{'|'.join(patterns)})\s*(?:\([^)]*\))?\s*:"))
            for name, patterns in cues["label"].items()
        ),
    )
