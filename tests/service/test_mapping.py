"""A record comes back from the rows as it went in, whatever else it holds."""

from __future__ import annotations

import uuid

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from service.mapping import number_key, search_key
from service.store import FilePart, Store, TaskFilter

text = st.text(max_size=12, alphabet=st.characters(exclude_categories=["Cs"], exclude_characters="\x00"))
maybe = st.none() | text
day = st.dates().map(str)
more = st.dictionaries(st.sampled_from(["flags", "place"]), text | st.lists(text, max_size=2), max_size=2)


def table(required: dict, **optional) -> st.SearchStrategy:
    return st.builds(
        lambda known, rest: known | rest, st.fixed_dictionaries(required, optional=optional), more
    )


unit = table({"text": text, "name": text, "unit_id": maybe, "inherited": st.booleans()})
deadline = table(
    {
        "text": maybe,
        "kind": st.sampled_from(["date", "recurring", "none"]),
        "date": st.none() | day,
        "time": maybe,
        "rrule": maybe,
        "inherited": st.booleans(),
        "rule": text,
    }
)
evidence = st.fixed_dictionaries(
    {"page": st.integers(1, 9), "box": st.lists(st.floats(0, 900), min_size=4, max_size=4)}
)
task = table(
    {
        "text": text,
        "path": text,
        "leads": st.lists(unit, max_size=2),
        "cooperators": st.lists(unit, max_size=2),
        "deadline": st.none() | deadline,
        "output": maybe,
        "nature": text,
        "field": text,
        "confidence": st.floats(0, 1),
        "evidence": st.lists(evidence, max_size=2),
    }
)
header = table(
    {
        "number": maybe,
        "issued_on": st.none() | day,
        "issuer": maybe,
        "type": maybe,
        "subject": maybe,
        "signer": st.none() | table({"name": maybe, "position": maybe}),
        "urgency": text,
        "secrecy": st.just("none"),
        "recipients": st.lists(text, max_size=2),
        "execution_clause": st.booleans(),
    }
)
source = table(
    {
        "name": text,
        "sha256": st.just("a" * 64),
        "media_type": text,
        "pages": st.integers(0, 9),
        "ocr_pages": st.lists(st.integers(1, 9), max_size=2),
    }
)
record = st.builds(
    lambda known, tasks: known | {"tasks": [{"id": f"t{n}"} | one for n, one in enumerate(tasks)]},
    table(
        {
            "id": text,
            "source": source,
            "document": header,
            "issues": st.lists(table({"stage": text, "message": text}), max_size=2),
        },
        version=text,
    ),
    st.lists(task, max_size=3),
)


@settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))
@given(record)
def test_a_record_comes_back_as_it_went_in(store: Store, record):
    key = uuid.uuid4()
    with store.begin() as work:
        work.add(key.hex, record, "done", [FilePart("a" * 64, "a.txt", 3)])
    with store.reading() as work:
        back = work.record(key.hex)
    for one in back["tasks"]:
        assert one.pop("status") == "proposed"
    assert back == record


def test_characters_that_no_database_holds_are_replaced(store: Store):
    where = {"name": "a\x00b", "sha256": "a" * 64, "media_type": "text/plain", "pages": 1, "ocr_pages": []}
    head = {
        "urgency": "normal",
        "secrecy": "none",
        "recipients": ["\ud800", "\U0001f600"],
        "execution_clause": True,
    }
    with store.begin() as work:
        record = {"id": "a", "source": where, "document": head, "tasks": [], "issues": [], "text": "x\x00y"}
        work.add("k", record, "done", [])
    with store.reading() as work:
        back = work.record("k")
    assert back["source"]["name"] == "a\ufffdb"
    assert back["text"] == "x\ufffdy"
    assert back["document"]["recipients"] == ["\ufffd", "\U0001f600"]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("05/CT-UBND", "5/CT-UBND"),
        ("05/CT-UBND", "05 / CT - UBND"),
        ("Số: 05/CT-UBND", "05/CT–UBND"),
        ("123/QĐ-TTg", "123/QD-TTG"),
    ],
)
def test_one_number_is_written_in_many_ways(one, other):
    assert number_key(one) == number_key(other)


@pytest.mark.parametrize(("one", "other"), [("5/CT-UBND", "50/CT-UBND"), ("1/QĐ-UBND", "1/KH-UBND")])
def test_other_numbers_differ(one, other):
    assert number_key(one) != number_key(other)


def test_units_are_found_with_and_without_accents(store: Store):
    lead = {"text": "SỞ Y TẾ", "name": "Sở Y tế Đắk  Lắk", "unit_id": None, "inherited": False}
    one = {
        "id": "t",
        "text": "lập kế hoạch",
        "path": "1",
        "leads": [lead],
        "cooperators": [],
        "deadline": None,
        "output": None,
        "nature": "document",
        "field": "health",
        "confidence": 1.0,
        "evidence": [],
    }
    head = {"urgency": "normal", "secrecy": "none", "recipients": [], "execution_clause": False}
    where = {"name": "a", "sha256": "a" * 64, "media_type": "text/plain", "pages": 1, "ocr_pages": []}
    with store.begin() as work:
        work.add(
            "k", {"id": "a", "source": where, "document": head, "tasks": [one], "issues": []}, "done", []
        )
    with store.reading() as work:
        for wanted in ("Sở Y tế", "so y te", "SỞ Y TẾ", "dak lak", "te dak"):
            assert len(work.tasks(TaskFilter(unit=wanted))) == 1
        for other in ("Sở Tài chính", "s_ y", "%"):
            assert (search_key(other) == "") or work.tasks(TaskFilter(unit=other)) == []


def test_tasks_are_found_by_class_and_older_ones_come_back_without(store: Store):
    def task(name: str, **classes: str):
        return {
            "id": name,
            "text": "lập kế hoạch",
            "path": "1",
            "leads": [],
            "cooperators": [],
            "deadline": None,
            "output": None,
            "nature": "document",
            "field": "other",
            "confidence": 1.0,
            "evidence": [],
        } | classes

    classed = {
        "timing": "undated",
        "source": "directive",
        "assigner": "ministry",
        "urgency": "khan",
        "product": "plan",
    }
    head = {"urgency": "normal", "secrecy": "none", "recipients": [], "execution_clause": False}
    where = {"name": "a", "sha256": "a" * 64, "media_type": "text/plain", "pages": 1, "ocr_pages": []}
    tasks = [task("new", **classed), task("old")]
    with store.begin() as work:
        work.add(
            "k", {"id": "a", "source": where, "document": head, "tasks": tasks, "issues": []}, "done", []
        )
    with store.reading() as work:
        (found,) = work.tasks(TaskFilter(classes=(("assigner", "ministry"), ("product", "plan"))))
        assert {key: found[key] for key in classed} == classed
        assert work.tasks(TaskFilter(classes=(("assigner", "party"),))) == []
        (old,) = (one for one in work.tasks() if one["id"] == "old")
        assert not classed.keys() & old.keys()
