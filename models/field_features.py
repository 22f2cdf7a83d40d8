"""What the field model sees of a text: its words and pairs of words, units apart."""

from __future__ import annotations

import itertools
import math
import re
from collections import Counter
from collections.abc import Iterable, Mapping

from pipeline.text import match_key
from pipeline.units import find_units

_TOKEN = re.compile(r"[^\W\d_]+|·")
_GAP = "·"  # where a unit stood: no pair of words reaches over it
_LEAST_NORM = 8.0  # a text of few words says little: it is not blown up to the length of others


def theme_terms(text: str) -> list[str]:
    """The words of a text without its units' names: who has to do it does not say what it is about."""
    key = match_key(text)
    for mention in reversed(find_units(text)):
        key = f"{key[: mention.span.start]} {_GAP} {key[mention.span.end :]}"
    return terms(key)


def name_terms(names: Iterable[str]) -> list[str]:
    """The words of units' names."""
    return terms(match_key(f" {_GAP} ".join(names)))


def terms(key: str) -> list[str]:
    """The words of a key (`match_key`) and the pairs of neighbours."""
    tokens = _TOKEN.findall(key)
    single = [token for token in tokens if len(token) > 1]
    pairs = [f"{a} {b}" for a, b in itertools.pairwise(tokens) if _GAP not in {a, b}]
    return single + pairs


def weighed(found: Iterable[str], rarity: Mapping[str, float]) -> dict[str, float]:
    """Each known term's weight in a text, by how often it stands there and how rare it is."""
    weights = {
        term: (1.0 + math.log(count)) * rarity[term]
        for term, count in Counter(found).items()
        if term in rarity
    }
    norm = max(math.sqrt(sum(value * value for value in weights.values())), _LEAST_NORM)
    return {term: value / norm for term, value in weights.items()}
