"""Records of a few directives in, a store of many documents out, by bulk inserts (`make bench-service`).

Each document copies a real reading with its own number, day, issuer, rank and words, so that rows weigh what
real ones do; about two in three are filed.
"""

from __future__ import annotations

import datetime as dt
import random
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

from sqlalchemy import JSON, Engine, func, insert, literal, select

from service.mapping import Rows, search_key, to_rows
from service.tables import Base, Document, DocumentUnit, Duty, Task, TaskUnit

CHUNK = 250  # documents inserted at a time
WORDS = (
    "đê",
    "trường",
    "cầu",
    "rừng",
    "biển",
    "chợ",
    "dự án",
    "đất",
    "vốn",
    "biên chế",
    "y tế",
    "hạn",
    "cháy",
)
_FROM = dt.date(2015, 1, 1)


def fill(
    engine: Engine,
    records: Sequence[Mapping[str, Any]],
    documents: int,
    each: int,
    told: Callable[[int], None],
) -> None:
    """Adds documents of about `each` tasks until the store has as many."""
    models = [to_rows(one, "done") for one in records if one["tasks"]]
    with engine.connect() as connection:
        there = connection.execute(select(func.count()).select_from(Document)).scalar_one()
        last = connection.execute(select(func.coalesce(func.max(Document.id), 0))).scalar_one()
    for begin in range(there, documents, CHUNK):
        numbers = range(begin, min(begin + CHUNK, documents))
        rows = [_copied(models[number % len(models)], last + 1 + number - there, each) for number in numbers]
        with engine.begin() as connection:
            for table, many in _by_table(rows):
                if many:
                    connection.execute(insert(Base.metadata.tables[table]), many)
        told(numbers[-1] + 1)
    _enter(engine)
    if engine.dialect.name == "postgresql":  # its counter does not see ids that were given by hand
        with engine.begin() as connection:
            counter = func.pg_get_serial_sequence("documents", "id")
            connection.execute(select(func.setval(counter, select(func.max(Document.id)).scalar_subquery())))


def _enter(engine: Engine) -> None:
    """The duties of filed documents, all done; else the server would enter them, and remind of them, while it
    is measured."""
    known = select(Duty.id).where(Duty.document_id == Document.id)
    same = ("output", "nature", "field", "source", "assigner", "urgency")
    values: dict[str, Any] = {
        "origin": literal("document"),
        "document_id": Task.document_id,
        "task_id": Task.id,
        "document_number": Document.number,
        "number_key": Document.number_key,
        "document_on": Document.issued_on,
        "document_type": func.coalesce(Document.type, ""),
        "issuer": func.coalesce(Document.issuer, ""),
        "assigned_on": Document.issued_on,
        "deadline": literal({}, JSON()),
        "carried": literal({}, JSON()),
        "entered_at": Document.read_at,
        "words": Task.words,
        "life": literal("done"),
        "done_on": func.coalesce(Task.deadline_date, Document.issued_on),
        "lead_name": literal(""),
        "lead_key": literal(""),
        "due_on": Task.deadline_date,
        "due_key": Task.due_key,
        "text": Task.text,
    } | {name: func.coalesce(getattr(Task, name), "") for name in same}
    flags = {"recurs": False, "starred": False, "secret": False, "counted": True, "with_leader": False}
    values |= {name: literal(value) for name, value in flags.items()}
    values |= {"clearance": literal(0), "revision": literal(1)}
    approved = (
        select(*(value.label(name) for name, value in values.items()))
        .join(Document, Document.id == Task.document_id)
        .where(Document.review == "filed", Task.status == "approved", ~known.exists())
    )
    with engine.begin() as connection:
        connection.execute(insert(Duty).from_select(list(values), approved))


def _by_table(rows: Sequence[Rows]) -> Iterator[tuple[str, list[dict[str, Any]]]]:
    yield Document.__tablename__, [one.document for one in rows]
    yield Task.__tablename__, [task for one in rows for task in one.tasks]
    yield TaskUnit.__tablename__, [unit for one in rows for unit in one.units]
    yield DocumentUnit.__tablename__, [unit for one in rows for unit in one.addressed]


def _copied(model: Rows, number: int, each: int) -> Rows:
    chance = random.Random(number)
    word = " ".join(chance.sample(WORDS, 3))
    review = chance.choices(("extracted", "reviewed", "filed"), (2, 1, 6))[0]
    own = {"document_id": number}
    document = model.document | {
        "id": number,
        "key": f"{number:064x}",
        "sha256": f"{number:064x}",
        "record_id": f"{number:016x}",
        "number": f"{number}/UBND-VP",
        "number_key": f"{number}ubndvp",
        "issued_on": _FROM + dt.timedelta(days=number % 4000),
        "rank": chance.random(),
        "review": review,
        "read_at": 1.7e9 + number,
    }
    status = "proposed" if review == "extracted" else "approved"
    tasks, units = [], []
    for place in range(each):
        task = model.tasks[place % len(model.tasks)]
        name = f"{place:03d}{task['id'][3:]}"
        due = task["deadline_date"] and _FROM + dt.timedelta(days=chance.randrange(4500))
        more = {"id": name, "position": place, "status": status, "deadline_date": due, "revision": 1}
        more |= {"due_key": due or task["due_key"], "origin": "machine"}
        more |= {
            "text": f"{task['text']} {word} {number}",
            "words": f"{task['words']} {search_key(word)} {number}",
        }
        tasks.append(task | own | more)
        units += [one | own | {"task_id": name} for one in model.units if one["task_id"] == task["id"]]
    return Rows(document, tasks, units, [], [one | own for one in model.addressed], [])
