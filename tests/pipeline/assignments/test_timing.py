"""Several deadlines in one item: which is the item's, which stay beside it, where the item splits."""

import datetime as dt

import pytest

from pipeline.assignments.timing import timed_parts

ISSUED = dt.date(2025, 8, 4)


def parts(text: str) -> list[tuple[str, str, list[str]]]:
    """(words, value of the deadline, values of the others) of each part."""
    found = []
    for part in timed_parts(text, ISSUED):
        due = part.deadline
        others = [str(other.date or other.rrule or other.trigger) for other in part.others]
        value = str((due.date or due.rrule or due.trigger) if due else None)
        found.append((text[part.span.start : part.span.end], value, others))
    return found


def test_a_milestone_stays_beside_the_final_date() -> None:
    text = "Lập dự thảo trước ngày 15/9, trình UBND tỉnh trước ngày 30/9/2025."
    assert parts(text) == [(text, "2025-09-30", ["2025-09-15"])]


def test_the_same_day_said_twice_is_no_other_deadline() -> None:
    text = "Hoàn thành trước ngày 30/9/2025; gửi báo cáo chậm nhất ngày 30 tháng 9 năm 2025."
    assert [others for _, _, others in parts(text)] == [[]]


def test_the_halves_of_one_recurrence_are_no_other_deadlines() -> None:
    text = "Hằng tháng tổng hợp tình hình, gửi Văn phòng trước ngày 25."
    assert parts(text) == [(text, "FREQ=MONTHLY;BYMONTHDAY=25", [])]


@pytest.mark.parametrize(
    ("text", "values"),
    [
        pytest.param(
            "Rà soát danh mục xong trước ngày 15/9/2025. Báo cáo kết quả hằng quý.",
            ["2025-09-15", "FREQ=MONTHLY;INTERVAL=3"],
            id="a day and a rhythm",
        ),
        pytest.param(
            "Gửi kế hoạch trước ngày 15/9/2025; báo cáo kết quả trước ngày 15/11/2025.",
            ["2025-09-15", "2025-11-15"],
            id="two days of two works",
        ),
        pytest.param(
            "Gửi báo cáo trước ngày 15/9/2025 đối với quý III và trước ngày 15/12/2025 đối với cả năm.",
            ["2025-09-15", "2025-12-15"],
            id="two days for two things",
        ),
        pytest.param(
            "Gửi báo cáo trước ngày 15/9/2025 đối với quý III và trước ngày 15/12/2025 gửi kế hoạch.",
            ["2025-12-15"],
            id="a second day that is not said of another thing",
        ),
        pytest.param("Hướng dẫn các xã lập hồ sơ.", ["None"], id="none"),
    ],
)
def test_an_item_splits_where_another_work_has_another_deadline(text: str, values: list[str]) -> None:
    assert [value for _, value, _ in parts(text)] == values
