"""The rule engine on a grammar of sums."""

import pytest

from pipeline.rules import LIMIT, WIDTH, Chart, Grammar, Node, Rule, grammar


def add(_: object, one: int, other: int) -> int:
    return one + other


SUMS = grammar(
    (
        Rule("number", "SUM", "NUM", lambda _, value: value),
        Rule("plus", "SUM", "SUM +|và SUM", add),
        Rule("bracket", "SUM", "( SUM )", lambda _, value: value),
        Rule("half", "HALF", "một? nửa SUM", lambda _, value: value // 2 if value % 2 == 0 else None),
    )
)


def chart(text: str, rules: Grammar = SUMS) -> Chart:
    terminals = {
        at: [Node("NUM", at, at + 1, int(word)) if word.isdigit() else Node(word, at, at + 1, word)]
        for at, word in enumerate(text.split())
    }
    return Chart(rules, terminals, None)


def whole(text: str, symbol: str) -> list[object]:
    width = len(text.split())
    return [node.value for node in chart(text).nodes(symbol) if (node.start, node.end) == (0, width)]


@pytest.mark.parametrize(("text", "value"), [("1", 1), ("1 + 2", 3), ("1 và 2 + 3", 6), ("( 1 + 2 ) + 3", 6)])
def test_rules_combine(text: str, value: int) -> None:
    assert whole(text, "SUM") == [value]


def test_optional_element_and_refusing_action() -> None:
    assert whole("nửa 4", "HALF") == whole("một nửa 4", "HALF") == [2]
    assert whole("nửa 3", "HALF") == []


def test_trace_names_the_rules_below() -> None:
    (node,) = [node for node in chart("( 1 + 2 )").nodes("SUM") if node.end - node.start == 5]
    assert (node.rule, node.trace()) == ("bracket", ("plus", "number", "number"))


def test_gap_stops_a_rule() -> None:
    assert whole("1 x 2", "SUM") == []


def test_work_is_bounded_on_endless_sums() -> None:
    nodes = list(chart(" + ".join("1" * 2000)).nodes("SUM"))
    assert max(node.end - node.start for node in nodes) <= WIDTH
    starts = [node.start for node in nodes]
    assert max(starts.count(start) for start in set(starts[:50])) <= LIMIT


def test_literals_are_known() -> None:
    assert {"+", "và", "(", ")", "một", "nửa"} == SUMS.words
