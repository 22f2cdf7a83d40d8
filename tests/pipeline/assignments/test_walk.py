"""What the walk down the tree hands down, and what it leaves out.

A document is written as lines; the tree comes from their markers.
"""

import datetime as dt

import pytest

from pipeline.assignments import Draft, find_drafts
from pipeline.structure.blocks import build
from pipeline.types import (
    Block,
    BlockKind,
    Clause,
    ClauseRole,
    DeadlineKind,
    Directive,
    DocumentType,
    Grounded,
    Header,
    Layout,
    Paragraph,
    Span,
)

ISSUED = dt.date(2025, 8, 4)
DIRECTIVE = Header(
    issued_on=ISSUED, type=DocumentType.CHI_THI, issuer=Grounded("ỦY BAN NHÂN DÂN TỈNH AN BÌNH")
)
DECISION = Header(
    issued_on=ISSUED, type=DocumentType.QUYET_DINH, issuer=Grounded("ỦY BAN NHÂN DÂN TỈNH AN BÌNH")
)
LETTER = Header(
    issued_on=ISSUED,
    type=DocumentType.CONG_VAN,
    issuer=Grounded("SỞ NỘI VỤ TỈNH AN BÌNH"),
    addressees=(Grounded("Các phòng chuyên môn thuộc Sở"), Grounded("UBND các xã, phường")),
)


def paragraphs(lines: tuple[str, ...], at: int) -> list[Paragraph]:
    found = []
    for line in lines:
        found.append(Paragraph(Span(at, at + len(line)), 1))
        at += len(line) + 1
    return found


def document(*lines: str, annex: tuple[str, ...] = (), header: Header = DIRECTIVE) -> Directive:
    """A document with this body and, behind it, this annex."""
    text = "\n".join((*lines, *annex))
    body = paragraphs(lines, 0)
    attached = paragraphs(annex, len("\n".join(lines)) + 1)
    root = build(body, text)
    if annex:
        block = build(attached, text, BlockKind.ANNEX)
        root = Block(root.kind, Span(0, len(text)), children=(*root.children, block))
    return Directive(Layout(text, (), (*body, *attached)), header, root)


def found_in(
    directive: Directive,
) -> tuple[list[tuple[str, list[str]]], tuple[Draft, ...], tuple[Clause, ...]]:
    drafts, clauses = find_drafts(directive)
    return (
        [(words(draft, directive), [unit.name for unit in draft.leads]) for draft in drafts],
        drafts,
        clauses,
    )


def tasks(
    *lines: str, annex: tuple[str, ...] = (), header: Header = DIRECTIVE
) -> list[tuple[str, list[str]]]:
    """(text, leads) of each task."""
    return found_in(document(*lines, annex=annex, header=header))[0]


def test_a_closing_formula_is_no_part_of_the_last_item() -> None:
    found = tasks(
        "1. Sở Y tế rà soát thuốc dự trữ.",
        "2. Sở Nội vụ lập danh sách. Nay thông báo để các cơ quan biết, thực hiện.",
    )
    assert found == [
        ("Sở Y tế rà soát thuốc dự trữ.", ["Sở Y tế"]),
        ("Sở Nội vụ lập danh sách.", ["Sở Nội vụ"]),
    ]


def test_bodies_that_issue_together_share_out_the_work() -> None:
    joint = Header(
        issued_on=ISSUED,
        type=DocumentType.KE_HOACH,
        issuer=Grounded("SỞ GIÁO DỤC VÀ ĐÀO TẠO - CÔNG AN TỈNH AN BÌNH"),
    )
    found = tasks("1. Sở Giáo dục và Đào tạo:", "a) Chỉ đạo các trường mở lớp kỹ năng sống.", header=joint)
    assert found == [("Chỉ đạo các trường mở lớp kỹ năng sống.", ["Sở Giáo dục và Đào tạo"])]


def only_task(*lines: str, header: Header = DIRECTIVE) -> Draft:
    (draft,) = find_drafts(document(*lines, header=header))[0]
    return draft


def words(draft: Draft, directive: Directive) -> str:
    return " ".join(directive.layout.text[span.start : span.end] for span in draft.spans)


def roles(*lines: str, annex: tuple[str, ...] = (), header: Header = DIRECTIVE) -> list[ClauseRole]:
    return [clause.role for clause in find_drafts(document(*lines, annex=annex, header=header))[1]]


# ------------------------------------------------------------------ what a lead-in hands down


def test_a_lead_in_hands_down_its_lead():
    assert tasks("1. Sở Y tế:", "a) Kiểm tra các quầy thuốc;", "b) Báo cáo kết quả.") == [
        ("Kiểm tra các quầy thuốc", ["Sở Y tế"]),
        ("Báo cáo kết quả.", ["Sở Y tế"]),
    ]


def test_shopkeepers_who_are_asked_in_the_course_of_the_work_do_not_answer_for_it():
    found = tasks(
        "1. Sở Công Thương:",
        "a) Kiểm tra giá cước đò; yêu cầu các hộ kinh doanh dán bảng giá ở bến.",
        "b) Lập sổ theo dõi phao cứu sinh; đề nghị Chi cục Đăng kiểm cấp số cho từng đò.",
        "c) Lập danh sách bến đò, yêu cầu các chủ đò mặc áo phao.",
    )
    assert [leads for _, leads in found] == [["Sở Công Thương"], ["Chi cục Đăng kiểm"], ["Sở Công Thương"]]


@pytest.mark.parametrize("mark", [",", ";"])
def test_a_chairman_who_is_asked_is_no_shopkeeper(mark: str):
    found = tasks("1. Sở Y tế:", f"a) Kiểm tra kho thuốc{mark} yêu cầu Chủ tịch UBND các xã cử người trực.")
    assert [leads for _, leads in found] == [["Chủ tịch UBND các xã"]]


def test_a_lead_in_hands_down_cooperators_and_deadline():
    found, drafts, _ = found_in(
        document(
            "1. Giao Sở Xây dựng chủ trì, phối hợp với Công an tỉnh hoàn thành trước 30/9/2025:",
            "- Kiểm tra vạch sơn trên quốc lộ;",
            "- Lắp đặt gương cầu ở các khúc cua trước ngày 15/9/2025.",
        )
    )
    assert [leads for _, leads in found] == [["Sở Xây dựng"], ["Sở Xây dựng"]]
    assert [[u.name for u in d.cooperators] for d in drafts] == [["Công an tỉnh"], ["Công an tỉnh"]]
    assert [d.deadline.date for d in drafts if d.deadline] == [dt.date(2025, 9, 30), dt.date(2025, 9, 15)]
    assert [d.deadline_inherited for d in drafts] == [True, False]
    assert [[other.date for other in d.other_deadlines] for d in drafts] == [[], [dt.date(2025, 9, 30)]]
    assert all(d.leads_inherited and d.cooperators_inherited for d in drafts)


def test_an_item_with_a_lead_of_its_own_does_not_inherit():
    assert tasks(
        "1. Sở Công Thương:", "- Kiểm tra giá gạo;", "- Giao Chi cục Quản lý thị trường kiểm tra kho hàng."
    ) == [
        ("Kiểm tra giá gạo", ["Sở Công Thương"]),
        ("Giao Chi cục Quản lý thị trường kiểm tra kho hàng.", ["Chi cục Quản lý thị trường"]),
    ]


def test_a_lead_goes_down_through_all_levels():
    assert tasks(
        "1. UBND các xã, phường:",
        "a) Về thủy lợi:",
        "- Nạo vét kênh mương nội đồng;",
        "- Sửa chữa các cống bị hỏng.",
    ) == [
        ("Nạo vét kênh mương nội đồng", ["UBND các xã, phường"]),
        ("Sửa chữa các cống bị hỏng.", ["UBND các xã, phường"]),
    ]


def test_the_addressees_of_a_letter_answer_for_its_requests():
    assert tasks(
        "Sở Nội vụ đề nghị các phòng chuyên môn thuộc Sở và UBND các xã, phường thực hiện các nội dung sau:",
        "1. Rà soát hồ sơ cán bộ.",
        "2. Gửi báo cáo về Sở trước ngày 20/8/2025.",
        header=LETTER,
    ) == [
        ("Rà soát hồ sơ cán bộ.", ["các phòng chuyên môn thuộc Sở", "UBND các xã, phường"]),
        (
            "Gửi báo cáo về Sở trước ngày 20/8/2025.",
            ["các phòng chuyên môn thuộc Sở", "UBND các xã, phường"],
        ),
    ]


def test_a_request_without_addressee_goes_to_the_addressees():
    draft = only_task(
        "Đề nghị khẩn trương gửi danh sách cán bộ dự tập huấn trước ngày 20/8/2025.", header=LETTER
    )
    assert [unit.name for unit in draft.leads] == ["Các phòng chuyên môn thuộc Sở", "UBND các xã, phường"]


# ------------------------------------------------------------------ lines below an item


def test_labelled_lines_say_who_and_when():
    draft = only_task(
        "1. Xây dựng phần mềm quản lý chợ.",
        "- Cơ quan chủ trì: Sở Công Thương.",
        "- Cơ quan phối hợp: Sở Khoa học và Công nghệ; UBND các xã.",
        "- Thời gian thực hiện: Quý IV năm 2025.",
        "- Sản phẩm: Phần mềm chạy thử.",
    )
    assert [unit.name for unit in draft.leads] == ["Sở Công Thương"]
    assert [unit.name for unit in draft.cooperators] == ["Sở Khoa học và Công nghệ", "UBND các xã"]
    assert draft.deadline is not None
    assert draft.deadline.date == dt.date(2025, 12, 31)
    assert draft.output is not None
    assert draft.output.text == "Phần mềm chạy thử"


def test_a_closing_line_names_the_doer_of_the_item_above():
    draft = only_task(
        "1. Biên soạn sổ tay hướng dẫn thủ tục hành chính cho người dân.",
        "Phòng Pháp chế chủ trì, phối hợp với Văn phòng Sở thực hiện trong tháng 9/2025.",
    )
    assert [unit.name for unit in draft.leads] == ["Phòng Pháp chế"]
    assert [unit.name for unit in draft.cooperators] == ["Văn phòng Sở"]
    assert draft.deadline is not None
    assert draft.deadline.date == dt.date(2025, 9, 30)


def test_a_paragraph_of_the_same_lead_belongs_to_the_item():
    directive = document(
        "1. Giao Sở Nội vụ thẩm định hồ sơ sáp nhập thôn.",
        "Hồ sơ gồm tờ trình và biên bản lấy ý kiến cử tri.",
    )
    (found,) = found_in(directive)[0]
    assert found[0].endswith("lấy ý kiến cử tri.")
    assert found[1] == ["Sở Nội vụ"]


def test_a_paragraph_of_another_lead_stands_alone():
    assert [
        leads
        for _, leads in tasks(
            "1. Giao Sở Nội vụ thẩm định hồ sơ sáp nhập thôn.",
            "Giao Sở Tài chính bố trí kinh phí lấy ý kiến cử tri.",
        )
    ] == [["Sở Nội vụ"], ["Sở Tài chính"]]


def test_items_that_only_detail_an_order_stay_in_it():
    (found,) = tasks(
        "1. Giao Sở Y tế lập danh mục thuốc cần dự trữ cho mùa mưa bão, gồm:",
        "- Thuốc hạ sốt;",
        "- Dung dịch sát khuẩn;",
        "- Bông băng các loại.",
    )
    assert found[0].endswith("Bông băng các loại.")
    assert found[1] == ["Sở Y tế"]


# ------------------------------------------------------------------ headings


@pytest.mark.parametrize(
    "heading",
    [
        "I. MỤC TIÊU",
        "I. QUAN ĐIỂM CHỈ ĐẠO",
        "I. ĐÁNH GIÁ TÌNH HÌNH",
        "I. MỤC ĐÍCH, YÊU CẦU",
    ],
)
def test_sections_of_aims_and_results_assign_nothing(heading: str):
    assert tasks(
        heading,
        "1. Nâng cao nhận thức của người dân về phân loại rác.",
        "2. Các đơn vị triển khai đồng bộ, tiết kiệm.",
        "II. TỔ CHỨC THỰC HIỆN",
        "1. Sở Nông nghiệp và Môi trường lắp đặt thùng rác tại các chợ.",
    ) == [("Sở Nông nghiệp và Môi trường lắp đặt thùng rác tại các chợ.", ["Sở Nông nghiệp và Môi trường"])]


def test_a_request_stands_even_among_results():
    assert [
        leads
        for _, leads in tasks(
            "I. KẾT QUẢ ĐẠT ĐƯỢC",
            "Sở Du lịch đã đón hai triệu lượt khách.",
            "Yêu cầu Sở Du lịch khắc phục ngay tình trạng chèo kéo khách.",
        )
    ] == [["Sở Du lịch"]]


# ------------------------------------------------------------------ prose


def test_prose_is_judged_sentence_by_sentence():
    assert tasks(
        "Thời gian qua, việc thu gom rác còn chậm. Giao Sở Xây dựng rà soát các điểm tập kết rác. "
        "Công an tỉnh xử lý nghiêm xe chở đất làm rơi vãi. Hoan nghênh sự vào cuộc của Đoàn Thanh niên."
    ) == [
        ("Giao Sở Xây dựng rà soát các điểm tập kết rác.", ["Sở Xây dựng"]),
        ("Công an tỉnh xử lý nghiêm xe chở đất làm rơi vãi.", ["Công an tỉnh"]),
    ]


def test_sentences_that_carry_one_work_on_are_one_task():
    (found,) = tasks(
        "Giao Sở Tài chính lập phương án mua sắm tập trung. Trong đó xác định rõ nguồn vốn và tiến độ."
    )
    assert found[1] == ["Sở Tài chính"]
    assert found[0].endswith("tiến độ.")


def test_who_was_asked_reports_if_trouble_arises():
    assert tasks(
        "1. Sở Y tế kiểm tra bếp ăn trường học.",
        "2. Trong quá trình thực hiện, nếu có vướng mắc, kịp thời báo cáo về Sở Nội vụ để tổng hợp.",
        header=LETTER,
    )[-1] == (
        "Trong quá trình thực hiện, nếu có vướng mắc, kịp thời báo cáo về Sở Nội vụ để tổng hợp.",
        ["Các phòng chuyên môn thuộc Sở", "UBND các xã, phường"],
    )


# ------------------------------------------------------------------ what is no task


@pytest.mark.parametrize(
    ("line", "role"),
    [
        (
            "Điều 3. Chánh Văn phòng UBND tỉnh và Giám đốc các sở chịu trách nhiệm thi hành Quyết định này.",
            ClauseRole.EXECUTION,
        ),
        ("Điều 2. Quyết định này có hiệu lực kể từ ngày ký.", ClauseRole.IN_FORCE),
        ("Căn cứ Luật Tổ chức chính quyền địa phương;", ClauseRole.RECITAL),
    ],
)
def test_closing_and_opening_clauses_are_labelled(line: str, role: ClauseRole):
    assert tasks(line, header=DECISION) == []
    assert role in roles(line, header=DECISION)


def test_a_regulation_behind_a_decision_assigns_only_in_its_closing_sections():
    annex = (
        "QUY CHẾ Quản lý nghĩa trang trên địa bàn tỉnh",
        "Chương I QUY ĐỊNH CHUNG",
        "Điều 1. UBND cấp xã có trách nhiệm quản lý nghĩa trang trên địa bàn.",
        "Chương II TỔ CHỨC THỰC HIỆN",
        "Điều 2. Sở Xây dựng rà soát các nghĩa trang trong khu dân cư trước ngày 31/12/2025.",
    )
    assert [
        leads
        for _, leads in tasks(
            "Điều 1. Ban hành kèm theo Quyết định này Quy chế quản lý nghĩa trang.",
            annex=annex,
            header=DECISION,
        )
    ] == [["Sở Xây dựng"]]


def test_a_form_assigns_nothing():
    annex = (
        "Mẫu số 01",
        "BÁO CÁO",
        "1. Sở Y tế tổng hợp số liệu theo bảng sau:",
        "- Kiểm tra số giường bệnh.",
    )
    assert tasks("1. Sở Y tế gửi báo cáo theo mẫu.", annex=annex) == [
        ("Sở Y tế gửi báo cáo theo mẫu.", ["Sở Y tế"])
    ]


def test_a_plan_behind_a_decision_assigns():
    annex = ("KẾ HOẠCH Phòng cháy rừng mùa khô", "1. Chi cục Kiểm lâm trực gác tại các chòi canh.")
    assert [
        leads
        for _, leads in tasks(
            "Điều 1. Ban hành kèm theo Quyết định này Kế hoạch.", annex=annex, header=DECISION
        )
    ] == [["Chi cục Kiểm lâm"]]


def test_a_recurring_report_is_handed_down_with_its_rhythm():
    draft = only_task("1. Hằng tháng, UBND các xã báo cáo số hộ thoát nghèo về Sở Nội vụ.")
    assert draft.deadline is not None
    assert draft.deadline.kind is DeadlineKind.RECURRING


# ------------------------------------------------------------------ whom a document speaks to


def test_items_given_away_by_number_take_the_lead_named_for_them():
    assert tasks(
        "II. GIẢI PHÁP",
        "1. Xây cầu cảng mới tại cửa sông.",
        "2. Mở lớp dạy nghề đóng tàu cho thanh niên.",
        "III. TỔ CHỨC THỰC HIỆN",
        "1. Sở Xây dựng chủ trì thực hiện các giải pháp nêu tại điểm 1 mục II.",
        "2. Sở Nội vụ chủ trì thực hiện nhiệm vụ nêu tại điểm 2 mục II.",
    ) == [
        ("Xây cầu cảng mới tại cửa sông.", ["Sở Xây dựng"]),
        ("Mở lớp dạy nghề đóng tàu cho thanh niên.", ["Sở Nội vụ"]),
        ("Sở Xây dựng chủ trì thực hiện các giải pháp nêu tại điểm 1 mục II.", ["Sở Xây dựng"]),
        ("Sở Nội vụ chủ trì thực hiện nhiệm vụ nêu tại điểm 2 mục II.", ["Sở Nội vụ"]),
    ]


def test_a_number_of_another_document_gives_nothing_away():
    assert tasks(
        "1. Trồng lại rừng phòng hộ ven biển.",
        "2. Sở Tài chính chủ trì thực hiện nhiệm vụ tại điểm 1 Kế hoạch theo Quyết định số 7 của Chính phủ.",
    ) == [
        (
            "Sở Tài chính chủ trì thực hiện nhiệm vụ tại điểm 1 Kế hoạch theo Quyết định số 7 của Chính phủ.",
            ["Sở Tài chính"],
        )
    ]


def test_conclusions_of_a_visit_are_for_the_place_visited():
    notice = Header(
        issued_on=ISSUED,
        type=DocumentType.THONG_BAO,
        issuer=Grounded("VĂN PHÒNG CHÍNH PHỦ"),
        subject=Grounded("Kết luận của Phó Thủ tướng tại buổi làm việc với lãnh đạo tỉnh An Bình"),
    )
    assert tasks(
        "II. NHIỆM VỤ THỜI GIAN TỚI",
        "1. Rà soát quỹ đất để di dời các hộ ở ven sông.",
        "Văn phòng Chính phủ thông báo để các cơ quan và Ủy ban nhân dân tỉnh An Bình biết, thực hiện.",
        header=notice,
    ) == [("Rà soát quỹ đất để di dời các hộ ở ven sông.", ["Ủy ban nhân dân tỉnh An Bình"])]


def test_a_report_of_difficulties_is_for_whom_the_closing_asked():
    assert tasks(
        "1. Sở Nội vụ mở lớp tập huấn cho cán bộ cấp xã.",
        "Yêu cầu các sở, ban, ngành nghiêm túc thực hiện Chỉ thị này. Trong quá trình thực hiện, nếu có"
        " vướng mắc, báo cáo Ủy ban nhân dân tỉnh.",
    )[-1] == (
        "Trong quá trình thực hiện, nếu có vướng mắc, báo cáo Ủy ban nhân dân tỉnh.",
        ["các sở, ban, ngành"],
    )


def test_two_rhythms_in_one_item_are_two_tasks():
    _, drafts, _ = found_in(
        document(
            "1. Sở Y tế rà soát thuốc dự trữ, xong trước ngày 20/8/2025; định kỳ hằng tháng báo cáo số liệu"
            " tồn kho."
        )
    )
    assert [draft.deadline.kind for draft in drafts if draft.deadline] == [
        DeadlineKind.DATE,
        DeadlineKind.RECURRING,
    ]


def test_a_clause_longer_than_any_clerk_writes_is_left_to_a_person():
    directive = document("Giao Sở Y tế rà soát các trạm y tế, " * 1000)
    drafts, clauses = find_drafts(directive)
    assert drafts == ()
    assert [(clause.role, clause.rule) for clause in clauses] == [(ClauseRole.OTHER, "too_long")]
