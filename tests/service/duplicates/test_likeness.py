"""Whether two documents are one: what names them speaks first, their words where that is silent."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest
from copies import letter, scanned

from service.duplicates.likeness import Named, conflict, may_be_one

DAY = dt.date(2026, 3, 2)
ONE = Named("15/ct-ubnd", DAY, "uy ban nhan dan tinh mau son", frozenset({"so y te"}), text=letter(1))
COPY = replace(ONE, text=scanned(ONE.text))
UNREAD = replace(COPY, number="", issued_on=None)
NEXT_MONTH = ONE.text.replace("/2026", "/2027").replace(" 3", " 4")


@pytest.mark.parametrize(
    "other",
    [
        COPY,
        replace(COPY, issuer="ubnd tinh mau son"),
        replace(COPY, issuer=""),
        UNREAD,
        replace(UNREAD, text="Số: 15/CT-UBND\nVề việc thực hiện Kế hoạch số 8/KH-UBND\n" + UNREAD.text),
        replace(UNREAD, number="75/ct-ubnd", doubtful=frozenset({"number"})),
        replace(UNREAD, issued_on=dt.date(2020, 3, 2), doubtful=frozenset({"issued_on"})),
        replace(ONE, text=letter(1) + "\n" + letter(1, 4) + "\nPhụ lục kèm theo"),
        replace(ONE, addressees=frozenset({"so tai chinh"})),  # the same number: a copy sent to another unit
    ],
    ids=[
        "scan",
        "issuer cut short",
        "no issuer",
        "unread",
        "number in the text",
        "hand-written number",
        "day in doubt",
        "annex",
        "to",
    ],
)
def test_copies_are_one(other: Named):
    assert may_be_one(ONE, other)
    assert may_be_one(other, ONE)


@pytest.mark.parametrize(
    ("other", "why"),
    [
        (replace(ONE, number="16/ct-ubnd"), "number"),
        (replace(ONE, issued_on=dt.date(2026, 4, 2)), "issued_on"),
        (replace(ONE, issuer="bo tai chinh"), "issuer"),
        (replace(UNREAD, addressees=frozenset({"so tai chinh"})), "addressees"),
        (replace(UNREAD, text="Số: 16/CT-UBND\n" + UNREAD.text), "number"),
    ],
    ids=["form letter", "reissue", "another office", "another unit", "number in the text"],
)
def test_the_same_words_under_another_name_are_two(other: Named, why: str):
    assert conflict(ONE, other) == why
    assert may_be_one(ONE, other) is None


@pytest.mark.parametrize(
    "other",
    [
        replace(UNREAD, text=NEXT_MONTH),  # this month's report in last month's words
        replace(UNREAD, text=letter(2)),
        replace(UNREAD, text=letter(1, 6) + letter(3, 6)),
        replace(UNREAD, text=""),
        replace(ONE, text=letter(2)),  # number and day alone: the issue of service/judgement.py tells of it
    ],
    ids=["periodic", "another", "half", "nothing", "other words"],
)
def test_other_words_are_two(other: Named):
    assert may_be_one(ONE, other) is None
