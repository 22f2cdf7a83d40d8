"""Each key of the review screen does what "?" says, and leaves the focus where work goes on."""

from __future__ import annotations

import pytest

from .conftest import Enter, Person


@pytest.fixture
def lan(enter: Enter) -> Person:
    lan = enter("lan")
    lan.review("s03")
    return lan


def test_next_previous_and_the_list_of_keys(lan: Person):
    first = lan.current.get_attribute("id")
    lan.press("j", "j", "k", "k")
    assert lan.current.get_attribute("id") == first
    lan.press("?")
    assert lan.page.is_visible("dialog#keys")
    lan.press("Escape")
    assert lan.focused(".card.current")


def test_a_task_is_accepted_and_the_next_one_is_current(lan: Person):
    first = lan.current.get_attribute("id")
    lan.press("a")
    assert lan.states[0] == "approved"
    assert lan.current.get_attribute("id") != first
    assert lan.focused(".card.current")
    lan.press("u")  # back to what was taken back
    assert lan.current.get_attribute("id") == first
    assert "approved" not in lan.states


def test_the_reason_of_a_rejection_is_one_digit(lan: Person):
    lan.press("x", "3")
    assert lan.states[0] == "rejected"
    assert "Căn cứ, viện dẫn" in lan.page.locator(".card.rejected .state").inner_text()


def test_a_deadline_is_read_in_words_while_it_is_typed(lan: Person):
    lan.press("d")
    assert lan.focused("[name=deadline]")
    lan.type("trong quy III")
    lan.until(lambda: "30/09" in lan.page.inner_text(".reads"))
    lan.press("Enter")
    lan.page.wait_for_selector(".card.approved")
    assert "30/09" in lan.page.inner_text(".card.approved .chip.deadline")


def test_a_deadline_without_a_reading_stays_in_its_field(lan: Person):
    lan.press("d")
    lan.type("xem lai sau nhe")
    lan.page.keyboard.press("Enter")
    lan.page.wait_for_selector("form.edit .wrong")
    assert lan.focused("[name=deadline]")
    assert lan.page.input_value("[name=deadline]") == "xem lai sau nhe"
    lan.press("Escape")
    assert lan.focused(".card.current")


def test_a_unit_is_added_with_arrows(lan: Person):
    lan.press("c")
    lan.type("so")
    lan.page.wait_for_selector("#found-cooperator [role=option]")
    lan.press("ArrowDown", "Enter", "Enter")
    lan.page.wait_for_selector(".card.approved")
    assert lan.page.locator(".card.approved .chip.cooperator").count() == 1


def test_a_task_is_split_and_joined_again(lan: Person):
    number = len(lan.states)
    lan.press("s")
    lan.press("Control+Home", "Control+ArrowRight", "Control+ArrowRight")
    lan.type("\n\n")
    lan.press("Tab", "Enter")
    lan.until_cards(number + 1)
    assert lan.focused(".card.current")
    lan.press("m")
    lan.until_cards(number)


def test_a_missed_task_is_chosen_on_the_page_by_arrows(lan: Person):
    lan.press("n")
    assert lan.page.locator(".line.chosen").count() == 1
    lan.press("Shift+ArrowDown")
    assert lan.page.locator(".line.chosen").count() == 2
    number = len(lan.states)
    lan.press("Enter")
    lan.until_cards(number + 1)
    assert lan.current.get_attribute("data-task").startswith("p")  # the new one, to be looked at


def test_a_missed_task_is_dragged_over(lan: Person):
    boxes = [lan.page.locator(".line").nth(place).bounding_box() for place in (0, 1)]
    mouse = lan.page.mouse
    mouse.move(boxes[0]["x"] + 5, boxes[0]["y"] + 4)
    mouse.down()
    mouse.move(boxes[1]["x"] + 15, boxes[1]["y"] + 4, steps=4)
    mouse.up()
    assert lan.page.locator(".line.chosen").count() == 2
    number = len(lan.states)
    lan.press("n")
    lan.until_cards(number + 1)


def test_any_earlier_change_is_taken_back_from_the_history(lan: Person):
    lan.press("a", "a", "h")
    lan.page.wait_for_selector(".history")
    assert lan.page.locator(".history li").count() == 2
    lan.page.locator(".history li button").nth(1).focus()
    lan.page.keyboard.press("Enter")
    lan.page.wait_for_selector("dialog#over", state="hidden")
    assert lan.states[:2] == ["proposed", "approved"]


def test_a_place_shows_its_value_and_a_value_its_place(lan: Person):
    chip = lan.page.locator(".chip.lead").nth(1)
    chip.click()
    ref = chip.get_attribute("data-ref")
    assert lan.page.locator(f'.mark.lit[data-ref~="{ref}"]').count() >= 1
    lan.page.locator(".mark.deadline").first.click()
    assert lan.page.locator(".card.current .chip.deadline.lit").count() == 1


def test_the_next_document_by_one_key(lan: Person):
    lan.leave("]")
