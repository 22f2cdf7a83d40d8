"""The invented office: its units and how each behaves, its documents and on which day each comes in.

All is drawn from the seed, so that a year can be lived again. Texts are made of a few words of our own.
"""

from __future__ import annotations

import datetime as dt
import random
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

BEGIN = dt.date(2026, 1, 1)
DAYS = 365
_ACTS = ("Rà soát", "Báo cáo", "Xây dựng kế hoạch", "Kiểm tra", "Tuyên truyền", "Bố trí kinh phí cho")
_THINGS = ("hồ đập", "trường học", "chợ nông thôn", "nhà văn hóa", "đường liên xã", "trạm y tế", "cây xanh")
_FIELDS = ("health", "education", "agriculture_rural", "transport", "finance_budget", "home_affairs")
_ASSIGNERS = ("provincial_committee", "provincial_chair", "government", "prime_minister")
_SOURCES = ("directive", "conclusion", "work_programme")


@dataclass(frozen=True, slots=True)
class Unit:
    """A unit: how likely it does something about a duty on a day (`zeal`), how honestly it reports (`care`:
    the share of its results that are accepted), how often it asks for time (`asking`)."""

    name: str
    id: str
    zeal: float
    care: float
    asking: float


def units(number: int) -> list[Unit]:
    """The units, from the diligent to the silent."""
    chance = random.Random(60)
    return [
        Unit(
            f"Sở số {at:02d}",
            f"so-so-{at:02d}:tinh-mau",
            zeal=0.02 + 0.3 * chance.random() ** 2,
            care=0.6 + 0.4 * chance.random(),
            asking=0.1 * chance.random(),
        )
        for at in range(1, number + 1)
    ]


def documents(seed: int, number: int, each: int, known: list[Unit]) -> dict[int, list[dict[str, Any]]]:
    """The records that come in on each day of the year, about `each` tasks a document."""
    chance = random.Random(seed)
    found: dict[int, list[dict[str, Any]]] = {}
    numbers: list[str] = []
    for at in range(number):
        day = sorted(chance.sample(range(DAYS), 2))[0]
        found.setdefault(day, []).append(_record(chance, at, day, each, known, numbers))
    return found


def _record(
    chance: random.Random, at: int, day: int, each: int, known: list[Unit], numbers: list[str]
) -> dict[str, Any]:
    issued = BEGIN + dt.timedelta(days=day)
    number = f"{at + 1}/UBND-TH"
    many = each + chance.choice((-2, -1, 0, 0, 1, 2))
    tasks = [_task(chance, place, issued, known) for place in range(max(1, many))]
    relations = list(_relations(chance, issued, numbers)) if chance.random() < 0.05 else []
    numbers.append(number)
    key = f"{at:064x}"
    return {
        "id": key,
        "source": {
            "name": f"{at}.txt",
            "sha256": key,
            "media_type": "text/plain",
            "pages": 1,
            "ocr_pages": [],
            "page_sizes": [[595.0, 842.0]],
        },
        "document": {
            "number": number,
            "issued_on": issued.isoformat(),
            "issuer": "UBND tỉnh Mẫu",
            "type": "cong_van",
            "subject": "Về một số nhiệm vụ",
            "signer": None,
            "urgency": "normal",
            "secrecy": "none",
            "recipients": [],
            "addressees": [],
            "execution_clause": False,
            "doubtful": [],
            "evidence": {},
        },
        "tasks": tasks,
        "relations": relations,
        "clauses": [],
        "issues": [],
        "text": "",
        "version": "year",
    }


def _task(chance: random.Random, place: int, issued: dt.date, known: list[Unit]) -> dict[str, Any]:
    lead, *others = chance.sample(known, 3)
    named = [{"text": lead.name, "name": lead.name, "unit_id": lead.id, "inherited": False, "evidence": []}]
    helping = [
        {"text": one.name, "name": one.name, "unit_id": one.id, "inherited": False, "evidence": []}
        for one in others[: chance.choice((0, 0, 1, 2))]
    ]
    return {
        "id": f"t{place}",
        "text": f"{chance.choice(_ACTS)} {chance.choice(_THINGS)}",
        "path": str(place + 1),
        "leads": named,
        "cooperators": helping,
        "deadline": _deadline(chance, issued),
        "output": None,
        "nature": "carry_out",
        "field": chance.choice(_FIELDS),
        "source": chance.choice(_SOURCES),
        "assigner": chance.choice(_ASSIGNERS),
        "confidence": 1.0,
        "evidence": [],
    }


def _deadline(chance: random.Random, issued: dt.date) -> dict[str, Any] | None:
    kind = chance.random()
    if kind < 0.35:
        return None
    if kind < 0.38:
        rule = chance.choice(("FREQ=MONTHLY;BYMONTHDAY=20", "FREQ=MONTHLY;INTERVAL=3;BYMONTHDAY=15"))
        return {"kind": "recurring", "text": "định kỳ", "rrule": rule, "rule": ""}
    day = issued + dt.timedelta(days=chance.randrange(5, 120))
    return {"kind": "date", "text": f"trước ngày {day:%d/%m/%Y}", "date": day.isoformat(), "rule": ""}


def _relations(chance: random.Random, issued: dt.date, numbers: list[str]) -> Iterator[dict[str, Any]]:
    if numbers:
        day = issued + dt.timedelta(days=chance.randrange(20, 90))
        yield {
            "kind": chance.choice(("extends", "extends", "replaces")),
            "number": chance.choice(numbers),
            "issued_on": None,
            "item": None,
            "deadline": {"kind": "date", "date": day.isoformat()},
            "text": "Gia hạn hoặc thay thế",
            "evidence": [],
        }
