"""A task's words in, the product that it asks for out: its class, the words that name it and their place.

A document is a product where an act that makes it or hands it over stands right before it; one that is only
cited, carried out or told of is none (products.toml).
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

from pipeline.text import match_key
from pipeline.types import Grounded, Span

_REACH = 4000  # characters of a range that are looked at
_BACK = 120  # characters before a name in which the act stands
_CASE = 160  # characters before a report in which the case that it hangs on stands


@dataclass(frozen=True, slots=True)
class Product:
    """A key of `PRODUCTS` (pipeline/labels.py) and the words that name it; "none" has none."""

    key: str
    words: Grounded | None = None


@dataclass(frozen=True, slots=True)
class _Found:
    rank: int
    start: int
    end: int
    key: str


@dataclass(frozen=True, slots=True)
class _Kind:
    key: str
    rank: int
    making_only: bool


@dataclass(frozen=True, slots=True)
class _Lexicon:
    """`kinds` by name, and the patterns built from the file's lists."""

    kinds: dict[str, _Kind]
    openers: dict[str, _Kind]
    acts: dict[str, _Kind]
    name: re.Pattern[str]
    opens: re.Pattern[str]
    act: re.Pattern[str]
    making: re.Pattern[str]
    strictly: re.Pattern[str]
    verbal: frozenset[str]
    traps: frozenset[str]
    handing: re.Pattern[str]
    reported: re.Pattern[str]
    object: re.Pattern[str]
    spoken_of: re.Pattern[str]
    cited: re.Pattern[str]
    cited_report: re.Pattern[str]
    told: re.Pattern[str]
    case: re.Pattern[str]
    ends: re.Pattern[str]
    most: int


def _any(phrases: Iterable[str]) -> str:
    ordered = sorted({match_key(one) for one in phrases}, key=len, reverse=True)
    return "|".join(re.escape(one).replace(r"\ ", r"\s+") for one in ordered)


@cache
def _lexicon() -> _Lexicon:
    known = tomllib.loads((files("pipeline.classes") / "products.toml").read_text(encoding="utf-8"))
    rows = known["product"]
    making, between = _any(known["making"]), _any(known["between"])
    close = _any(word for word in known["between"] if word not in ("và", "hoặc"))
    report = known["report"]
    names = [*_by(rows, "names"), *known["traps"]]
    return _Lexicon(
        kinds=_by(rows, "names"),
        openers=_by(rows, "opens"),
        acts=_by(rows, "acts"),
        name=re.compile(rf"(?<!\w)(?:{_any(names)})(?!\w)"),
        opens=re.compile(rf"\W*(?:{_any(_by(rows, 'opens'))})(?!\w)"),
        act=re.compile(rf"(?<!\w)(?:{_any(_by(rows, 'acts'))})(?!\w)"),
        making=re.compile(
            rf"(?P<unmade>{known['unmade']})?(?<!\w)(?:{making})(?:[\s,]+(?:{between}|{making}|{known['when']}))*[\s,:“\"]+$"
        ),
        strictly=re.compile(
            rf"(?P<unmade>{known['unmade']})?(?<!\w)(?:{making})(?:\s+(?:{close}))*[\s:“\"]+$"
        ),
        verbal=frozenset(map(match_key, known["verbal"])),
        traps=frozenset(map(match_key, known["traps"])),
        handing=re.compile(
            rf"(?P<unmade>{known['unmade']})?(?<!\w)(?:{_any(known['handing'])})(?:\s+[\w&-]+){{0,{known['reach']}}}[\s:“\"]+$"
        ),
        reported=re.compile(rf"(?:^|[,;.:(/–-]|(?<!\w)(?:{_any(report['before'])})|\d)[\s“\"]*$"),
        object=re.compile(rf"\s+(?:(?:cho|về|lên|ngay)\s+)?(?:{_any(report['object'])})(?!\w)"),
        spoken_of=re.compile(rf"(?<!\w)(?:{_any(report['spoken_of'])})[\s“\"]*$"),
        cited=_followed(known["cited"]),
        cited_report=_followed(report["cited"]),
        told=re.compile(rf"(?<!\w)(?:{_any(known['told'])})(?!\w)"),
        case=re.compile(rf"(?<!\w)(?:{_any(report['case'])})(?!\w)[^.;]*$"),
        ends=re.compile(rf"[,;:.()\n“”\"](?!\d)|\s(?:{_any(known['ends'])})(?!\w)"),
        most=known["most"],
    )


def _followed(patterns: Iterable[str]) -> re.Pattern[str]:
    return re.compile(rf"\s+(?:{'|'.join(match_key(one) for one in patterns)})(?!\w)")


def _by(rows: Sequence[dict[str, Any]], list_name: str) -> dict[str, _Kind]:
    return {
        " ".join(match_key(name).split()): _Kind(row["key"], row["rank"], row.get("making_only", False))
        for row in rows
        for name in row.get(list_name, ())
    }


def product_of(stated: Grounded | None, spans: Sequence[Span], text: str) -> Product:
    """What a task is to hand in. `stated` is what a labelled line or a table's column says of it, else the
    task's own words (`spans` of `text`, Layout.text) are asked."""
    if stated is not None and stated.text.strip():
        return Product(_class_of(stated.text), stated)
    found: list[tuple[_Found, Span]] = []
    for at, span in enumerate(spans):
        words = text[span.start : min(span.end, span.start + _REACH)]
        key = match_key(words).replace("\n", " ")
        if len(key) == len(words):
            found += [(one, span) for one in _own(_named(key, opening=at == 0), key)]
    if not found:
        return Product("none")
    best, span = min(found, key=lambda one: (one[0].rank, one[1].start, one[0].start))
    place = Span(span.start + best.start, span.start + best.end)
    return Product(best.key, Grounded(" ".join(text[place.start : place.end].split()), place))


def _own(found: Iterable[_Found], key: str) -> list[_Found]:
    """Without those that an earlier one only tells of ("báo cáo tình hình xây dựng văn bản …")."""
    kept: list[_Found] = []
    for one in sorted(found, key=lambda each: each.start):
        inside = (other for other in kept if other.start < one.start < other.end)
        if not any(_lexicon().told.search(key, other.start, one.start) for other in inside):
            kept.append(one)
    return kept


def _class_of(words: str) -> str:
    """The class of a product that is named by itself ("Báo cáo của Sở"); "other" where it is no document."""
    key = match_key(words[:_REACH]).replace("\n", " ")
    names = (" ".join(match.group().split()) for match in _lexicon().name.finditer(key))
    kinds = (_lexicon().kinds[name].key for name in names if name not in _lexicon().traps)
    return next(kinds, "other")


def _named(key: str, *, opening: bool) -> Iterator[_Found]:
    """The products that words ask for; `opening`: they begin the task, so that a bare name is its product."""
    known = _lexicon()
    head = known.opens.match(key) if opening else None
    if head is not None and not known.cited.match(key, head.end()) and not known.traps & _openings(key, head):
        name = " ".join(re.sub(r"^\W+", "", head.group()).split())
        start = head.end() - len(head.group().lstrip(' -–+•*“"('))
        yield _Found(known.openers[name].rank, start, _end(key, head.end()), known.openers[name].key)
    for match in known.name.finditer(key):
        name = " ".join(match.group().split())
        if name not in known.traps and _asked(key, match, name):
            kind = known.kinds[name]
            yield _Found(kind.rank, match.start(), _end(key, match.end()), kind.key)
    for match in known.act.finditer(key):
        kind = known.acts[" ".join(match.group().split())]
        if not known.case.search(key[max(0, match.start() - _CASE) : match.start()]):
            yield _Found(kind.rank, match.start(), _end(key, match.end()), kind.key)


def _openings(key: str, head: re.Match[str]) -> set[str]:
    """The names with which the words begin, traps among them."""
    start = head.end() - len(re.sub(r"^\W+", "", head.group()))
    match = _lexicon().name.match(key, start)
    return {" ".join(match.group().split())} if match else set()


def _asked(key: str, match: re.Match[str], name: str) -> bool:
    """Whether the document of this name is to be made or handed over here."""
    known = _lexicon()
    kind = known.kinds[name]
    if kind.key == "report":
        return _to_report(key, match)
    if known.cited.match(key, match.end()):
        return False
    before = key[max(0, match.start() - _BACK) : match.start()]
    made = (known.strictly if name in known.verbal else known.making).search(before)
    if made or name in known.verbal:
        return made is not None and not made["unmade"]
    handed = None if kind.making_only else known.handing.search(before)
    return handed is not None and not handed["unmade"]


def _to_report(key: str, match: re.Match[str]) -> bool:
    """Whether a report is asked for here: as an act, and not only in some case."""
    known = _lexicon()
    before = key[max(0, match.start() - _CASE) : match.start()]
    if known.cited_report.match(key, match.end()) or known.case.search(before):
        return False
    if known.reported.search(before):
        return True
    return known.object.match(key, match.end()) is not None and known.spoken_of.search(before) is None


def _end(key: str, start: int) -> int:
    """Where the words that name a product end."""
    stop = _lexicon().ends.search(key, start)
    end = stop.start() if stop else len(key)
    words = re.match(rf"(?:\s*\S+){{0,{_lexicon().most}}}", key[start:end])
    return start + len(words.group().rstrip()) if words else start
