"""What a newcomer would write in an afternoon: named entities and a few phrases; and dateparser.

In: a document's text. Out: records in the form that the evaluation compares. Nothing of our path is used, so
that `make peers` tells what the path is worth; the text is the path's own, which is generous to a scan.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator, Mapping
from typing import Any

Record = dict[str, Any]
_ASSIGNS = re.compile(r"(?i)\b(giao|yêu cầu|đề nghị|chủ trì|có trách nhiệm|phân công|khẩn trương|tổ chức)\b")
_ITEM = re.compile(r"^\s*(?:Điều\s+\d+\.?|[0-9IVX]+[.)]|[a-zđ]\)|[-+•*])\s*")
_WITH = re.compile(
    r"(?i)phối hợp (?:chặt chẽ )?(?:với )?(.+?)"
    r"(?= (?:để|rà soát|thực hiện|xây dựng|tổ chức|kiểm tra)\b|[;.]|$)"
)
_UNIT = re.compile(
    r"(?:Sở|Bộ|Ban|Công an|Văn phòng|Cục|Chi cục|UBND|Ủy ban nhân dân|Thanh tra|Các sở|các sở)"
    r"(?: [\wÀ-ỹ&]+| và [A-ZĐÀ-Ỹ][\wà-ỹ]+){1,6}?(?=[,;:.]| chủ trì| phối hợp| có | thực hiện| tổ chức| và |$)"
)
_DUE = re.compile(r"(?i)(?:trước|chậm nhất|đến|xong)[^.;]{0,12}ngày\s+(\d{1,2})[/-](\d{1,2})(?:[/-](\d{4}))?")
_NUMBER = re.compile(r"Số\s*:\s*(\S+)")
_ISSUED = re.compile(r"ngày\s+(\d{1,2})\s+tháng\s+(\d{1,2})\s+năm\s+(\d{4})")
_TYPES = {
    "CHỈ THỊ": "chi_thi",
    "CÔNG ĐIỆN": "cong_dien",
    "THÔNG BÁO": "thong_bao",
    "QUYẾT ĐỊNH": "quyet_dinh",
    "KẾ HOẠCH": "ke_hoach",
    "NGHỊ QUYẾT": "nghi_quyet",
}


def newcomer(text: str) -> Record:
    """A record by phrases and named entities."""
    document = _header(text)
    issued = dt.date.fromisoformat(document["issued_on"]) if document["issued_on"] else None
    return {"document": document, "tasks": list(_tasks(text, issued)), "text": text}


def _header(text: str) -> Record:
    head = text[:1500]
    number, issued = _NUMBER.search(head), _ISSUED.search(head)
    kind = next((key for word, key in _TYPES.items() if f"\n{word}" in head), "cong_van")
    day = _day(*issued.groups()) if issued else None
    people = _people(text[-600:])
    return {
        "number": number.group(1) if number else None,
        "issued_on": day.isoformat() if day else None,
        "issuer": head.split("\n", 1)[0],
        "type": kind,
        "subject": next(
            (line for line in head.split("\n") if line.lower().startswith(("v/v", "về việc"))), None
        ),
        "signer": people[-1] if people else None,
    }


def _day(day: str, month: str, year: str) -> dt.date | None:
    try:
        return dt.date(int(year), int(month), int(day))
    except ValueError:
        return None


def _tasks(text: str, issued: dt.date | None) -> Iterator[Record]:
    for line in text.split("\n"):
        words = _ITEM.sub("", line).strip()
        if len(words.split()) < 6 or not _ASSIGNS.search(words):
            continue
        helped = _WITH.search(words)
        units = _units(words[: helped.start()] if helped else words)
        yield {
            "text": words,
            "leads": units[:1],
            "cooperators": _units(helped.group(1)) if helped else [],
            "deadline": _deadline(words, issued),
        }


def _units(words: str) -> list[str]:
    """Names by phrase, then the organisations that the tagger sees beside them."""
    named = [found.group().strip() for found in _UNIT.finditer(words)]
    return list(dict.fromkeys(named or _entities(words, "ORG")))


def _people(text: str) -> list[str]:
    return _entities(text, "PER")


def _entities(text: str, kind: str) -> list[str]:
    from underthesea import ner

    found: list[str] = []
    for word, _, _, tag in ner(text) if text.strip() else ():
        if tag == f"B-{kind}":
            found.append(word)
        elif tag == f"I-{kind}" and found:
            found[-1] += f" {word}"
    return found


def _deadline(words: str, issued: dt.date | None) -> Record:
    found = _DUE.search(words)
    if not found:
        return {"kind": "none"}
    day, month, year = found.groups()
    date = _day(day, month, year or str(issued.year if issued else "")) if year or issued else None
    return {"text": found.group(), "kind": "date", "date": date.isoformat()} if date else {"kind": "none"}


def dated(record: Mapping[str, Any], *, phrase: bool) -> Record:
    """Our record with each deadline read by dateparser: from the whole task's words, or (`phrase`) from the
    very words that we found to set the deadline, where only their value is left to read."""
    issued = record["document"]["issued_on"]
    tasks = []
    for task in record["tasks"]:
        words = task["deadline"]["text"] if phrase else task["text"]
        tasks.append(task | {"deadline": _parsed(words or "", issued)})
    return {"document": record["document"], "tasks": tasks, "text": record["text"]}


def _parsed(words: str, issued: str | None) -> Record:
    from dateparser.search import search_dates

    settings: dict[str, Any] = {"PREFER_DATES_FROM": "future", "DATE_ORDER": "DMY"}
    if issued:
        settings["RELATIVE_BASE"] = dt.datetime.fromisoformat(issued)
    found = search_dates(words, languages=["vi"], settings=settings) if words else None
    if not found:
        return {"kind": "none"}
    said, when = found[-1]
    return {"text": said, "kind": "date", "date": when.date().isoformat()}
