"""Documents in, the parts for teaching and for checking out, so that nothing checked was seen in teaching.

Documents that say nearly the same (drafts, copies, a circular sent on) stay together, and so do those of one
issuer in one year, which share phrases. Whatever its neighbours, a group goes where the hash of its oldest
name sends it: new documents move no old ones, but for groups that they join.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations

from pipeline.text import match_key

_WORD = re.compile(r"\w+")
_SHINGLE = 5  # words that are compared at a time
_ALIKE = 0.5  # share of the smaller document's shingles from which two are nearly the same
_RARE = 50  # documents with a shingle, above which it is a formula and tells nothing


@dataclass(frozen=True, slots=True)
class Item:
    """A document: what it is known by, who issued it and when ("" and None where that is not known)."""

    id: str
    text: str
    issuer: str = ""
    issued_on: dt.date | None = None


def split(items: Sequence[Item], shares: Mapping[str, float], seed: str = "") -> dict[str, str]:
    """The part of each document, by id. `shares` are the parts' names with the share of documents that each
    is to hold, which add up to 1; another `seed` gives another split. Raises `ValueError` for other sums."""
    if abs(sum(shares.values()) - 1) > 1e-9:
        raise ValueError("các tỷ lệ phải có tổng là 1 (shares must add up to 1)")
    found: dict[str, str] = {}
    for group in groups(items):
        part = _part(f"{seed}/{min(group)}", shares)
        found |= dict.fromkeys(group, part)
    return found


def groups(items: Sequence[Item]) -> list[list[str]]:
    """The documents that must not be parted, by ids, in order of their first."""
    leader = {item.id: item.id for item in items}

    def first(name: str) -> str:
        while leader[name] != name:
            leader[name] = leader[leader[name]]
            name = leader[name]
        return name

    for one, other in (*_same_issuer_and_year(items), *_alike(items)):
        leader[max(first(one), first(other))] = min(first(one), first(other))
    found: dict[str, list[str]] = {}
    for item in sorted(items, key=lambda item: item.id):
        found.setdefault(first(item.id), []).append(item.id)
    return list(found.values())


def _same_issuer_and_year(items: Iterable[Item]) -> Iterable[tuple[str, str]]:
    known: dict[tuple[str, int], str] = {}
    for item in items:
        if item.issuer and item.issued_on:
            key = (" ".join(match_key(item.issuer).split()), item.issued_on.year)
            yield known.setdefault(key, item.id), item.id


def _alike(items: Sequence[Item]) -> Iterable[tuple[str, str]]:
    """Pairs that share most shingles of the smaller one."""
    shingles = {item.id: _shingles(item.text) for item in items}
    holders: dict[int, list[str]] = {}
    for name, them in shingles.items():
        for shingle in them:
            holders.setdefault(shingle, []).append(name)
    shared: dict[tuple[str, str], int] = {}
    for names in holders.values():
        if 1 < len(names) <= _RARE:
            for pair in combinations(sorted(names), 2):
                shared[pair] = shared.get(pair, 0) + 1
    for (one, other), number in shared.items():
        if number >= _ALIKE * min(len(shingles[one]), len(shingles[other])):
            yield one, other


def _shingles(text: str) -> set[int]:
    words = _WORD.findall(match_key(text))
    return {hash_of(" ".join(words[at : at + _SHINGLE])) for at in range(max(1, len(words) - _SHINGLE + 1))}


def hash_of(words: str) -> int:
    """A number that stays the same from run to run."""
    return int.from_bytes(hashlib.blake2b(words.encode(), digest_size=8).digest())


def _part(name: str, shares: Mapping[str, float]) -> str:
    place, edge = hash_of(name) / 2**64, 0.0
    for part, share in shares.items():
        edge += share
        if place < edge:
            return part
    return list(shares)[-1]
