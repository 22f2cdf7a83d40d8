"""Strips of pages that show marks."""

from __future__ import annotations

from annotation.evaluation.faults import Mark
from service.report.crops import full, head, strips

SIZES = [[600.0, 800.0], [600.0, 800.0]]


def mark(y: float, page: int = 1, kind: str = "task") -> Mark:
    return Mark(kind, {"page": page, "box": [60.0, y, 300.0, y + 12]})


def test_marks_near_each_other_share_a_strip_and_far_ones_have_their_own():
    found = strips([mark(100), mark(116), mark(600, kind="lead")], SIZES, {1: "p1"})
    assert [[one.kind for one in strip.marks] for strip in found] == [["task", "task"], ["lead"]]


def test_a_strip_shows_the_part_of_the_picture_that_bears_its_marks():
    (found,) = strips([mark(400)], SIZES, {1: "p1"})
    top = found.down / 100 * (800 - found.height)
    assert top < 400
    assert top + found.height > 412
    (placed,) = found.marks
    assert abs(top + placed.top / 100 * found.height - 398.5) < 0.5


def test_pages_without_a_picture_are_left_out():
    assert [strip.page for strip in strips([mark(100), mark(100, page=2)], SIZES, {2: "p7"})] == [2]


def test_a_whole_page_holds_all_its_marks():
    found = full(1, "p1", SIZES[0], [mark(0), mark(780), mark(5, page=2)])
    assert (found.height, found.down, len(found.marks)) == (800.0, 0.0, 2)


def test_empty_margins_are_cut_off_and_marks_keep_their_place():
    lines = [{"page": 1, "box": [50.0, 400.0, 450.0, 412.0]}, {"page": 2, "box": [0.0, 0.0, 600.0, 12.0]}]
    (found,) = strips([mark(400)], SIZES, {1: "p1"}, lines)
    assert found.width == 420.0  # ten points of air on both sides
    assert abs(found.zoom / 100 * found.width - 600) < 0.1
    left = found.across / 100 * (600 - found.width)
    (placed,) = found.marks
    assert abs(left + placed.left / 100 * found.width - 58.5) < 0.5


def test_a_mark_beside_the_lines_is_not_cut_off():
    lines = [{"page": 1, "box": [200.0, 400.0, 500.0, 412.0]}]
    (found,) = strips([mark(400)], SIZES, {1: "p1"}, lines)
    assert all(placed.left >= 0 and placed.left + placed.width <= 100 for placed in found.marks)


def test_the_head_of_a_page_is_its_upper_part():
    found = head(1, "p1", SIZES[0])
    assert (found.width, found.down, found.marks) == (600.0, 0.0, ())
    assert found.height < 400
