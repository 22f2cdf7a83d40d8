"""Two months of an office in which anything happens that may, seeded."""

from __future__ import annotations

import datetime as dt
import random
from typing import Any

from tracking_office import Office

from service.checking.measures import NewMeasure
from service.checking.vocabulary import MEASURES
from service.store import Work
from service.tracking.entering import NewDuty, Origin
from service.tracking.life import GIVEN, Approval, Given, Lead, Life, NotAllowed, allowed

UNITS = [Lead("Sở Y tế", "so-y-te:hung-yen"), Lead("Sở Nội vụ", "so-noi-vu:hung-yen"), Lead("Đoàn số 3")]
FIELDS = ["health", "home_affairs"]
BEGIN, DAYS = dt.date(2026, 1, 5), 60


def lived(office: Office, seed: int) -> None:
    """Sixty days in which duties come in and anything that may be done with them is done."""
    chance = random.Random(seed)
    numbers: list[int] = []
    taken: list[int] = []
    measuring = random.Random(seed + 1000)
    for day in range(DAYS):
        office.today = BEGIN + dt.timedelta(days=day)
        with office.store.begin() as work:
            if day % 3 == 0:
                due_on = office.today + dt.timedelta(days=chance.randrange(2, 30))
                new = NewDuty(
                    f"Việc số {len(numbers)}",
                    chance.choice(UNITS),
                    office.today,
                    origin=Origin.TYPED,
                    due_on=chance.choice([None, due_on, due_on]),
                    field=chance.choice(FIELDS),
                )
                numbers.append(work.book.enter(office.actor, new))
            for number in chance.sample(numbers, min(4, len(numbers))):
                row = work.book.held(number)
                assert row is not None
                rule = chance.choice(allowed(Life(row.life)))
                values: dict[str, Any] = {
                    "note": "lý do",
                    "due": office.today + dt.timedelta(days=chance.randrange(1, 40)),
                    "text": row.text,
                    "lead": chance.choice(UNITS),
                    "percent": chance.randrange(101),
                    "done_on": office.today - dt.timedelta(days=chance.randrange(3)),
                    "approval": Approval("5/UBND", office.today),
                }
                names = {*rule.needs, *(name for name in rule.may if chance.random() < 0.5)} & {*GIVEN}
                try:
                    work.book.act(
                        office.monitor,
                        number,
                        rule.action,
                        Given(**{name: values[name] for name in names if name != "files"}),
                    )
                except NotAllowed as error:
                    assert error.why == "nothing"
            measure(work, office, measuring, numbers, taken)


def measure(work: Work, office: Office, chance: random.Random, numbers: list[int], taken: list[int]) -> None:
    """Now and then a measure is taken, sometimes days after its day, or taken back."""
    if chance.random() < 0.4:
        on = office.today - dt.timedelta(days=chance.randrange(4))
        new = NewMeasure(chance.choice([*MEASURES]), "lý do", on, unit=chance.choice(UNITS))
        taken.append(work.checking.measures.take(office.monitor, chance.choice(numbers), new))
    if taken and chance.random() < 0.1:
        number = taken.pop(chance.randrange(len(taken)))
        work.checking.measures.withdraw(office.monitor, number, "ghi nhầm")
