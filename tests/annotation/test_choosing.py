from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from annotation.choosing import Candidate, chosen, doubt

DYKES = "Sở Nông nghiệp kiểm tra đê điều trước mùa lũ và báo cáo Ủy ban nhân dân tỉnh"
CHESS = "Giao Hội Cờ tướng mở giải giao hữu giữa các thôn ven biển trong dịp hội làng"


def names(candidates: list[Candidate], labelled: list[str], most: int = 9) -> list[str]:
    return [one.id for one in chosen(candidates, labelled, most)]


def test_doubt_comes_first_among_what_is_equally_new():
    assert names([Candidate("chắc", DYKES, (0.95,)), Candidate("ngờ", CHESS, (0.4,))], []) == ["ngờ", "chắc"]


def test_what_is_known_teaches_nothing_however_doubtful():
    (first, second) = chosen([Candidate("cũ", DYKES, (0.1,)), Candidate("mới", CHESS, (0.8,))], [DYKES], 9)
    assert (first.id, second.novelty) == ("mới", 0.0)


def test_of_two_alike_one_is_enough():
    alike = [Candidate("a", DYKES, (0.3,)), Candidate("b", DYKES, (0.31,)), Candidate("c", CHESS, (0.6,))]
    assert names(alike, [], most=2) == ["a", "c"]


def test_a_document_without_tasks_is_neither_sure_nor_hopeless():
    assert doubt(Candidate("không", DYKES, ())) == 0.5


TEXTS = st.text("abcd đ", max_size=40)


@given(
    st.lists(st.builds(Candidate, st.uuids().map(str), TEXTS, st.lists(st.floats(0, 1)).map(tuple))),
    st.lists(TEXTS),
)
def test_each_is_chosen_once(candidates: list[Candidate], labelled: list[str]):
    found = list(chosen(candidates, labelled, len(candidates)))
    assert sorted(one.id for one in found) == sorted(one.id for one in candidates)
    assert all(0 <= one.worth <= 1 for one in found)
