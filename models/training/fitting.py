"""Examples of tasks that are right or wrong in, the confidence models fitted and calibrated out.

A logistic model a field. What is said of documents that are set aside comes from models that have not seen
them (`crossed`). No chance in it: the same examples give the same models.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np

from models.confidence import FIELDS, Logistic
from models.training.examples import Example
from models.training.logistic import Array, calibrated, fit, matrix, platt

LEAST_DOCUMENTS = 3  # a fact that fewer documents show teaches nothing
STRENGTHS = (3.0, 10.0, 30.0, 100.0, 300.0)  # penalties tried, by cross-validation over documents
READ = "read"  # of an example: rules were written against its document, which flatters them
GROUPS = 6  # of documents left out in turn, to choose a penalty
AGAINST = {  # can only speak against a task, whatever the few documents that show it say by chance
    "begins_small",
    "cooperation_unread",
    "cooperators_long",
    "dismissable",
    "illegible",
    "leads_fuzzy",
    "leads_long",
    "leads_unknown",
    "page_illegible",
    "second_missed",
    "time_unread",
    "unfinished",
    "units_left",
}
CLASSES = ("nature", "field")  # the classifier says itself how likely it is right
OTHERS = tuple(field for field in FIELDS if field not in CLASSES)
Models = dict[str, Logistic]
OF_CLASSES: Models = {field: Logistic(0.0, {f"{field}_odds": 1.0}) for field in CLASSES}
"""What the classifier says of itself, not yet calibrated."""


# ---------------------------------------------------------------- examples → models


def trained(examples: Sequence[Example], field: str, strength: float) -> Logistic:
    """One field's model, not yet calibrated; long documents count for less."""
    rows = [one for one in examples if field in one.right]
    model = _fitted(rows, field, strength)
    while wrong := {name for name in AGAINST if model.weights.get(name, 0.0) > 0}:
        rows = [_without(one, wrong) for one in rows]
        model = _fitted(rows, field, strength)
    return model


def _fitted(rows: Sequence[Example], field: str, strength: float) -> Logistic:
    made = matrix([one.facts for one in rows], [one.document for one in rows], LEAST_DOCUMENTS)
    return fit(made, _right(rows, field), _weights(rows), strength)


def _without(one: Example, names: Collection[str]) -> Example:
    return replace(one, facts={key: value for key, value in one.facts.items() if key not in names})


def strongest(examples: Sequence[Example], field: str) -> float:
    """The penalty with the least loss on documents left out, groups of them in turn."""
    names = sorted({one.document for one in examples})
    folds = [set(names[at::GROUPS]) for at in range(GROUPS)]

    def loss(strength: float) -> float:
        total = 0.0
        for outside in folds:
            model = trained([one for one in examples if one.document not in outside], field, strength)
            rows = [one for one in examples if one.document in outside and field in one.right]
            signs = 2 * _right(rows, field) - 1
            total += float((_weights(rows) * np.log1p(np.exp(-signs * _odds(model, rows)))).sum())
        return total

    return min(STRENGTHS, key=loss)


def level_of(models: Models, examples: Sequence[Example]) -> dict[str, tuple[float, float]]:
    """Each field's calibration, slope and offset; every task counts the same, as in what is promised."""
    return _level_apart(dict.fromkeys({one.document for one in examples}, models), list(models), examples)


def levelled(models: Models, examples: Sequence[Example]) -> Models:
    """The models calibrated on these examples."""
    return at_level(models, level_of(models, examples))


def at_level(models: Models, levels: Mapping[str, tuple[float, float]]) -> Models:
    """The models with this calibration of each."""
    return {field: calibrated(model, *levels[field]) for field, model in models.items()}


def blind(one: Example) -> Example:
    """The example without what the classifier says of it: these documents taught it."""
    return _without(one, {f"{field}_odds" for field in CLASSES})


def _right(rows: Sequence[Example], field: str) -> Array:
    return np.array([one.right[field] for one in rows], dtype=float)


def _odds(model: Logistic, rows: Sequence[Example]) -> Array:
    return np.array([model.odds(one.facts) for one in rows], dtype=float)


def _weights(rows: Sequence[Example]) -> Array:
    sizes = Counter(one.document for one in rows)
    weights = np.array([sizes[one.document] ** -0.5 for one in rows])
    scaled: Array = weights * (len(weights) / weights.sum())
    return scaled


# ---------------------------------------------------------------- documents set aside


@dataclass(frozen=True)
class Crossed:
    """Models of all documents, with each field's penalty and calibration; `without` has, by the name of each
    document set aside, models fitted without it and calibrated on the others set aside."""

    models: Models
    strengths: Mapping[str, float]
    levels: Mapping[str, tuple[float, float]]
    without: Mapping[str, Models]


def crossed(
    examples: Sequence[Example], aside: Collection[str], strengths: Mapping[str, float] | None = None
) -> Crossed:
    """Models fitted on all examples and calibrated on the documents set aside, each judged by models that
    have not seen it; penalties, if none are given, are chosen on all. That the other documents were read when
    rules were written is a fact of the fit alone."""
    marked = [one if one.document in aside else _with(one, READ) for one in examples]
    unread = [one for one in marked if one.document in aside]
    strengths = strengths or {field: strongest(marked, field) for field in OTHERS}
    fitted = {
        name: _fitted_all([o for o in marked if o.document != name], strengths) for name in sorted(aside)
    }
    levels = _level_apart(fitted, OTHERS, unread)
    without = {}
    for name, models in fitted.items():
        rest = [one for one in unread if one.document != name]
        without[name] = at_level(models, _level_apart(fitted, OTHERS, rest))
    return Crossed(at_level(_fitted_all(marked, strengths), levels), strengths, levels, without)


def _fitted_all(examples: Sequence[Example], strengths: Mapping[str, float]) -> Models:
    found = {}
    for field, strength in strengths.items():
        model = trained(examples, field, strength)
        weights = {name: weight for name, weight in model.weights.items() if name != READ}
        found[field] = Logistic(model.bias, weights)
    return found


def _level_apart(
    fitted: Mapping[str, Models], fields: Sequence[str], examples: Sequence[Example]
) -> dict[str, tuple[float, float]]:
    """Each field's calibration, every document by its own models."""
    found = {}
    for field in fields:
        rows = [one for one in examples if field in one.right]
        odds = np.array([fitted[one.document][field].odds(one.facts) for one in rows], dtype=float)
        found[field] = platt(odds, _right(rows, field))
    return found


def _with(one: Example, name: str) -> Example:
    return replace(one, facts={**one.facts, name: 1.0})
