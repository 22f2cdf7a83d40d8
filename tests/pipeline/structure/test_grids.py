"""Tables joined over page breaks: repeated heads, cut rows, merged cells that go on."""

from __future__ import annotations

from collections.abc import Callable

from pipeline.structure.layout import compose
from pipeline.types import Grid, Page, Reading, Table

HEAD = ("TT", "Việc", "Chủ trì", "Thời hạn")
Make = Callable[..., Reading]


def rows_of(reading: Reading) -> list[list[str]]:
    """The words of the one grid's cells, "^" before a merged repetition."""
    layout = compose(reading)
    (grid,) = [item for item in layout.items if isinstance(item, Grid)]
    return [
        [
            ("^" if cell.merged else "")
            + " ".join(layout.text[p.span.start : p.span.end] for p in cell.paragraphs)
            for cell in row
        ]
        for row in grid.rows
    ]


def over_two_pages(
    printed: Make,
    page: Callable[..., Page],
    table: Callable[..., Table],
    first: list[tuple[str, ...]],
    second: list[tuple[str, ...]],
) -> list[list[str]]:
    return rows_of(printed(page(1, table(*first)), page(2, table(*second, y=60))))


def test_a_repeated_head_of_two_rows_is_left_out(printed: Make, make_page, make_table) -> None:
    head = [("TT", "Việc", "Thực hiện", "^Thực hiện"), ("^TT", "^Việc", "Chủ trì", "Phối hợp")]
    rows = over_two_pages(
        printed,
        make_page,
        make_table,
        [*head, ("1", "Đo đất", "Sở A", "Sở B")],
        [*head, ("2", "Vẽ", "Sở C", "")],
    )
    assert [row[0].lstrip("^") for row in rows] == ["TT", "TT", "1", "2"]


def test_a_row_cut_right_below_a_repeated_head_is_mended(printed: Make, make_page, make_table) -> None:
    cut = ("TT", "Việc\nở các xã vùng trũng", "Chủ trì", "Thời hạn")
    assert over_two_pages(
        printed,
        make_page,
        make_table,
        [HEAD, ("1", "Rà soát các hộ dân", "Sở A", "Tháng 9")],
        [cut, ("2", "Báo cáo", "Sở B", "Tháng 10")],
    )[1:] == [
        ["1", "Rà soát các hộ dân ở các xã vùng trũng", "Sở A", "Tháng 9"],
        ["2", "Báo cáo", "Sở B", "Tháng 10"],
    ]


def test_a_section_at_the_top_of_a_page_is_a_row_of_its_own(printed: Make, make_page, make_table) -> None:
    rows = over_two_pages(
        printed,
        make_page,
        make_table,
        [HEAD, ("1", "Rà soát các hộ", "Sở A", "Tháng 9")],
        [("", "II. Tuyên truyền", "^II. Tuyên truyền", "^II. Tuyên truyền"), ("2", "Phát loa", "Sở B", "")],
    )
    assert [row[1] for row in rows] == ["Việc", "Rà soát các hộ", "II. Tuyên truyền", "Phát loa"]


def test_a_new_row_without_number_is_not_glued_to_the_one_above(printed: Make, make_page, make_table) -> None:
    rows = over_two_pages(
        printed,
        make_page,
        make_table,
        [("Nhóm", "Việc", "Chủ trì", "Thời hạn"), ("Đất đai", "Đo đất", "Sở A", "Tháng 9")],
        [("", "Cắm mốc", "Sở B", "Tháng 10")],
    )
    assert [row[1] for row in rows] == ["Việc", "Đo đất", "Cắm mốc"]


def test_a_merged_cell_goes_on_over_the_page_break(printed: Make, make_page, make_table) -> None:
    assert over_two_pages(
        printed,
        make_page,
        make_table,
        [HEAD, ("1", "Đo đất", "Sở A", "Tháng 9"), ("2", "Vẽ bản đồ", "^Sở A", "")],
        [("3", "Cắm mốc", "", ""), ("4", "Bàn giao", "^", "Tháng 11"), ("5", "Báo cáo", "Sở B", "")],
    )[1:] == [
        ["1", "Đo đất", "Sở A", "Tháng 9"],
        ["2", "Vẽ bản đồ", "^Sở A", ""],
        ["3", "Cắm mốc", "^Sở A", ""],
        ["4", "Bàn giao", "^Sở A", "Tháng 11"],
        ["5", "Báo cáo", "Sở B", ""],
    ]


def test_words_that_go_on_in_a_merged_cell_are_kept(printed: Make, make_page, make_table) -> None:
    rows = over_two_pages(
        printed,
        make_page,
        make_table,
        [HEAD, ("1", "Đo đất", "Sở Nông nghiệp và", ""), ("2", "Vẽ bản đồ", "^Sở Nông nghiệp và", "Tháng 9")],
        [("", "", "Môi trường", ""), ("3", "Cắm mốc", "Sở B", "")],
    )
    assert [row[2] for row in rows] == [
        "Chủ trì",
        "Sở Nông nghiệp và Môi trường",
        "^Sở Nông nghiệp và Môi trường",
        "Sở B",
    ]
