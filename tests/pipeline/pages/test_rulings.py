"""Rulings on a picture: found and painted over wherever they begin, letters left alone."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays
from PIL import Image

from pipeline.read.picture import BRIDGED, _runs_along, clean

DPI = 100.0  # half an inch, 50 pixels, is a ruling


def paper(width: int = 400, height: int = 300) -> np.ndarray:
    return np.full((height, width), 255, dtype=np.uint8)


@pytest.mark.parametrize("start", [0, 1, 5, 8, 11, 333])
@pytest.mark.parametrize("length", [60, 67])
def test_a_ruling_is_found_and_gone_wherever_it_begins(start: int, length: int):
    page = paper()
    page[100, start : start + length] = 0
    cleaned = clean(Image.fromarray(page), DPI)
    scale = 72 / DPI
    ((place, begin, end),) = cleaned.level
    assert (place, begin, end) == (100 * scale, start * scale, min(start + length, 400) * scale)
    assert cleaned.upright == ()
    assert np.asarray(cleaned.image).min() == 255


def test_an_upright_ruling_is_found_with_a_small_break_in_it():
    page = paper()
    page[50:250, 123] = 0
    page[150, 123] = 255
    cleaned = clean(Image.fromarray(page), DPI)
    assert {place for place, _, _ in cleaned.upright} == {123 * 72 / DPI}
    assert np.asarray(cleaned.image).min() == 255


def test_an_upright_ruling_goes_on_in_a_low_row_that_a_wide_cell_cuts_off():
    """As over a title of all columns; elsewhere a stroke of 25 pixels is a letter's."""
    page = paper()
    page[50:75, 123] = 0
    page[95:250, 123] = 0
    page[50:75, 300] = 0
    cleaned = clean(Image.fromarray(page), DPI)
    scale = 72 / DPI
    assert cleaned.upright == ((123 * scale, 50 * scale, 75 * scale), (123 * scale, 95 * scale, 250 * scale))
    left = np.flatnonzero((np.asarray(cleaned.image) < 128).any(axis=0))
    assert left.size
    assert abs(left - 300).max() < 3


def test_strokes_of_letters_stay():
    page = paper()
    page[100, 20:60] = 0  # shorter than half an inch
    page[200, 20:300:2] = 0  # a dotted line
    cleaned = clean(Image.fromarray(page), DPI)
    assert (cleaned.level, cleaned.upright) == ((), ())
    assert np.array_equal(np.asarray(cleaned.image), page)


@given(arrays(bool, (5, 70), elements=st.booleans(), fill=st.just(True)), st.integers(1, 60))
def test_runs_are_what_they_are_said_to_be(ink: np.ndarray, length: int):
    """Ink within any window of that length which is ink but for small breaks."""
    expected = np.zeros_like(ink)
    for start in range(ink.shape[1] - length + 1):
        full = ink[:, start : start + length].sum(axis=1) >= length * BRIDGED
        expected[:, start : start + length] |= full[:, None]
    assert np.array_equal(_runs_along(ink, length), expected & ink)
