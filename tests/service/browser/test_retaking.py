"""Words, units and deadlines are taken from the page, by keys and by mouse; what was taken is undone."""

from __future__ import annotations

import pytest

from .conftest import Enter, Person


@pytest.fixture
def lan(enter: Enter) -> Person:
    lan = enter("lan")
    lan.review("s04")
    return lan


def words(lan: Person) -> str:
    return lan.page.input_value("form.edit textarea")


def chips(lan: Person, role: str) -> list[str]:
    return lan.page.locator(f".units[data-role={role}] .chosen span").all_inner_texts()


def to(lan: Person, path: str) -> None:
    """Goes to the task that stands there in the text."""
    while path not in lan.current.locator(".path").inner_text():
        lan.press("j")


FIRST_LINE = """() => {
  const {words, first} = document.querySelector(".words").dataset;
  const start = JSON.parse(words).filter((word) => !(word[2] & 8))[+first][0];
  return [...document.querySelectorAll(".line")].map((one) => +one.dataset.start).find((one) => one >= start);
}"""


def drag(lan: Person, start: str, end: str) -> None:
    """From one line of the page to another, by what of the text they hold ("start-share of the width")."""
    points = []
    for at in (start, end):
        number, share = at.split("@")
        box = lan.page.locator(f'.line[data-start="{number}"]').first.bounding_box()
        assert box is not None
        points.append((box["x"] + float(share) * box["width"], box["y"] + box["height"] / 2))
    lan.page.mouse.move(*points[0])
    lan.page.mouse.down()
    lan.page.mouse.move(*points[1], steps=6)
    lan.page.mouse.up()


def test_the_end_moves_by_word_line_and_item_and_the_beginning_with_shift(lan: Person):
    to(lan, "gạch đầu dòng 1")
    before = lan.current.locator(".text").inner_text()
    lan.press("t")
    assert lan.focused(".words")
    lan.press("ArrowLeft", "ArrowLeft")
    assert words(lan) == before.rsplit(" ", 2)[0]
    lan.press("End")
    assert words(lan) == before
    lan.press("Shift+ArrowRight", "Shift+ArrowRight")
    assert words(lan) == before.split(" ", 2)[2]
    lan.press("Shift+Home")
    assert words(lan) == before
    lan.press("ArrowDown")
    assert words(lan).startswith(before)
    assert words(lan) != before
    lan.press("0")
    assert words(lan) == before


def test_what_is_taken_is_shown_on_the_page_and_gone_with_the_form(lan: Person):
    to(lan, "gạch đầu dòng 2")
    lan.press("t", "5")
    assert lan.page.locator(".extent[aria-pressed=true]").inner_text().endswith("Bỏ câu cuối")
    assert lan.page.locator(".taken").count() >= 1
    assert words(lan).endswith("tạm ứng quá hạn.")
    lan.press("Escape")
    assert lan.page.locator(".taken").count() == 0
    assert lan.focused(".card.current")


def test_words_that_were_taken_are_undone_by_one_key(lan: Person):
    to(lan, "gạch đầu dòng 2")
    before = lan.current.locator(".text").inner_text()
    name = lan.current.get_attribute("id")
    lan.press("t", "5", "Enter")
    lan.page.wait_for_selector(f"#{name}.approved")
    assert lan.page.locator(f"#{name} .text").inner_text() != before
    lan.press("u")
    lan.page.wait_for_selector(f"#{name}.proposed")
    assert lan.page.locator(f"#{name} .text").inner_text() == before


def test_words_are_dragged_over_with_the_form_open(lan: Person):
    to(lan, "gạch đầu dòng 1")
    before = lan.current.locator(".text").inner_text()
    lan.press("t")
    start = lan.page.evaluate(FIRST_LINE)
    drag(lan, f"{start}@0.02", f"{start}@0.3")
    assert before.startswith(words(lan))
    assert 2 <= len(words(lan).split()) < len(before.split())
    assert lan.focused(".words")


def test_a_units_name_is_dragged_over_while_its_field_has_the_focus(lan: Person):
    to(lan, "gạch đầu dòng 1")
    lan.press("c")
    start = lan.page.evaluate("+document.querySelector('.line').dataset.start")
    drag(lan, f"{start}@0.02", f"{start}@0.2")
    assert len(chips(lan, "cooperator")) == 1
    assert lan.focused("#seek-cooperator")


def test_a_unit_goes_to_the_other_role_and_back_in_one_key(lan: Person):
    to(lan, "II › 3")
    assert len(lan.current.locator(".chip.lead").all()) == 2
    lan.press("l")
    first, second = chips(lan, "lead")
    lan.press("/")
    assert (chips(lan, "lead"), chips(lan, "cooperator")) == ([first], [second])
    lan.press("Tab", "/")
    assert (chips(lan, "lead"), chips(lan, "cooperator")) == ([first, second], [])
    lan.page.locator(".units[data-role=lead] .across").first.click()
    assert (chips(lan, "lead"), chips(lan, "cooperator")) == ([second], [first])
    lan.press("Enter")
    lan.page.wait_for_selector(".card.approved")
    moved = lan.page.locator(".card.approved .chip.cooperator")
    assert moved.inner_text() == first  # and its place went with it
    assert lan.page.locator(f'.mark.cooperator[data-ref~="{moved.get_attribute("data-ref")}"]').count() >= 1


def test_one_of_several_units_is_marked_and_taken_away(lan: Person):
    to(lan, "II › 3")
    lan.press("l", "ArrowLeft", "ArrowLeft")
    first, second = chips(lan, "lead")
    assert lan.page.locator(".chosen .marked span").inner_text() == first
    lan.press("Backspace")
    assert chips(lan, "lead") == [second]
    offered = lan.page.locator("#found-lead [role=option]").all_inner_texts()
    assert any(first in one for one in offered)  # it may be wanted back


def test_a_digit_that_is_typed_after_letters_is_a_letter(lan: Person):
    lan.press("c", "s", "1")
    assert lan.page.input_value("#seek-cooperator") == "s1"
    assert chips(lan, "cooperator") == []


def test_an_offered_unit_that_is_clicked_is_taken(lan: Person):
    lan.press("c")
    option = lan.page.locator("#found-cooperator [role=option]").first
    name = option.get_attribute("data-name")
    option.click()
    assert chips(lan, "cooperator") == [name]
    assert lan.focused("#seek-cooperator")


def test_deadlines_of_the_document_follow_each_other_by_arrows(enter: Enter):
    lan = enter("lan")
    lan.review("s03")
    while "Mặt trận Tổ quốc" not in lan.current.locator(".text").inner_text():
        lan.press("j")
    lan.press("d", "ArrowDown")
    assert lan.page.input_value("[name=deadline]") == "trước 9 giờ 00 ngày 06/9/2025"
    lan.until(lambda: "06/09/2025" in lan.page.inner_text(".reads"))
    lan.press("Enter")
    lan.page.wait_for_selector(".card.approved")
    ref = lan.page.locator(".card.approved .chip.deadline").get_attribute("data-ref")
    assert lan.page.locator(f'.mark.deadline[data-ref~="{ref}"]').count() >= 1
