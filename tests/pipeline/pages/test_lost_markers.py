"""List markers that stand alone before a line are found again."""

from __future__ import annotations

import pytest

from pipeline.read.lost_markers import with_markers
from pipeline.types import Box, Word

ROW = [
    Word(text, Box(100 + 40 * at, 100, 135 + 40 * at, 114), 13) for at, text in enumerate(["Sở", "Y", "tế"])
]


def read_as(text: str, confidence: float = 0.9):
    return lambda crop: (text, confidence)


def sheet(paper, mark: str, x: float = 82):
    return paper(dpi=300).write(x, 99, mark).image.convert("L")


@pytest.mark.parametrize("marker", ["2.", "a)", "đ)", "IV.", "3"])
def test_a_marker_is_put_before_its_line(paper, marker: str) -> None:
    (row,) = with_markers([ROW], sheet(paper, marker), 300, read_as(marker))
    assert [word.text for word in row] == [marker, "Sở", "Y", "tế"]
    assert row[0].box.x1 < ROW[0].box.x0


def test_a_dash_is_known_by_its_shape(paper) -> None:
    (row,) = with_markers([ROW], sheet(paper, "-"), 300, read_as("", 0.0))
    assert row[0].text == "-"


@pytest.mark.parametrize(("text", "confidence"), [("2.", 0.3), ("Bảo", 0.9), ("", 0.0)])
def test_what_does_not_read_as_a_marker_is_left(paper, text: str, confidence: float) -> None:
    assert with_markers([ROW], sheet(paper, "2."), 300, read_as(text, confidence)) == [ROW]


def test_a_line_that_has_its_marker_gets_no_other(paper) -> None:
    row = [Word("1.", Box(90, 100, 98, 114), 13), *ROW]
    assert with_markers([row], sheet(paper, "2.", 60), 300, read_as("2.")) == [row]
