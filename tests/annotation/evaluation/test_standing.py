"""The tables of docs/evaluation.md: every third document of train apart, put between the page's marks."""

from __future__ import annotations

import pytest
from cases import found, gold, label, record

from annotation.evaluation.comparing import compare
from benchmarks.standing import BEGIN, END, parted, placed, tables


def one(name: str):
    return compare(name, gold(label()), record(found()))


def test_every_third_document_by_name_is_kept_apart():
    known, aside = parted([one(name) for name in ("t4", "t1", "t3", "t2", "t5", "t6")])
    assert [each.id for each in known] == ["t1", "t2", "t4", "t5"]
    assert [each.id for each in aside] == ["t3", "t6"]


def test_a_table_names_sets_figures_and_what_is_asked():
    text = tables({"dev": [one("a"), one("b"), one("c")]})
    assert "dev (3 documents, 3 tasks)" in text
    assert "| `task` | 1.000 (1.00 to 1.00) | 0.92 / 0.90 |" in text
    assert "| errors | missed | false |" in text


def test_tables_take_the_place_of_those_before():
    page = f"# A\n\n{BEGIN}\nold\n{END}\n\n## B\n"
    made = placed(page, "new")
    assert "old" not in made
    assert placed(made, "new") == made
    assert made.startswith("# A\n")
    assert made.endswith("\n\n## B\n")


def test_a_page_without_marks_is_left_alone():
    with pytest.raises(ValueError, match="no marks"):
        placed("# A\n", "new")
