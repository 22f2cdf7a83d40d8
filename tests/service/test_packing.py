"""A recognised page comes back from its bytes as it was, to the last digit."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.read.marks import Mark
from pipeline.read.scanned import Scanned
from pipeline.types import Box, Cell, Line, Secrecy, Span, Table, Word
from service.packing import packed, unpacked

numbers = st.floats(allow_nan=False, allow_infinity=False)
boxes = st.builds(Box, numbers, numbers, numbers, numbers)
texts = st.text(max_size=8)
words = st.builds(
    Word,
    texts,
    boxes,
    size=numbers,
    bold=st.booleans(),
    italic=st.booleans(),
    raw=st.none() | texts,
    source=st.none() | st.builds(Span, st.integers(), st.integers()),
    confidence=st.none() | numbers,
)
lines = st.builds(
    Line,
    st.lists(words, max_size=3).map(tuple),
    opens=st.none() | st.booleans(),
    centred=st.none() | st.booleans(),
)
cells = st.builds(Cell, st.lists(lines, max_size=2).map(tuple), box=st.none() | boxes, merged=st.booleans())
rows = st.lists(cells, max_size=2).map(tuple)
tables = st.builds(Table, st.lists(rows, max_size=2).map(tuple), box=st.none() | boxes, ruled=st.booleans())
pages = st.builds(
    Scanned,
    st.lists(lines | tables, max_size=3).map(tuple),
    turned=st.sampled_from((0, 90, 180, 270)),
    mark=st.builds(Mark, st.sampled_from(Secrecy), doubtful=st.booleans()),
)


@given(pages)
def test_a_page_comes_back_as_it_was(page: Scanned):
    back = unpacked(packed(page))
    assert back == page
    assert repr(back) == repr(page)


def test_what_was_not_packed_is_refused():
    with pytest.raises(ValueError, match="items"):
        unpacked(b'{"turned": 90}')
