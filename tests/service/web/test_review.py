"""The review screen over HTTP: decisions, corrections, what two people do at once, and what is offered."""

from __future__ import annotations

import re

import pytest
from fastapi.testclient import TestClient
from people import document, filed, task, unit

from service.access.roles import Role
from service.access.viewer import Viewer
from service.store import Store

HEALTH, FINANCE = unit("Sở Y tế", "so-y-te:hung-yen"), unit("Sở Tài chính", "so-tai-chinh:hung-yen")
APRIL = {
    "text": "trước ngày 30/4",
    "kind": "date",
    "date": "2026-04-30",
    "time": None,
    "rrule": None,
    "inherited": False,
    "rule": "before.day",
    "words": "trước ngày 30/04/2026",
    "flags": [],
    "evidence": [],
}


class Browser:
    """A reviewer at a document."""

    def __init__(self, client: TestClient, number: int) -> None:
        self.client = client
        self.number = number
        page = client.get(f"/documents/{number}")
        assert page.status_code == 200, page.text
        self.csrf = re.search(r'data-csrf="([^"]*)"', page.text).group(1)
        self.page = page.text

    def post(self, path: str, **form):
        headers = {"x-csrf-token": self.csrf}
        return self.client.post(f"/documents/{self.number}{path}", data=form, headers=headers)

    def save(self, name: str, **form):
        plain = {
            "seen": 1,
            "text": "Rà soát biên chế",
            "lead": ["keep:0"],
            "deadline": "trước ngày 30/4",
            "nature": "carry_out",
            "field": "health",
        }
        return self.post(f"/tasks/{name}/edit", **(plain | form))


@pytest.fixture
def number(desk_store: Store) -> int:
    first = task("a", "Rà soát biên chế", HEALTH, deadline=APRIL)
    return filed(desk_store, document("12", first, task("b", "Bố trí kinh phí", HEALTH)))


def test_how_many_tasks_a_corrected_field_was_carried_to_is_told(enter, number: int):
    lan = Browser(enter("lan"), number)
    saved = lan.save("a", field="finance_budget", accept="true")
    assert "Lĩnh vực của 1 nhiệm vụ còn chờ được gợi ý lại" in saved.text
    accepted = lan.post("/tasks/b/accept", seen=2)
    assert "gợi ý lại" not in accepted.text


def states(page: str) -> list[str]:
    return re.findall(r'data-status="(\w+)"', page)


def test_a_task_is_accepted_and_taken_back(enter, number: int):
    lan = Browser(enter("lan"), number)
    assert states(lan.page) == ["proposed", "proposed"]
    assert states(lan.post("/tasks/a/accept", seen=1).text) == ["approved", "proposed"]
    assert states(lan.post("/undo").text) == ["proposed", "proposed"]


def test_a_rejected_task_keeps_its_reason(enter, number: int):
    lan = Browser(enter("lan"), number)
    assert "Kể kết quả đã làm" in lan.post("/tasks/b/reject", seen=1, reason="result").text


def test_a_unit_is_corrected_and_the_same_slip_elsewhere_is_offered(enter, number: int):
    lan = Browser(enter("lan"), number)
    answer = lan.save("a", lead=["unit:so-tai-chinh:hung-yen|Sở Tài chính"]).text
    assert "1 nhiệm vụ khác cũng như vậy" in answer
    group = re.search(r'name="group" value="(\d+)"', answer).group(1)
    after = lan.post("/alike", group=group).text
    chip = 'class="chip lead" data-ref="t{}l0">Sở Tài chính'
    assert all(chip.format(number) in after for number in (1, 2))
    before = lan.post("/undo").text  # one undo for all that were alike
    assert [chip.format(number) in before for number in (1, 2)] == [True, False]


def test_a_deadline_is_typed_as_people_say_it(enter, number: int):
    lan = Browser(enter("lan"), number)
    assert "30/09/2026" in lan.save("a", deadline="trong quý III").text
    assert "31/03/2026" in lan.client.get(f"/deadline?document={number}&deadline=31/3").text


def test_a_deadline_that_has_no_reading_comes_back_with_what_was_typed(enter, number: int):
    answer = Browser(enter("lan"), number).save("a", text="Rà soát kỹ", deadline="sẽ xem lại sau")
    assert answer.status_code == 422
    assert "Rà soát kỹ" in answer.text
    assert "sẽ xem lại sau" in answer.text


def test_units_are_found_without_accents(enter, number: int):
    lan = Browser(enter("lan"), number)
    assert "Sở Tài chính" in lan.client.get(f"/units?document={number}&q=so tai chinh").text


def test_two_peoples_edits_of_different_fields_are_merged(enter, number: int):
    lan, minh = Browser(enter("lan"), number), Browser(enter("minh"), number)
    lan.save("a", text="Rà soát toàn bộ biên chế")
    after = minh.save("a", field="home_affairs").text
    assert "Rà soát toàn bộ biên chế" in after
    assert "Nội vụ" in after


def test_two_peoples_edits_of_one_field_are_shown_to_the_second(enter, number: int):
    lan, minh = Browser(enter("lan"), number), Browser(enter("minh"), number)
    lan.save("a", text="Rà soát toàn bộ biên chế")
    clash = minh.save("a", text="Rà soát biên chế ngành y tế")
    assert clash.status_code == 409
    assert "Rà soát toàn bộ biên chế" in clash.text  # theirs
    assert "Rà soát biên chế ngành y tế" in clash.text  # what was typed is not lost
    seen = re.search(r'name="seen" value="(\d+)"', clash.text).group(1)
    assert minh.save("a", seen=seen, text="Rà soát biên chế ngành y tế").status_code == 200


def test_sure_tasks_are_accepted_together(enter, desk_store: Store):
    sure = filed(desk_store, document("13", *(task(f"t{n}", f"Việc {n}", HEALTH) for n in range(3))))
    lan = Browser(enter("lan"), sure)
    listed = re.findall(r'name="tasks" value="([^"]+)"', lan.page)
    assert len(listed) == 3
    assert states(lan.post("/sure", tasks=listed).text) == ["approved"] * 3


def test_a_task_without_evidence_is_not_among_the_sure(enter, desk_store: Store):
    unproved = unit("Sở Y tế", evidence=[])
    number = filed(desk_store, document("14", task("a", "Rà soát", unproved), task("b", "Báo cáo", HEALTH)))
    lan = Browser(enter("lan"), number)
    assert re.findall(r'name="tasks" value="([^"]+)"', lan.page) == ["b~1"]
    assert lan.post("/sure", tasks=["a~1"]).status_code == 409


def test_a_missed_task_is_marked_on_the_page(enter, desk_store: Store):
    text = "Sở Y tế rà soát biên chế. Sở Y tế báo cáo trước ngày 15/4."
    place = {"page": 1, "box": [72.0, 140.0, 300.0, 152.0], "start": 26, "end": len(text)}
    record = document("15", task("a", "rà soát biên chế", HEALTH))
    clause = {"role": "other", "path": "Mục 1", "text": text[26:], "rule": "x", "evidence": [place]}
    number = filed(desk_store, record | {"text": text, "clauses": [clause]})
    lan = Browser(enter("lan"), number)
    after = lan.post("/missed", start=26, end=len(text)).text
    assert "Sở Y tế báo cáo trước ngày 15/4." in after
    assert states(after) == ["proposed", "proposed"]
    assert after.count("chip lead") == 2  # it begins with the lead of the task before it


def test_a_task_is_split_and_two_are_merged(enter, number: int):
    lan = Browser(enter("lan"), number)
    parted = lan.post("/tasks/a/split", seen=1, part=["Rà soát", "Báo cáo"]).text
    texts = re.findall(r'<p class="text"[^>]*>([^<]*)</p>', parted)
    assert texts[:3] == ["Rà soát", "Báo cáo", "Bố trí kinh phí"]
    name, seen = re.search(r'data-task="(p\w+)" data-seen="(\d+)"', parted).groups()
    assert "Rà soát; Báo cáo" in lan.post(f"/tasks/{name}/merge", seen=seen).text


def test_filing_goes_on_to_the_next_document(enter, number: int, desk_store: Store):
    other = filed(desk_store, document("16", task("a", "Việc khác", HEALTH)))
    lan = Browser(enter("lan"), number)
    for name in "ab":
        lan.post(f"/tasks/{name}/accept", seen=1)
    after = lan.post("/file")
    assert after.url.path == f"/documents/{other}"
    assert lan.post("/tasks/a/reopen", seen=2).status_code == 409


def test_a_document_without_tasks_is_confirmed(enter, desk_store: Store):
    lan = Browser(enter("lan"), filed(desk_store, document("17"), "no_tasks"))
    assert "Đã rà soát" in lan.post("/confirm").text


def test_people_see_who_else_is_there(enter, number: int):
    lan, minh = Browser(enter("lan"), number), Browser(enter("minh"), number)
    lan.client.get(f"/documents/{number}/presence")
    assert "Lan" in minh.client.get(f"/documents/{number}/presence").text


def test_who_only_reads_gets_no_buttons_and_changes_nothing(enter, number: int):
    leader = Browser(enter("hoa", Role.LEADER), number)
    assert 'class="accept"' not in leader.page
    assert leader.post("/tasks/a/accept", seen=1).status_code == 403


def test_what_a_document_says_is_never_markup(enter, desk_store: Store):
    evil = "<script>alert(1)</script>"
    number = filed(desk_store, document(evil, task("a", evil, unit(evil)), subject=evil))
    assert evil not in Browser(enter("lan"), number).page


def test_the_queue_is_ordered_by_urgency_then_doubt(enter, desk_store: Store):
    calm = filed(desk_store, document("21", task("a", "Một", HEALTH)))
    doubtful = filed(desk_store, document("22", task("a", "Hai", HEALTH, confidence=0.3)))
    urgent = filed(desk_store, document("23", task("a", "Ba", HEALTH), urgency="hoa_toc"))
    found = re.findall(r'href="/documents/(\d+)"', enter("lan").get("/").text)
    assert found == [str(one) for one in (urgent, doubtful, calm)]


LETTER = "Sở Y tế rà soát biên chế. Hội Đông y xã Tân Hưng báo cáo trước ngày 15/4."


@pytest.fixture
def letter(desk_store: Store) -> int:
    """A directive of one line, all of which one task holds."""
    line = {"page": 1, "box": [72.0, 140.0, 72.0 + 5 * len(LETTER), 152.0], "start": 0, "end": len(LETTER)}
    clause = {"role": "task", "path": "Mục 1", "text": LETTER, "rule": "x", "evidence": [line]}
    record = document("18", task("a", LETTER, HEALTH, evidence=[line]))
    return filed(desk_store, record | {"text": LETTER, "clauses": [clause]})


def places(store: Store, number: int, of: str) -> list[tuple[int, int]]:
    viewer = Viewer(id=0, login="x", name="x", role=Role.ADMINISTRATOR, clearance=9)
    with store.reading() as work:
        (found,) = work.shelf.tasks(viewer, number)
    held = found if of == "text" else found["deadline"] if of == "deadline" else found[of][-1]
    return [(one["start"], one["end"]) for one in held["evidence"]]


def test_words_taken_from_the_page_bring_their_place_and_are_taken_back(
    enter, letter: int, desk_store: Store
):
    lan = Browser(enter("lan"), letter)
    form = lan.client.get(f"/documents/{letter}/tasks/a/edit?focus=words").text
    ranges, text = re.search(r'data-digit="5" data-ranges="([^"]+)" data-text="([^"]+)"', form).groups()
    assert text == "Sở Y tế rà soát biên chế."
    assert lan.save("a", text=text, ranges=ranges, deadline="").status_code == 200
    assert places(desk_store, letter, "text") == [(0, len(text))]
    lan.post("/undo")
    assert places(desk_store, letter, "text") == [(0, len(LETTER))]


def test_a_unit_outside_the_register_is_proved_where_it_stands(enter, letter: int, desk_store: Store):
    lan = Browser(enter("lan"), letter)
    assert "Hội Đông y xã Tân Hưng" in lan.client.get(f"/documents/{letter}/tasks/a/edit?focus=leads").text
    lan.save("a", text=LETTER, cooperator=["name:Hội Đông y xã Tân Hưng"], deadline="trước ngày 15/4")
    start = LETTER.index("Hội")
    assert places(desk_store, letter, "cooperators") == [(start, start + len("Hội Đông y xã Tân Hưng"))]
    assert places(desk_store, letter, "deadline") == [(LETTER.index("trước"), len(LETTER) - 1)]


def test_a_unit_is_moved_to_the_other_role_with_its_place(enter, letter: int, desk_store: Store):
    before = places(desk_store, letter, "leads")
    Browser(enter("lan"), letter).save("a", text=LETTER, lead=[], cooperator=["other:0"], deadline="")
    assert places(desk_store, letter, "cooperators") == before


@pytest.mark.parametrize("ranges", ["abc", "5", "-1-4", "1-2;3-4", "1" * 12 + "-4"])
def test_what_is_no_range_is_refused(enter, letter: int, ranges: str):
    assert Browser(enter("lan"), letter).save("a", ranges=ranges).status_code == 422


def test_a_range_beyond_the_document_changes_no_place(enter, letter: int, desk_store: Store):
    Browser(enter("lan"), letter).save("a", text="Rà soát", ranges="90000-90010", deadline="")
    assert places(desk_store, letter, "text") == [(0, len(LETTER))]
