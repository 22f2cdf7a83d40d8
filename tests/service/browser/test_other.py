"""Two readings side by side: shown where there is doubt, else on demand; a digit takes the other one."""

from __future__ import annotations

import pytest
from people import unit

from service.batch import Batch
from service.bootstrap import READER
from service.review.changes import Change, Kind
from service.walk import walk

from .conftest import SAMPLES, Enter, Person, Site, sync_api
from .test_access import serious

SAMPLE = "s35-tach-dau.txt"


@pytest.fixture
def read(site: Site) -> Site:
    """A directive with a task in which the readings differ in words, and one with three fields."""
    Batch(site.settings, site.store, READER).run(walk([SAMPLES / SAMPLE]), lambda _: None)
    return site


@pytest.fixture
def lan(read: Site, enter: Enter) -> Person:
    lan = enter("lan")
    lan.review(SAMPLE)
    return lan


def readings(lan: Person) -> sync_api.Locator:
    return lan.current.locator("details.other")


def shown(lan: Person) -> bool:
    return readings(lan).locator("table").is_visible()


def fields(lan: Person) -> list[str]:
    return readings(lan).locator("tbody th").all_text_contents()


def to_several(lan: Person) -> None:
    """Goes to the task in which the readings differ in three fields."""
    lan.until(lambda: lan.press("j") or lan.current.locator("tbody tr").count() == 3)
    assert fields(lan) == ["Lời văn", "Đơn vị chủ trì", "Thời hạn"]


def test_what_is_in_doubt_is_shown_and_what_differs_is_marked(lan: Person):
    to_several(lan)
    assert shown(lan)
    words = readings(lan).locator("tbody tr").first
    assert words.locator("del").count() + words.locator("ins").count() >= 1
    due = readings(lan).locator("tbody tr").nth(2)
    assert due.locator("td").nth(0).inner_text() != due.locator("td").nth(1).inner_text()


def test_a_digit_takes_one_field_and_u_gives_it_back(lan: Person):
    to_several(lan)
    before = lan.current.locator(".chip.lead").all_inner_texts()
    other = readings(lan).locator("tbody tr").nth(1).locator("td").nth(1).inner_text()
    lan.press("2")
    assert lan.current.get_attribute("data-status") == "proposed"  # taken, not yet accepted
    taken = lan.current.locator(".chip.lead").all_inner_texts()
    assert taken != before
    assert "; ".join(taken) == other or (taken, other) == ([], "không nêu")
    assert fields(lan) == ["Lời văn", "Thời hạn"]
    assert readings(lan).locator("thead th").nth(1).inner_text() == "Đang ghi"
    lan.press("u")
    assert lan.current.locator(".chip.lead").all_inner_texts() == before
    assert fields(lan) == ["Lời văn", "Đơn vị chủ trì", "Thời hạn"]


def test_words_that_are_taken_bring_their_place_on_the_page(lan: Person):
    to_several(lan)
    name = lan.current.get_attribute("id")
    before = lan.current.locator(".text").inner_text()
    lan.press("1", "a")
    task = lan.page.locator(f"#{name}")
    assert task.get_attribute("data-status") == "approved"
    assert task.locator(".text").inner_text() != before
    assert lan.page.locator(f'.mark.task[data-ref~="{task.get_attribute("data-ref")}"]').count() >= 1


def test_what_was_hidden_by_hand_stays_so_and_its_digits_do_nothing(lan: Person):
    to_several(lan)
    lan.press("o")
    assert not shown(lan)
    seen = lan.current.get_attribute("data-seen")
    lan.press("1", "2")
    assert lan.current.get_attribute("data-seen") == seen
    lan.page.reload()
    lan.page.wait_for_selector(".card.current")
    to_several(lan)
    assert not shown(lan)
    lan.press("o")
    assert shown(lan)


def test_where_the_readings_agree_the_key_says_so(lan: Person):
    lan.review("s03")
    lan.press("o")
    lan.until(lambda: "không khác nhau" in lan.page.inner_text("body"))


def test_what_another_person_decided_meanwhile_is_not_overwritten(lan: Person):
    to_several(lan)
    number, name = lan.site.number(SAMPLE), lan.current.get_attribute("data-task")

    def minh_says(unit_name: str, seen: int) -> None:
        with lan.site.store.begin() as work:
            minh = next(one for one in map(work.people.viewer, range(1, 9)) if one and one.login == "minh")
            work.desk.apply(minh, Kind.EDIT, [Change(number, name, seen, {"leads": [unit(unit_name)]})])

    def leads() -> list[str]:
        return lan.current.locator(".chip.lead").all_inner_texts()

    minh_says("Sở Tài chính", 1)
    lan.press("2")  # two words for one field: it is shown as it stands now
    lan.until(lambda: leads() == ["Sở Tài chính"])
    minh_says("Sở Nội vụ", 2)
    due = lan.current.locator(".chip.deadline").inner_text()
    lan.press("3")  # another field: both stand
    assert leads() == ["Sở Nội vụ"]
    assert lan.current.locator(".chip.deadline").inner_text() != due


@pytest.mark.parametrize("size", [(1366, 768), (683, 384)])
def test_it_bars_nobody_and_nothing_is_cut_off(lan: Person, size: tuple[int, int]):
    lan.page.set_viewport_size({"width": size[0], "height": size[1]})
    to_several(lan)
    assert serious(lan) == []
    box = readings(lan).bounding_box()
    assert box is not None
    assert box["x"] + box["width"] <= size[0]
    for cell in readings(lan).locator("td, th").all():
        assert cell.evaluate("one => one.scrollWidth <= one.clientWidth + 1")
