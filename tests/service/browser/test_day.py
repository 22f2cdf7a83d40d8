"""Whole days: a scan is sent in, followed, reviewed by keyboard alone, mended, taken back, filed."""

from __future__ import annotations

import re

from service.access.roles import Role

from .conftest import PASSWORD, SAMPLES, Enter, Site

SCAN = SAMPLES / "s21-ket-luan-giao-thong.tiff"


def test_a_reviewers_day_from_a_scan_to_the_book(enter: Enter, site: Site):
    lan = enter("lan")
    page = lan.page
    page.set_input_files("#files", SCAN)
    page.wait_for_selector("#uploads li")
    page.wait_for_selector("#uploads a", timeout=120_000)  # read, in the meantime told so
    page.focus("#uploads a")
    page.keyboard.press("Enter")
    page.wait_for_selector(".card.current")

    waiting = lan.states.count("proposed")
    assert waiting > 1
    lan.press("a")
    assert lan.states.count("approved") == 1
    lan.press("u")
    assert lan.states.count("approved") == 0

    lan.press("l")
    lan.type("syt")
    lan.press("Enter", "Enter")  # takes the unit, saves and accepts
    page.wait_for_selector(".card.approved")
    assert "Sở Y tế" in page.locator(".card.approved .chip.lead").first.inner_text()

    while "proposed" in lan.states:
        lan.press("a")
    assert page.locator("#progress").inner_text() == "Đã rà soát xong"
    here = page.url
    lan.leave("f")
    lan.open(here.removeprefix(site.address))
    assert "Đã vào sổ" in page.locator(".head").inner_text()

    lan.open("/tasks?review=filed")
    with page.expect_download(timeout=60_000) as file:
        page.click("#exports [data-format=csv]")
        page.click("#exported a")
    rows = file.value.path().read_text(encoding="utf-8-sig").splitlines()
    assert len(rows) > waiting  # a head, and the tasks
    assert any("Sở Y tế" in row for row in rows)


def test_a_document_that_assigns_nothing_is_confirmed_and_filed_by_two_keys(enter: Enter):
    lan = enter("lan")
    lan.open(f"/documents/{lan.site.number('s10')}")
    lan.page.wait_for_selector("#file")
    lan.page.keyboard.press("f")
    lan.page.wait_for_selector("text=Vào sổ")
    lan.leave("f")


def test_two_reviewers_at_once_see_each_other_and_lose_nothing(enter: Enter):
    lan, minh = enter("lan"), enter("minh")
    for person in (lan, minh):
        person.review("s03")
    lan.press("e")
    minh.press("e")
    lan.type("Khẩn trương ")
    lan.press("Enter")
    lan.page.wait_for_selector(".card.approved")
    minh.type("Ngay lập tức ")
    minh.press("Enter")
    told = minh.page.wait_for_selector("form.edit .wrong").inner_text()
    assert "Khẩn trương" in told  # what she wrote
    assert "Ngay lập tức" in minh.page.input_value("form.edit textarea")  # what he wrote
    assert minh.focused("form.edit textarea")
    minh.press("Enter")
    minh.page.wait_for_selector("form.edit", state="detached")
    assert minh.page.locator(".card .text").first.inner_text().startswith("Ngay lập tức")


def test_what_another_decided_meanwhile_is_shown_before_one_decides(enter: Enter):
    lan, minh = enter("lan"), enter("minh")
    lan.review("s03")
    minh.review("s03")
    lan.press("x", "1")
    minh.press("a")
    minh.page.wait_for_selector("#told .wrong")
    minh.page.wait_for_selector(".card.rejected")


def test_a_session_that_ends_in_the_middle_of_an_edit_loses_nothing(enter: Enter):
    lan = enter("lan")
    lan.review("s03")
    lan.press("e")
    lan.type("Khẩn trương ")
    lan.page.context.clear_cookies()
    lan.page.keyboard.press("Enter")
    lan.page.wait_for_selector("dialog#expired[open]")
    with lan.page.expect_popup() as opened:
        lan.page.keyboard.press("Enter")  # on "log in", in a new tab
    other = opened.value
    other.fill("[name=login]", "lan")
    other.fill("[name=password]", "mot mat khau dai")
    other.keyboard.press("Enter")
    other.wait_for_selector("header.top")
    other.close()
    lan.page.keyboard.press("Tab")
    lan.page.keyboard.press("Enter")  # on "try again"
    lan.page.wait_for_selector("dialog#expired", state="hidden")
    lan.page.keyboard.press("Enter")
    lan.page.wait_for_selector(".card.approved")
    assert lan.page.locator(".card.approved .text").inner_text().startswith("Khẩn trương")


def test_a_leader_reads_and_finds_nothing_to_press(enter: Enter):
    hoa = enter("hoa")
    hoa.review("s03")
    before = hoa.states
    hoa.press("a", "x", "e")
    assert hoa.states == before
    assert not re.search('class="accept"', hoa.page.content())


def test_a_units_user_sees_its_filed_tasks_with_their_proof_and_no_pages(enter: Enter, site: Site):
    name = "Cục Khí tượng Thủy văn"
    with site.store.begin() as work:
        rest = {"password": PASSWORD, "must_change": False, "unit_names": [name]}
        work.people.add("cuc", name, Role.UNIT, units=site.units(name), **rest)
    cuc = enter("cuc")
    assert cuc.page.url.endswith("/tasks")
    assert cuc.page.locator(".card").count() == 0  # nothing is filed yet

    lan = enter("lan")
    lan.review("s03")
    while "proposed" in lan.states:
        lan.press("a")
    lan.leave("f")
    cuc.open("/tasks")
    assert cuc.page.locator(".card").count() == 1
    assert name in cuc.page.locator(".card dl").inner_text()
    assert cuc.page.locator(".proofs img").first.evaluate(
        "one => one.decode().then(() => one.naturalWidth > 0)"
    )


def test_a_document_is_given_to_a_person_who_finds_it_among_his_own(enter: Enter):
    minh, lan = enter("minh"), enter("lan")
    minh.open("/")
    row = minh.page.locator(".queue tr", has_text="6312")
    row.locator("select").select_option(label="Lan")
    row.locator(".give button").click()
    minh.page.wait_for_selector(".give [role=status]")
    lan.open("/?of=mine")
    assert lan.page.locator(".queue tbody tr").count() == 1
    lan.page.click(".queue a")
    lan.page.wait_for_selector(".card.current")
    lan.page.click("text=Trả lại hộp việc")
    lan.page.wait_for_selector("text=Để tôi rà soát")
    minh.open("/?of=nobody")
    assert minh.page.locator(".queue tbody tr").count() == 3
