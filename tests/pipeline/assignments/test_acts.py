"""What acts, their annexes and idle documents assign: a circular's own orders, its closing chapter, no forms,
no invitations, no submissions.

A document is written as lines; the tree comes from their markers.
"""

import datetime as dt

import pytest

from pipeline.assignments import find_drafts
from pipeline.structure.blocks import build
from pipeline.types import Directive, DocumentType, Grounded, Header, Layout, Paragraph, Span

CIRCULAR = ("BỘ Y TẾ", "THÔNG TƯ", "Quy định việc cấp thẻ cứu hộ viên bến phà")


def tasks(*lines: str, number: str | None = None) -> list[tuple[str, list[str]]]:
    """The tasks of a document of no known type with these lines, each with its leads."""
    text = "\n".join(lines)
    items, at = [], 0
    for line in lines:
        items.append(Paragraph(Span(at, at + len(line)), 1))
        at += len(line) + 1
    header = Header(
        issued_on=dt.date(2025, 8, 4),
        type=DocumentType.OTHER,
        issuer=Grounded("BỘ Y TẾ"),
        number=Grounded(number) if number else None,
    )
    drafts, _ = find_drafts(Directive(Layout(text, (), tuple(items)), header, build(items, text)))
    return [
        (" ".join(text[s.start : s.end] for s in one.spans), [lead.name for lead in one.leads])
        for one in drafts
    ]


def test_a_circular_gives_only_what_it_gives_in_so_many_words():
    found = tasks(
        *CIRCULAR,
        "Điều 1. Trạm y tế bến phà có trách nhiệm cấp thẻ cho cứu hộ viên.",
        "Điều 2. Giao Cục Quản lý Dược làm đầu mối nhận hồ sơ thẻ.",
        number="9/2025/TT-BYT",
    )
    assert found == [("Giao Cục Quản lý Dược làm đầu mối nhận hồ sơ thẻ.", ["Cục Quản lý Dược"])]


@pytest.mark.parametrize(
    "heading",
    [
        "Điều 8. Tổ chức thực hiện",
        "Điều 8. Tổ chức triển khai thực hiện",
        "Điều 8. Trách nhiệm hướng dẫn và thi hành",
        "Điều 8. Trách nhiệm của các sở trong việc thực hiện Thông tư này",
    ],
)
def test_the_closing_section_of_a_circular_assigns(heading: str):
    found = tasks(
        *CIRCULAR,
        "Điều 7. Trách nhiệm của Sở Y tế",
        "1. Sở Y tế lưu sổ cấp thẻ.",
        heading,
        "1. Sở Y tế tập huấn cho các trạm y tế bến phà.",
        number="9/2025/TT-BYT",
    )
    assert found == [("Sở Y tế tập huấn cho các trạm y tế bến phà.", ["Sở Y tế"])]


def test_a_section_on_how_one_procedure_is_carried_out_assigns_nothing():
    found = tasks(
        *CIRCULAR,
        "Điều 8. Tổ chức thực hiện sát hạch",
        "1. Sở Y tế mời giám khảo của trạm y tế bến phà.",
        number="9/2025/TT-BYT",
    )
    assert found == []


@pytest.mark.parametrize("kind", ["GIẤY MỜI", "TỜ TRÌNH", "PHIẾU TRÌNH", "BÁO CÁO"])
def test_documents_that_invite_ask_or_account_give_nobody_anything(kind: str):
    assert tasks("VĂN PHÒNG", kind, "Về lễ hội hoa xuân", "Giao Sở Du lịch chuẩn bị cổng chào.") == []


def test_a_heading_that_only_speaks_of_a_report_does_not_shut_the_document():
    found = tasks("VĂN PHÒNG", "Báo cáo", "Giao Sở Du lịch chuẩn bị cổng chào.")
    assert ("Giao Sở Du lịch chuẩn bị cổng chào.", ["Sở Du lịch"]) in found
