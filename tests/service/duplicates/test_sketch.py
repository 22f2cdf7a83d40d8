"""Sketches: texts that share their words share their numbers, whatever copying did to the letters."""

from __future__ import annotations

import unicodedata
from hashlib import sha256

import numpy as np
import pytest
from copies import letter, scanned

from service.duplicates.sketch import LEAST, alike, shingles, sketched


def jaccard(one: str, other: str) -> float:
    here, there = set(shingles(one).tolist()), set(shingles(other).tolist())
    return len(here & there) / len(here | there)


@pytest.mark.parametrize(
    "changed",
    [
        lambda text: unicodedata.normalize("NFD", text),
        str.upper,
        lambda text: text.replace(" ", "\n  "),
        lambda text: text.replace("hòa", "hoà").replace(".", " ."),
        lambda text: "".join(c for c in unicodedata.normalize("NFD", text) if not unicodedata.combining(c)),
    ],
    ids=["decomposed", "capitals", "breaks", "points", "no marks"],
)
def test_spelling_and_layout_make_no_difference(changed):
    assert sketched(changed(letter(1))) == sketched(letter(1))


def test_a_sketch_estimates_what_two_texts_share():
    for seed in range(8):
        one = letter(seed, 40)
        other = "\n".join([*one.splitlines()[: 5 * seed], letter(100 + seed, 20)])
        (estimate,) = alike(sketched(one).numbers, [sketched(other).numbers])
        assert estimate == pytest.approx(jaccard(one, other), abs=0.15)


@pytest.mark.parametrize("share", [0.005, 0.015, 0.03])
def test_a_poor_scan_shares_a_band_with_its_original_and_another_letter_none(share: float):
    for seed in range(10):
        mine = set(sketched(letter(seed)).bands)
        assert mine & set(sketched(scanned(letter(seed), share)).bands)
        assert not mine & set(sketched(letter(50 + seed)).bands)


def test_a_text_of_a_line_has_no_sketch():
    assert sketched("Giao Sở Y tế báo cáo.") is None
    assert sketched("") is None
    assert sketched(" ".join(f"lời{number}" for number in range(LEAST + 2))) is not None


def test_sketches_are_kept_and_so_never_change():
    sketch = sketched(letter(7))
    assert len(sketch.numbers) == 4 * 128
    assert len(sketch.bands) == 32
    kept = sketch.numbers + np.array(sketch.bands, "<i8").tobytes()
    assert sha256(kept).hexdigest()[:16] == "989dcb5706fce050"
