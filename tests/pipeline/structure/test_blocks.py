"""The body's tree from its markers."""

from __future__ import annotations

import pytest

from pipeline.structure.blocks import build
from pipeline.structure.markers import find_marker, ordinal
from pipeline.types import Block, Paragraph, Span


def tree_of(*lines: str, bold: tuple[int, ...] = ()) -> tuple[Block, str]:
    """The tree of a text with these paragraphs, and the text."""
    text = "\n".join(lines)
    items, at = [], 0
    for number, line in enumerate(lines):
        items.append(Paragraph(Span(at, at + len(line)), 1, bold=number in bold))
        at += len(line) + 1
    return build(items, text), text


def outline(block: Block, text: str, depth: int = 0) -> list[str]:
    """The tree as indented labels (or first words of unnumbered paragraphs)."""
    rows = []
    for child in block.children:
        shown = child.label or text[child.span.start : child.span.end].split(" ", maxsplit=1)[0]
        rows.append("  " * depth + shown)
        rows.extend(outline(child, text, depth + 1))
    return rows


@pytest.mark.parametrize(
    ("line", "name", "label"),
    [
        ("Điều 2. Giao Sở Y tế", "dieu", "Điều 2."),
        ("Chương II", "chuong", "Chương II"),
        ("IV. TỔ CHỨC THỰC HIỆN", "roman", "IV."),
        ("3. Sở Nội vụ", "arabic", "3."),
        ("2.1. Rà soát", "decimal2", "2.1."),
        ("2.1.3 Rà soát", "decimal3", "2.1.3"),
        ("đ) Báo cáo", "letter", "đ)"),
        ("- Báo cáo", "dash", "-"),
        ("+ Báo cáo", "plus", "+"),
        ("(ii) Báo cáo", "roman_small", "(ii)"),
        ("(1) Báo cáo", "bracketed", "(1)"),
    ],
)
def test_marker(line: str, name: str, label: str) -> None:
    marker = find_marker(line)
    assert marker is not None
    assert (marker.name, marker.label) == (name, label)
    assert not line[marker.end :].startswith(" ")


@pytest.mark.parametrize(
    "line",
    ["Điều 3 của Luật Đất đai", "15/6/2024 là hạn cuối", "2024 là năm bản lề", "Vụ A báo cáo", "1,5 tỷ đồng"],
)
def test_no_marker(line: str) -> None:
    assert find_marker(line) is None


def test_ordinal_counts_the_vietnamese_alphabet() -> None:
    marker = find_marker("đ) Báo cáo")
    assert marker is not None
    assert ordinal(marker) == 5


def test_items_nest_by_first_appearance() -> None:
    block, text = tree_of(
        "1. Sở Y tế:", "- Rà soát.", "- Báo cáo.", "2. Sở Nội vụ:", "a) Tham mưu;", "b) Trình."
    )
    assert outline(block, text) == ["1.", "  -", "  -", "2.", "  a)", "  b)"]


def test_articles_close_everything_below_them() -> None:
    block, text = tree_of("Điều 1. Giao:", "1. Sở A;", "a) Rà soát;", "Điều 2. Hiệu lực.")
    assert outline(block, text) == ["Điều 1.", "  1.", "    a)", "Điều 2."]


def test_a_lead_in_without_number_holds_the_items_after_it() -> None:
    block, text = tree_of("Sở Y tế:", "- Rà soát.", "Sở Nội vụ:", "- Báo cáo.")
    assert outline(block, text) == ["Sở", "  -", "Sở", "  -"]


def test_decimals_count_their_levels() -> None:
    block, text = tree_of("1. Cải cách", "1.1. Thể chế", "1.1.1. Luật", "1.2. Bộ máy", "2. Kinh phí")
    assert outline(block, text) == ["1.", "  1.1.", "    1.1.1.", "  1.2.", "2."]


def test_a_paragraph_after_an_item_hangs_below_it() -> None:
    block, text = tree_of("a) Rà soát quỹ đất.", "Tiếp đó lập bản đồ.", "b) Báo cáo.")
    assert outline(block, text) == ["a)", "  Tiếp", "b)"]


def test_slips_of_ocr_in_markers_are_healed_by_the_order_of_the_list() -> None:
    block, text = tree_of(
        "1. Sở Y tế:", "8) Rà soát thuốc;", "b) Lập kế hoạch;", "Gửi số liệu;", "đ) Báo cáo;", "ø) Trực."
    )
    assert outline(block, text) == ["1.", "  a)", "  b)", "  Gửi", "  đ)", "  Trực."]
