"""Why, in words: of a task where its values come from and what speaks against it, of a clause its rule."""

from __future__ import annotations

import ast
import re
import tomllib
from dataclasses import replace
from pathlib import Path

import pytest

import pipeline.assignments
from models.confidence import estimate
from pipeline.deadlines.lookalikes import LOOKALIKES
from pipeline.extract import extract_from
from pipeline.labels import FLAGS
from pipeline.read import open_source, read
from pipeline.reasons import MOST, clause_reason, lookalike_reason, phrases
from pipeline.types import Classified, Extraction, Probabilities
from pipeline.whence import named

FOLDER = Path(pipeline.assignments.__file__).parent
HEAD = """ỦY BAN NHÂN DÂN TỈNH MẪU
Số: 12/UBND-VX
V/v rà soát hồ sơ
Tỉnh Mẫu, ngày 05 tháng 3 năm 2024

Kính gửi:
- Sở Y tế;
- Sở Nội vụ.

"""


def extracted(body: str, likely: Probabilities | None = None) -> Extraction:
    reading = read(open_source("a.txt", (HEAD + body).encode()))
    return extract_from(
        reading,
        classify=lambda document, tasks: tuple(Classified("inspect", "other", 0.9, 0.9) for _ in tasks),
        estimate=(lambda facts: likely) if likely else estimate,
    )


def why(body: str, likely: Probabilities | None = None) -> list[str]:
    return list(extracted(body, likely).tasks[0].reasons)


def test_an_order_quotes_whom_it_names_and_how_its_deadline_is_read() -> None:
    said = why(
        "1. Giao Sở Y tế chủ trì, phối hợp với Công an tỉnh rà soát cơ sở khám bệnh trước ngày 15/3/2024."
    )
    assert said[0] == "Câu giao việc thẳng cho đơn vị được nêu tên: “Giao Sở Y tế”."
    assert "Phối hợp: nêu ngay trong câu." in said
    assert any("“trước ngày 15/3/2024” trong câu" in one and "15/03/2024" in one for one in said)


def test_what_is_handed_down_names_the_lead_in_and_its_place() -> None:
    said = why(
        "1. Giao Sở Y tế, trước ngày 20/4/2024:\na) Kiểm tra các trạm y tế;\nb) Tập huấn cho nhân viên.\n"
    )
    assert said[0].startswith("Mục 1 giao việc cho các mục bên dưới: “Giao Sở Y tế")
    assert any("ở mục 1" in one and "20/04/2024" in one for one in said)


def test_a_request_to_all_names_the_addressees() -> None:
    said = why("Đề nghị rà soát hồ sơ cán bộ, gửi kết quả trước ngày 15/4/2024.\n")
    assert said[0] == "Yêu cầu chung, không nêu tên: giao cho các nơi ở “Kính gửi”."


def test_a_task_without_deadline_says_so_and_doubts_are_told() -> None:
    said = why("1. Giao Sở Y tế, Sở Nội vụ rà soát hồ sơ cán bộ.")
    assert "Không thấy thời hạn trong câu và ở phần phía trên." in said
    assert "Lưu ý: nhiều đơn vị chủ trì: mỗi việc chỉ nên có một." in said


SURE = Probabilities(*[0.95] * 8)


def test_the_least_likely_field_is_named_where_it_is_in_doubt() -> None:
    body = "1. Giao Sở Y tế rà soát hồ sơ cán bộ."
    assert why(body, replace(SURE, deadline=0.61))[-1] == "Dễ sai nhất: thời hạn (khả năng đúng 61%)."
    assert not any("Dễ sai" in one for one in why(body, SURE))


def test_reasons_are_few_and_short_sentences() -> None:
    long = "đẩy mạnh tuyên truyền, phối hợp chặt chẽ, " * 40
    said = why(
        f"1. Giao Sở Y tế, Sở Nội vụ, Sở Tư pháp {long} trước ngày 15/1/2024 hoặc khi hết tháng thứ hai."
    )
    assert 2 <= len(said) <= MOST
    assert all(one.endswith(".") and len(one) < 250 for one in said)


def test_a_path_is_cited_as_a_clerk_would() -> None:
    assert named("2 › a") == "mục 2 › a"
    assert named("Điều 2 › khoản 1") == "Điều 2 › khoản 1"


def test_a_table_names_its_columns(table_of_tasks: Extraction) -> None:
    first = table_of_tasks.tasks[0].reasons
    assert first[0] == "Một dòng của bảng phân công; cột “Đơn vị chủ trì” nêu đơn vị thực hiện."
    assert any("cột “Thời hạn”" in one for one in first)


@pytest.fixture
def table_of_tasks() -> Extraction:
    rows = "".join(
        f"<tr><td>{n}</td><td>{work}</td><td>{unit}</td><td>{due}</td></tr>"
        for n, work, unit, due in (
            ("TT", "Nhiệm vụ", "Đơn vị chủ trì", "Thời hạn"),
            ("1", "Lập danh mục hồ sơ số hóa", "Sở Nội vụ", "15/4/2024"),
            ("2", "Bố trí kinh phí số hóa", "Sở Tài chính", "20/4/2024"),
        )
    )
    lines = "".join(f"<p>{line}</p>" for line in HEAD.splitlines())
    body = f"<body>{lines}<table border='1'>{rows}</table></body>"
    page = f"<html><head><meta charset='utf-8'></head>{body}</html>"
    reading = read(open_source("a.html", page.encode()))
    return extract_from(
        reading,
        classify=lambda document, tasks: tuple(Classified("inspect", "other", 0.9, 0.9) for _ in tasks),
        estimate=estimate,
    )


# ---------------------------------------------------------------- every rule has words

_KEY = re.compile(r"[a-z]+(?:_[a-z]+)*")
_MAKERS = {"Clause", "Dismissal", "Subject", "_label"}  # their strings are rule keys
_RULE_TABLES = ("dismissals.toml", "clauses.toml")


def _in_code() -> set[str]:
    """Rule keys that the code writes down: arguments of what makes clauses, ends of (…, rule) tuples."""
    found: set[str] = set()
    for path in FOLDER.glob("*.py"):
        if path.name.startswith("corpus"):
            continue
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            match node:
                case ast.Call(func=ast.Name(id=name) | ast.Attribute(attr=name)) if name in _MAKERS:
                    named = [one.value for one in node.keywords if one.arg in ("rule", "cue")]
                    found |= {key for one in (*node.args, *named) for key in _strings(one)}
                case ast.Return(value=ast.Tuple(elts=[*_, last])):
                    found |= _strings(last)
    return found


def _strings(node: ast.expr) -> set[str]:
    match node:
        case ast.Constant(value=str(value)):
            return {value} if _KEY.fullmatch(value) else set()
        case ast.IfExp():
            return _strings(node.body) | _strings(node.orelse)
    return set()


def _in_tables() -> set[str]:
    found: set[str] = set()
    for path in (FOLDER / name for name in _RULE_TABLES):
        if path.exists():
            tables = tomllib.loads(path.read_text(encoding="utf-8")).values()
            found |= {
                row["rule"] for rows in tables if isinstance(rows, list) for row in rows if "rule" in row
            }
    return found


def test_every_rule_that_code_can_give_a_clause_has_words() -> None:
    keys = _in_code() | _in_tables()
    assert {"no_doer", "request", "heading", "table_row", "inherited", "grounds"} <= keys
    assert {key for key in keys if not clause_reason(key)} == set()


@pytest.mark.parametrize("zone", ["function", "other", "aim", "target", "principle", "result", "recital"])
def test_a_section_that_assigns_nothing_has_words(zone: str) -> None:
    assert clause_reason(f"zone_{zone}")


def test_every_clause_of_a_document_is_told_why() -> None:
    found = extracted(
        "Căn cứ Luật Đê điều;\n1. Giao Sở Y tế rà soát hồ sơ.\n2. Đã hoàn thành việc tu bổ đê.\n"
    )
    assert all(clause_reason(clause.rule) for clause in found.clauses)


def test_every_lookalike_class_has_words() -> None:
    assert {one.name for one in LOOKALIKES if one.name not in phrases()["lookalike"]} == set()
    assert lookalike_reason("never heard of") == phrases()["lookalike"]["unread"]


def test_a_rule_without_words_says_nothing() -> None:
    assert clause_reason("never heard of") == ""


def test_every_flag_can_be_told() -> None:
    assert all(words and not words.endswith(".") for words in FLAGS.values())
