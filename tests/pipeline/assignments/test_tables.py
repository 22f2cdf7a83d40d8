"""Assignment tables: columns in any order, sections, merged and blank cells, several units in a cell.

A table is written as rows of cells; "^" repeats the cell above, "<" the cell to the left (merged cells), and
"|" parts the paragraphs of a cell.
"""

import datetime as dt
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.assignments.cells import read_party
from pipeline.assignments.scope import Scope
from pipeline.assignments.tables import read_table
from pipeline.types import ClauseRole, DeadlineKind, Grid, GridCell, Paragraph, Span, UnitMention

ISSUED = dt.date(2025, 8, 4)
HEAD = ["TT", "Nhiệm vụ", "Đơn vị chủ trì", "Đơn vị phối hợp", "Thời hạn"]


class Writer:
    """Writes cells one below the other, as the structure stage does."""

    def __init__(self):
        self.text = ""

    def cell(self, words: str) -> GridCell:
        return GridCell(tuple(self.paragraph(part) for part in words.split("|") if part))

    def paragraph(self, words: str) -> Paragraph:
        start = len(self.text)
        self.text += words + "\n"
        return Paragraph(Span(start, start + len(words)), 1)


def grid(*rows: list[str]) -> tuple[Grid, str]:
    writer = Writer()
    written: list[tuple[GridCell, ...]] = []
    for row in rows:
        cells: list[GridCell] = []
        for column, words in enumerate(row):
            if words == "^":
                cells.append(GridCell(written[-1][column].paragraphs, merged=True))
            elif words == "<":
                cells.append(GridCell(cells[-1].paragraphs, merged=True))
            else:
                cells.append(writer.cell(words))
        written.append(tuple(cells))
    return Grid(Span(0, len(writer.text) - 1), 1, tuple(written)), writer.text


def read(*rows: list[str], scope: Scope = Scope()):  # noqa: B008 - frozen
    """(text, leads, cooperators, due day or kind) of each task of a table."""
    table, text = grid(*rows)
    drafts, clauses = read_table(table, text, scope, ISSUED)
    for clause in clauses:
        assert table.span.covers(clause.span)
    found = []
    for draft in drafts:
        for unit in (*draft.leads, *draft.cooperators):
            if unit not in (*scope.leads, *scope.cooperators):
                assert text[unit.span.start : unit.span.end] == unit.text
        due = draft.deadline and (draft.deadline.date or draft.deadline.kind)
        words = " ".join(text[span.start : span.end] for span in draft.spans)
        found.append((words, [u.name for u in draft.leads], [u.name for u in draft.cooperators], due))
    return found


def leads(*rows: list[str]) -> list[tuple[str, list[str]]]:
    return [(words, units) for words, units, _, _ in read(*rows)]


def dues(*rows: list[str]):
    return [due for *_, due in read(*rows)]


# ------------------------------------------------------------------ heads


def test_a_row_becomes_a_task_with_its_units_and_its_deadline():
    assert read(
        HEAD, ["1", "Lập danh mục hồ sơ số hóa", "Sở Nội vụ", "Sở Tài chính; UBND các xã", "30/9/2025"]
    ) == [
        (
            "Lập danh mục hồ sơ số hóa",
            ["Sở Nội vụ"],
            ["Sở Tài chính", "UBND các xã"],
            dt.date(2025, 9, 30),
        )
    ]


@pytest.mark.parametrize(
    "head",
    [
        ["Cơ quan thực hiện", "Thời gian hoàn thành", "Nội dung công việc"],
        ["Bộ phận phụ trách", "Xong trước", "Việc phải làm"],
        ["Phân công", "Tiến độ", "Hoạt động"],
        ["Người, đơn vị phụ trách", "Hạn xong", "Các đầu việc"],
        ["Chủtì", "Thờihạn", "Nộidung công việc"],  # as OCR reads them
    ],
)
def test_columns_stand_in_any_order_and_wording(head: list[str]):
    assert read(head, ["Trạm Y tế xã", "15/9/2025", "Phun thuốc diệt muỗi"]) == [
        ("Phun thuốc diệt muỗi", ["Trạm Y tế xã"], [], dt.date(2025, 9, 15))
    ]


def test_a_head_of_two_rows_with_merged_cells():
    assert read(
        ["TT", "Công việc", "Đơn vị thực hiện", "<", "Thời hạn"],
        ["^", "^", "Chủ trì", "Phối hợp", "^"],
        ["(1)", "(2)", "(3)", "(4)", "(5)"],
        ["1", "Kiểm kê kho vật tư", "Sở Công Thương", "Công an tỉnh", "Tháng 10/2025"],
    ) == [("Kiểm kê kho vật tư", ["Sở Công Thương"], ["Công an tỉnh"], dt.date(2025, 10, 31))]


def test_a_title_row_stands_above_the_head():
    assert leads(
        ["PHÂN CÔNG NHIỆM VỤ", "<", "<"],
        ["TT", "Công việc", "Đơn vị thực hiện"],
        ["1", "Sửa mái nhà văn hóa", "UBND xã Hòa Tân"],
    ) == [("Sửa mái nhà văn hóa", ["UBND xã Hòa Tân"])]


def test_the_particular_work_wins_over_its_group():
    assert leads(
        ["Nhóm nhiệm vụ", "Nhiệm vụ cụ thể", "Chủ trì"],
        ["Phòng dịch", "Tiêm vắc xin cho đàn bò", "Chi cục Chăn nuôi và Thú y"],
        ["^", "Lấy mẫu giám sát tại chợ", "Sở Y tế"],
    ) == [
        ("Tiêm vắc xin cho đàn bò", ["Chi cục Chăn nuôi và Thú y"]),
        ("Lấy mẫu giám sát tại chợ", ["Sở Y tế"]),
    ]


# ------------------------------------------------------------------ rows that are no tasks


def test_section_rows_and_totals_are_no_tasks():
    rows = (
        HEAD,
        ["I", "CÔNG TÁC CHUẨN BỊ", "<", "<", "<"],
        ["1", "Thuê phông bạt", "Văn phòng Sở", "", "Tháng 9"],
        ["II", "Công tác tổ chức", "", "", ""],
        ["2", "Đón tiếp đại biểu", "Phòng Tổng hợp", "", "Tháng 10"],
        ["", "Tổng cộng", "", "", ""],
    )
    assert [words for words, _ in leads(*rows)] == ["Thuê phông bạt", "Đón tiếp đại biểu"]
    _, clauses = read_table(*grid(*rows), Scope(), ISSUED)
    assert [clause.role for clause in clauses] == [
        ClauseRole.HEADING,
        ClauseRole.TASK,
        ClauseRole.HEADING,
        ClauseRole.TASK,
        ClauseRole.HEADING,
    ]


def test_a_row_due_before_the_document_is_no_task():
    assert [due for *_, due in read(HEAD, ["1", "Khảo sát", "Sở Xây dựng", "", "30/6/2025"])] == []


@pytest.mark.parametrize(
    "rows",
    [
        (
            ["TT", "Họ và tên", "Chức vụ", "Đơn vị", "Nhiệm vụ"],
            ["1", "Lò Thị Én", "Phó phòng", "Sở Y tế", "Tổ phó"],
        ),
        (["Thời gian", "Nội dung", "Người thực hiện"], ["7h30 - 8h00", "Đón tiếp đại biểu", "Văn phòng Sở"]),
        (["TT", "Chỉ tiêu", "Đơn vị tính", "Số lượng"], ["1", "Lúa mùa", "ha", "450"]),
        (
            ["TT", "Tên công trình", "Quy mô", "Đơn vị thực hiện", "Tổng mức đầu tư"],
            ["1", "Cầu Bản Lầu", "45 m", "Sở Xây dựng", "12 tỷ"],
        ),
        (["TT", "Đơn vị", "Nội dung", "Số tiền"], ["1", "UBND xã Nà Tấu", "Hỗ trợ nhà ở", "50 triệu"]),
    ],
    ids=["people", "timetable", "figures", "projects", "money"],
)
def test_other_tables_assign_nothing(rows: tuple[list[str], ...]):
    table, text = grid(*rows)
    drafts, clauses = read_table(table, text, Scope(), ISSUED)
    assert drafts == ()
    assert [(clause.role, clause.rule) for clause in clauses] == [(ClauseRole.OTHER, "table_without_leads")]


# ------------------------------------------------------------------ what cells inherit


def test_merged_lead_and_time_count_for_every_row():
    assert read(
        HEAD,
        ["1", "Rà soát quy hoạch chợ", "Sở Công Thương", "", "Quý IV/2025"],
        ["2", "Kiểm tra giá xăng dầu", "^", "", "^"],
    ) == [
        ("Rà soát quy hoạch chợ", ["Sở Công Thương"], [], dt.date(2025, 12, 31)),
        ("Kiểm tra giá xăng dầu", ["Sở Công Thương"], [], dt.date(2025, 12, 31)),
    ]


@pytest.mark.parametrize("ditto", ["nt", "Như trên", "-nt-", "(như trên)", '"', "n.t"])
def test_ditto_copies_from_above(ditto: str):
    assert read(
        HEAD,
        ["1", "Mua hóa chất khử trùng", "Sở Y tế", "Sở Tài chính", "15/9/2025"],
        ["2", "Cấp phát cho các trạm", ditto, ditto, ditto],
        ["3", "Báo cáo kết quả", ditto, "", "Hằng tháng"],
    ) == [
        ("Mua hóa chất khử trùng", ["Sở Y tế"], ["Sở Tài chính"], dt.date(2025, 9, 15)),
        ("Cấp phát cho các trạm", ["Sở Y tế"], ["Sở Tài chính"], dt.date(2025, 9, 15)),
        ("Báo cáo kết quả", ["Sở Y tế"], [], DeadlineKind.RECURRING),
    ]


def test_a_blank_time_is_no_deadline():
    assert dues(
        HEAD,
        ["1", "Lập tổ công tác", "Sở Nội vụ", "", "20/8/2025"],
        ["2", "Duy trì đường dây nóng", "Sở Nội vụ", "", ""],
        ["3", "Cập nhật trang tin", "Sở Nội vụ", "", "Theo quy định"],
    ) == [dt.date(2025, 8, 20), None, None]


def test_a_numbered_parent_hands_down_its_lead_and_time():
    assert read(
        HEAD,
        ["1", "Đào tạo cán bộ thôn", "Sở Nội vụ", "", "30/11/2025"],
        ["1.1", "Biên soạn tài liệu", "", "", ""],
        ["1.2", "Mở ba lớp tại huyện", "Trường Chính trị tỉnh", "", "31/10/2025"],
    ) == [
        ("Biên soạn tài liệu", ["Sở Nội vụ"], [], dt.date(2025, 11, 30)),
        ("Mở ba lớp tại huyện", ["Trường Chính trị tỉnh"], [], dt.date(2025, 10, 31)),
    ]


def test_a_section_hands_down_the_lead_and_the_time_of_its_own_cells():
    assert read(
        HEAD,
        ["A", "Nhóm việc về đất đai", "", "", ""],
        ["I", "Đo đạc", "Chi cục Quản lý đất đai", "", "Quý IV/2025"],
        ["1", "Cắm mốc ranh giới", "", "", ""],
        ["2", "In bản đồ", "", "", "15/9/2025"],
        ["II", "Tuyên truyền", "", "", ""],
        ["1", "Phát loa ở thôn", "UBND xã Hòa Tân", "", ""],
    ) == [
        ("Cắm mốc ranh giới", ["Chi cục Quản lý đất đai"], [], dt.date(2025, 12, 31)),
        ("In bản đồ", ["Chi cục Quản lý đất đai"], [], dt.date(2025, 9, 15)),
        ("Phát loa ở thôn", ["UBND xã Hòa Tân"], [], None),
    ]


def test_a_blank_lead_is_that_of_the_row_before_where_the_row_has_a_time():
    assert leads(
        HEAD,
        ["1", "Đo đạc bản đồ", "Sở Nông nghiệp và Môi trường", "", "Tháng 9"],
        ["2", "Bàn giao mốc giới", "", "UBND các xã", "Tháng 10"],
    ) == [
        ("Đo đạc bản đồ", ["Sở Nông nghiệp và Môi trường"]),
        ("Bàn giao mốc giới", ["Sở Nông nghiệp và Môi trường"]),
    ]


def test_a_lead_in_gives_the_leads_of_a_table_without_lead_column():
    unit = UnitMention(Span(0, 0), "", "UBND xã Mường Lèo")
    rows = (
        ["TT", "Nội dung", "Thời hạn"],
        ["1", "Rà soát hộ nghèo", "30/9/2025"],
        ["2", "Báo cáo huyện", "15/10/2025"],
    )
    assert [(words, units) for words, units, *_ in read(*rows, scope=Scope(leads=(unit,)))] == [
        ("Rà soát hộ nghèo", ["UBND xã Mường Lèo"]),
        ("Báo cáo huyện", ["UBND xã Mường Lèo"]),
    ]
    names = (
        ["TT", "Tên văn bản", "Thời hạn"],
        ["1", "Luật Nhà ở", "Năm 2025"],
        ["2", "Luật Giá", "Năm 2025"],
    )
    assert read(*names, scope=Scope(leads=(unit,))) == []


def test_the_work_names_its_doer_in_a_table_without_lead_column():
    assert leads(
        ["TT", "Nội dung", "Thời hạn"],
        ["1", "Sở Tài chính thẩm định dự toán", "30/9/2025"],
        ["2", "UBND các xã gửi danh sách hộ bị thiệt hại", "20/8/2025"],
    ) == [
        ("Sở Tài chính thẩm định dự toán", ["Sở Tài chính"]),
        ("UBND các xã gửi danh sách hộ bị thiệt hại", ["UBND các xã"]),
    ]


# ------------------------------------------------------------------ times


def test_the_head_says_what_a_mere_number_counts():
    head = ["TT", "Nhiệm vụ", "Chủ trì", "Tháng hoàn thành"]
    assert dues(head, ["1", "Nạo vét kênh", "UBND các xã", "10"]) == [dt.date(2025, 10, 31)]


def test_the_last_marked_month_or_quarter_is_the_deadline():
    assert dues(
        ["TT", "Nhiệm vụ", "Chủ trì", "Thời gian (quý năm 2025)", "<", "<", "<"],
        ["^", "^", "^", "I", "II", "III", "IV"],
        ["1", "Khảo sát chợ đêm", "Sở Công Thương", "", "", "x", "x"],
        ["2", "Lập đề án chợ đêm", "Sở Công Thương", "", "", "x", ""],
    ) == [dt.date(2025, 12, 31), dt.date(2025, 9, 30)]


@pytest.mark.parametrize("cell", [".25/8/2025", "25/8/2025 :", "Trước 25/8/2025", "ngày 25|tháng 8 năm 2025"])
def test_specks_and_broken_lines_do_not_spoil_a_date(cell: str):
    assert dues(HEAD, ["1", "Gieo mạ", "UBND các xã", "", cell]) == [dt.date(2025, 8, 25)]


# ------------------------------------------------------------------ bullets


def test_bullets_of_the_work_are_paired_with_those_of_the_lead():
    assert read(
        HEAD,
        [
            "1",
            "Chuẩn bị đại hội|- In tài liệu|- Trang trí hội trường",
            "- Văn phòng Sở|- Đoàn Thanh niên Sở",
            "",
            "20/9/2025",
        ],
    ) == [
        ("In tài liệu", ["Văn phòng Sở"], [], dt.date(2025, 9, 20)),
        ("Trang trí hội trường", ["Đoàn Thanh niên Sở"], [], dt.date(2025, 9, 20)),
    ]


def test_bullets_with_deadlines_of_their_own_are_tasks_of_their_own():
    assert read(
        HEAD,
        ["1", "- Lập dự toán|- Nghiệm thu", "Sở Tài chính", "", "- Tháng 9/2025|- Tháng 12/2025"],
    ) == [
        ("Lập dự toán", ["Sở Tài chính"], [], dt.date(2025, 9, 30)),
        ("Nghiệm thu", ["Sở Tài chính"], [], dt.date(2025, 12, 31)),
    ]


def test_bullets_that_only_detail_the_work_stay_together():
    assert [
        words
        for words, _ in leads(
            HEAD, ["1", "Kiểm tra hai nơi|- Tại chợ Tròn|- Tại bến xe phía Nam", "Sở Công Thương", "", ""]
        )
    ] == ["Kiểm tra hai nơi - Tại chợ Tròn - Tại bến xe phía Nam"]


def test_a_lead_cell_may_say_what_each_unit_does():
    assert read(
        ["TT", "Tên văn bản", "Đơn vị chủ trì", "Đơn vị phối hợp", "Thời hạn"],
        [
            "1",
            "Nghị quyết về học phí",
            "- Sở Tài chính tổ chức hội nghị phổ biến cho kế toán|- Sở Tư pháp xây dựng tờ gấp hỏi đáp",
            "- Sở Y tế|- Sở Nội vụ",
            "Quý IV/2025",
        ],
        ["^", "Luật Giáo dục", "^", "^", "^"],
    ) == [
        (
            "Sở Tài chính tổ chức hội nghị phổ biến cho kế toán",
            ["Sở Tài chính"],
            ["Sở Y tế"],
            dt.date(2025, 12, 31),
        ),
        ("Sở Tư pháp xây dựng tờ gấp hỏi đáp", ["Sở Tư pháp"], ["Sở Nội vụ"], dt.date(2025, 12, 31)),
    ]


def test_a_sentence_in_the_lead_cell_names_its_subject():
    assert leads(HEAD, ["1", "Luật Đường bộ", "Sở Tư pháp xây dựng kế hoạch phổ biến", "", ""]) == [
        ("Luật Đường bộ", ["Sở Tư pháp"])
    ]


def test_the_bullet_and_the_number_in_the_work_cell_are_left_out():
    assert [
        words
        for words, _ in leads(
            ["Nội dung", "Chủ trì"],
            ["1. Dọn vệ sinh chợ", "Ban Quản lý chợ"],
            ["- Sửa đèn đường", "UBND xã Hòa Tân"],
        )
    ] == ["Dọn vệ sinh chợ", "Sửa đèn đường"]


# ------------------------------------------------------------------ units of one cell


@pytest.mark.parametrize(
    ("cell", "lead", "with_"),
    [
        (
            "Chủ trì: Sở Y tế; Phối hợp: Công an tỉnh, UBND các xã",
            ["Sở Y tế"],
            ["Công an tỉnh", "UBND các xã"],
        ),
        (
            "Chủ trì:|- Sở Y tế|Phối hợp:|- Công an tỉnh|- Sở Nội vụ",
            ["Sở Y tế"],
            ["Công an tỉnh", "Sở Nội vụ"],
        ),
        ("Sở Y tế chủ trì, phối hợp với Công an tỉnh", ["Sở Y tế"], ["Công an tỉnh"]),
        ("Sở Y tế (chủ trì), Công an tỉnh (phối hợp)", ["Sở Y tế"], ["Công an tỉnh"]),
        ("Sở Y tế chủ trì; Công an tỉnh, Sở Nội vụ phối hợp", ["Sở Y tế"], ["Công an tỉnh", "Sở Nội vụ"]),
        ("Sở Y tế/Sở Nội vụ", ["Sở Y tế", "Sở Nội vụ"], []),
        ("Vụ Pháp chế - Bộ Xây dựng", ["Vụ Pháp chế - Bộ Xây dựng"], []),
        ("- Sở Y tế|- Sở Nội vụ", ["Sở Y tế", "Sở Nội vụ"], []),
        ("Công ty TNHH MTV Khai thác thủy lợi", ["Công ty TNHH MTV Khai thác thủy lợi"], []),
        ("Đơn vị quản lý thiết bị", ["Đơn vị quản lý thiết bị"], []),
        ("Sở Y tế, Sở Nội vụ phối hợp thực hiện", ["Sở Y tế", "Sở Nội vụ"], []),
    ],
)
def test_one_cell_may_name_units_in_several_roles(cell: str, lead: list[str], with_: list[str]):
    writer = Writer()
    party = read_party(writer.cell(cell).paragraphs, writer.text)
    assert [unit.name for unit in party.leads] == lead
    assert [unit.name for unit in party.cooperators] == with_


def test_in_a_combined_column_the_first_unit_leads():
    assert read(
        ["TT", "Nhiệm vụ", "Đơn vị chủ trì, phối hợp", "Thời hạn"],
        ["1", "Tổ chức hội chợ xuân", "Sở Công Thương, Sở Du lịch, UBND thành phố", "20/12/2025"],
    ) == [
        ("Tổ chức hội chợ xuân", ["Sở Công Thương"], ["Sở Du lịch", "UBND thành phố"], dt.date(2025, 12, 20))
    ]


# ------------------------------------------------------------------ any table

CELLS = """1 / 1.1 / II / a) / nt / x / ^ / < / - / Tổng cộng / CHUẨN BỊ / Sở Y tế / - Sở Y tế|- Sở Nội vụ
Chủ trì: Sở Y tế; Phối hợp: Công an tỉnh / Sở Nội vụ xây dựng kế hoạch / - Lập kế hoạch|- Báo cáo
Rà soát chợ, phối hợp với Công an tỉnh / 15.9.2025 / Hằng quý / Nhiệm vụ / Thời hạn"""
WORDS = st.sampled_from(["", *re.split(" / |\n", CELLS)])


@given(st.lists(st.lists(WORDS, min_size=4, max_size=4), min_size=1, max_size=6))
def test_whatever_the_cells_hold_each_task_has_words_and_leads_of_its_table(rows: list[list[str]]):
    head = ["TT", "Nhiệm vụ", "Chủ trì", "Thời hạn"]
    body = [["" if column == 0 and word == "<" else word for column, word in enumerate(row)] for row in rows]
    table, text = grid(head, *body)
    drafts, clauses = read_table(table, text, Scope(), ISSUED)
    for draft in drafts:
        assert draft.leads
        assert all(text[span.start : span.end].strip() for span in draft.spans)
        assert all(text[unit.span.start : unit.span.end] == unit.text for unit in draft.leads)
    assert sum(clause.role is ClauseRole.TASK for clause in clauses) <= len(rows)


def test_a_row_that_titles_a_group_of_rows_or_sums_up_is_no_task():
    found = leads(
        HEAD,
        ["01", "Đề án sửa cầu phao", "Sở Xây dựng", "Công an tỉnh", "2025"],
        ["Phần hai: Trông coi bến", "<", "<", "<", "<"],
        ["02", "Kế hoạch gác bến", "Công an tỉnh", "UBND các xã", "2025"],
        ["Đ", "DỜI CHỢ NỔI", "", "", ""],
        ["03", "Kế hoạch dời chợ", "Sở Công Thương", "UBND các xã", "2025"],
        ["", "Dự phòng", "", "", ""],
    )
    assert found == [
        ("Đề án sửa cầu phao", ["Sở Xây dựng"]),
        ("Kế hoạch gác bến", ["Công an tỉnh"]),
        ("Kế hoạch dời chợ", ["Sở Công Thương"]),
    ]
