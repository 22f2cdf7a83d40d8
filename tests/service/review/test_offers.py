"""What a document offers for a task's words, units and deadline, and the places that are found for them."""

from __future__ import annotations

import pytest
from people import document, task, unit

from pipeline.units.register.register import builtin
from service.review import candidates
from service.review.extents import choice, parsed
from service.review.ground import ITEM, Ground
from service.review.proving import Prover

LINES = (
    ("lead_in", "1", "Sở Y tế:"),
    ("task", "1 › a", "Rà soát biên chế các trạm y tế,"),
    ("task", "1 › a", "báo cáo trước ngày 15/4. Trạm nào thiếu"),
    ("task", "1 › a", "người thì nêu rõ."),
    ("task", "1 › b", "Cùng Hội Người cao tuổi xã Tân Hưng và Công an tỉnh"),
    ("task", "1 › b", "lập danh sách."),
    ("distribution", "", "Như trên; Lưu: VT."),
)
TEXT = "\n".join(text for _, _, text in LINES)


def at(words: str) -> tuple[int, int]:
    start = TEXT.index(words)
    return start, start + len(words)


def place(start: int, end: int) -> dict:
    line = TEXT.count("\n", 0, start)
    begin = TEXT.rfind("\n", 0, start) + 1
    left = 72.0 + 5 * (start - begin)
    return {
        "page": 1,
        "box": [left, 100.0 + 14 * line, left + 5 * (end - start), 112.0 + 14 * line],
        "start": start,
        "end": end,
    }


def lines(first: str, last: str) -> list[dict]:
    """The places of whole lines."""
    texts = [text for _, _, text in LINES]
    wanted = texts[texts.index(first) : texts.index(last) + 1]
    return [place(*at(text)) for text in wanted]


@pytest.fixture
def record() -> dict:
    health = unit("Sở Y tế", "so-y-te:hung-yen", evidence=[place(*at("Sở Y tế"))], kind="unit")
    first, second = lines(LINES[1][2], LINES[3][2]), lines(LINES[4][2], LINES[5][2])
    tasks = [
        task("a", " ".join(text for _, _, text in LINES[1:4]), health, path="1 › a", evidence=first),
        task("b", " ".join(text for _, _, text in LINES[4:6]), health, path="1 › b", evidence=second),
    ]
    clauses = [
        {
            "role": role,
            "path": path,
            "text": text,
            "rule": "x",
            "evidence": [place(*at(text))],
        }
        for role, path, text in LINES
    ]
    return document("30", *tasks) | {"text": TEXT, "clauses": clauses}


def extents(record: dict, number: int) -> dict[str, str]:
    found = choice(record, record["tasks"][number])
    assert found is not None
    return {one.kind: one.text for one in found.extents}


def test_a_remark_behind_a_task_is_left_off_by_one_digit(record: dict):
    found = extents(record, 0)
    assert found["but_last"] == "Rà soát biên chế các trạm y tế, báo cáo trước ngày 15/4."
    assert found["but_first"] == "Trạm nào thiếu người thì nêu rõ."


def test_half_an_item_grows_to_the_whole(record: dict):
    half = record["tasks"][0] | {"text": LINES[3][2], "evidence": [place(*at(LINES[3][2]))]}
    record["tasks"][0] = half
    assert extents(record, 0)["item"] == " ".join(text for _, _, text in LINES[1:4])


def test_a_lead_in_goes_before_the_item_without_what_lies_between(record: dict):
    found = choice(record, record["tasks"][1])
    assert found is not None
    (lead_in,) = [one for one in found.extents if one.kind == "lead_in"]
    assert lead_in.text.startswith("Sở Y tế: Cùng Hội")
    assert len(parsed(lead_in.value)) == 2


def test_the_letters_end_is_no_part_of_its_last_item(record: dict):
    assert "after" not in extents(record, 1)


def test_a_digit_means_the_same_whatever_else_is_offered(record: dict):
    digits = {}
    for one in record["tasks"]:
        found = choice(record, one)
        assert found is not None
        for extent in found.extents:
            assert digits.setdefault(extent.kind, extent.digit) == extent.digit
    assert digits["before"] == 3


def test_an_item_ends_where_the_next_begins(record: dict):
    ends = [word.text for word in Ground(record).words if word.ends & ITEM]
    assert ends == ["tế:", "rõ.", "sách.", "VT."]


def test_parts_that_are_joined_keep_what_stands_between_them(record: dict):
    for one in [*record["clauses"], *record["tasks"]]:  # as the pipeline has them: a full stop is left off
        last = one["evidence"][-1]
        if TEXT[last["end"] - 1] == ".":
            last["end"] -= 1
    assert extents(record, 0)["after"].startswith(f"{record['tasks'][0]['text']} Cùng Hội")


def test_a_part_of_a_line_has_a_part_of_its_box(record: dict):
    start, end = at("biên chế")
    (found,) = Ground(record).places([(start, end)])
    assert (found["start"], found["end"]) == (start, end)
    assert found["box"][:3:2] == [72.0 + 5 * len("Rà soát "), 72.0 + 5 * len("Rà soát biên chế")]


def test_units_of_the_tasks_own_words_come_first_registered_or_not(record: dict):
    names = [name for _, name in candidates.units(record, record["tasks"][1], builtin())["cooperators"]]
    assert names[:2] == ["Hội Người cao tuổi xã Tân Hưng", "Công an tỉnh"]
    assert "Sở Y tế" in names


def test_a_unit_that_the_task_has_is_behind_all_others(record: dict):
    found = candidates.units(record, record["tasks"][1], builtin())["leads"]
    assert found[-1] == ("so-y-te:hung-yen", "Sở Y tế")
    assert len(found) <= candidates.MOST + 1


def test_a_name_that_the_scan_spoilt_is_offered_as_registered(record: dict):
    spoilt = unit("Sở Tải chính", evidence=[])
    asked = record["tasks"][0] | {"leads": [spoilt]}
    first = candidates.units(record, asked, builtin())["leads"][0]
    assert first == ("so-tai-chinh:hung-yen", "Sở Tài chính tỉnh Hưng Yên")


def test_a_deadline_of_the_same_item_is_offered(record: dict):
    part = record["tasks"][0] | {"text": LINES[3][2], "evidence": [place(*at(LINES[3][2]))]}
    assert candidates.deadlines(record, part) == ["trước ngày 15/4"]


def proved(record: dict, number: int, **values) -> dict:
    return Prover(record, record["tasks"][number], builtin()).proved(values)


@pytest.mark.parametrize(
    ("name", "identifier", "words"),
    [
        ("Hội Người cao tuổi xã Tân Hưng", None, "Hội Người cao tuổi xã Tân Hưng"),
        ("hội người cao tuổi xã tân hưng", None, "Hội Người cao tuổi xã Tân Hưng"),
        ("Sở Y tế tỉnh Hưng Yên", "so-y-te:hung-yen", "Sở Y tế"),  # as the register has it
    ],
)
def test_a_unit_that_a_person_gave_has_its_place_on_the_page(record: dict, name, identifier, words):
    given = unit(name, identifier, evidence=[])
    (found,) = proved(record, 1, cooperators=[given])["cooperators"]
    assert [(one["start"], one["end"]) for one in found["evidence"]] == [at(words)]


def test_what_stands_nowhere_has_no_place(record: dict):
    (found,) = proved(record, 1, leads=[unit("Sở Ngoại vụ", evidence=[])])["leads"]
    assert found["evidence"] == []


def test_a_typed_deadline_that_stands_on_the_page_has_its_place(record: dict):
    due = {"text": "trước ngày 15/4", "kind": "date", "date": "2026-04-15", "evidence": []}
    (found,) = proved(record, 0, deadline=due)["deadline"]["evidence"]
    assert (found["start"], found["end"]) == at("trước ngày 15/4")


def test_words_that_were_taken_bring_their_places(record: dict):
    start, end = at("Rà soát biên chế")
    prover = Prover(record, record["tasks"][0], builtin())
    values = prover.proved({"text": "Rà soát biên chế"}, [(start, end)])
    assert [(one["start"], one["end"]) for one in values["evidence"]] == [(start, end)]
