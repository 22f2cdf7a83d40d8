"""The corpus is the specification: each phrase one reading, each rule and look-alike class needed."""

import datetime as dt
import re
from collections import Counter, defaultdict
from collections.abc import Callable

import pytest

from pipeline.deadlines import explain, find_deadlines, find_lookalikes, finder, lookalikes, read_cell
from pipeline.deadlines.corpus import CELLS, CLAUSES, EXAMPLES, NEGATIVES, OTHER_EVENTS
from pipeline.deadlines.corpus_form import ISSUED, Example, InClause, Negative, Value
from pipeline.deadlines.finder import deadline_grammar
from pipeline.deadlines.lexer import key_of, terminals_of, tokens_of
from pipeline.deadlines.lookalikes import LOOKALIKES
from pipeline.deadlines.values import Context
from pipeline.remembered import forget
from pipeline.rules import Chart, Node, grammar
from pipeline.text import same_tone
from pipeline.types import Deadline, DeadlineKind

DAY = dt.date.fromisoformat(ISSUED)
HANGING = (DeadlineKind.EVENT, DeadlineKind.RELATIVE)


def named(example: Example | InClause | Negative) -> str:
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


@pytest.mark.parametrize("clause", CLAUSES, ids=named)
def test_clause_holds_these_deadlines(clause: InClause) -> None:
    assert tuple((found.text, value(found)) for found in find_deadlines(clause.text, DAY)) == clause.found


@pytest.mark.parametrize("negative", NEGATIVES, ids=named)
def test_look_alike_gives_nothing(negative: Negative) -> None:
    assert find_deadlines(negative.text, DAY) == ()


def test_corpus_is_large_and_says_nothing_twice() -> None:
    phrases = Counter((example.phrase, example.issued_on) for example in EXAMPLES)
    assert len(phrases) >= 500
    assert max(phrases.values()) == 1
    assert max(Counter(negative.text for negative in NEGATIVES).values()) == 1


# ---------------------------------------------------------------- traces


@pytest.mark.parametrize(
    "example", [one for one in (*EXAMPLES, *CELLS) if one.value.kind in HANGING], ids=named
)
def test_an_event_is_named_in_the_words_of_the_phrase(example: Example) -> None:
    (reading,) = explain(example.phrase, example.issued_on)
    lone = not re.search(r"kể|tính|sau (?:khi|ngày)|trước|so với", example.phrase)
    if reading.trigger is None:  # a mere length: "trong vòng 24 giờ"
        assert (reading.kind, lone) == (DeadlineKind.RELATIVE, True)
    else:
        assert example.phrase.endswith(reading.trigger) or reading.kind is DeadlineKind.RELATIVE
        assert reading.trigger in example.phrase
        assert reading.trigger in reading.words


@pytest.mark.parametrize("example", (*EXAMPLES, *CELLS), ids=named)
def test_words_end_with_the_value(example: Example) -> None:
    (reading,) = explain(example.phrase, example.issued_on)
    if reading.date is not None:
        assert reading.words.endswith(f" → {reading.date:%d/%m/%Y}")
    elif reading.rrule is not None:
        assert reading.words.endswith(f" → {reading.rrule}")
    else:
        assert "→" not in reading.words or reading.flags


# ---------------------------------------------------------------- nothing idle


def test_no_rule_can_be_removed(monkeypatch: pytest.MonkeyPatch) -> None:
    rules = deadline_grammar().rules
    fired = derived()
    idle = []
    for rule in rules:
        less = grammar(other for other in rules if other is not rule)
        monkeypatch.setattr(finder, "deadline_grammar", lambda less=less: less)
        forget()
        if all(values_of(read(example)) == right for example, right in fired[rule.name]):
            idle.append(rule.name)
    assert idle == []


def derived() -> dict[str, list[tuple[Example | InClause, list[Value]]]]:
    """By rule: the examples in whose reading it takes part, shortest first, and their values."""
    fired: dict[str, list[tuple[Example | InClause, list[Value]]]] = defaultdict(list)
    for example in sorted((*EXAMPLES, *CELLS, *CLAUSES), key=lambda one: len(named(one))):
        readings = read(example)
        for name in {name for reading in readings for name in (reading.rule, *reading.parts)}:
            fired[name].append((example, values_of(readings)))
    return fired


def read(example: Example | InClause) -> list[Deadline]:
    """All that is read in an example: a clause, or a phrase and a cell."""
    if isinstance(example, InClause):
        return list(find_deadlines(example.text, DAY))
    cell = read_cell(example.phrase, example.issued_on) if example in CELLS else None
    return [*explain(example.phrase, example.issued_on), *((cell,) if cell else ())]


def values_of(readings: list[Deadline]) -> list[Value]:
    return [value(reading) for reading in readings]


def test_every_alternative_in_a_rule_is_used_by_an_example() -> None:
    used = {pair for example in (*EXAMPLES, *CELLS) for node in whole(example) for pair in elements(node)}
    written = {
        (rule.name, symbol)
        for rule in deadline_grammar().rules
        for element in rule.pattern.split()
        for symbol in element.removesuffix("?").split("|")
    }
    assert written - used == set()


def whole(example: Example) -> list[Node]:
    """The derivations of a whole phrase, as a clause's or a cell's."""
    key = key_of(example.phrase)
    tokens = tokens_of(key)
    terminals = terminals_of(tokens, key, example.phrase, deadline_grammar().words)
    chart = Chart(deadline_grammar(), terminals, Context(example.issued_on))
    nodes = [*chart.nodes("DEADLINE"), *chart.nodes("CELL")]
    return [node for node in nodes if (node.start, node.end) == (0, len(tokens))]


def elements(node: Node) -> set[tuple[str, str]]:
    """(rule, symbol) of every part of a derivation."""
    own = {(node.rule, child.symbol) for child in node.children}
    return own.union(*(elements(child) for child in node.children))


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


def test_no_look_alike_class_can_be_removed(monkeypatch: pytest.MonkeyPatch) -> None:
    idle = []
    for lookalike in LOOKALIKES:
        rest = tuple(other for other in LOOKALIKES if other is not lookalike)
        monkeypatch.setattr(lookalikes, "LOOKALIKES", rest)
        forget()
        if not any(find_deadlines(one.text, DAY) for one in NEGATIVES if one.kind == lookalike.name):
            idle.append(lookalike.name)
    assert idle == []


# ---------------------------------------------------------------- ways of writing


@pytest.mark.parametrize(
    "vary",
    [
        pytest.param(lambda phrase: phrase.upper(), id="capitals"),
        pytest.param(lambda phrase: phrase.replace("hằng", "hàng"), id="hàng for hằng"),
        pytest.param(lambda phrase: phrase.replace("kỳ", "kì"), id="kì for kỳ"),
        pytest.param(lambda phrase: phrase.replace("quý", "quí"), id="quí for quý"),
        pytest.param(lambda phrase: phrase.replace("-", "–"), id="long dashes"),
        pytest.param(lambda phrase: phrase.replace(" ", "  "), id="double spaces"),
        pytest.param(same_tone, id="one tone style"),
        pytest.param(lambda phrase: re.sub(r"(\d)/(\d)", r"\1/ \2", phrase), id="split figures"),
        pytest.param(lambda phrase: re.sub(r"\b(ngày|tháng) (?=\d)", r"\1", phrase), id="glued figures"),
        pytest.param(lambda phrase: re.sub(r"\b([1-9])(?=/\d)", r"0\1", phrase), id="padded figures"),
    ],
)
def test_writing_does_not_change_the_value(vary: Callable[[str], str]) -> None:
    changed = {}
    for example in EXAMPLES:
        readings = explain(vary(example.phrase), example.issued_on)
        if values_of(list(readings)) != [example.value]:
            changed[vary(example.phrase)] = readings
    assert changed == {}
