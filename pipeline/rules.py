"""A small rule engine: terminals at token positions in, every derivable node out (bottom-up chart).

A rule names what it makes, from what ("trước ngày? WHEN"), and by which function. Symbols in upper
case are classes, all else are the words themselves; "a|b" is either, "x?" may be missing. The work
is bounded: a node covers at most `WIDTH` tokens, at most `LIMIT` start at one, and `PATIENCE` rules
are tried a token on average (`CEILING` in all, enough for half a million characters of tasks with
a deadline each), so no text can make it blow up.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

LIMIT = 64
WIDTH = 80
PATIENCE = 4
ALLOWANCE = 20_000
CEILING = 200_000

Action = Callable[..., object]


@dataclass(frozen=True, slots=True)
class Rule:
    """`makes` a symbol out of `pattern`; `action(context, *values)` gives its value, None refuses."""

    name: str
    makes: str
    pattern: str
    action: Action


def word(_context: object, *_values: object) -> str:
    """Action of a rule whose words carry no value of their own ("trước", "chậm nhất là")."""
    return "·"


def same(_context: object, value: object) -> object:
    """Action of a rule that hands its part's value up."""
    return value


class Node(NamedTuple):
    """A symbol over the tokens `start` to `end` (half-open) with its value and derivation."""

    symbol: str
    start: int
    end: int
    value: object
    rule: str = ""
    children: tuple[Node, ...] = ()

    def trace(self) -> tuple[str, ...]:
        """Names of the rules below this node, outermost first."""
        below: list[str] = []
        for child in self.children:
            if child.rule:
                below += (child.rule, *child.trace())
        return tuple(below)


@dataclass(frozen=True, slots=True)
class _Production:
    rule: Rule
    rest: tuple[tuple[str, ...], ...]


@dataclass(slots=True)
class _Starts:
    """What a symbol can begin: rules of it alone, and rules by the symbol that must follow."""

    alone: list[Rule] = field(default_factory=list)
    before: dict[str, list[_Production]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Grammar:
    """Rules indexed by the first symbols that they need; `words` are the literals they mention."""

    rules: tuple[Rule, ...]
    words: frozenset[str]
    starts: dict[str, _Starts]


def grammar(rules: Iterable[Rule]) -> Grammar:
    """Compile rules; every optional element doubles the productions of its rule."""
    rules = tuple(rules)
    starts: dict[str, _Starts] = {}
    words: set[str] = set()
    for rule in rules:
        for elements in _expand(rule.pattern.split()):
            words.update(symbol for element in elements for symbol in element if not symbol.isupper())
            for first in elements[0]:
                start = starts.setdefault(first, _Starts())
                if len(elements) == 1:
                    start.alone.append(rule)
                    continue
                for second in elements[1]:
                    start.before.setdefault(second, []).append(_Production(rule, elements[2:]))
    return Grammar(rules, frozenset(words), starts)


def _expand(elements: Sequence[str]) -> Iterator[tuple[tuple[str, ...], ...]]:
    if not elements:
        yield ()
        return
    optional = elements[0].endswith("?") and elements[0] != "?"
    head = tuple(elements[0].removesuffix("?").split("|"))
    for rest in _expand(elements[1:]):
        yield (head, *rest)
        if optional:
            yield rest


class Chart:
    """All nodes over a token sequence, by start and symbol."""

    def __init__(self, rules: Grammar, terminals: dict[int, list[Node]], context: object) -> None:
        """`terminals` maps token positions to the nodes that start there; built right to left."""
        self._rules = rules
        self._context = context
        self._at: dict[int, dict[str, list[Node]]] = {}
        self._tries = min(CEILING, ALLOWANCE + PATIENCE * len(terminals))
        for position in sorted(terminals, reverse=True):
            if self._tries <= 0:
                break
            self._fill(position, terminals[position])

    def nodes(self, symbol: str) -> Iterator[Node]:
        """Nodes of a symbol, from the right end of the text to the left."""
        for found in self._at.values():
            yield from found.get(symbol, ())

    def _fill(self, position: int, terminals: list[Node]) -> None:
        here: dict[str, list[Node]] = {}
        self._at[position] = here
        seen: set[tuple[str, int, object]] = set()
        agenda = list(reversed(terminals))
        count = 0
        while agenda and count < LIMIT and self._tries > 0:
            node = agenda.pop()
            key = (node.symbol, node.end, node.value)
            if key in seen:
                continue
            seen.add(key)
            count += 1
            here.setdefault(node.symbol, []).append(node)
            agenda.extend(self._derive(node))

    def _derive(self, node: Node) -> Iterator[Node]:
        """Nodes that begin with `node`."""
        starts = self._rules.starts.get(node.symbol)
        if starts is None:
            return
        for rule in starts.alone:
            yield from self._apply(rule, (node,))
        following = self._at.get(node.end)
        if not starts.before or not following:
            return
        for symbol in sorted(following.keys() & starts.before.keys()):
            for production in starts.before[symbol]:
                for second in following[symbol]:
                    for children in self._complete(production.rest, (node, second)):
                        yield from self._apply(production.rule, children)

    def _complete(
        self, rest: tuple[tuple[str, ...], ...], children: tuple[Node, ...]
    ) -> Iterator[tuple[Node, ...]]:
        if not rest:
            yield children
            return
        found = self._at.get(children[-1].end)
        if not found:
            return
        for symbol in rest[0]:
            for node in found.get(symbol, ()):
                yield from self._complete(rest[1:], (*children, node))

    def _apply(self, rule: Rule, children: tuple[Node, ...]) -> Iterator[Node]:
        self._tries -= 1
        start, end = children[0].start, children[-1].end
        if self._tries < 0 or end - start > WIDTH:
            return
        value = rule.action(self._context, *(child.value for child in children if child.symbol.isupper()))
        if value is not None:
            yield Node(rule.makes, start, end, value, rule.name, children)
