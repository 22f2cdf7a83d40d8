"""The corpus is the specification: each phrase one reading, each rule and look-alike class used."""

import datetime as dt
import re
from collections import Counter

import pytest

from pipeline.deadlines import explain, find_deadlines, find_lookalikes, read_cell
from pipeline.deadlines.corpus import CELLS, EXAMPLES, NEGATIVES, OTHER_EVENTS
from pipeline.deadlines.corpus_form import ISSUED, Example, Negative, Value
from pipeline.deadlines.finder import deadline_grammar
from pipeline.deadlines.lookalikes import LOOKALIKES
from pipeline.text import same_tone
from pipeline.types import Deadline

DAY = dt.date.fromisoformat(ISSUED)


def named(example: Example | Negative) -> str:
    return example.phrase if isinstance(example, Example) else example.text[:60]


def value(reading: Deadline) -> Value:
    return Value(reading.kind, reading.date, reading.time, reading.rrule, frozenset(reading.flags))


@pytest.mark.parametrize("example", (*EXAMPLES, *CELLS), ids=named)
def test_phrase_has_exactly_one_reading(example: Example) -> None:
    readings = explain(example.phrase, example.issued_on)
    assert [value(reading) for reading in readings] == [example.value]
    assert readings[0].text == example.phrase
    assert readings[0].rule
    assert readings[0].words


@pytest.mark.parametrize("example", (*CELLS, *OTHER_EVENTS), ids=named)
def test_cell_is_read_as_a_whole(example: Example) -> None:
    reading = read_cell(f" {example.phrase} ", example.issued_on)
    assert reading is not None
    assert value(reading) == example.value
    assert reading.text == example.phrase


@pytest.mark.parametrize("negative", NEGATIVES, ids=named)
def test_look_alike_gives_nothing(negative: Negative) -> None:
    assert find_deadlines(negative.text, DAY) == ()


def test_corpus_is_large_and_says_nothing_twice() -> None:
    phrases = Counter((example.phrase, example.issued_on) for example in EXAMPLES)
    assert len(phrases) >= 500
    assert max(phrases.values()) == 1
    assert max(Counter(negative.text for negative in NEGATIVES).values()) == 1


def test_every_rule_is_fired_by_an_example() -> None:
    fired = {
        rule
        for example in (*EXAMPLES, *CELLS)
        for reading in explain(example.phrase, example.issued_on)
        for rule in (reading.rule, *reading.parts)
    }
    fired |= {reading.rule for example in CELLS if (reading := read_cell(example.phrase, example.issued_on))}
    assert {rule.name for rule in deadline_grammar().rules} - fired == set()


def test_rule_names_are_unique() -> None:
    names = Counter(rule.name for rule in deadline_grammar().rules)
    assert [name for name, count in names.items() if count > 1] == []


def test_every_look_alike_class_has_a_negative() -> None:
    held = {
        name
        for negative in NEGATIVES
        for _, name in find_lookalikes(negative.text, DAY)
        if name == negative.kind
    }
    assert held == {lookalike.name for lookalike in LOOKALIKES}


@pytest.mark.parametrize(
    "vary",
    [
        pytest.param(lambda phrase: phrase.upper(), id="capitals"),
        pytest.param(lambda phrase: phrase.replace("hằng", "hàng"), id="hàng for hằng"),
        pytest.param(lambda phrase: phrase.replace("kỳ", "kì"), id="kì for kỳ"),
        pytest.param(lambda phrase: phrase.replace(" ", "  "), id="double spaces"),
        pytest.param(same_tone, id="one tone style"),
        pytest.param(lambda phrase: re.sub(r"(\d)/(\d)", r"\1/ \2", phrase), id="split figures"),
    ],
)
def test_writing_does_not_change_the_value(vary) -> None:
    changed = {}
    for example in EXAMPLES:
        readings = explain(vary(example.phrase), example.issued_on)
        if [value(reading) for reading in readings] != [example.value]:
            changed[example.phrase] = readings
    assert changed == {}
