"""The state machine: what may follow what, what has to be said, and that no order of steps breaks it."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

from service.tracking.life import (
    GIVEN,
    OPEN,
    Approval,
    Given,
    Lead,
    Life,
    NotAllowed,
    Standing,
    allowed,
    rules,
    stepped,
)

TODAY = dt.date(2026, 3, 20)
HEALTH, HOME = Lead("Sở Y tế", "so-y-te:hung-yen"), Lead("Sở Nội vụ", "so-noi-vu:hung-yen")
LETTER = Approval("412/UBND-TH", dt.date(2026, 3, 18))
FRESH = Standing(lead=HEALTH, due_on=dt.date(2026, 3, 31), text="Rà soát các trạm y tế")


def after(standing: Standing, *steps: tuple[str, Given]) -> Standing:
    for action, given in steps:
        standing = stepped(standing, action, given, TODAY)
    return standing


def test_a_unit_reports_completion_and_the_office_confirms_it():
    sent = after(
        FRESH,
        ("acknowledge", Given()),
        ("report", Given(note="đã xong một nửa", percent=50)),
        ("submit", Given(note="đã xong", done_on=dt.date(2026, 3, 19))),
    )
    assert (sent.life, sent.done_on, sent.percent) == (Life.AWAITING, dt.date(2026, 3, 19), 50)
    done = after(sent, ("confirm", Given()))
    assert (done.life, done.done_on, done.percent) == (Life.DONE, dt.date(2026, 3, 19), 100)


def test_what_was_updated_wrongly_is_returned_and_counts_as_not_done():
    back = after(FRESH, ("submit", Given(note="đã xong")), ("return", Given(note="thiếu số liệu cấp xã")))
    assert (back.life, back.done_on) == (Life.RETURNED, None)


def test_a_new_deadline_holds_once_it_is_granted_and_not_before():
    new = dt.date(2026, 4, 30)
    asked = after(FRESH, ("acknowledge", Given()), ("ask_adjustment", Given(note="mưa lũ", due=new)))
    assert (asked.life, asked.due_on) == (Life.ADJUSTMENT_ASKED, FRESH.due_on)
    granted = after(asked, ("grant", Given(approval=LETTER)))
    assert (granted.life, granted.due_on, granted.asked) == (Life.IN_PROGRESS, new, None)
    denied = after(asked, ("deny", Given(note="không đủ lý do")))
    assert (denied.life, denied.due_on, denied.asked) == (Life.IN_PROGRESS, FRESH.due_on, None)


def test_the_office_may_grant_another_day_than_the_one_asked_for():
    asked = after(FRESH, ("ask_adjustment", Given(note="mưa lũ", due=dt.date(2026, 6, 30))))
    granted = after(asked, ("grant", Given(approval=LETTER, due=dt.date(2026, 4, 15))))
    assert granted.due_on == dt.date(2026, 4, 15)


def test_a_refused_duty_goes_to_another_unit_or_stays():
    refused = after(FRESH, ("refuse", Given(note="không thuộc chức năng", lead=HOME)))
    moved = after(refused, ("transfer", Given(note="đúng chức năng", lead=HOME)))
    assert (moved.life, moved.lead) == (Life.NOT_STARTED, HOME)
    kept = after(refused, ("uphold", Given(note="thuộc Sở Y tế")))
    assert (kept.life, kept.lead) == (Life.NOT_STARTED, HEALTH)


def test_passing_on_to_the_leader_keeps_what_was_asked():
    asked = after(FRESH, ("ask_adjustment", Given(note="mưa lũ", due=dt.date(2026, 4, 30))))
    passed = after(asked, ("pass_on", Given(note="đề nghị đồng ý")))
    assert passed.with_leader
    assert after(passed, ("grant", Given(approval=LETTER))).due_on == dt.date(2026, 4, 30)


@pytest.mark.parametrize(
    ("action", "given", "why", "about"),
    [
        ("confirm", Given(), "state", "not_started"),
        ("submit", Given(), "missing", "note"),
        ("submit", Given(note="xong", done_on=dt.date(2026, 3, 21)), "future", "2026-03-21"),
        ("acknowledge", Given(percent=10), "extra", "percent"),
        ("adjust", Given(note="sửa"), "nothing", "adjust"),
        ("transfer", Given(note="chuyển", lead=HEALTH), "nothing", "transfer"),
    ],
)
def test_a_step_that_cannot_be_taken_says_why(action: str, given: Given, why: str, about: str):
    with pytest.raises(NotAllowed) as caught:
        stepped(FRESH, action, given, TODAY)
    assert (caught.value.why, caught.value.about) == (why, about)


def test_every_rule_can_be_taken_and_no_state_is_a_trap():
    reached = {life for rule in rules().values() for life in ({rule.to} if rule.to else set())}
    assert reached | {Life.NOT_STARTED} == set(Life)
    assert all(allowed(life) for life in Life)
    for one in rules().values():
        assert not {*one.needs, *one.may} - set(GIVEN)
        assert one.name
        assert one.why


class Lives(RuleBasedStateMachine):
    """Any action with any values, in any order."""

    def __init__(self) -> None:
        super().__init__()
        self.standing = FRESH

    @rule(
        action=st.sampled_from(sorted(rules())),
        given=st.builds(
            Given,
            note=st.sampled_from(["", "vì mưa"]),
            due=st.none() | st.dates(dt.date(2026, 1, 1), dt.date(2027, 1, 1)),
            text=st.sampled_from(["", "Rà soát"]),
            lead=st.sampled_from([None, HEALTH, HOME]),
            percent=st.none() | st.integers(0, 100),
            done_on=st.none() | st.dates(dt.date(2026, 1, 1), dt.date(2026, 12, 31)),
            approval=st.sampled_from([None, LETTER]),
        ),
    )
    def step(self, action: str, given: Given) -> None:
        before = self.standing
        try:
            self.standing = stepped(before, action, given, TODAY)
        except NotAllowed:
            assert self.standing is before
            return
        assert before.life in rules()[action].begins
        if self.standing.due_on != before.due_on:
            assert action in ("grant", "adjust", "transfer", "resume")
        if self.standing.lead != before.lead:
            assert action == "transfer"

    @precondition(lambda self: self.standing.life in OPEN)
    @rule()
    def can_always_be_closed(self) -> None:
        assert {"cancel", "transfer"} <= {one.action for one in allowed(self.standing.life)}

    @invariant()
    def what_is_done_has_its_day(self) -> None:
        assert (self.standing.done_on is not None) or self.standing.life not in (Life.DONE, Life.AWAITING)
        if self.standing.life in (Life.NOT_STARTED, Life.IN_PROGRESS, Life.RETURNED):
            assert self.standing.done_on is None

    @invariant()
    def what_was_asked_waits_only_while_it_is_asked(self) -> None:
        waits = self.standing.life in (Life.ADJUSTMENT_ASKED, Life.REFUSED)
        assert (self.standing.asked is not None) == waits
        if self.standing.with_leader:
            assert self.standing.life in (Life.AWAITING, Life.ADJUSTMENT_ASKED, Life.REFUSED)


TestLives = Lives.TestCase
TestLives.settings = settings(max_examples=60, stateful_step_count=25, deadline=None)
