"""Deadlines in whole clauses: where they stand, what they mean, what is left alone."""

import datetime as dt

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from pipeline.deadlines import choose, explain, find_deadlines, read_cell
from pipeline.deadlines.corpus import EXAMPLES, NEGATIVES
from pipeline.types import DeadlineKind

ISSUED = dt.date(2024, 3, 5)


def values(text: str, issued_on: dt.date | None = ISSUED) -> list[tuple[str, str]]:
    return [(found.text, str(found.date or found.rrule)) for found in find_deadlines(text, issued_on)]


def chosen(text: str, issued_on: dt.date | None = ISSUED) -> tuple[str, object]:
    found = choose(find_deadlines(text, issued_on), text)
    assert found is not None
    return found.kind.value, str(found.date) if found.date else found.rrule


def test_deadline_stands_inside_a_clause() -> None:
    text = "Sở Nội vụ rà soát biên chế, báo cáo UBND tỉnh trước ngày 15/6/2024 để tổng hợp."
    assert values(text) == [("trước ngày 15/6/2024", "2024-06-15")]


def test_several_deadlines_come_left_to_right() -> None:
    text = "Lập danh mục trong tháng 4/2024; trình phê duyệt chậm nhất ngày 20/5; xong trước 30/6/2024."
    assert values(text) == [
        ("trong tháng 4/2024", "2024-04-30"),
        ("chậm nhất ngày 20/5", "2024-05-20"),
        ("xong trước 30/6/2024", "2024-06-30"),
    ]


def test_cited_document_beside_a_deadline() -> None:
    text = "Thực hiện Quyết định số 12/QĐ-UBND ngày 05/9/2023, UBND các xã gửi kết quả trước ngày 20/4/2024."
    assert values(text) == [("trước ngày 20/4/2024", "2024-04-20")]


def test_what_an_authority_will_have_approved_sets_a_time() -> None:
    text = "UBND huyện điều chỉnh quy hoạch sau khi Thủ tướng Chính phủ phê duyệt quy hoạch vùng."
    assert chosen(text) == ("event", None)


def test_longest_reading_wins() -> None:
    assert values("Nộp hồ sơ trước 16 giờ 00 ngày 20/11.") == [("trước 16 giờ 00 ngày 20/11", "2024-11-20")]
    assert values("Báo cáo trước ngày 25 hằng tháng.") == [
        ("trước ngày 25 hằng tháng", "FREQ=MONTHLY;BYMONTHDAY=25")
    ]


def test_item_that_opens_with_khi_waits_for_an_event() -> None:
    assert [found.kind for found in find_deadlines("Khi có bão, các chủ tàu neo đậu an toàn.", ISSUED)] == [
        DeadlineKind.EVENT
    ]
    assert values("Các chủ tàu neo đậu an toàn khi có bão.") == []


def test_notation_of_a_document_does_not_cut_an_event() -> None:
    text = "Trình phê duyệt theo thời hạn tại Công điện số 15/CĐ-TTg, không để chậm trễ."
    assert [found.text for found in find_deadlines(text, ISSUED)] == [
        "theo thời hạn tại Công điện số 15/CĐ-TTg"
    ]


def test_year_at_the_head_of_a_clause_is_a_deadline() -> None:
    assert values("Trước mắt, năm 2024 tập trung sửa chữa các hồ chứa.") == [("năm 2024", "2024-12-31")]
    assert values("Thực hiện kế hoạch năm 2024 của ngành.") == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param(
            "Trình dự thảo trước ngày 10/4/2024, hoàn thành trước ngày 30/6/2024.",
            ("date", "2024-06-30"),
            id="a milestone before the final date",
        ),
        pytest.param(
            "Thường xuyên kiểm tra, báo cáo kết quả trước ngày 30/6/2024.",
            ("date", "2024-06-30"),
            id="a date before thường xuyên",
        ),
        pytest.param(
            "Sau khi kết thúc năm học, gửi báo cáo (trước 31/5/2024).",
            ("date", "2024-05-31"),
            id="a date before an event",
        ),
        pytest.param(
            "Thường xuyên rà soát, định kỳ hằng quý báo cáo Bộ.",
            ("recurring", "FREQ=MONTHLY;INTERVAL=3"),
            id="a recurrence before thường xuyên",
        ),
        pytest.param(
            "Báo cáo hằng tháng, hằng quý gửi Sở trước ngày 18 hằng tháng.",
            ("recurring", "FREQ=MONTHLY;BYMONTHDAY=18"),
            id="the recurrence that names its day",
        ),
        pytest.param(
            "Hằng tháng, các phòng tổng hợp, gửi Văn phòng trước ngày 25.",
            ("recurring", "FREQ=MONTHLY;BYMONTHDAY=25"),
            id="the day of a monthly recurrence stands later",
        ),
        pytest.param(
            "Hằng năm tổ chức đánh giá và báo cáo UBND tỉnh trước ngày 15/12.",
            ("recurring", "FREQ=YEARLY;BYMONTH=12;BYMONTHDAY=15"),
            id="the day of a yearly recurrence stands later",
        ),
        pytest.param(
            "Đăng tin hằng ngày, chậm nhất 24 giờ sau khi sự kiện diễn ra.",
            ("relative", None),
            id="a term before a bare recurrence",
        ),
        pytest.param(
            "Báo cáo trước 9 giờ sáng hằng ngày, từ ngày 01/4/2024 đến ngày 05/4/2024.",
            ("recurring", "FREQ=DAILY"),
            id="a range frames a daily recurrence",
        ),
        pytest.param(
            "Gửi báo cáo giữa kỳ trước ngày 10/6 và báo cáo cuối kỳ trước ngày 10/12 hằng năm.",
            ("recurring", "FREQ=YEARLY;BYMONTH=12;BYMONTHDAY=10"),
            id="a day without year beside a yearly one",
        ),
        pytest.param(
            "Tổ chức đợt cao điểm từ ngày 01/4 đến ngày 30/4/2024.",
            ("date", "2024-04-30"),
            id="from A to B ends with B",
        ),
    ],
)
def test_choice_among_several(text: str, expected: tuple[str, object]) -> None:
    assert chosen(text) == expected


def test_joined_recurrence_needs_no_document_date() -> None:
    assert chosen("Hằng tháng tổng hợp, gửi Sở trước ngày 25.", None) == (
        "recurring",
        "FREQ=MONTHLY;BYMONTHDAY=25",
    )


def test_nothing_to_choose() -> None:
    assert choose((), "Khẩn trương thực hiện theo quy định.") is None


def test_working_days_are_told_in_words() -> None:
    (reading,) = explain("trong vòng 15 ngày làm việc kể từ ngày ký", ISSUED)
    assert reading.words == "ký 05/03/2024 + 15 ngày làm việc → 26/03/2024"
    assert (reading.rule, reading.parts) == (
        "counted.signed",
        ("word.limit", "length", "length.working_days", "since.signed"),
    )


def test_assumed_year_and_strict_bound_are_told_in_words() -> None:
    (assumed,) = explain("trước ngày 20/11", ISSUED)
    assert assumed.words == "ngày 20/11, lần tới kể từ ngày ký 05/03/2024 → 20/11/2024"
    (strict,) = explain("trước tháng 11/2025", ISSUED)
    assert strict.words == "ngày liền trước tháng 11/2025 → 31/10/2025"
    (weekly,) = explain("vào thứ Sáu hằng tuần", ISSUED)
    assert weekly.words == "hằng tuần, thứ Sáu → FREQ=WEEKLY;BYDAY=FR"


def test_explain_covers_the_whole_phrase_or_nothing() -> None:
    assert explain("gửi Sở Tài chính trước ngày 15/6/2024", ISSUED) == ()
    assert explain("", ISSUED) == ()


def test_decomposed_phrase_is_explained() -> None:
    (reading,) = explain("trước ngày 15/6/2024", ISSUED)
    assert reading.date == dt.date(2024, 6, 15)


@pytest.mark.parametrize("cell", ["", "  ", "UBND các huyện", "Quyết định của UBND tỉnh", "Theo quy định"])
def test_cell_without_deadline(cell: str) -> None:
    assert read_cell(cell, ISSUED) is None


WORDS = "trước sau đến từ hằng định kỳ ngày tháng năm quý 15 2024 15/6 12/QĐ-UBND / , ; . ( ) - –"
CLAUSES = st.lists(
    st.sampled_from(
        [
            *(example.phrase for example in EXAMPLES[::7]),
            *(negative.text for negative in NEGATIVES[::3]),
            *WORDS.split(),
            "\n",
        ]
    ),
    max_size=14,
).map(" ".join)
DAYS = st.one_of(st.none(), st.dates())


@given(st.one_of(st.text(max_size=80), CLAUSES), DAYS)
@example("trước ngày 31/12/2100", dt.date(9999, 12, 31))
@example("trong vòng 999 năm kể từ ngày ký", dt.date(9999, 1, 1))
@example("trong tuần sau", dt.date(9999, 12, 31))
@example("trước năm 1900", dt.date(1, 1, 1))
@example("trước ngày 15 tháng sau", dt.date(9999, 12, 31))
@example("định kỳ " * 300 + "hằng tháng", dt.date(2024, 1, 1))
@settings(max_examples=200, deadline=None)
def test_any_text_is_read_without_error(text: str, issued_on: dt.date | None) -> None:
    found = find_deadlines(text, issued_on)
    end = 0
    for reading in found:
        assert text[reading.span.start : reading.span.end] == reading.text != ""
        assert reading.span.start >= end
        assert reading.kind is not DeadlineKind.NONE
        assert (reading.rrule is None) or reading.kind is DeadlineKind.RECURRING
        end = reading.span.end
    assert choose(found, text) is None or found
    read_cell(text, issued_on)
    explain(text, issued_on)


@given(CLAUSES, DAYS)
@settings(max_examples=100, deadline=None)
def test_a_reading_depends_on_its_words_alone(text: str, issued_on: dt.date | None) -> None:
    again = find_deadlines(text, issued_on)
    assert again == find_deadlines(text, issued_on)
    for reading in again:
        if reading.kind is DeadlineKind.DATE and "year_assumed" in reading.flags:
            assert issued_on is not None and reading.date is not None
            assert "before_issue" in reading.flags or reading.date >= issued_on


def test_a_clause_without_end_is_read_at_its_head_and_a_cell_without_end_not_at_all() -> None:
    endless = "gửi trước ngày 15/6/2024; " * 20_000
    found = find_deadlines(endless, ISSUED)
    assert found[0].date == dt.date(2024, 6, 15)
    assert found[-1].span.end < len(endless)
    assert read_cell(endless, ISSUED) is None
    assert explain(endless, ISSUED) == ()
