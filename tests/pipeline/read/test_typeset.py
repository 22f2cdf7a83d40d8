"""Laying text without pages out on A4."""

import itertools
from xml.etree import ElementTree

from hypothesis import given
from hypothesis import strategies as st

from pipeline.read.flow import Align, Break, Flow, FlowCell, FlowTable, Stretch, flow_of, pieces_of
from pipeline.read.typeset import svg_page, typeset
from pipeline.types import Line, Table

LONG = "Ủy ban nhân dân tỉnh yêu cầu các sở, ban, ngành rà soát, tổng hợp và báo cáo kết quả. " * 4


def lines_on(page):
    for item in page.items:
        if isinstance(item, Line):
            yield item
        else:
            yield from (line for row in item.rows for cell in row for line in cell.lines)


texts = st.text(alphabet="aăbcđ mwỆ.-\t  ", min_size=1, max_size=300)
flows = st.builds(
    lambda text, align, indent, first: Flow((Stretch(pieces_of(text)),), align, indent, first),
    texts,
    st.sampled_from(Align),
    st.floats(-100, 600),
    st.floats(-100, 600),
)


@st.composite
def tables(draw):
    columns = draw(st.integers(1, 6))
    cells = st.builds(lambda flow: FlowCell((flow,)), flows)
    rows = draw(st.lists(st.tuples(*[cells] * columns), min_size=1, max_size=5))
    widths = tuple(draw(st.lists(st.floats(0, 1000), min_size=columns, max_size=columns)))
    return FlowTable(tuple(rows), widths, draw(st.booleans()))


blocks = st.lists(
    st.one_of(flows, tables(), st.builds(Break, st.sampled_from([None, True, False]))), max_size=8
)


@given(blocks)
def test_words_lie_on_the_page_and_do_not_overlap(found):
    for page in typeset(found):
        for line in lines_on(page):
            for word in line.words:
                assert 0 <= word.box.x0 < word.box.x1 <= page.width
                assert 0 <= word.box.y0 < word.box.y1 <= page.height
            for left, right in itertools.pairwise(line.words):
                assert left.box.x1 <= right.box.x0 + 0.02


@given(blocks)
def test_typesetting_loses_no_word_and_is_deterministic(found):
    pages = typeset(found)
    assert pages == typeset(found)
    assert [page.number for page in pages] == list(range(1, len(pages) + 1))
    written = [piece.text for block in found for piece in pieces_in(block)]
    assert [word.text for page in pages for line in lines_on(page) for word in line.words] == written


def pieces_in(block):
    if isinstance(block, Flow):
        yield from (piece for stretch in block.stretches for piece in stretch.pieces)
    elif isinstance(block, FlowTable):
        yield from (
            piece for row in block.rows for cell in row for flow in cell.flows for piece in pieces_in(flow)
        )


def test_only_a_paragraphs_first_line_opens_it():
    (page,) = typeset([flow_of(pieces_of(LONG)), flow_of(pieces_of("Nơi nhận:"))])
    assert [line.opens for line in page.items] == [True, *[False] * (len(page.items) - 2), True]


def test_alignment_shows_in_the_boxes():
    sides = (Align.LEFT, Align.CENTRE, Align.RIGHT)
    (page,) = typeset([flow_of(pieces_of("CHỈ THỊ"), align) for align in sides])
    left, centred, right = (line.box for line in page.items)
    assert left.x0 == 85
    assert abs((centred.x0 + centred.x1) / 2 - (85 + 552) / 2) < 0.1
    assert abs(right.x1 - 552) < 0.1
    assert [line.centred for line in page.items] == [False, True, False]


def test_long_text_goes_on_over_pages():
    pages = typeset([flow_of(pieces_of(LONG)) for _ in range(40)])
    assert len(pages) > 2
    assert all(page.height == 842 for page in pages)


def cell(text, **spans):
    return FlowCell((flow_of(pieces_of(text)),), **spans)


def test_a_table_is_cut_between_rows_and_keeps_its_heading_with_them():
    heading = (cell("STT"), cell("Nhiệm vụ"))
    rows = tuple((cell(str(number)), cell(LONG)) for number in range(30))
    filled = [flow_of(pieces_of("dòng")) for _ in range(35)]
    pages = typeset([*filled, FlowTable((heading, *rows), (1, 6))])
    parts = [item for page in pages for item in page.items if isinstance(item, Table)]
    assert len(parts) > 2
    assert all(len(part.rows) > 1 for part in parts)
    assert sum(len(part.rows) for part in parts) == 31


def test_a_merged_cell_is_shown_on_each_page_it_reaches():
    first = cell("Sở Y tế", rows=60)
    repeated = FlowCell(first.flows, rows=60, merged=True)
    rows = [(first if number == 0 else repeated, cell(LONG)) for number in range(60)]
    pages = typeset([FlowTable(tuple(rows), (1, 4))])
    assert len(pages) > 2
    for page in pages:
        (table,) = page.items
        assert table.rows[0][0].lines[0].text == "Sở Y tế"
        assert table.rows[0][0].merged == (page.number > 1)


def test_the_picture_of_a_page_is_an_svg_that_loads_nothing():
    table = FlowTable(((cell("a < b"), cell("c & d")),), (1, 1))
    (page,) = typeset([table, flow_of(pieces_of("Điều 1.", bold=True))])
    picture = svg_page(page)
    root = ElementTree.fromstring(picture)
    assert [node.text for node in root.iter("{http://www.w3.org/2000/svg}text")] == [
        *("a", "<", "b", "c", "&", "d"),
        *("Điều", "1."),
    ]
    assert len(list(root.iter("{http://www.w3.org/2000/svg}rect"))) == 3
    assert "href" not in picture and "url(" not in picture
