"""Two people change the same task: what can be merged is merged, what clashes is told."""

from __future__ import annotations

from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from service.review.values import FIELDS, changed, merge, values_of

HEALTH = {"name": "Sở Y tế", "unit_id": "so-y-te:hung-yen"}
FINANCE = {"name": "Sở Tài chính", "unit_id": "so-tai-chinh:hung-yen"}
MARCH = {"kind": "date", "date": "2026-03-31", "text": "trước ngày 31/3"}
APRIL = {"kind": "date", "date": "2026-04-30", "text": "trước ngày 30/4"}


def task(**values: Any) -> dict[str, Any]:
    return values_of(
        {"text": "Rà soát biên chế", "leads": [HEALTH], "cooperators": [], "deadline": MARCH} | values
    )


def test_changes_of_different_fields_are_both_kept():
    merged = merge(task(), theirs=task(leads=[FINANCE]), mine=task(deadline=APRIL))
    assert (merged.values["leads"], merged.values["deadline"]) == ([FINANCE], APRIL)
    assert merged.clashes == ()


def test_the_same_change_twice_is_no_clash():
    assert merge(task(), theirs=task(leads=[FINANCE]), mine=task(leads=[FINANCE])).clashes == ()


def test_different_changes_of_one_field_clash_and_what_stands_is_kept():
    merged = merge(task(), theirs=task(leads=[FINANCE]), mine=task(leads=[HEALTH, FINANCE]))
    assert [clash.field for clash in merged.clashes] == ["leads"]
    assert merged.values["leads"] == [FINANCE]


def test_the_order_of_units_is_no_change():
    assert changed(task(leads=[HEALTH, FINANCE]), task(leads=[FINANCE, HEALTH])) == ()


def test_a_deadline_of_kind_none_is_none():
    assert changed(task(deadline=None), task(deadline={"kind": "none", "date": None})) == ()


values = st.builds(
    task,
    text=st.sampled_from(["a", "b", "c"]),
    leads=st.lists(st.sampled_from([HEALTH, FINANCE]), max_size=2, unique_by=lambda unit: unit["name"]),
    deadline=st.sampled_from([None, MARCH, APRIL]),
    status=st.sampled_from(["proposed", "approved", "rejected"]),
)


@settings(suppress_health_check=[HealthCheck.too_slow], deadline=None)  # a busy machine
@given(values, values)
def test_what_nobody_else_touched_comes_out_as_asked(base: dict[str, Any], mine: dict[str, Any]):
    assert changed(merge(base, theirs=base, mine=mine).values, mine) == ()


@settings(suppress_health_check=[HealthCheck.too_slow], deadline=None)
@given(values, values, values)
def test_each_field_is_kept_merged_or_told(
    base: dict[str, Any], theirs: dict[str, Any], mine: dict[str, Any]
):
    merged = merge(base, theirs, mine)
    clashing = {clash.field for clash in merged.clashes}
    for name in FIELDS:
        one_sided = {name: merged.values[name]}
        if name in clashing:
            assert merged.values[name] == theirs[name]
        elif changed(base, mine | {other: base[other] for other in FIELDS if other != name}):
            assert not changed(base | one_sided, base | {name: mine[name]})
        else:
            assert merged.values[name] == theirs[name]
