"""Records with `pictures` in, one HTML page out that loads nothing: sheets with marks, cards beside them.

A mark and the card it belongs to share a reference ("d1t3" for a task, "d1t3l0" for its first lead);
report.js lights up all that share one. Whatever documents say is escaped by the template.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from service.report.cards import Card, FieldRow, cards_of, fields_of, omitted_of, relations_of
from service.report.whole import whole

Record = dict[str, Any]
_KINDS = ("task", "header", "clause", "lead", "cooperator", "deadline")  # drawn in this order


@dataclass(frozen=True, slots=True)
class Mark:
    """A translucent box on a sheet, in percent of it; `refs` are the cards' references, by spaces."""

    kind: str
    refs: str
    title: str
    left: float
    top: float
    width: float
    height: float
    first: bool = False


@dataclass(frozen=True, slots=True)
class Sheet:
    """A page's picture with its marks."""

    number: int
    width: float
    height: float
    picture: str = field(repr=False)
    marks: tuple[Mark, ...]


@dataclass(frozen=True, slots=True)
class Shown:
    """A document as the template shows it."""

    ref: str
    name: str
    title: str
    fields: tuple[FieldRow, ...]
    cards: tuple[Card, ...]
    relations: tuple[Card, ...]
    omitted: tuple[Card, ...]
    sheets: tuple[Sheet, ...]
    issues: tuple[str, ...]
    pages: int


def page(records: Sequence[Record]) -> Iterator[str]:
    """The page in pieces, in order."""
    documents = [shown(record, number) for number, record in enumerate(records, 1)]
    yield from whole("report.html", ["report.css"], "report.js", documents=documents)


def shown(record: Record, number: int) -> Shown:
    """A record as the template needs it; `number` tells the documents of a page apart."""
    ref = f"d{number}"
    fields, cards, omitted = fields_of(record, ref), cards_of(record, ref), omitted_of(record, ref)
    relations = relations_of(record, ref)
    document = record["document"]
    return Shown(
        ref=ref,
        name=record["source"]["name"],
        title=document["number"] or record["id"],
        fields=fields,
        cards=cards,
        relations=relations,
        omitted=omitted,
        sheets=_sheets(record, [*fields, *cards, *relations, *omitted]),
        issues=tuple(dict.fromkeys(issue["message"] for issue in record["issues"])),
        pages=record["source"]["pages"],
    )


def _sheets(record: Record, cards: Sequence[Card | FieldRow]) -> tuple[Sheet, ...]:
    marks = _marks(cards)
    sizes = record["source"]["page_sizes"]
    return tuple(
        Sheet(
            number=int(number),
            width=sizes[int(number) - 1][0],
            height=sizes[int(number) - 1][1],
            picture=picture,
            marks=tuple(
                _placed(kind, box, refs, title, first, sizes[int(number) - 1])
                for (page, kind, box), (refs, title, first) in marks.items()
                if page == int(number)
            ),
        )
        for number, picture in record.get("pictures", {}).items()
    )


def marked(cards: Sequence[Card | FieldRow], number: int, size: tuple[float, float]) -> tuple[Mark, ...]:
    """The marks of a page of this size in points."""
    return tuple(
        _placed(kind, box, refs, title, first, size)
        for (page, kind, box), (refs, title, first) in _marks(cards).items()
        if page == number
    )


_Key = tuple[int, str, tuple[float, ...]]


def _marks(cards: Sequence[Card | FieldRow]) -> dict[_Key, tuple[str, str, bool]]:
    """Page, kind and box → references, title, whether it is the first of some card. Each box is drawn once,
    whoever refers to it: a lead-in's unit belongs to every task below."""
    found: dict[_Key, list[str]] = {}
    titles: dict[_Key, str] = {}
    firsts: set[_Key] = set()
    for proved in (one for card in cards for one in card.proofs):
        for at, place in enumerate(proved.evidence):
            key = (place["page"], proved.kind, tuple(place["box"]))
            found.setdefault(key, []).append(proved.ref)
            titles.setdefault(key, proved.title)
            if at == 0:
                firsts.add(key)
    order = sorted(found, key=lambda key: _KINDS.index(key[1]))
    return {key: (" ".join(dict.fromkeys(found[key])), titles[key], key in firsts) for key in order}


_MARGIN = 1.5  # points around the words


def _placed(
    kind: str, box: Sequence[float], refs: str, title: str, first: bool, size: Sequence[float]
) -> Mark:
    width, height = size
    x0, y0, x1, y1 = box
    return Mark(
        kind=kind,
        refs=refs,
        title=title,
        left=round(100 * (x0 - _MARGIN) / width, 3),
        top=round(100 * (y0 - _MARGIN) / height, 3),
        width=round(100 * (x1 - x0 + 2 * _MARGIN) / width, 3),
        height=round(100 * (y1 - y0 + 2 * _MARGIN) / height, 3),
        first=first,
    )
