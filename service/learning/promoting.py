"""A candidate into use, or back: refused where a protected slice gets worse. Store and disk say the same.

The store keeps the history; on disk lies what reading processes look at. The disk is written within the
store's transaction, so that a failure of either leaves both as they were, but for one between the two: then
`states` tells of it, and promoting again puts it right.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from annotation.evaluation.guarding import Change
from models.registry import BrokenModelError, Registry, card_of
from service.learning.documents import of_store
from service.learning.promoted import KINDS
from service.learning.rehearsing import Pair, rehearsed
from service.settings import Settings
from service.store import Store


class Refused(ValueError):  # noqa: N818 - says what happened
    """A protected slice gets worse, or nothing is there to measure by; the message says which."""


@dataclass(frozen=True, slots=True)
class State:
    """A model as the store knows it; `trouble` where it cannot be used."""

    id: str
    kind: str
    state: str
    trained_at: str
    trouble: str


@dataclass(frozen=True, slots=True)
class States:
    """All models, and in what store and disk do not agree."""

    models: tuple[State, ...]
    troubles: tuple[str, ...]


def promote_model(store: Store, settings: Settings, name: str, actor: str, force: str = "") -> str:
    """Takes a model into use; its id. Raises `BrokenModelError`, `Refused` where `force` is no reason."""
    registry = Registry(settings.models_dir)
    identifier = registry.named(name)
    model = registry.get(identifier)
    with store.reading() as work:
        row = work.models.find(identifier)
        current = work.models.current(model.card.kind)
    if row is None or card_of(row.card) != model.card:
        raise BrokenModelError(
            f"{identifier[:12]}: thẻ trên đĩa khác với trong kho (card is not the store's)"
        )
    pair = Pair(model.card.kind, current, identifier)
    found = rehearsed(settings, of_store(store, settings), pair)
    if not force.strip():
        _guard(settings, found.changes)
    with store.begin() as work:
        work.models.promote(model.card.kind, identifier, actor, force.strip())
        work.budget.estimates.keep(found.estimates)
        registry.promote(model.card.kind, identifier)
    return identifier


def roll_back(store: Store, settings: Settings, actor: str, kind: str = KINDS[0]) -> str:
    """Takes the model before into use; its id, "" for the shipped one. Raises `NothingBefore`, or
    `BrokenModelError` where it cannot be used any more."""
    with store.begin() as work:
        identifier = work.models.roll_back(kind, actor)
        Registry(settings.models_dir).promote(kind, identifier)
    return identifier


def _guard(settings: Settings, found: Sequence[Change]) -> None:
    if not found:
        raise Refused(
            "không có văn bản đã rà soát nào mà mô hình chưa học; --force và lý do "
            "(no reviewed document that did not teach it; give a reason with --force)"
        )
    worse = [one for one in found if one.worse and one.slice in settings.protected_slices]
    if worse:
        lines = [
            f"{one.slice} {one.measure} {one.difference.value:+.3f} ({one.documents} văn bản)"
            for one in worse
        ]
        raise Refused("lát cắt được bảo vệ kém đi (a protected slice gets worse): " + "; ".join(lines))


def states(store: Store, settings: Settings) -> States:
    """What store and disk say, checked against each other."""
    registry = Registry(settings.models_dir)
    with store.reading() as work:
        rows = work.models.every()
        current = {kind: work.models.current(kind) for kind in KINDS}
        found = tuple(
            State(one.id, one.kind, one.state, one.card["trained_at"], _trouble(registry, one.id))
            for one in rows
        )
    troubles = [one.trouble for one in found if one.trouble]
    known = {one.id for one in found}
    troubles += [
        f"{one[:12]}: có trên đĩa, không có trong kho (not in the store)"
        for one in registry.ids()
        if one not in known
    ]
    try:
        used = registry.promoted()
    except BrokenModelError as error:
        return States(found, (*troubles, str(error)))
    troubles += [
        f"{used.get(kind, '')[:12]} ≠ {one[:12]}: kho và đĩa khác nhau (store and disk do not agree)"
        for kind, one in current.items()
        if used.get(kind, "") != one
    ]
    return States(found, tuple(troubles))


def _trouble(registry: Registry, identifier: str) -> str:
    try:
        registry.get(identifier)
    except BrokenModelError as error:
        return str(error)
    return ""
